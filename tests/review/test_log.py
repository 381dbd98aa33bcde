"""GET /reviews/shifts and /reviews/shifts/{id}: who may, what is told, and what it costs."""

from datetime import timedelta

import pytest

from app.access.context import Context
from app.access.permission import Role, Viewer
from app.audit import readings
from app.core import errors
from app.core.db import Database
from app.core.errors import Problem
from app.core.ids import uuid7
from app.journal.append import Journal
from app.review import log
from app.review.schemas import ShiftsAsked
from tests.conftest import PhoneOf, SignIn
from tests.review.evening import check_ins, ends, log_of, row
from tests.support.client import Browser, Phone, statuses
from tests.support.factories import (
    a_checkin,
    a_comment,
    a_position,
    a_retraction,
    a_shift,
    a_shift_end,
    an_amendment,
    an_attempt,
    an_escalation,
    an_observation,
)  # fmt: skip
from tests.support.sql import statements
from tests.support.world import Cast, FakeClock

STATEMENTS_MAX = 8
LOG_STATEMENTS = STATEMENTS_MAX + 2
PLACE = "019a0000-0000-7000-8000-000000000102"


def _listed(desk: Browser, query: str = "") -> list[str]:
    answer = desk.get(f"/reviews/shifts{query}")
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


@pytest.mark.parametrize("path", ["/reviews/shifts", f"/reviews/shifts/{uuid7()}"], ids=["all", "one"])
def test_a_stranger_reviews_nothing(stranger: Browser, path: str) -> None:
    assert stranger.get(path).status_code == 401


def test_only_overseers_review(sign_in: SignIn, shift_id: str, cast: Cast) -> None:
    for person in (cast.alva, cast.dan):
        browser = sign_in(person)
        assert browser.get("/reviews/shifts").status_code == 403
        assert browser.get(f"/reviews/shifts/{shift_id}").status_code == 403
    assert _listed(sign_in(cast.ada)) == [shift_id]


def test_a_shift_that_is_not_here_has_nolog_of(bo: Browser) -> None:
    assert bo.get(f"/reviews/shifts/{uuid7()}").status_code == 404
    assert bo.get("/reviews/shifts/nonsense").status_code == 404


def test_a_log_tells_all_that_was_said_in_the_order_in_which_it_was_said(
    alva: Phone, phone_of: PhoneOf, bo: Browser, journal: Journal, shift_id: str, cast: Cast
) -> None:
    place = {"id": PLACE, "name": "Stationen", "lon": 14.86, "lat": 56.16}
    journal.write("place.put", place, author=None)
    at = {"shift": shift_id}
    met = alva.seal("checkin.create", a_checkin(place_id=PLACE, next_due="2026-11-20T22:00:00Z"), **at)
    seen = alva.seal("observation.create", an_observation(), position=a_position(), **at)
    called = alva.seal("escalation.create", an_escalation(), **at)
    strange = alva.seal("mood.note", {"mood": "Gott"}, **at)
    alva.send(called, strange, met, seen)
    desk = phone_of(cast.bo)
    desk.wait(hours=1)
    alva.send(alva.seal("observation.amend", an_amendment(seen["id"]), **at),
              alva.seal("escalation.attempt", an_attempt(called["id"]), **at))  # fmt: skip
    said = desk.seal("comment.add", a_comment(shift_id), **at)
    back = desk.seal("review.return", {"target": shift_id, "note": "Vilken vägg?"}, **at)
    desk.send(said, back)
    entries = log_of(bo, shift_id)["entries"]
    ids = [shift_id, met["id"], seen["id"], called["id"], strange["id"], said["id"], back["id"]]
    assert [entry["id"] for entry in entries] == ids
    kinds = ["shift.start", "checkin", "observation", "escalation", "quarantined", "comment", "review"]
    assert [entry["kind"] for entry in entries] == kinds
    by_id = {entry["id"]: entry for entry in entries}
    assert by_id[met["id"]]["place"] == {"id": PLACE, "name": "Stationen"}
    assert by_id[seen["id"]]["author"] == {"id": cast.alva.id, "name": "Alva Ek"}
    assert by_id[seen["id"]]["position"] == a_position()
    waiting = by_id[strange["id"]]
    assert (waiting["why"], waiting["value"]["type"], waiting["value"]["data"]) == (
        "type",
        "mood.note",
        {"mood": "Gott"},
    )


