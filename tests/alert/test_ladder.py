"""What a ladder may be, and which one holds for an alarm."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from app.alert import ladder
from app.alert.ladder import Order
from app.alert.rules import Rung
from app.core.ids import uuid7
from app.core.settings import Settings
from app.notify.notice import CHANNELS

SETTINGS = Settings()
DISA = uuid7()


def a_step(after_min: int = 0, *whom: str, via: tuple[str, ...] = CHANNELS) -> dict[str, Any]:
    return {"after_min": after_min, "whom": list(whom) or ["supervisors"], "via": list(via)}


def an_order(*steps: dict[str, Any], grace_min: int | None = 5, repeat_min: int = 10) -> Order:
    return Order(True, grace_min, repeat_min, list(steps) or [a_step()])


GOOD = an_order(a_step(0, "host"), a_step(5, "partner", DISA), a_step(10, "supervisors", "admins", via=("sms",)))


@dataclass(frozen=True)
class Row:
    seq: int
    kind: str = "overdue"
    active: bool = True
    grace_min: int | None = 7
    repeat_min: int = 3
    steps: tuple[dict[str, Any], ...] = (a_step(0, "admins", via=("push",)),)


def wrong(order: Order, kind: str = "overdue") -> list[tuple[str, str]]:
    return ladder.faults(kind, order, {DISA})


def test_what_is_right_is_taken() -> None:
    assert wrong(GOOD) == []
    assert wrong(replace(GOOD, grace_min=None), "help") == []
    steps = [a_step(ladder.AFTER_MIN_MAX - n) for n in reversed(range(ladder.STEPS_MAX))]
    assert wrong(an_order(*steps, grace_min=ladder.GRACE_MIN_MAX, repeat_min=ladder.REPEAT_MIN_MAX)) == []
    assert wrong(an_order(a_step(0), grace_min=0, repeat_min=1)) == []


@pytest.mark.parametrize("kind", ladder.KINDS)
def test_what_ships_can_be_put_as_it_is(kind: str) -> None:
    assert wrong(ladder.of_settings(SETTINGS, kind), kind) == []


@pytest.mark.parametrize(("order", "fault"), [
    (an_order(*[a_step(n) for n in range(ladder.STEPS_MAX + 1)]), ("/steps", "many")),
    (replace(GOOD, steps=[]), ("/steps", "none")),
    (an_order(a_step(0, "host"), a_step(5, "admins", DISA)), ("/steps", "no-supervisors")),
    (an_order(a_step(5), a_step(5, "admins")), ("/steps/1/after_min", "ascending")),
    (an_order(a_step(5), a_step(4, "admins")), ("/steps/1/after_min", "ascending")),
    (an_order(a_step(-1)), ("/steps/0/after_min", "bounds")),
    (an_order(a_step(ladder.AFTER_MIN_MAX + 1)), ("/steps/0/after_min", "bounds")),
    (an_order(a_step(), {"after_min": 1, "whom": [], "via": ["sms"]}), ("/steps/1/whom", "nobody")),
    (an_order(a_step(0, "supervisors", "polisen")), ("/steps/0/whom", "unknown")),
    (an_order(a_step(0, "supervisors", uuid7())), ("/steps/0/whom", "unknown")),
    (an_order(a_step(0, "supervisors", "supervisors")), ("/steps/0/whom", "twice")),
    (an_order(a_step(0, "supervisors", via=())), ("/steps/0/via", "none")),
    (an_order(a_step(0, "supervisors", via=("fax",))), ("/steps/0/via", "unknown")),
    (an_order(a_step(0, "supervisors", via=("sms", "sms"))), ("/steps/0/via", "unknown")),
    (replace(GOOD, grace_min=-1), ("/grace_min", "bounds")),
    (replace(GOOD, grace_min=ladder.GRACE_MIN_MAX + 1), ("/grace_min", "bounds")),
    (replace(GOOD, grace_min=None), ("/grace_min", "grace")),
    (replace(GOOD, repeat_min=0), ("/repeat_min", "bounds")),
    (replace(GOOD, repeat_min=ladder.REPEAT_MIN_MAX + 1), ("/repeat_min", "bounds")),
])  # fmt: skip
def test_what_a_ladder_cannot_be(order: Order, fault: tuple[str, str]) -> None:
    assert wrong(order) == [fault]


def test_a_call_for_help_has_no_grace() -> None:
    assert wrong(GOOD, "help") == [("/grace_min", "grace")]


def test_a_longer_grace_that_holds_may_stay_and_no_other() -> None:
    for grace_min, found in ((1440, []), (1439, [("/grace_min", "bounds")])):
        order = replace(GOOD, grace_min=grace_min)
        assert ladder.faults("overdue", order, {DISA}, grace_now_min=1440) == found
    assert ladder.faults("help", GOOD, {DISA}, grace_now_min=5) == [("/grace_min", "grace")]


def test_every_fault_is_told_at_once() -> None:
    order = an_order(a_step(5, "host", via=()), a_step(5, "partner"), grace_min=999)
    assert [where for where, _ in wrong(order)] == ["/grace_min", "/steps/1/after_min", "/steps/0/via", "/steps"]


def test_the_settings_hold_until_a_ladder_is_put_and_after_it_is_taken_back() -> None:
    settled = ladder.ladder("overdue", 50, [], SETTINGS)
    assert [(rung.minutes, rung.whom) for rung in settled.rungs] == list(SETTINGS.overdue_ladder)
    own = ladder.ladder("overdue", 50, [Row(10)], SETTINGS)
    assert (own.rungs, own.repeat) == ([Rung(0, ("admins",), ("push",))], timedelta(minutes=3))
    assert ladder.ladder("overdue", 50, [Row(10), Row(20, active=False)], SETTINGS) == settled
    assert ladder.grace([Row(10)], SETTINGS) == timedelta(minutes=7)
    assert ladder.grace([Row(10), Row(20, active=False)], SETTINGS) == timedelta(minutes=5)


def test_an_alarm_goes_by_what_held_when_it_was_raised() -> None:
    early, late = Row(10), Row(20, steps=(a_step(0, "host"),))
    assert ladder.ladder("overdue", 15, [early, late], SETTINGS).rungs[0].whom == ("admins",)
    assert ladder.ladder("overdue", 21, [late, early], SETTINGS).rungs[0].whom == ("host",)
    assert ladder.ladder("overdue", 9, [early, late], SETTINGS) == ladder.ladder("overdue", 9, [], SETTINGS)


@pytest.mark.parametrize("kind", ["help", "threat"])
def test_each_kind_of_alarm_has_its_own(kind: str) -> None:
    rows = [Row(10), Row(11, "help", grace_min=None, steps=(a_step(0, "partner"),))]
    assert ladder.ladder(kind, 50, rows, SETTINGS).rungs[0].whom == ("partner",)
    assert ladder.ladder("test", 50, rows, SETTINGS).rungs[0].whom == ("supervisors",)
