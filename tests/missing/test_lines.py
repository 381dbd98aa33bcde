"""What is missing: found, shown with its place, mended or dismissed with a reason."""

from datetime import timedelta
from typing import Any

import pytest

from app.access.context import Context
from app.access.permission import Role, Viewer
from app.core.clock import stamp
from app.core.db import Database
from app.core.ids import uuid7
from app.journal.rebuild import rebuild
from app.missing import queries
from app.plan import queries as plans
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.conftest import PhoneOf, SignIn
from tests.support import on_sqlite
from tests.support.client import Browser, Phone
from tests.support.factories import (
    a_checkin,
    a_close,
    a_comment,
    a_plan,
    a_retraction,
    a_shift,
    a_shift_end,
    an_amendment,
    an_attempt,
    an_escalation,
    an_observation,
)
from tests.support.plans import REVISIONS, scanned
from tests.support.readings import noted
from tests.support.sql import statements
from tests.support.tables import projected
from tests.support.world import EVENING, Cast, FakeClock

BO = Viewer("019a0000-0000-7000-8000-000000000021", "Bo", Role.SUPERVISOR)
DAN = Viewer("019a0000-0000-7000-8000-000000000041", "Dan", Role.ANALYST)
SERIOUS = {"category": "V1", "severity": 3}
PLACE = "019a0000-0000-7000-8000-000000000102"
Json = dict[str, Any]


@pytest.fixture
def shift_id(alva: Phone, cast: Cast) -> str:
    return alva.start(a_shift(cast.alva, cast.cim, planned_end=stamp(EVENING + timedelta(hours=3))))


@pytest.fixture
def desk(sign_in: SignIn, cast: Cast) -> Browser:
    return sign_in(cast.bo)


def later(clock: FakeClock, desk: Browser, cast: Cast, **delta: float) -> None:
    clock.advance(**delta)
    assert desk.sign_in(cast.bo).status_code == 201


def lines(desk: Browser) -> list[Json]:
    answer = desk.get("/missing")
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["lines"]
    return found


def of(desk: Browser, kind: str) -> list[str]:
    return [line["subject"] for line in lines(desk) if line["kind"] == kind]


def sent(phone: Phone, op_type: str, data: Json, shift_id: str | None) -> str:
    op = phone.seal(op_type, data, shift=shift_id)
    assert phone.send(op)[0]["status"] == "applied"
    return str(op["id"])


def test_a_shift_that_nobody_ended(alva: Phone, desk: Browser, shift_id: str, cast: Cast, clock: FakeClock) -> None:
    later(clock, desk, cast, hours=4, minutes=59)
    assert of(desk, "shift_open") == []
    later(clock, desk, cast, minutes=2)
    assert of(desk, "shift_open") == [shift_id]
    about = lines(desk)[0]["about"]
    assert (set(about.pop("hosts")), about) == (
        {cast.alva.id, cast.cim.id}, {"planned_end": stamp(EVENING + timedelta(hours=3)), "area_id": None}
    )  # fmt: skip
    sent(alva, "shift.end", a_shift_end(2), shift_id)
    assert of(desk, "shift_open") == []


def test_a_planned_shift_that_nobody_began(
    alva: Phone, desk: Browser, cast: Cast, clock: FakeClock, ctx: Context
) -> None:
    """The first evening at 17:30; it is missed two hours later, and no longer once one of its hosts has begun."""
    assert desk.request("PUT", f"/plans/{uuid7()}", json=a_plan(cast.alva, cast.cim)).status_code == 204
    with ctx.db.read() as conn:
        first = min(plans.without_log(conn, BO, EVENING, EVENING + timedelta(days=30)), key=lambda r: r.starts_at)
    clock.advance(seconds=(first.starts_at - clock()).total_seconds() + 7_000)
    assert desk.sign_in(cast.bo).status_code == 201
    assert of(desk, "shift_planned") == []
    later(clock, desk, cast, minutes=10)
    assert of(desk, "shift_planned") == [first.id]
    assert next(line for line in lines(desk) if line["kind"] == "shift_planned")["about"] == {
        "day": first.day.isoformat(), "ends_at": stamp(first.ends_at), "area_id": None, "hosts": first.hosts
    }  # fmt: skip
    assert set(first.hosts) == {cast.alva.id, cast.cim.id}
    alva.wait(seconds=(clock() - EVENING).total_seconds())
    alva.start(a_shift(cast.alva, cast.cim))
    assert of(desk, "shift_planned") == []


