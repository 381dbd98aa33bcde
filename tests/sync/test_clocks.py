"""Clocks never cause a rejection, a loss or a reorder; the server puts its own estimate beside them (I15)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.core.clock import stamp
from app.core.ids import uuid7
from app.journal.ops import At, DeviceClock
from app.sync import rules
from app.sync.frame import Sent
from tests.conftest import PhoneOf, SignIn
from tests.support import on_sqlite
from tests.support.client import Phone, statuses
from tests.support.factories import a_checkin, a_shift, an_amendment, an_observation
from tests.support.world import EVENING, Cast, FakeClock


@pytest.fixture
def phone(phone_of: PhoneOf, cast: Cast) -> Phone:
    return phone_of(cast.alva)


@pytest.mark.parametrize("wrong_by", [timedelta(hours=-3), timedelta(days=3652), timedelta(days=-9000), timedelta(0)])
def test_a_wrong_clock_is_told_as_stated_and_estimated_beside(
    phone: Phone, clock: FakeClock, wrong_by: timedelta
) -> None:
    """Made ten minutes before it was sent, on a page that lived on: the page's steady clock tells how long ago."""
    phone.wall = clock.at + wrong_by
    op = phone.seal("checkin.create", a_checkin())
    phone.wait(minutes=10)
    clock.advance(minutes=10, seconds=1)
    assert statuses(phone.send(op)) == [("applied", None)]
    told = phone.pulled("checkin")[op["id"]]
    assert told["stated_at"] == stamp(EVENING + wrong_by + timedelta(seconds=1))
    assert told["estimated_at"] == stamp(EVENING + timedelta(seconds=1))
    assert told["received_at"] == stamp(clock.at)


def test_after_a_reload_the_phones_skew_at_sending_is_used(phone: Phone, clock: FakeClock) -> None:
    phone.wall = clock.at - timedelta(hours=3)
    op = phone.seal("checkin.create", a_checkin(), at={"page": "another life", "mono": 5})
    phone.wait(minutes=30)
    clock.advance(minutes=30, seconds=1)
    phone.send(op)
    assert phone.pulled("checkin")[op["id"]]["estimated_at"] == stamp(EVENING + timedelta(seconds=1))


def test_a_clock_sample_is_surer_than_the_skew_at_sending(phone: Phone, clock: FakeClock) -> None:
    """The clock was set right between the act and the sending."""
    phone.wall = clock.at - timedelta(hours=3)
    sample = {"offset_ms": 3 * 3_600_000, "rtt_ms": 80, "age_ms": 1000}
    op = phone.seal("checkin.create", a_checkin(), at={"page": "another life", "clock": sample})
    phone.wall = clock.advance(hours=1)
    phone.send(op)
    assert phone.pulled("checkin")[op["id"]]["estimated_at"] == stamp(EVENING + timedelta(seconds=1))


def test_how_far_off_the_estimate_may_be_is_told_in_the_pull_and_at_the_desk(
    phone: Phone, clock: FakeClock, cast: Cast, sign_in: SignIn
) -> None:
    """Of a record, of what is a move in the log, and of what waits in quarantine."""
    shift = phone.start(a_shift(cast.alva, cast.cim))
    sample = {"offset_ms": 0, "rtt_ms": 80, "age_ms": 1000}
    ops = [
        phone.seal("checkin.create", a_checkin(), shift=shift, at={"clock": sample}),
        phone.seal("shift.end", {"ops": 3}, shift=shift, at={"clock": sample}),
        phone.seal("comment.add", {"target": uuid7(), "text": "Till ingen"}, shift=shift, at={"clock": sample}),
    ]
    clock.at = phone.wall
    phone.send(*ops)
    within_ms = 2_042  # half the round trip, what phones correct by themselves, rounded up
    assert phone.pulled("checkin")[ops[0]["id"]]["estimated_within_ms"] == within_ms
    log = sign_in(cast.bo).get(f"/reviews/shifts/{shift}").json()["entries"]
    within = {entry["id"]: entry["estimated_within_ms"] for entry in log}
    assert [within[op["id"]] for op in ops] == [within_ms] * 3


def test_without_any_clock_of_the_phone_there_is_no_estimate(phone: Phone) -> None:
    op = phone.seal("checkin.create", a_checkin(), at={"mono": None, "page": None})
    phone.send(op, sent=None)
    assert phone.pulled("checkin")[op["id"]]["estimated_at"] is None


@pytest.mark.parametrize("wall", [
    "0002-01-01T00:00:00+14:00", "9998-12-31T23:59:59-14:00", "2026-11-20T21:00:00.123456Z",
])  # fmt: skip
@pytest.mark.parametrize("offset_ms", [0, 3.15e10, -3.15e10, 9e13])
def test_clocks_at_the_edge_of_the_calendar_are_kept_and_can_be_read(phone: Phone, wall: str, offset_ms: float) -> None:
    """Python, PostgreSQL and SQLite end their calendars at different places."""
    sample = {"offset_ms": offset_ms, "rtt_ms": None, "age_ms": None}
    op = phone.seal("checkin.create", a_checkin(), wall=wall, at={"page": None, "clock": sample})
    assert [r["status"] for r in phone.send(op)] == ["applied"]
    assert op["id"] in phone.pulled("checkin")


