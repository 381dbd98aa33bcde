"""Which check-in is overdue, what makes an alarm needless, who is told when; with a clock of the test's own."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.alert import rules
from app.alert.rules import Due, Ladder, Open, Promise, Rung, Taken

T0 = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
LADDER = Ladder(
    (Rung(0, ("host",), ("push",)), Rung(5, ("partner",), ("sms", "push")), Rung(10, ("supervisors", "admins"))),
    timedelta(minutes=10),
)
GRACE = timedelta(minutes=5)


def at(minutes: float) -> datetime:
    return T0 + timedelta(minutes=minutes)


def a_promise(due: datetime | None = T0, checkin: str = "c1", **members: object) -> Promise:
    return Promise(**{"shift_id": "s", "host_id": "alva", "checkin_id": checkin, "due_at": due, "in_force": True}
                   | members)  # type: ignore[arg-type]  # fmt: skip


def an_alarm(*taken: Taken, kind: str = "overdue", acknowledged: bool = False) -> Open:
    return Open("a", kind, T0, "s", "alva", "c1", acknowledged, taken)


def told(number: int, minutes: float = 0, attempt: int = 1) -> Taken:
    return Taken(number, attempt, at(minutes), is_told=True)


@pytest.mark.parametrize(("minutes", "is_overdue"), [(4.9, False), (5, True), (60, True), (24 * 60, False)])
def test_a_promise_is_overdue_after_its_grace_and_for_a_day(minutes: float, is_overdue: bool) -> None:
    assert bool(rules.overdue([a_promise()], set(), at(minutes), GRACE)) is is_overdue


@pytest.mark.parametrize("promise", [a_promise(None), a_promise(in_force=False)])
def test_no_promise_and_none_in_force_is_never_overdue(promise: Promise) -> None:
    assert rules.overdue([promise], set(), at(30), GRACE) == []


def test_a_promise_is_raised_once_whatever_came_of_it() -> None:
    assert rules.overdue([a_promise()], {"c1"}, at(30), GRACE) == []


@pytest.mark.parametrize("skew", [-90, 0, 90])
def test_a_wrong_clock_on_the_phone_moves_no_promise(skew: float) -> None:
    """Promised 40 minutes after 20:00, whatever the phone took that moment for."""
    stated = at(skew)
    assert rules.reckoned(stated + timedelta(minutes=40), stated, T0) == at(40)


def test_without_an_estimate_the_phones_word_stands() -> None:
    assert rules.reckoned(at(40), T0, None) == at(40)


@pytest.mark.parametrize(("promise", "expected"), [
    (a_promise(), None),
    (a_promise(checkin="c2"), ("checkin", "c2")),
    (a_promise(in_force=False, gone="ended"), ("ended", None)),
    (a_promise(in_force=False, gone="left"), ("left", None)),
    (a_promise(in_force=False), None),  # the partner ended the shift
])  # fmt: skip
def test_what_makes_an_overdue_check_in_needless(promise: Promise, expected: object) -> None:
    assert rules.settled(an_alarm(), {("s", "alva"): promise}) == expected


def test_a_check_in_clears_no_call_for_help() -> None:
    assert rules.settled(an_alarm(kind="help"), {("s", "alva"): a_promise(checkin="c2")}) is None


def test_rungs_come_at_their_minutes() -> None:
    assert rules.due(an_alarm(), LADDER, T0) == [Due(0, 1, ("host",), ("push",))]
    assert rules.due(an_alarm(told(0)), LADDER, at(4.9)) == []
    assert rules.due(an_alarm(told(0)), LADDER, at(5)) == [Due(1, 1, ("partner",), ("sms", "push"))]


def test_a_server_that_was_away_takes_all_missed_rungs_at_once_and_no_repeat() -> None:
    assert [step.number for step in rules.due(an_alarm(), LADDER, at(200))] == [0, 1, 2]


def test_everybody_is_told_again_until_the_limit() -> None:
    taken = [told(0), told(1, 5), told(2, 10)]
    assert rules.due(an_alarm(*taken), LADDER, at(19)) == []
    for number in range(3, 3 + rules.REPEATS_MAX):
        now = at(10 * (number - 1))
        assert rules.due(an_alarm(*taken), LADDER, now) == [
            Due(number, 1, ("host", "partner", "supervisors", "admins"), ("push", "sms", "email"))
        ]
        taken.append(told(number, 10 * (number - 1)))
    assert rules.due(an_alarm(*taken), LADDER, at(1000)) == []


def test_a_step_whose_outcome_stays_away_is_taken_again_a_few_times() -> None:
    lost = [Taken(0, n, T0, is_told=False) for n in range(1, rules.ATTEMPTS_MAX + 1)]
    assert rules.due(an_alarm(lost[0]), LADDER, T0 + rules.LOST_AFTER - timedelta(seconds=1)) == []
    assert rules.due(an_alarm(lost[0]), LADDER, T0 + rules.LOST_AFTER) == [Due(0, 2, ("host",), ("push",))]
    assert rules.due(an_alarm(*lost), LADDER, T0 + rules.LOST_AFTER) == []


def test_nobody_is_told_of_an_alarm_that_is_a_day_old() -> None:
    assert rules.due(an_alarm(), LADDER, T0 + rules.FRESH) == []


def test_ids_are_the_same_in_every_process() -> None:
    assert rules.op_id("step", "a", 0, 1) == rules.op_id("step", "a", 0, 1) != rules.op_id("step", "a", 0, 2)


minutes = st.floats(0, 24 * 60, allow_nan=False)
ladders = st.builds(
    lambda gaps: Ladder(tuple(Rung(sum(gaps[: n + 1]), (f"@{n}",)) for n in range(len(gaps))), timedelta(minutes=10)),
    st.lists(st.integers(0, 30), min_size=1, max_size=5),
)


@given(ladder=ladders, looks=st.lists(minutes, min_size=1, max_size=30), answered=st.none() | minutes)
def test_however_seldom_it_looks_no_rung_is_missed_taken_twice_or_taken_early(
    ladder: Ladder, looks: list[float], answered: float | None
) -> None:
    """A clock that jumps: the timer looks at these minutes only; somebody acknowledges at one, or nobody does."""
    taken: list[Taken] = []
    for look in sorted(looks):
        is_answered = answered is not None and look >= answered
        for step in rules.due(an_alarm(*taken, acknowledged=is_answered), ladder, at(look)):
            assert not is_answered
            assert step.number >= len(ladder.rungs) or look >= ladder.rungs[step.number][0]
            taken.append(told(step.number, look))
    numbers = [step.number for step in taken]
    assert numbers == list(range(len(numbers)))
    assert len(numbers) <= len(ladder.rungs) + ladder.repeats_max
    last = max((look for look in looks if answered is None or look < answered), default=-1)
    if at(last) < T0 + rules.FRESH:
        wanted = {n for n, rung in enumerate(ladder.rungs) if rung.minutes <= last}
        assert wanted <= set(numbers)
    repeats = [step.at for step in taken if step.number >= len(ladder.rungs)]
    assert all(later - earlier >= ladder.repeat for earlier, later in zip(repeats, repeats[1:], strict=False))