def test_a_question_that_nobody_answered(
    alva: Phone, desk: Browser, shift_id: str, cast: Cast, clock: FakeClock
) -> None:
    where = {"place_id": PLACE, "place_text": None}
    asked, seen = (sent(alva, "observation.create", an_observation(category="P1", **where), shift_id) for _ in range(2))
    sent(alva, "observation.create", an_observation(category="K1", **where), shift_id)
    sent(alva, "followup.answer", {"target": asked, "answer": "not_visited"}, shift_id)
    sent(alva, "followup.answer", {"target": seen, "answer": "yes"}, shift_id)
    later(clock, desk, cast, days=6)
    assert of(desk, "question_unanswered") == []
    later(clock, desk, cast, days=2)
    assert of(desk, "question_unanswered") == [asked]


@on_sqlite
def test_a_shift_without_a_planned_end(alva: Phone, desk: Browser, cast: Cast, clock: FakeClock) -> None:
    shift_id = alva.start(a_shift(cast.alva, cast.cim))
    later(clock, desk, cast, hours=13)
    assert of(desk, "shift_open") == []
    later(clock, desk, cast, hours=2)
    assert of(desk, "shift_open") == [shift_id]


def test_a_serious_report_that_led_to_nothing(
    alva: Phone, desk: Browser, shift_id: str, cast: Cast, clock: FakeClock, ctx: Context
) -> None:
    serious = sent(alva, "observation.create", an_observation(**SERIOUS), shift_id)
    called = sent(alva, "observation.create", an_observation(**SERIOUS), shift_id)
    followed = sent(alva, "observation.create", an_observation(**SERIOUS), shift_id)
    sent(alva, "observation.create", an_observation(severity=2), shift_id)
    sent(alva, "escalation.create", an_escalation(observation_id=called), shift_id)
    body = {"observation": followed, "kind": "visit", "owner": cast.bo.id, "due": "2026-12-01"}
    assert desk.post("/followups", json=body).status_code == 201
    assert of(desk, "severe_unanswered") == [], "it is too early to ask"
    later(clock, desk, cast, hours=3)
    assert of(desk, "severe_unanswered") == [serious]
    restricted = sent(alva, "observation.create", an_observation(category="V5", severity=4), shift_id)
    with ctx.db.read() as conn:
        assert {line.subject for line in queries.unanswered(conn, BO, clock())} == {serious, restricted}
        assert {line.subject for line in queries.unanswered(conn, DAN, clock())} == {serious}


def test_a_threat_against_staff_that_nobody_follows_up(
    alva: Phone, desk: Browser, shift_id: str, cast: Cast, clock: FakeClock
) -> None:
    """At once, and until somebody follows it up or says why not: a call for help is no answer to it."""
    followed, dismissed, retracted, mended, left = (
        sent(alva, "observation.create", an_observation(category="X1", severity=4), shift_id) for _ in range(5)
    )
    became = sent(alva, "observation.create", an_observation(category="O1"), shift_id)
    sent(alva, "observation.amend", an_amendment(became, category="X1"), shift_id)
    assert set(of(desk, "staff_threat")) == {followed, dismissed, retracted, mended, left, became}
    body = {"observation": followed, "kind": "other", "owner": cast.bo.id, "due": "2026-12-01"}
    assert desk.post("/followups", json=body).status_code == 201
    said = {"kind": "staff_threat", "subject": dismissed, "reason": "Anmäld i KIA."}
    assert desk.post("/missing/dismiss", json=said).status_code == 200
    sent(alva, "observation.retract", a_retraction(retracted), shift_id)
    sent(alva, "observation.amend", an_amendment(mended, category="O1"), shift_id)
    sent(alva, "escalation.create", an_escalation(observation_id=left), shift_id)
    found = {line["subject"]: line for line in lines(desk) if line["kind"] == "staff_threat"}
    assert {subject for subject, line in found.items() if line["dismissed"] is None} == {left, became}
    assert set(found) == {left, became, dismissed}
    assert (found[left]["shift_id"], found[left]["observation_id"]) == (shift_id, left)
    later(clock, desk, cast, hours=3)
    assert of(desk, "severe_unanswered") == [], "it has its own line"


