"""Rows 43 and 44: whatever is pushed is answered without a 500, and whatever can be kept is kept, byte for byte."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access.context import Context
from app.journal.verify import verify
from tests.conftest import PhoneOf
from tests.support import on_sqlite
from tests.support.client import new_id, sealed
from tests.support.factories import a_checkin
from tests.support.tables import journalled
from tests.support.world import Cast

PATHS = ("/sync/push", "/sync/reconcile", "/sessions", "/observations", "/shifts", "/checkins", "/escalations")
TYPES = ("checkin.create", "observation.create", "observation.amend", "shift.start", "shift.end", "escalation.attempt",
         "photo.attach", "user.put", "quarantine.release", "")  # fmt: skip
#: One application and database for all examples: each leaves only its own ops behind.
SHARED = settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])

#: Lone surrogates too: JSON can say them, UTF-8 cannot.
strange_text = st.text(st.characters() | st.characters(categories=["Cs"]))
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | strange_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
ids = st.uuids(version=4).map(str)
strange_op = st.fixed_dictionaries(
    {},
    optional={
        "id": ids | anything, "seq": anything, "type": st.sampled_from(TYPES) | anything, "v": st.just(99) | anything,
        "author": anything, "shift": ids | anything, "hash": anything, "body": anything,
    },
)  # fmt: skip
whole_op = st.builds(
    lambda body, **envelope: sealed(body, **envelope), anything.map(json.dumps),
    id=ids, seq=anything, type=st.sampled_from(TYPES) | strange_text, author=anything, shift=ids | anything,
)  # fmt: skip
frame = st.fixed_dictionaries(
    {"nonce": strange_text, "install": ids, "ops": st.lists(whole_op | strange_op | anything, max_size=4)},
    optional={"epoch": anything, "seen": anything, "sent": anything, "pending": anything, "protocol": anything},
)


@on_sqlite
def test_row_44_any_bytes_at_any_door_are_answered_without_a_500(phone_of: PhoneOf, cast: Cast) -> None:
    phone = phone_of(cast.alva)

    @SHARED
    @given(path=st.sampled_from(PATHS), raw=st.binary(max_size=200) | anything.map(_dumped) | frame.map(_dumped),
           zipped=st.booleans())  # fmt: skip
    def _any_door(path: str, raw: bytes, zipped: bool) -> None:
        headers = {"Content-Type": "application/json", **({"Content-Encoding": "gzip"} if zipped else {})}
        assert phone.post(path, content=raw, headers=headers).status_code < 500

    @SHARED
    @given(said=frame)
    def _framed(said: dict[str, Any]) -> None:
        answer = phone.push_bytes(_dumped(said))
        assert answer.status_code < 500
        if answer.status_code == 200:
            assert len(answer.json()["results"]) == len(said["ops"])

    _any_door()
    _framed()


def test_row_44_any_op_beside_a_good_one_is_kept_or_asked_for_again(
    phone_of: PhoneOf, cast: Cast, ctx: Context
) -> None:
    """A type of another year, a version that is not out yet, a body that is none: kept, and nobody waits for it."""
    phone = phone_of(cast.alva)

    @SHARED
    @given(op_type=st.sampled_from(TYPES) | st.text(min_size=1, max_size=40), v=st.just(99) | st.integers(1, 3),
           body=st.text(alphabet=st.characters(exclude_categories=["Cs"])) | anything.map(json.dumps))  # fmt: skip
    def _kept(op_type: str, v: int, body: str) -> None:
        odd = sealed(body, id=new_id(), seq=phone.seq + 1, type=op_type, v=v, author=phone.author)
        phone.seq += 1
        told = phone.send(odd, phone.seal("checkin.create", a_checkin()))
        assert [told[0]["status"], told[1]["status"]] in (["quarantined", "applied"], ["applied", "applied"])
        kept[odd["id"]] = body.encode()

    kept: dict[str, bytes] = {}
    _kept()
    with ctx.db.read() as conn:
        stored = {row.op_id: bytes(row.body) for row in journalled(conn)}
        assert verify(conn).ok
    assert {key: stored.get(key) for key in kept} == kept


def test_row_43_the_same_id_with_other_bytes_is_kept_beside_the_first(
    phone_of: PhoneOf, cast: Cast, ctx: Context
) -> None:
    phone = phone_of(cast.alva)
    notes = st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30), min_size=2, max_size=4)

    @SHARED
    @given(notes=notes)
    def _beside(notes: list[str]) -> None:
        op_id, seq = new_id(), phone.seq + 1
        copies = [phone.seal("checkin.create", a_checkin(note=note), id=op_id, seq=seq) for note in notes]
        phone.seq += 1
        told = phone.send(*copies)
        assert [(r["status"], r["why"]) for r in told] == [
            ("applied", None), *[("quarantined", "conflict")] * (len(copies) - 1)
        ]  # fmt: skip
        shown = phone.get(f"/sync/receipts/{op_id}").json()
        assert [shown["hash"], *(copy["hash"] for copy in shown["conflicts"])] == [copy["hash"] for copy in copies]

    _beside()
    with ctx.db.read() as conn:
        assert verify(conn).ok


def _dumped(value: Any) -> bytes:
    return json.dumps(value).encode("utf-8", "surrogatepass")