def test_other_bytes_under_the_id_of_a_shift_are_seen_in_that_shift(
    alva: Phone, bo: Browser, shift_id: str, cast: Cast
) -> None:
    """What begins a shift names none, and a conflict must be seen by a person (I8)."""
    other = alva.seal("shift.start", a_shift(cast.alva, cast.elin), id=shift_id)
    assert statuses(alva.send(other)) == [("quarantined", "conflict")]
    log = log_of(bo, shift_id)
    assert [(entry["kind"], entry["id"]) for entry in log["entries"]] == [
        ("shift.start", shift_id), ("quarantined", shift_id),
    ]  # fmt: skip
    assert log["shift"]["counts"]["quarantined"] == 1


def test_a_log_tells_each_record_as_the_phones_read_it(
    alva: Phone, bo: Browser, shift_id: str, cast: Cast, sign_in: SignIn
) -> None:
    at = {"shift": shift_id}
    seen = alva.seal("observation.create", an_observation(), **at)
    called = alva.seal("escalation.create", an_escalation(), **at)
    alva.send(alva.seal("checkin.create", a_checkin(note="Vid kiosken"), **at), seen, called)
    alva.send(alva.seal("observation.amend", an_amendment(seen["id"]), **at),
              alva.seal("observation.amend", an_amendment(seen["id"], text="Tredje"), **at),
              alva.seal("escalation.attempt", an_attempt(called["id"]), **at),
              alva.seal("escalation.attempt", an_attempt(called["id"], outcome="answered"), **at),
              alva.seal("observation.retract", a_retraction(seen["id"]), **at),
              alva.seal("comment.add", a_comment(seen["id"]), **at))  # fmt: skip
    told = {entry["id"]: entry["value"] for entry in log_of(bo, shift_id)["entries"]}
    reader = sign_in(cast.bo)
    pulled = {
        change["id"]: change["value"]
        for change in reader.pull_all()[0]
        if change["kind"] in ("shift", "checkin", "observation", "escalation", "comment")
    }
    assert told == pulled


def test_comings_and_goings_are_told_with_their_times(
    alva: Phone, phone_of: PhoneOf, bo: Browser, shift_id: str, cast: Cast
) -> None:
    cim = phone_of(cast.cim)
    cim.wait(minutes=30)
    gone, back = cim.seal("shift.leave", {}, shift=shift_id), cim.seal("shift.join", {}, shift=shift_id)
    cim.send(gone, back)
    alva.wait(hours=3)
    over = ends(alva, shift_id, 2)
    alva.send(over)
    told = [(e["kind"], e["id"], e["author"]["name"]) for e in log_of(bo, shift_id)["entries"]][1:]
    assert told == [
        ("shift.leave", gone["id"], "Cim Öberg"), ("shift.join", back["id"], "Cim Öberg"),
        ("shift.end", over["id"], "Alva Ek"),
    ]  # fmt: skip
    crew = row(bo, shift_id)["crew"]
    assert [(member["name"], member["left_at"]) for member in crew] == [("Alva Ek", None), ("Cim Öberg", None)]


def test_a_row_counts_records_and_tells_the_promise_of_the_next_checkin(
    alva: Phone, bo: Browser, shift_id: str
) -> None:
    at = {"shift": shift_id}
    alva.send(*check_ins(alva, shift_id, 2), alva.seal("observation.create", an_observation(), **at),
              alva.seal("mood.note", {}, **at),
              alva.seal("checkin.create", a_checkin(next_due="2026-11-20T22:00:00Z"), **at))  # fmt: skip
    told = row(bo, shift_id)
    assert told["counts"] == {
        "checkin": 3,
        "observation": 1,
        "escalation": 0,
        "comment": 0,
        "quarantined": 1,
        "escalation_open": 0,
    }
    assert told["next_due"] == "2026-11-20T22:00:00.000Z"
    assert told["last_checkin_at"] > told["started_at"]
    alva.send(ends(alva, shift_id, 7))
    assert row(bo, shift_id)["next_due"] is None


def test_a_promise_is_the_hosts_own_and_the_earliest_of_those_still_out_is_told(
    alva: Phone, phone_of: PhoneOf, bo: Browser, shift_id: str, cast: Cast
) -> None:
    cim, at = phone_of(cast.cim), {"shift": shift_id}

    def promised(phone: Phone, due: str | None, minutes: int) -> str | None:
        phone.wait(minutes=minutes)
        phone.send(phone.seal("checkin.create", a_checkin(next_due=due), **at))
        told: str | None = row(bo, shift_id)["next_due"]
        assert told == bo.get(f"/reviews/shifts/{shift_id}").json()["shift"]["next_due"]
        return told

    assert promised(alva, "2026-11-20T22:00:00Z", 1) == "2026-11-20T22:00:00.000Z"
    assert promised(cim, "2026-11-20T22:30:00Z", 1) == "2026-11-20T22:00:00.000Z"
    assert promised(cim, None, 1) == "2026-11-20T22:00:00.000Z"
    assert promised(cim, "2026-11-20T21:50:00Z", 1) == "2026-11-20T21:50:00.000Z"
    cim.send(cim.seal("shift.leave", {}, **at))
    assert row(bo, shift_id)["next_due"] == "2026-11-20T22:00:00.000Z"
    assert promised(alva, None, 1) is None