def test_a_call_whose_outcome_nobody_told(
    alva: Phone, desk: Browser, shift_id: str, cast: Cast, clock: FakeClock, ctx: Context
) -> None:
    hot = sent(alva, "observation.create", an_observation(category="X1", severity=1), shift_id)
    call, over, known = (sent(alva, "escalation.create", an_escalation(observation_id=hot), shift_id)
                         for _ in range(3))  # fmt: skip
    sent(alva, "escalation.attempt", an_attempt(call, outcome="EJSVAR"), shift_id)
    sent(alva, "escalation.close", a_close(over), shift_id)
    sent(alva, "escalation.attempt", an_attempt(known, outcome="PLATS"), shift_id)
    later(clock, desk, cast, hours=3)
    assert of(desk, "call_open") == [call]
    with ctx.db.read() as conn:
        assert [line.observation_id for line in queries.without_outcome(conn, BO, clock())] == [hot]
        assert [line.observation_id for line in queries.without_outcome(conn, DAN, clock())] == [None]


@on_sqlite
def test_a_phone_that_is_silent_with_something_unsent(
    alva: Phone, desk: Browser, shift_id: str, cast: Cast, clock: FakeClock
) -> None:
    alva.send(alva.seal("checkin.create", {"kind": "ok"}, shift=shift_id), pending={"count": 3, "max_seq": 9})
    later(clock, desk, cast, hours=5)
    assert of(desk, "phone_silent") == []
    later(clock, desk, cast, hours=2)
    found = [line for line in lines(desk) if line["kind"] == "phone_silent"]
    assert [(line["about"]["pending"], line["about"]["person_id"], line["shift_id"]) for line in found] == [
        (3, cast.alva.id, shift_id)
    ]  # fmt: skip
    assert alva.sign_in(cast.cim).status_code == 201
    assert next(line for line in lines(desk) if line["kind"] == "phone_silent")["about"]["person_id"] == cast.cim.id
    assert alva.sign_in(cast.alva).status_code == 201
    alva.send(alva.seal("checkin.create", {"kind": "ok"}, shift=shift_id), pending={"count": 0, "max_seq": 9})
    assert of(desk, "phone_silent") == []


def test_a_question_back_that_nobody_answered(
    alva: Phone, phone_of: PhoneOf, desk: Browser, shift_id: str, cast: Cast, clock: FakeClock
) -> None:
    bo = phone_of(cast.bo)
    seen = sent(alva, "observation.create", an_observation(), shift_id)

    def _asked() -> str:
        bo.wait(hours=1)
        return sent(bo, "review.return", {"target": shift_id, "note": "Vilken port?"}, None)

    question = _asked()
    sent(bo, "comment.add", a_comment(shift_id, "Jag undrar fortfarande."), None)
    later(clock, desk, cast, days=2, hours=2)
    assert of(desk, "return_unanswered") == [question]
    alva.wait(hours=2)
    sent(alva, "comment.add", a_comment(shift_id, "Norra."), shift_id)
    assert of(desk, "return_unanswered") == []

    bo.wait(hours=2)
    again = _asked()
    later(clock, desk, cast, days=1, hours=6)
    assert of(desk, "return_unanswered") == [again]
    alva.wait(hours=5)
    sent(alva, "observation.amend", an_amendment(seen), shift_id)
    assert of(desk, "return_unanswered") == []