@on_sqlite
@pytest.mark.parametrize(
    "wall", ["", "yesterday", "2026-11-20T21:00:00", "0000-01-01T00:00:00Z", "+10000-01-01T00:00:00Z"]
)
def test_a_time_that_is_none_is_kept_in_quarantine(phone: Phone, wall: str) -> None:
    assert statuses(phone.send(phone.seal("checkin.create", a_checkin(), wall=wall))) == [("quarantined", "body")]


def test_a_clock_that_steps_back_does_not_change_the_order_of_the_journal(phone: Phone) -> None:
    first = phone.seal("checkin.create", a_checkin())
    phone.wait(hours=-5)
    second = phone.seal("checkin.create", a_checkin())
    results = phone.send(first, second)
    assert results[0]["seq"] < results[1]["seq"]


def test_a_later_correction_holds_though_the_clock_stepped_back_between(phone: Phone) -> None:
    seen = phone.seal("observation.create", an_observation())
    older = phone.seal("observation.amend", an_amendment(seen["id"], text="äldre"))
    phone.wait(hours=-5)
    newer = phone.seal("observation.amend", an_amendment(seen["id"], text="nyare"))
    phone.send(newer, seen, older)
    assert phone.pulled("observation")[seen["id"]]["text"] == "nyare"


@pytest.mark.parametrize(("wall", "date"), [
    ("2026-11-20T21:00:00+01:00", "2026-11-20"), ("2026-11-21T02:00:00+01:00", "2026-11-20"),
    ("2026-11-21T05:30:00+01:00", "2026-11-20"), ("2026-11-21T06:00:00+01:00", "2026-11-21"),
    ("2026-10-25T02:30:00+01:00", "2026-10-24"),
])  # fmt: skip
def test_a_shift_belongs_to_the_evening_on_which_it_began(phone: Phone, cast: Cast, wall: str, date: str) -> None:
    shift = phone.start(a_shift(cast.alva, cast.cim), wall=wall)
    assert phone.pulled("shift")[shift]["shift_date"] == date


NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
WALL = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def _at(**members: Any) -> At:
    return At.model_construct(**{"wall": WALL, "mono": None, "page": None, "clock": None} | members)


@pytest.mark.parametrize(("at", "sent", "estimated"), [
    (_at(mono=1000, page="p"), Sent(WALL, 61_000, "p"), NOW - timedelta(minutes=1)),
    (_at(mono=61_000, page="p"), Sent(None, 1000, "p"), None),  # a page's clock never runs backwards
    (_at(mono=0, page="p"), Sent(WALL, 401 * 86_400_000.0, "p"), NOW),  # no page lives so long: the skew is used
    (_at(mono=1000, page="p"), Sent(WALL + timedelta(hours=1), 61_000, "q"), NOW - timedelta(hours=1)),
    (_at(clock=DeviceClock(offset_ms=60_000)), Sent(WALL, None, None), WALL + timedelta(minutes=1)),
    (_at(clock=DeviceClock(offset_ms=1e15)), Sent(None, None, None), None),
    (_at(), Sent(None, 1.0, "p"), None),
    # Asleep for six hours: the steady clock stood still, and the wall clock is as far from ours as before.
    (_at(mono=1000, page="p", clock=DeviceClock(offset_ms=-500)), Sent(NOW + timedelta(seconds=1), 61_000, "p"),
     WALL - timedelta(milliseconds=500)),
    (_at(mono=1000, page="p", clock=DeviceClock(offset_ms=3_600_000)), Sent(NOW - timedelta(hours=1), 61_000, "p"),
     WALL + timedelta(hours=1)),
    # Set forward by three hours in between: what the phone said before and how long it was awake agree.
    (_at(mono=1000, page="p", clock=DeviceClock(offset_ms=3 * 3_600_000)), Sent(NOW, 61_000, "p"),
     NOW - timedelta(milliseconds=59_988)),
    # Never compared before: how long it was awake is believed.
    (_at(mono=1000, page="p"), Sent(NOW, 61_000, "p"), NOW - timedelta(minutes=1)),
    # Compared, and set back since: asleep is likelier than set once more.
    (_at(mono=1000, page="p", clock=DeviceClock(offset_ms=0)), Sent(WALL - timedelta(hours=3), 61_000, "p"), WALL),
])  # fmt: skip
def test_estimate_takes_the_surest_clock(at: At, sent: Sent, estimated: datetime | None) -> None:
    found = rules.estimator(sent, NOW)(at)
    assert (found and found[0]) == estimated
