"""Which evenings a rule gives: by the clock on the wall, also on the nights when that clock is set."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from app.plan.rules import OCCURRENCES_MAX, Logged, Rule, evenings, faults, without_log

PLAN = "019a0000-0000-7000-8000-0000000000f1"
FRIDAYS = Rule(date(2026, 10, 16), date(2026, 11, 6), frozenset({4}), time(17, 30), time(1, 0))


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_the_same_time_on_the_wall_before_and_after_summer_time_ends() -> None:
    """25 October 2026: from UTC+2 to UTC+1."""
    found = [(e.starts_at, e.ends_at) for e in evenings(PLAN, FRIDAYS)]
    assert found == [(utc(10, 16, 15, 30), utc(10, 16, 23)), (utc(10, 23, 15, 30), utc(10, 23, 23)),
                     (utc(10, 30, 16, 30), utc(10, 31, 0)), (utc(11, 6, 16, 30), utc(11, 7, 0))]  # fmt: skip


@pytest.mark.parametrize(("first", "hours"), [(date(2026, 10, 24), 9.5), (date(2026, 3, 28), 7.5)])
def test_the_night_itself_is_an_hour_longer_or_shorter(first: date, hours: float) -> None:
    (night,) = evenings(PLAN, Rule(first, None, frozenset(), time(19, 0), time(3, 30)))
    assert night.ends_at - night.starts_at == timedelta(hours=hours)


def test_an_hour_that_a_spring_night_skips_is_the_hour_after() -> None:
    (night,) = evenings(PLAN, Rule(date(2026, 3, 28), None, frozenset(), time(19, 0), time(2, 30)))
    assert night.ends_at == utc(3, 29, 1, 30)


def test_a_day_keeps_its_id_when_the_rule_is_another() -> None:
    later = Rule(date(2026, 10, 23), date(2026, 10, 31), frozenset({4, 5}), time(20, 0), time(2, 0))
    ids = {e.day: e.id for e in evenings(PLAN, FRIDAYS)}
    assert {e.day: e.id for e in evenings(PLAN, later)}[date(2026, 10, 23)] == ids[date(2026, 10, 23)]
    assert len({*ids.values()}) == 4


def test_what_a_rule_may_not_say() -> None:
    assert faults(FRIDAYS) == []
    assert faults(Rule(date(2026, 1, 1), None, frozenset({4}), time(17), time(1))) == [("until", "missing")]
    assert faults(Rule(date(2026, 2, 1), date(2026, 1, 1), frozenset({4}), time(17), time(1))) == [
        ("until", "before-first"),
    ]  # fmt: skip
    assert faults(Rule(date(2026, 1, 1), date(2027, 6, 1), frozenset({4}), time(17), time(1))) == [("until", "too-far")]
    every = Rule(date(2026, 1, 1), date(2027, 2, 5), frozenset(range(7)), time(17), time(1))
    assert faults(every) == []
    assert len(evenings(PLAN, every)) == OCCURRENCES_MAX


def planned(name: str, hours: float, *hosts: str) -> tuple[str, datetime, datetime, list[str]]:
    starts = utc(11, 20, 16) + timedelta(hours=hours)
    return name, starts, starts + timedelta(hours=8), list(hosts)


def started(hours: float, *hosts: str) -> Logged:
    return Logged(utc(11, 20, 16) + timedelta(hours=hours), frozenset(hosts))


@pytest.mark.parametrize(("shift", "missing"), [
    (started(0.2, "alva"), []), (started(-3, "alva", "elin"), []), (started(7.9, "alva"), []),
    (started(-3.1, "alva"), ["one"]), (started(8, "alva"), ["one"]), (started(0, "elin"), ["one"]),
])  # fmt: skip
def test_a_shift_of_one_of_its_hosts_in_its_time_is_its_log(shift: Logged, missing: list[str]) -> None:
    assert without_log([planned("one", 0, "alva", "cim")], [shift]) == missing


def test_one_log_answers_for_one_evening() -> None:
    two = [planned("late", 7, "alva"), planned("early", 0, "alva")]
    assert without_log(two, [started(6, "alva")]) == ["late"]
    assert without_log(two, [started(0, "alva"), started(7, "alva")]) == []