def test_days_are_shift_dates_and_times_are_half_open(alva: Phone, bo: Browser, cast: Cast) -> None:
    night = alva.seal("shift.start", a_shift(cast.alva), wall="2026-11-21T02:30:00+01:00")
    evening = alva.seal("shift.start", a_shift(cast.alva), wall="2026-11-21T18:00:00+01:00")
    alva.send(night, evening)
    assert _listed(bo, "?from=2026-11-20&to=2026-11-20") == [night["id"]]
    assert _listed(bo, "?from=2026-11-21&to=2026-11-21") == [evening["id"]]
    assert _listed(bo, "?from=2026-11-21T01:30:00Z&to=2026-11-21T17:00:00Z") == [night["id"]]
    assert bo.get("/reviews/shifts?from=1").status_code == 422
    assert bo.get("/reviews/shifts?to=2026-13-01").status_code == 422
    assert bo.get("/reviews/shifts?sort=x").status_code == 422


def test_those_that_are_out_however_many_have_ended_since(alva: Phone, bo: Browser, cast: Cast) -> None:
    out = alva.start(a_shift(cast.alva, cast.cim))
    alva.wait(hours=1)
    over = alva.start(a_shift(cast.alva, cast.cim))
    alva.send(alva.seal("shift.end", a_shift_end(2), shift=over))
    assert _listed(bo, "?limit=1") == [over]
    assert _listed(bo, "?limit=1&status=open") == [out]
    assert _listed(bo, "?status=ended") == [over]
    assert bo.get("/reviews/shifts?status=lost").status_code == 422


def test_a_log_costs_the_same_statements_whatever_it_holds(
    alva: Phone, phone_of: PhoneOf, ctx: Context, shift_id: str, cast: Cast
) -> None:
    viewer = Viewer(cast.bo.id, cast.bo.name, Role.SUPERVISOR)
    costs, listing = set(), set()
    for nth in range(2):
        for phone in (alva, phone_of(cast.cim)):
            came, _lost, last = check_ins(phone, shift_id, 3)
            seen = phone.seal("observation.create", an_observation(), shift=shift_id)
            phone.send(came, last, seen, phone.seal("mood.note", {}, shift=shift_id))
            phone.send(phone.seal("observation.amend", an_amendment(seen["id"]), shift=shift_id))
            photo = {"target": seen["id"], "sha256": f"{nth}" * 64, "size": 1, "mime": "image/jpeg", "caption": None}
            raised = phone.seal("alert.raise", {"kind": "test"}, shift=shift_id)
            phone.send(phone.seal("photo.attach", photo, shift=shift_id), raised)
        with statements() as asked, ctx.db.read() as conn:
            assert log.shift_log(conn, viewer, shift_id) is not None
        costs.add(len(asked))
        alva.start(a_shift(cast.alva))
        with statements() as asked, ctx.db.read() as conn:
            log.shift_rows(conn, viewer, ShiftsAsked())
        listing.add(len(asked))
    assert (costs, listing) == ({LOG_STATEMENTS}, {STATEMENTS_MAX})


def _noted(db: Database) -> list[tuple[str, str]]:
    with db.read() as conn:
        return [(r.viewer_id, r.subject) for r in conn.execute(readings.READING.select())]


def test_reading_a_log_is_noted_once_an_hour(
    bo: Browser, sign_in: SignIn, shift_id: str, db: Database, clock: FakeClock, cast: Cast
) -> None:
    log_of(bo, shift_id)
    log_of(bo, shift_id)
    assert _noted(db) == [(cast.bo.id, shift_id)]
    clock.at += timedelta(hours=1)
    log_of(bo, shift_id)
    log_of(sign_in(cast.ada), shift_id)
    assert sorted(_noted(db)) == sorted([(cast.bo.id, shift_id)] * 2 + [(cast.ada.id, shift_id)])


def test_what_cannot_be_noted_is_not_shown(bo: Browser, shift_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def _busy(*_: object, **__: object) -> None:
        raise Problem(errors.BUSY)

    monkeypatch.setattr(readings, "insert_new", _busy)
    answer = bo.get(f"/reviews/shifts/{shift_id}")
    assert answer.status_code == 503
    assert "entries" not in answer.json()


def test_a_log_that_is_not_here_is_not_noted(bo: Browser, db: Database) -> None:
    bo.get(f"/reviews/shifts/{uuid7()}")
    assert _noted(db) == []
