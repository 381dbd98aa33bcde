"""Which evenings the demo tells of, for any now."""

from datetime import UTC, datetime, timedelta

import pytest

from app.demo.dice import Dice
from app.demo.plan import Evening, Twist, evenings
from app.shift.rules import STOCKHOLM, shift_date


def at(text: str) -> datetime:
    """Stockholm's wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).astimezone(UTC)


def plan(text: str) -> list[Evening]:
    return evenings(at(text), Dice(1))


@pytest.mark.parametrize("now", ["2026-11-20T15:00", "2026-11-20T21:40", "2026-11-21T01:59", "2026-06-24T23:00"])
def test_tonight_is_open_from_three_to_two(now: str) -> None:
    last = plan(now)[-1]
    assert last.is_open
    assert last.starts_at <= at(now) - timedelta(minutes=45)
    assert last.planned_end > at(now)
    assert shift_date(last.starts_at) == (at(now) - timedelta(hours=6)).astimezone(STOCKHOLM).date()


@pytest.mark.parametrize("now", ["2026-11-21T02:00", "2026-11-21T05:59", "2026-11-20T14:59", "2026-11-20T08:00"])
def test_by_day_the_last_evening_has_ended(now: str) -> None:
    last = plan(now)[-1]
    assert not last.is_open
    assert last.ends_at < at(now)
    assert shift_date(last.starts_at) == at(now).astimezone(STOCKHOLM).date() - timedelta(days=1)


@pytest.mark.parametrize("now", ["2026-11-20T21:00", "2026-10-26T12:00", "2026-03-30T12:00", "2027-01-04T20:00"])
def test_two_weeks_hold_about_ten_evenings_in_order_and_none_overlaps(now: str) -> None:
    found = plan(now)
    assert 9 <= len(found) <= 11
    assert found[0].starts_at > at(now) - timedelta(days=15)
    assert all(a.ends_at < b.starts_at for a, b in zip(found, found[1:], strict=False))
    assert all(timedelta(hours=5) < e.ends_at - e.starts_at < timedelta(hours=9) for e in found if not e.is_open)


def test_each_twist_comes_once_and_two_evenings_are_alone() -> None:
    found = plan("2026-11-20T21:00")
    assert sorted(e.twist for e in found if e.twist is not Twist.NONE) == ["gap", "no-coverage"]
    assert [e.crew for e in found].count(found[-3].crew) == 2
