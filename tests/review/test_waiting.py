"""What waits where no page of a shift shows it: who sees it, in which order, as a file that loses nothing."""

from dataclasses import replace
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from app.access.accounts import revoke_device
from app.access.context import Context
from app.access.permission import Role, Viewer
from app.audit.readings import READING
from app.core.asking import Paging
from app.core.db import Database
from app.journal.append import Journal
from app.journal.ops import Registry
from app.journal.read import Sender, read
from app.review import waiting
from app.sync.importing import import_copy
from app.sync.registry import REGISTRY
from tests.conftest import PhoneOf, SignIn
from tests.support import on_sqlite
from tests.support.client import DEVICE, Browser, Phone, new_id
from tests.support.factories import a_checkin, a_position, a_retraction, a_shift, a_shift_end, an_amendment
from tests.support.world import Cast, FakeClock

#: A start of a kind that no version of the server reads: whom it was with is not said.
UNREADABLE = {"hosts": "alla"}
NUMBER = "Han sa 19811218-9876."


def _page(desk: Browser, **asked: Any) -> Any:
    answer = desk.get("/reviews/quarantined", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _ids(desk: Browser) -> list[str]:
    return [one["id"] for one in _page(desk)["items"]]


def _file(desk: Browser, path: str = "/reviews/quarantined/export", **asked: Any) -> Any:
    answer = desk.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    assert "attachment" in answer.headers["content-disposition"]
    return orjson.loads(answer.content)


def _counts(desk: Browser) -> tuple[int, int]:
    told = desk.get("/reviews/quarantined/count").json()
    return told["count"], told["calls"]


def _waits(phone: Phone, op: dict[str, Any], why: str) -> dict[str, Any]:
    (result,) = phone.send(op)
    assert (result["status"], result["why"]) == ("quarantined", why)
    return op


def _noted(ctx: Context, what: str) -> set[tuple[str, str]]:
    with ctx.db.read() as conn:
        found = conn.execute(select(READING.c.viewer_id, READING.c.subject).where(READING.c.what == what))
        return {(row.viewer_id, row.subject) for row in found}


@pytest.fixture
def dora(sign_in: SignIn, cast: Cast) -> Browser:
    return sign_in(cast.dora)


def test_each_that_no_shift_shows_is_listed_with_who_when_which_phone_and_why(bo: Browser, alva: Phone) -> None:
    start = _waits(alva, alva.seal("shift.start", UNREADABLE), "body")
    later = _waits(alva, alva.seal("shift.end", a_shift_end(2), shift=start["id"]), "target")
    unknown = _waits(alva, alva.seal("later.invention", {"what": "ever"}), "type")
    newer = _waits(alva, alva.seal("checkin.create", a_checkin(), v=99), "version")
    about = _waits(alva, alva.seal("observation.retract", a_retraction(new_id())), "target")
    odd = _waits(alva, alva.seal("checkin.create", a_checkin(), author="Alva"), "envelope")
    found = _page(bo)
    assert [(one["id"], one["why"]) for one in found["items"]] == [
        (odd["id"], "envelope"), (about["id"], "target"), (newer["id"], "version"), (unknown["id"], "type"),
        (later["id"], "target"), (start["id"], "body"),
    ]  # fmt: skip
    told = found["items"][-1]
    assert (told["type"], told["v"], told["author"]["name"], told["shift"]) == ("shift.start", 1, "Alva Ek", None)
    assert (told["stated_at"], told["stated_by_phone"]) == ("2026-11-20T20:00:01.000Z", True)
    assert told["phone"] is not None
    assert told["value"]["data"] == UNREADABLE
    assert _counts(bo) == (6, 0) == (found["total"], 0)


@on_sqlite
def test_what_a_shift_shows_is_not_shown_again(bo: Browser, alva: Phone, cast: Cast) -> None:
    begun = alva.seal("shift.start", a_shift(cast.alva))
    alva.send(begun)
    _waits(alva, alva.seal("checkin.create", {"kind": 7}, shift=begun["id"]), "body")
    _waits(alva, alva.seal("shift.start", a_shift(cast.alva, cast.cim), id=begun["id"]), "conflict")
    assert _ids(bo) == []
    assert _counts(bo) == (0, 0)


@on_sqlite
def test_a_call_for_help_that_failed_stands_first_whatever_shift_it_names(bo: Browser, alva: Phone, cast: Cast) -> None:
    call = _waits(alva, alva.seal("alert.raise", {"kind": 7}, position=a_position()), "body")
    shift = alva.start(a_shift(cast.alva))
    inside = _waits(alva, alva.seal("alert.raise", {"kind": 7}, shift=shift), "body")
    other = _waits(alva, alva.seal("later.invention", {}), "type")
    found = _page(bo)["items"]
    assert [(one["id"], one["is_call"], one["shift"]) for one in found] == [
        (inside["id"], True, shift), (call["id"], True, None), (other["id"], False, None),
    ]  # fmt: skip
    assert found[1]["position"] | a_position() == found[1]["position"]
    assert found[0]["position"] is None
    assert _counts(bo) == (3, 2)


@on_sqlite
def test_two_contents_under_one_id_are_both_shown_and_neither_is_tried_again(
    ctx: Context, bo: Browser, alva: Phone
) -> None:
    first = alva.seal("checkin.create", a_checkin(note="Först"))
    alva.send(first)
    _waits(alva, alva.seal("checkin.create", a_checkin(note="Sedan"), id=first["id"]), "conflict")
    (told,) = _page(bo)["items"]
    assert (told["value"]["data"]["note"], told["first"]["value"]["data"]["note"]) == ("Sedan", "Först")
    assert told["first"]["counts"] is True
    assert bo.post(f"/reviews/quarantined/{first['id']}/retry").json() == {"why": "conflict"}
    with ctx.db.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM journal_op WHERE type = 'quarantine.release'").scalar() == 0
    assert [op["body"] for op in _file(bo, f"/reviews/quarantined/{first['id']}/export")["ops"]][0] == first["body"]


@on_sqlite
def test_what_a_revoked_phone_handed_in_stands_by_itself(
    ctx: Context, bo: Browser, phone_of: PhoneOf, cast: Cast
) -> None:
    phone = phone_of(cast.cim)
    revoke_device(ctx, phone.sign_in(cast.cim, install=phone.install).json()["device"]["id"])
    _waits(phone, phone.seal("alert.raise", {"kind": "help"}), "revoked")
    assert _ids(bo) == []


@on_sqlite
def test_pages_hold_each_once(bo: Browser, alva: Phone) -> None:
    made = [_waits(alva, alva.seal("later.invention", {"n": n}), "type")["id"] for n in range(5)]
    pages = [[one["id"] for one in _page(bo, limit=2, page=page)["items"]] for page in (1, 2, 3)]
    assert pages == [made[:2:-1], made[2:0:-1], made[:1]]


def test_the_file_holds_the_exact_bytes_and_another_server_takes_it_in(ctx: Context, bo: Browser, alva: Phone) -> None:
    ops = [_waits(alva, alva.seal("shift.start", UNREADABLE), "body"),
           _waits(alva, alva.seal("later.invention", {"text": "Å\u2028 \U0001f9e1"}), "type")]  # fmt: skip
    told = _file(bo)
    assert (told["format"], told["count"], told["next"]) == ("lykta-ops", 2, None)
    for sent, kept in zip(ops, told["ops"], strict=True):
        assert {name: kept[name] for name in sent} == sent
        assert kept["install"] == alva.install
    assert [op["kept"]["why"] for op in told["ops"]] == ["body", "type"]
    again = import_copy(ctx, orjson.dumps(told))
    assert (again.new, again.known, again.damaged) == (0, 2, 0)


@on_sqlite
def test_a_long_list_is_several_files(bo: Browser, alva: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [_waits(alva, alva.seal("later.invention", {"n": n}), "type")["id"] for n in range(5)]
    monkeypatch.setattr("app.review.waiting_file.OPS_MAX", 2)
    told: Any = {"next": 0}
    found = list[list[str]]()
    while told["next"] is not None:
        told = _file(bo, after=told["next"])
        found.append([op["id"] for op in told["ops"]])
    assert found == [made[:2], made[2:4], made[4:]]


@on_sqlite
def test_one_large_one_is_a_file_all_the_same(bo: Browser, alva: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [_waits(alva, alva.seal("later.invention", {"text": "x" * 500}), "type")["id"] for _ in range(2)]
    monkeypatch.setattr("app.review.waiting_file.BYTES_MAX", 10)
    told = _file(bo)
    assert [op["id"] for op in told["ops"]] == made[:1]
    assert _file(bo, after=told["next"])["next"] is None


@on_sqlite
def test_who_has_read_it_and_who_has_taken_it_away_is_noted(ctx: Context, bo: Browser, alva: Phone, cast: Cast) -> None:
    op = _waits(alva, alva.seal("later.invention", {"what": "ever"}), "type")
    _page(bo)
    assert _noted(ctx, "quarantined") == {(cast.bo.id, op["id"])}
    assert _noted(ctx, "export.quarantined") == set()
    _file(bo)
    assert _noted(ctx, "export.quarantined") == {(cast.bo.id, op["id"])}


@on_sqlite
def test_words_with_an_identity_number_are_for_data_protection(
    ctx: Context, bo: Browser, dora: Browser, alva: Phone
) -> None:
    op = _waits(alva, alva.seal("later.invention", {"text": NUMBER, "n": 1}), "type")
    (told,) = _page(bo)["items"]
    assert (told["withheld"], told["value"]["data"]) == ("words", {"text": None, "n": 1})
    (kept,) = _file(bo)["ops"]
    assert (kept["body"], kept["hash"], kept["kept"]["withheld"]) == (None, op["hash"], "words")
    assert NUMBER not in bo.get("/reviews/quarantined/export").text
    assert _file(dora)["ops"][0]["body"] == op["body"]
    assert {subject for _, subject in _noted(ctx, "words")} == {op["id"]}


@on_sqlite
def test_whoever_may_not_read_restricted_records_is_given_no_body(db: Database, bo: Browser, alva: Phone) -> None:
    """No role of today that opens the list is one of them; a role of tomorrow might be."""
    assert bo
    _waits(alva, alva.seal("observation.amend", an_amendment(new_id(), category="V5", text="Hotad")), "target")
    reader = Viewer("x", "X", Role.ANALYST)
    with db.read() as conn:
        (told,), _, _ = waiting.page(conn, reader, Paging())
        assert (told["withheld"], told["value"]["data"]) == ("restricted", None)


def test_a_start_that_no_version_read_counts_when_one_does_and_brings_its_shift_along(
    ctx: Context, bo: Browser, alva: Phone, cast: Cast, clock: FakeClock
) -> None:
    """As an older server's rules refused it: what hangs on it comes with it, in the one door."""
    start = alva.seal("shift.start", a_shift(cast.alva))
    end = alva.seal("shift.end", a_shift_end(2), shift=start["id"])
    kind = REGISTRY.kinds["shift.start", 1]
    strict = replace(kind, check=lambda *_: False)
    older = Registry({**REGISTRY.kinds, ("shift.start", 1): strict})
    read_then = [read(op, older, Sender(alva.install, DEVICE)) for op in (start, end)]
    assert [receipt.why for receipt in Journal(ctx.db, older, clock).append(read_then)] == ["body", "target"]
    assert _ids(bo) == [end["id"], start["id"]]
    assert bo.post(f"/reviews/quarantined/{start['id']}/retry").json() == {"why": None}
    assert _ids(bo) == []
    assert bo.get(f"/reviews/shifts/{start['id']}").json()["shift"]["status"] == "ended"
    with ctx.db.read() as conn:
        waiting_ops = conn.exec_driver_sql("SELECT waiting FROM journal_head").scalar()
        asked = conn.exec_driver_sql("SELECT author FROM journal_op WHERE type = 'quarantine.release'").scalars().all()
    assert waiting_ops == 0
    assert asked == [cast.bo.id]
