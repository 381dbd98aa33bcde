"""Pure rules of planning: which evenings a rule gives, at which instants, and which of them nobody wrote a log of."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from app.shift.rules import STOCKHOLM

#: The space of ids made of a plan and a date, so that an evening keeps its id through every change of its series.
SPACE = UUID("3f6a0f0e-52c5-5b67-8a3d-0c8f4a1b9d21")
OCCURRENCES_MAX = 400
SPAN_MAX = timedelta(days=400)
LENGTH_MAX = timedelta(hours=16)
#: A shift that began this long before it was planned to is still that one.
EARLY = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Rule:
    """Wall clock in Stockholm; `weekdays` from 0 (Monday), none: the first day alone. `until` is the last day."""

    first: date
    until: date | None
    weekdays: frozenset[int]
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Evening:
    id: str
    day: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Logged:
    """A shift that somebody started."""

    started_at: datetime
    hosts: frozenset[str]


def faults(rule: Rule) -> list[tuple[str, str]]:
    """(member, code) of what is wrong."""
    if not rule.weekdays:
        return [] if rule.until is None else [("until", "needs-weekdays")]
    if rule.until is None:
        return [("until", "missing")]
    if rule.until < rule.first:
        return [("until", "before-first")]
    return [("until", "too-far")] if rule.until - rule.first > SPAN_MAX else []


def instants(day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """An end that is not after the start is of the next day, by the clock on the wall also when summer time ends."""
    last = day if ends > starts else day + timedelta(days=1)
    return _instant(day, starts), _instant(last, ends)


def evenings(plan_id: str, rule: Rule) -> list[Evening]:
    """In order, `OCCURRENCES_MAX` at most."""
    last = rule.until if rule.weekdays and rule.until is not None else rule.first
    found: list[Evening] = []
    day = rule.first
    while day <= last and len(found) < OCCURRENCES_MAX:
        if not rule.weekdays or day.weekday() in rule.weekdays:
            found.append(Evening(evening_id(plan_id, day), day, *instants(day, rule.starts, rule.ends)))
        day += timedelta(days=1)
    return found


def evening_id(plan_id: str, day: date) -> str:
    return str(uuid5(SPACE, f"{plan_id}:{day.isoformat()}"))


def without_log(
    planned: Iterable[tuple[str, datetime, datetime, Collection[str]]], logged: Sequence[Logged]
) -> list[str]:
    """Ids of planned evenings that none of their hosts started a shift for. A shift answers for one evening alone."""
    free = sorted(logged, key=lambda shift: shift.started_at)
    missing = []
    for planned_id, starts_at, ends_at, hosts in sorted(planned, key=lambda one: (one[1], one[0])):
        met = next((s for s in free if starts_at - EARLY <= s.started_at < ends_at and s.hosts & set(hosts)), None)
        if met is None:
            missing.append(planned_id)
        else:
            free.remove(met)
    return missing


def _instant(day: date, at: time) -> datetime:
    """In the hour that a spring night skips: the hour after."""
    return datetime.combine(day, at, STOCKHOLM).astimezone(UTC)
