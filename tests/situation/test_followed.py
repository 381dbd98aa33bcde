"""Follow-ups on the page for the Monday meeting, and in its editions: what is open, what is late, what came of them."""

from datetime import timedelta
from typing import Any

import pytest

from app.access.context import Context
from app.core.db import Database
from app.situation import followed
from app.situation.rules import span_of
from tests.conftest import SignIn
from tests.support.client import Browser, Phone, new_id
from tests.support.factories import a_retraction, a_shift, an_amendment, an_observation
from tests.support.plans import scanned
from tests.support.world import Cast, FakeClock

WEEK = "2026-W47"
URL = f"/situation/weeks/{WEEK}"
PARK = new_id()
Json = dict[str, Any]


@pytest.fixture
def bo(sign_in: SignIn, cast: Cast, ctx: Context) -> Browser:
    park = {"id": PARK, "name": "Parken", "lon": 14.86, "lat": 56.16, "area_id": None}
    ctx.journal.write("place.put", park, author=None)
    return sign_in(cast.bo)


@pytest.fixture
def shift_id(alva: Phone, cast: Cast) -> str:
    return alva.start(a_shift(cast.alva))


def sent(alva: Phone, shift_id: str, op_type: str, data: Json) -> str:
    op = alva.seal(op_type, data, shift=shift_id)
    assert alva.send(op)[0]["status"] == "applied"
    return str(op["id"])


def seen(alva: Phone, shift_id: str, **members: Any) -> str:
    told = {"category": "P1", "place_id": PARK, "place_text": None} | members
    return sent(alva, shift_id, "observation.create", an_observation(**told))


def begun(bo: Browser, observation: str, owner: str, due: str, kind: str = "visit") -> Json:
    body = {"observation": observation, "kind": kind, "owner": owner, "due": due, "note": "Ring Alva"}
    answer = bo.post("/followups", json=body)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()["followup"]
    return found


def said(bo: Browser, one: Json, what: str, **members: Any) -> Json:
    answer = bo.post(f"/followups/{one['id']}/{what}", json={"based_on": one["version"]} | members)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()["followup"]
    return found


def followups(browser: Browser, week: str = WEEK) -> Json:
    answer = browser.get(f"/situation/weeks/{week}")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()["figures"]["followups"]
    return found


def test_the_meeting_sees_what_is_open_the_late_ones_first_and_no_person(
    bo: Browser, alva: Phone, shift_id: str, cast: Cast
) -> None:
    late = begun(bo, seen(alva, shift_id), cast.bo.id, "2026-11-19", "fault_report")
    today = begun(bo, seen(alva, shift_id), cast.bo.id, "2026-11-20")
    elsewhere = begun(bo, seen(alva, shift_id, place_id=None, place_text="Hos Berit"), cast.bo.id, "2026-12-01")
    told = followups(bo)
    assert {name: told[name] for name in ("open", "overdue", "kinds")} == {
        "open": 3, "overdue": 1, "kinds": {"fault_report": 1, "visit": 2}
    }  # fmt: skip
    assert told["listed"][0] == {
        "id": late["id"], "kind": "fault_report", "due": "2026-11-19", "overdue": True, "category": "P1",
        "place_id": PARK, "name": "Parken",
    }  # fmt: skip
    assert [(one["id"], one["overdue"], one["name"]) for one in told["listed"][1:]] == [
        (today["id"], False, "Parken"), (elsewhere["id"], False, None)
    ], "a day that is due lasts until its midnight"  # fmt: skip
    assert not {cast.bo.id, cast.alva.id, "Ring Alva", "Hos Berit"} & set(str(told).replace("'", '"').split('"'))


def test_what_was_closed_in_the_week_is_told_by_outcome_whatever_is_said_later(
    bo: Browser, alva: Phone, shift_id: str, cast: Cast, clock: FakeClock
) -> None:
    one, other, again = (begun(bo, seen(alva, shift_id), cast.bo.id, "2026-11-30") for _ in range(3))
    one = said(bo, one, "close", outcome="fixed")
    said(bo, other, "close", outcome="gone")
    again = said(bo, again, "close", outcome="fixed")
    clock.advance(days=7)
    assert bo.sign_in(cast.bo).status_code == 201
    said(bo, one, "changes", note="Tackade skolan.")
    again = said(bo, again, "reopen")
    told = followups(bo)
    assert (told["closed"], told["outcomes"], told["open"]) == (2, {"fixed": 1, "gone": 1}, 1)
    said(bo, again, "close", outcome="nothing")
    assert followups(bo)["outcomes"] == {"fixed": 1, "gone": 1}
    assert followups(bo, "2026-W48")["outcomes"] == {"nothing": 1}
    assert followups(bo, "2026-W46")["closed"] == 0


def test_what_is_restricted_or_ever_was_or_is_retracted_is_not_told_to_anybody(
    bo: Browser, alva: Phone, shift_id: str, sign_in: SignIn, cast: Cast
) -> None:
    secret, opened, gone = (seen(alva, shift_id, category=code) for code in ("V5", "V5", "P1"))
    for record in (secret, opened, gone):
        begun(bo, record, cast.bo.id, "2026-11-01")
        said(bo, begun(bo, record, cast.bo.id, "2026-11-01"), "close", outcome="reported")
    sent(alva, shift_id, "observation.amend", an_amendment(opened, category="P1", place_id=PARK))
    sent(alva, shift_id, "observation.retract", a_retraction(gone))
    nothing = {"open": 0, "overdue": 0, "kinds": {}, "listed": [], "closed": 0, "outcomes": {}}
    assert followups(bo) == followups(sign_in(cast.dan)) == nothing
    assert bo.get("/followups").json()["total"] == 3, "the desk has them all the same"


def test_twenty_are_listed_and_all_are_counted(bo: Browser, alva: Phone, shift_id: str, cast: Cast) -> None:
    record = seen(alva, shift_id)
    for day in range(1, followed.LISTED_MAX + 2):
        begun(bo, record, cast.bo.id, f"2026-12-{day:02}")
    told = followups(bo)
    assert (told["open"], len(told["listed"]), told["listed"][-1]["due"]) == (21, 20, "2026-12-20")


def test_an_edition_keeps_them_as_they_were(bo: Browser, alva: Phone, shift_id: str, cast: Cast) -> None:
    one = begun(bo, seen(alva, shift_id), cast.bo.id, "2026-11-19")
    was = followups(bo)
    frozen = bo.post(f"{URL}/editions", json={"id": new_id(), "based_on": "new", "number": 1}).json()
    said(bo, one, "close", outcome="fixed")
    assert bo.get(f"/situation/editions/{frozen['id']}").json()["figures"]["followups"] == was
    assert followups(bo)["open"] == 0


def test_neither_is_read_from_end_to_end(ctx: Context, db: Database, alva: Phone, shift_id: str) -> None:
    seen(alva, shift_id)
    now = ctx.journal.clock()
    asked = scanned(db, lambda conn: followed.told(conn, span_of(WEEK), now + timedelta(days=1)))
    assert asked - {"place"} == set()
