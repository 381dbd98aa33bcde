"""Weeks, hours and effort: what is reckoned with, without a database. Pure.

A week runs from Monday 06:00 to Monday 06:00 in Stockholm, and a night belongs to the evening before it, as shifts do.
"""

import base64
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from app.place.vocabulary import groups_of_codes
from app.shift.rules import STOCKHOLM, day_begins, shift_date

WEEK = r"^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$"
BEFORE = 4
HOUR = timedelta(hours=1)
#: An open shift that says nothing of its end is taken to last no longer.
SHIFT_MAX = timedelta(hours=12)
#: Good meetings, and an uneventful round or a fair: counted, and no incidents.
MEETINGS, SITUATION = "K", "E"
ROUND = "E2"
OTHER = "?"
#: An id is 16 bytes, in base64 four characters for three of them.
RECORDS_MAX = 10_000
PACKED_MAX = RECORDS_MAX * 16 * 4 // 3 + 4


class Span(NamedTuple):
    start: datetime
    end: datetime


def span_of(week: str) -> Span:
    """Raises ValueError for a week that its year does not have."""
    monday = date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
    return Span(day_begins(monday).astimezone(UTC), day_begins(monday + timedelta(days=7)).astimezone(UTC))


def week_of(at: datetime) -> str:
    year, number, _ = shift_date(at).isocalendar()
    return f"{year}-W{number:02d}"


def weeks_before(week: str) -> list[str]:
    """The four before it, the oldest first."""
    monday = date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
    found = [(monday - timedelta(days=7 * n)).isocalendar() for n in range(BEFORE, 0, -1)]
    return [f"{year}-W{number:02d}" for year, number, _ in found]


def last_year(week: str) -> str:
    """The week of that number; the last one where that year has no week 53."""
    year, number = int(week[:4]) - 1, int(week[6:])
    has = date(year, 12, 28).isocalendar().week
    return f"{year}-W{min(number, has):02d}"


def day_and_hour(at: datetime) -> tuple[int, int]:
    """(0 for the Monday's evening … 6, hour of the clock)"""
    local = at.astimezone(STOCKHOLM)
    return shift_date(at).weekday(), local.hour


def spans_of(span: Span, day: int | None, hour: int | None) -> list[Span]:
    """The parts of a week that are of this weekday, this hour, or both; the whole week without either."""
    if day is None and hour is None:
        return [span]
    hours = [at for at in _hours(span) if day_and_hour(at)[0] == (day_and_hour(at)[0] if day is None else day)]
    chosen = [at for at in hours if hour is None or day_and_hour(at)[1] == hour]
    return [Span(at, at + HOUR) for at in chosen]


def _hours(span: Span) -> Iterator[datetime]:
    at = span.start
    while at < span.end:
        yield at
        at += HOUR


class Part(NamedTuple):
    """A host's part in a shift."""

    area_id: str | None
    joined_at: datetime
    left_at: datetime


def left_at(
    left: datetime | None, ended: datetime | None, planned: datetime | None, joined: datetime, now: datetime
) -> datetime:
    """When a host's part ended, or by when it is reckoned to at the latest."""
    if left is not None and ended is not None:
        return min(left, ended)
    return left or ended or min(now, planned or joined + SHIFT_MAX)


def hours_in(parts: Iterable[Part], span: Span) -> dict[str | None, float]:
    """Host hours by area."""
    found: Counter[str | None] = Counter()
    for part in parts:
        lasted = min(part.left_at, span.end) - max(part.joined_at, span.start)
        if lasted > timedelta():
            found[part.area_id] += lasted / HOUR  # type: ignore[assignment]
    return {area: round(hours, 1) for area, hours in found.items()}


def hours_by_cell(parts: Iterable[Part], span: Span) -> dict[tuple[int, int], float]:
    """Host hours by weekday and hour."""
    found: Counter[tuple[int, int]] = Counter()
    for part in parts:
        at = max(part.joined_at, span.start)
        end = min(part.left_at, span.end)
        while at < end:
            until = min(end, at.replace(minute=0, second=0, microsecond=0) + HOUR)
            found[day_and_hour(at)] += (until - at) / HOUR  # type: ignore[assignment]
            at = until
    return {cell: round(hours, 2) for cell, hours in found.items()}


def group_of(category: str) -> str:
    """A code of a later release has no group that is known here."""
    return _GROUPS.get(category, OTHER)


_GROUPS: dict[str, str] = groups_of_codes()
#: What is counted apart from incidents.
APART = tuple(code for code, group in _GROUPS.items() if group in (MEETINGS, SITUATION))


def codes_of(group: str) -> tuple[list[str], bool]:
    """(codes, whether those are its own): what has no known group is all but the known."""
    if group == OTHER:
        return list(_GROUPS), False
    return [code for code, mine in _GROUPS.items() if mine == group], True


def mean(counts: Sequence[float]) -> float | None:
    return round(sum(counts) / len(counts), 1) if counts else None


def packed(ids: Iterable[str]) -> str:
    return base64.b64encode(b"".join(UUID(one).bytes for one in ids)).decode()


def unpacked(text: str) -> list[str]:
    """Raises ValueError for what was not packed."""
    raw = base64.b64decode(text, validate=True)
    return [str(UUID(bytes=raw[at : at + 16])) for at in range(0, len(raw), 16)]


class Seen(NamedTuple):
    """So many incidents at a place in an hour."""

    place_id: str
    name: str
    category: str
    at: datetime
    n: int


PROPOSED_MAX, PROPOSED_MIN_COUNT, WINDOW_H, NAMED_MAX = 4, 2, 3, 2


def proposed(seen: Iterable[Seen], days: frozenset[int]) -> list[dict[str, Any]]:
    """Places with most incidents, those on these weekdays counted twice, each with its three busiest hours."""
    places: dict[str, list[Seen]] = {}
    for one in seen:
        places.setdefault(one.place_id, []).append(one)
    found = [_proposal(mine, days) for mine in places.values()]
    found = [one for one in found if one["count"] >= PROPOSED_MIN_COUNT]
    found.sort(key=lambda one: (-one["count"] - one["same_day"], one["name"], one["place_id"]))
    return found[:PROPOSED_MAX]


def _proposal(seen: Sequence[Seen], days: frozenset[int]) -> dict[str, Any]:
    hours: Counter[int] = Counter()
    categories: Counter[str] = Counter()
    same_day = 0
    for one in seen:
        day, hour = day_and_hour(one.at)
        same_day += one.n if day in days else 0
        hours[hour] += one.n
        categories[one.category] += one.n
    first, last = _busiest(hours)
    return {"place_id": seen[0].place_id, "name": seen[0].name, "count": sum(hours.values()), "same_day": same_day,
            "from_hour": first, "to_hour": (last + 1) % 24,
            "categories": [code for code, _ in categories.most_common(NAMED_MAX)]}  # fmt: skip


def _busiest(hours: Counter[int]) -> tuple[int, int]:
    """(first, last) hour of the window with most in it, without the empty hours at its ends."""
    start = max(range(24), key=lambda h: (sum(hours[(h + n) % 24] for n in range(WINDOW_H)), -((h - 6) % 24)))
    filled = [(start + n) % 24 for n in range(WINDOW_H) if hours[(start + n) % 24]]
    return filled[0], filled[-1]
