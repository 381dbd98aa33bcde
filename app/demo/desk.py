"""What the supervisor keeps in hand between the evenings: faults that were reported, and the evenings to come."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Any

from app.core.clock import stamp
from app.demo.dice import Dice
from app.demo.phone import Act
from app.demo.texts import texts
from app.plan.rules import Rule, evenings
from app.shift.rules import STOCKHOLM

Said = tuple[datetime, str, dict[str, Any], str]
TAKEN_AT = time(9, 20)
MENDED_AFTER = timedelta(days=2)
#: By how recent the report is: when it is to be done, counted from today. The oldest has been mended.
DUE_IN_DAYS = (5, -1, 2)
PLANNED_DAYS = 27
#: Weekdays (Monday is 0) and the wall clock of the evenings that are to come.
SERIES = (({1, 2, 3}, time(16, 30), time(23)), ({4, 5}, time(17, 30), time(1)))


def followups(dice: Dice, reported: Sequence[Act], owner: str, now: datetime) -> Iterator[Said]:
    """(at, op type, data, op id): one in good time, one overdue, and one that was mended and told back."""
    taken = [(act, at) for act in reversed(reported) if (at := _next_morning(act.at)) + MENDED_AFTER < now]
    today = now.astimezone(STOCKHOLM).date()
    for nth, ((act, at), days) in enumerate(zip(taken[::2], DUE_IN_DAYS, strict=False)):
        made = dice.uuid7(at)
        due = today + timedelta(days=days)
        note = texts()["followups"]["notes"][nth]
        yield at, "followup.create", {"observation": act.id, "kind": "fault_report", "owner": owner, "note": note,
                                      "due": due.isoformat(), "draft": None}, made  # fmt: skip
        if nth == len(DUE_IN_DAYS) - 1:
            end = at + MENDED_AFTER
            told = {"target": made, "based_on": made, "outcome": "fixed", "result": texts()["followups"]["result"]}
            yield end, "followup.close", told, dice.uuid7(end)


def plans(dice: Dice, hosts: Sequence[str], area: str | None, now: datetime) -> Iterator[Said]:
    """The same evenings each week, from tomorrow on."""
    at = now - timedelta(days=1)
    first = now.astimezone(STOCKHOLM).date() + timedelta(days=1)
    for weekdays, starts, ends in SERIES:
        plan = dice.uuid7(at)
        rule = Rule(first, first + timedelta(days=PLANNED_DAYS), frozenset(weekdays), starts, ends)
        told = [asdict(one) | {"day": one.day.isoformat(), "starts_at": stamp(one.starts_at),
                               "ends_at": stamp(one.ends_at)} for one in evenings(plan, rule)]  # fmt: skip
        said = {"first": first.isoformat(), "until": str(rule.until), "weekdays": sorted(weekdays),
                "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}  # fmt: skip
        yield at, "plan.put", {"id": plan, "rule": said, "area_id": area, "hosts": list(hosts), "active": True,
                               "since": stamp(at), "evenings": told}, dice.uuid7(at)  # fmt: skip


def _next_morning(at: datetime) -> datetime:
    day = at.astimezone(STOCKHOLM).date() + timedelta(days=1)
    return datetime.combine(day, TAKEN_AT, tzinfo=STOCKHOLM).astimezone(at.tzinfo)
