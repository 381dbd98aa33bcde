"""Whatever bytes a phone sends: never a 500, and what was typed comes back as it was."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.access.context import Context
from app.journal.verify import verify
from app.sync.frame import BYTES_MAX, OPS_MAX
from tests.conftest import PhoneOf, SignIn
from tests.support import on_sqlite
from tests.support.client import Phone, new_id, sealed, statuses
from tests.support.factories import a_checkin, a_comment, a_shift, an_amendment, an_observation
from tests.support.shared import shared, shared_json
from tests.support.tables import journalled
from tests.support.world import Cast

Pair = tuple[str, dict[str, Any], dict[str, Any]]
MADE_CASES = [("n_opening_arrays", "[" * 100_000), ("n_open_array_object", '[{"":' * 50_000)]


@pytest.fixture(scope="module")
def json_cases() -> list[tuple[str, str]]:
    """JSON that must be accepted (`y_`), refused (`n_`) or either (`i_`): nst/JSONTestSuite."""
    cases = [(c["name"], c["input"]) for c in shared_json("corpora/json/parsing_structure_array_object.json")]
    return [*cases, *MADE_CASES]


@pytest.fixture(scope="module")
def naughty() -> list[str]:
    """The Big List of Naughty Strings."""
    return [s for section in shared_json("corpora/strings/naughty_strings_a.json") for s in section["strings"]]


@pytest.fixture(scope="module")
def emoji() -> list[str]:
    return shared("corpora/strings/emoji_a.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def phone(phone_of: PhoneOf, cast: Cast) -> Phone:
    return phone_of(cast.alva)


def storable(text: str) -> str:
    """What no database stores as text is shown as U+FFFD."""
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)


@on_sqlite
def test_no_json_as_a_frame_makes_the_server_fail(phone: Phone, json_cases: list[tuple[str, str]]) -> None:
    for name, text in json_cases:
        answer = phone.push_bytes(text.encode("utf-8", "surrogatepass"))
        assert answer.status_code in (400, 413), name
        assert answer.headers["content-type"] == "application/problem+json"


def test_no_json_as_a_body_or_as_data_makes_the_server_fail(
    phone: Phone, ctx: Context, json_cases: list[tuple[str, str]]
) -> None:
    """Each is stored byte for byte, and the good op beside it is applied."""
    pairs = []
    for name, text in json_cases:
        wrapped = f'{{"salt":"s","at":{{"wall":"2026-11-20T21:00:00Z"}},"position":null,"data":{text}}}'
        for body in filter(_is_text, (text, wrapped)):
            pairs.append((name, _op(phone, "checkin.create", body), phone.seal("checkin.create", a_checkin())))
    for batch in _fitting(pairs):
        told = phone.send(*(op for _, odd, good in batch for op in (odd, good)))
        for number, (name, _, _) in enumerate(batch):
            pair = told[2 * number : 2 * number + 2]
            assert [r["status"] for r in pair] == ["quarantined", "applied"], name
    with ctx.db.read() as conn:
        stored = {row.op_id: bytes(row.body).decode() for row in journalled(conn)}
        assert {odd["id"]: stored[odd["id"]] for _, odd, _ in pairs} == {odd["id"]: odd["body"] for _, odd, _ in pairs}
        assert verify(conn).ok


def _fitting(pairs: list[Pair]) -> Iterator[list[Pair]]:
    """As many as a push takes; its bytes count as JSON, in which quotes are two."""
    batch: list[Pair] = []
    size = 0
    for pair in pairs:
        more = len(json.dumps(pair[1])) + len(json.dumps(pair[2]))
        if batch and (size + more > BYTES_MAX // 2 or len(batch) >= OPS_MAX // 4):
            yield batch
            batch, size = [], 0
        batch.append(pair)
        size += more
    yield batch


@on_sqlite
def test_no_json_beside_the_known_members_makes_the_server_fail(
    phone: Phone, json_cases: list[tuple[str, str]]
) -> None:
    """Members that this version does not know may hold anything that is JSON."""
    for name, text in json_cases:
        if name.startswith("y_"):
            data = f'{{"kind":"ok","later":{text}}}'
            body = f'{{"salt":"s","at":{{"wall":"2026-11-20T21:00:00Z","odd":{text}}},"data":{data},"more":{text}}}'
            assert statuses(phone.send(_op(phone, "checkin.create", body))) == [("applied", None)], name


def test_naughty_strings_come_back_as_they_were(phone: Phone, cast: Cast, naughty: list[str], emoji: list[str]) -> None:
    started = _escaped(phone, "shift.start", a_shift(cast.alva, alone_reason="\0 \ud83d ensam"), None)
    shift = started["id"]
    assert statuses(phone.send(started)) == [("applied", None)]
    texts = naughty + [
        "",
        " ",
        "a\0b",
        "\0",
        "\ud800",
        "x\udfffy",
        "\u2028\u2029",
        "\\u0000",
        "ÅÄÖ\u030a",
    ]
    texts += ["".join(emoji[i : i + 50]) for i in range(0, len(emoji), 50)]
    sent = {}
    for text in texts:
        op = _escaped(phone, "observation.create", an_observation(text=text, place_text=text[:500]), shift)
        sent[op["id"]] = (op, text)
    ids = list(sent)
    for start in range(0, len(ids), 100):
        assert {r["status"] for r in phone.send(*[sent[i][0] for i in ids[start : start + 100]])} == {"applied"}
    read = phone.pulled("observation")
    for op_id, (_, text) in sent.items():
        assert (read[op_id]["text"], read[op_id]["place_text"]) == (storable(text), storable(text[:500]))
    assert phone.pulled("shift")[shift]["alone_reason"] == "\ufffd \ufffd ensam"


def test_what_is_stored_of_a_strange_text_is_byte_for_byte_what_was_sent(phone: Phone, ctx: Context) -> None:
    op = _escaped(phone, "observation.create", an_observation(text="a\0b \ud800 c"), None)
    assert statuses(phone.send(op)) == [("applied", None)]
    with ctx.db.read() as conn:
        (stored,) = [row for row in journalled(conn) if row.op_id == op["id"]]
    assert bytes(stored.body) == op["body"].encode()
    assert b"\\u0000" in bytes(stored.body)


def test_strange_texts_survive_corrections_and_comments(phone: Phone) -> None:
    odd = "a\0b \ud800 🦊"
    seen = _escaped(phone, "observation.create", an_observation(text=odd), None)
    mended = _escaped(phone, "observation.amend", an_amendment(seen["id"], reason=odd, text=odd), None)
    taken = _escaped(phone, "observation.retract", {"target": seen["id"], "reason": odd}, None)
    said = _escaped(phone, "comment.add", a_comment(seen["id"], odd), None)
    assert {r["status"] for r in phone.send(seen, mended, taken, said)} == {"applied"}
    value = phone.pulled("observation")[seen["id"]]
    assert [value["revisions"][1]["reason"], value["retracted"]["reason"]] == [storable(odd)] * 2
    assert phone.pulled("comment")[said["id"]]["text"] == storable(odd)


@pytest.mark.parametrize("odd", ["a\0b", "\ud800", "x" * 300])
def test_strange_names_and_passwords_are_just_wrong(phone: Phone, odd: str) -> None:
    """JSON may carry them; a database may not."""
    body = json.dumps({"username": odd, "password": odd, "install": phone.install, "label": odd})
    answer = phone.post("/sessions", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (401, 422)


@pytest.mark.parametrize("label", ["a\0b", "\ud800"])
def test_a_strange_label_does_not_keep_anybody_out(phone: Phone, cast: Cast, label: str) -> None:
    body = {"username": "alva", "password": cast.alva.password, "install": phone.install, "label": label}
    answer = phone.post("/sessions", content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert answer.status_code in (201, 422)


@pytest.mark.parametrize("path", ["/sync/receipts/a%00b", "/sync/receipts/%ff", "/sync/pull?cursor=%00",
                                  "/sync/pull?cursor=WyJhIl0", "/sync/pull?cursor=%ff%fe", "/sync/pull?limit=1e9",
                                  "/sync/pull?limit=99999999999999999999", "/%00"])  # fmt: skip
def test_strange_addresses_are_just_wrong(phone: Phone, path: str) -> None:
    assert phone.get(path).status_code in (404, 410, 422)


def test_a_code_that_is_none_is_just_wrong(phone: Phone) -> None:
    body = json.dumps({"code": "\ud800\0", "password": "tillräckligt lång"})
    answer = phone.post("/invitations", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (404, 422)


def test_numbers_beyond_every_column_are_no_reason_to_fail(phone: Phone, sign_in: SignIn, cast: Cast) -> None:
    big, far = 2**70, {"lat": 1, "lon": 1, "accuracy_m": 1e308, "age_ms": 1e308}
    photo = {"sha256": "a", "size": big, "mime": "x"}
    ops = [
        phone.seal("observation.create", an_observation(attachments=[photo])),
        phone.seal("shift.end", {"ops": big}, shift=new_id()),
        phone.seal("clock.step", {"wall_delta_ms": 1e308, "mono_delta_ms": -1e308}),
        phone.seal("checkin.create", a_checkin(), position=far),
        phone.seal("checkin.create", a_checkin(), at={"mono": 1e308, "clock": {"offset_ms": -1e13}}),
    ]
    assert {r["status"] for r in phone.send(*ops)} <= {"applied", "quarantined"}
    assert phone.get("/sync/pull").status_code == 200
    assert sign_in(cast.bo).get("/sync/pull").status_code == 200


def test_a_position_from_a_clock_that_was_set_is_no_reason_to_fail(phone: Phone) -> None:
    where = {"lat": 56.16, "lon": 14.86, "accuracy_m": 8, "age_ms": -40}
    assert statuses(phone.send(phone.seal("alert.raise", {"kind": "help"}, position=where))) == [("applied", None)]


@on_sqlite
@pytest.mark.parametrize("depth", [200, 400, 1000, 5000])
def test_a_body_that_can_be_read_but_is_too_deep_is_no_fault_of_the_server(
    sign_in: SignIn, cast: Cast, depth: int
) -> None:
    body = f'{{"kind":"ok","x":{"[" * depth}{"]" * depth}}}'
    answer = sign_in(cast.bo).post("/checkins", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (201, 400, 422), answer.text


@on_sqlite
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_push_is_read_as_utf_8_alone(phone: Phone, encoding: str) -> None:
    assert phone.push_bytes(json.dumps(phone.frame([])).encode(encoding)).status_code == 400


def _op(phone: Phone, op_type: str, body: str) -> dict[str, Any]:
    phone.seq += 1
    return sealed(body, id=new_id(), seq=phone.seq, type=op_type, author=phone.author)


def _escaped(phone: Phone, op_type: str, data: dict[str, Any], shift: str | None) -> dict[str, Any]:
    """Sealed with escapes, as JSON.stringify does it for lone surrogates."""
    at = {"wall": "2026-11-20T20:30:00.000Z", "mono": None, "page": None, "clock": None}
    body = json.dumps({"salt": "salt", "at": at, "position": None, "data": data}, separators=(",", ":"))
    return _op(phone, op_type, body) | {"shift": shift}


def _is_text(text: str) -> bool:
    try:
        return bool(text.encode()) or not text
    except UnicodeEncodeError:
        return False
