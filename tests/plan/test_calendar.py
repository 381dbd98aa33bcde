"""A calendar's secret address: what it holds, what it does not, and that it ends."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from icalendar import Calendar

from app.access import accounts
from app.access.context import Context
from app.core.ids import uuid7
from tests.support.canary import assert_problem, watched_logs
from tests.support.client import Browser, Phone
from tests.support.factories import a_plan
from tests.support.world import Cast, FakeClock

AREA = "019a0000-0000-7000-8000-0000000000f2"
SQUARE = {"type": "Polygon", "coordinates": [[[14.8, 56.1], [14.9, 56.1], [14.9, 56.2], [14.8, 56.1]]]}


@pytest.fixture
def planned(bo: Browser, ctx: Context, cast: Cast) -> str:
    ctx.journal.write("area.put", {"id": AREA, "name": "Centrum", "geometry": SQUARE}, author=None)
    plan = uuid7()
    said = a_plan(cast.alva, cast.cim, first="2026-11-27", until="2026-11-28") | {"area_id": AREA}
    assert bo.request("PUT", f"/plans/{plan}", json=said).status_code == 204
    return plan


def address(browser: Browser) -> str:
    answer = browser.post("/calendar")
    assert answer.status_code == 201
    return str(answer.json()["path"]).removeprefix("/api/v1")


def events(stranger: Browser, path: str) -> dict[date, Any]:
    answer = stranger.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    found = Calendar.from_ical(answer.content)
    return {event.decoded("dtstart").date(): event for event in found.walk("VEVENT")}


def test_a_calendar_holds_time_and_area_and_no_name(planned: str, alva: Phone, stranger: Browser, cast: Cast) -> None:
    assert planned
    path = address(alva)
    found = events(stranger, path)
    first = found[date(2026, 11, 27)]
    assert first.decoded("dtstart") == datetime(2026, 11, 27, 16, 30, tzinfo=UTC)
    assert first.decoded("dtend") == datetime(2026, 11, 28, 0, 0, tzinfo=UTC)
    assert (first["summary"], first["location"], first["status"]) == ("Pass · Centrum", "Centrum", "CONFIRMED")
    assert len({event["uid"] for event in found.values()}) == 2
    content = stranger.get(path).text
    assert content.startswith("BEGIN:VCALENDAR\r\n")
    assert not [name for person in cast.everybody for name in (person.name.split()[0], person.id) if name in content]


def test_a_cancelled_evening_keeps_its_uid_and_grows_in_sequence(
    planned: str, bo: Browser, alva: Phone, stranger: Browser
) -> None:
    assert planned
    path = address(alva)
    before = events(stranger, path)[date(2026, 11, 27)]
    (one, _) = bo.get("/plans", params={"from": "2026-11-27", "to": "2026-11-28"}).json()["shifts"]
    said = {"based_on": one["version"], "starts": "17:30", "ends": "01:00", "area_id": None, "hosts": one["hosts"],
            "cancelled": True}  # fmt: skip
    assert bo.request("PUT", f"/planned/{one['id']}", json=said).status_code == 204
    after = events(stranger, path)[date(2026, 11, 27)]
    assert (after["uid"], after["status"]) == (before["uid"], "CANCELLED")
    assert after["sequence"] > before["sequence"]


def test_an_address_ends_with_the_next_with_being_taken_away_and_with_the_person(
    planned: str, alva: Phone, stranger: Browser, ctx: Context
) -> None:
    assert planned
    old, new = address(alva), address(alva)
    assert_problem(stranger.get(old), 404, "not-found")
    assert len(events(stranger, new)) == 2
    assert alva.delete("/calendar").status_code == 204
    assert_problem(stranger.get(new), 404, "not-found")
    last = address(alva)
    accounts.set_active(ctx, "alva", active=False)
    assert_problem(stranger.get(last), 404, "not-found")


def test_somebody_who_is_on_nothing_has_an_empty_calendar(planned: str, bo: Browser, stranger: Browser) -> None:
    assert planned
    assert events(stranger, address(bo)) == {}


def test_the_address_is_in_no_log_and_told_only_once(
    planned: str, alva: Phone, stranger: Browser, clock: FakeClock
) -> None:
    assert planned
    path = address(alva)
    secret = path.split("/")[-1].removesuffix(".ics")
    with watched_logs() as logs:
        events(stranger, path)
    assert secret not in str(logs)
    assert alva.get("/calendar").json() == {"created_at": "2026-11-20T20:00:00.000Z",
                                            "read_at": "2026-11-20T20:00:00.000Z"}  # fmt: skip
    assert clock()