def test_records_of_a_shift_whose_beginning_never_came(
    alva: Phone, desk: Browser, cast: Cast, clock: FakeClock
) -> None:
    shift = uuid7(int(EVENING.timestamp() * 1000))
    sent(alva, "checkin.create", a_checkin(), shift)
    sent(alva, "observation.create", an_observation(), shift)
    later(clock, desk, cast, hours=1, minutes=50)
    assert of(desk, "shift_unknown") == []
    later(clock, desk, cast, minutes=20)
    (line,) = [line for line in lines(desk) if line["kind"] == "shift_unknown"]
    assert (line["subject"], line["shift_id"], line["about"]["records"]) == (shift, None, 2)
    assert line["about"]["hosts"] == [cast.alva.id]
    later(clock, desk, cast, days=13)
    assert of(desk, "shift_unknown") == [shift]
    op = alva.seal("shift.start", a_shift(cast.alva), shift=shift, id=shift)
    assert alva.send(op)[0]["status"] == "applied"
    assert of(desk, "shift_unknown") == []


def test_what_does_not_matter_is_dismissed_with_a_reason_and_back(
    desk: Browser, sign_in: SignIn, shift_id: str, cast: Cast, clock: FakeClock, ctx: Context
) -> None:
    later(clock, desk, cast, hours=6)
    line = {"kind": "shift_open", "subject": shift_id}
    done = desk.post("/missing/dismiss", json=line | {"reason": "Telefonen är trasig."})
    assert done.status_code == 200, done.text
    word = lines(desk)[0]["dismissed"]
    assert (word["reason"], word["author_id"]) == ("Telefonen är trasig.", cast.bo.id)
    ada = sign_in(cast.ada)
    assert ada.post("/missing/dismiss", json=line | {"reason": "Annat"}).json()["dismissed"] == word
    with ctx.db.read() as conn:
        before = projected(conn)
    rebuild(ctx.db, REGISTRY, PROJECTIONS)
    with ctx.db.read() as conn:
        assert projected(conn) == before
    assert ada.post("/missing/restore", json=line).json()["dismissed"] is None
    assert lines(desk)[0]["dismissed"] is None


@on_sqlite
def test_a_reason_with_a_number_of_a_person_is_hidden(
    desk: Browser, sign_in: SignIn, shift_id: str, cast: Cast, clock: FakeClock
) -> None:
    later(clock, desk, cast, hours=6)
    desk.post("/missing/dismiss", json={"kind": "shift_open", "subject": shift_id, "reason": "Enligt 18900101-9802"})
    assert "18900101" not in str(lines(sign_in(cast.ada)))


def test_it_costs_the_same_whatever_is_missing_and_reads_no_table_whole(
    alva: Phone, desk: Browser, shift_id: str, cast: Cast, clock: FakeClock, ctx: Context, db: Database
) -> None:
    def _ask(conn: Any) -> None:
        queries.dismissed(conn, queries.lines(conn, BO, clock()))

    costs = set()
    later(clock, desk, cast, hours=6)
    for _ in range(2):
        sent(alva, "escalation.create", an_escalation(), shift_id)
        with statements() as asked, ctx.db.read() as conn:
            _ask(conn)
        costs.add(len(asked))
    assert costs == {10}
    # One row a phone, and each of them is looked at.
    assert scanned(db, _ask) - {"device_report", "device"} == set()
    assert (
        scanned(db, lambda conn: queries.lines(conn, DAN, clock())) - REVISIONS - {"device_report", "device"} == set()
    )


@on_sqlite
def test_that_the_list_was_read_is_noted(desk: Browser, ctx: Context, cast: Cast) -> None:
    lines(desk)
    assert noted(ctx) == {(cast.bo.id, "missing", "list")}
