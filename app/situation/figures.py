"""A week's figures: what the Monday meeting looks at, and what an edition freezes. A fixed number of statements."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from app.core.clock import stamp
from app.situation import counted, followed, queries
from app.situation.rules import (
    APART,
    MEETINGS,
    ROUND,
    Span,
    day_and_hour,
    group_of,
    hours_by_cell,
    hours_in,
    last_year,
    mean,
    span_of,
    weeks_before,
)

#: More places than these are told as one line.
PLACES_MAX, OPEN_MAX = 60, 20


class Row(NamedTuple):
    """As `queries.by_week` gives it: its members are read far faster than a result row's."""

    week: int
    place_id: str | None
    name: str | None
    area_id: str | None
    category: str
    n: int


def _whole_week(by_hour: Iterable[Any]) -> list[Row]:
    """What the hours of a week come to."""
    counts: Counter[tuple[str | None, str | None, str | None, str]] = Counter()
    for _hour, place_id, name, area_id, category, n in by_hour:
        counts[place_id, name, area_id, category] += n
    return [Row(0, *key, n) for key, n in counts.items()]


class Weeks:
    """Counts of this week, the four before it, and the same one last year, by whatever they are grouped by."""

    def __init__(self, now: Sequence[Any], others: Sequence[Any], hours: Sequence[dict[str | None, float]]) -> None:
        self.now, self.others, self.hours = _whole_week(now), [Row(*row) for row in others], hours
        self.categories = {row.category for row in (*self.now, *self.others)}
        totals = Counter({n: 0.0 for n in range(len(hours) - 1)})
        for row in self.others:
            totals[row.week] += row.n
        #: A week without a shift and without a record is no week to compare with.
        self.has_data = [totals[n] > 0 or sum(hours[n + 1].values()) > 0 for n in range(len(hours) - 1)]

    def compared(self, key: Any, only: Any) -> dict[Any, dict[str, Any]]:
        """key → {now, mean, last_year}"""
        told = {category for category in self.categories if only(category)}
        now: Counter[Any] = Counter()
        others: dict[Any, Counter[int]] = defaultdict(Counter)
        for row in self.now:
            if row.category in told:
                now[key(row)] += row.n
        for row in self.others:
            if row.category in told:
                others[key(row)][row.week] += row.n
        return {one: self._told(now[one], others[one]) for one in now.keys() | others.keys()}

    def _told(self, now: int, others: Counter[int]) -> dict[str, Any]:
        *before, year = range(len(self.has_data))
        counts = [others[n] for n in before if self.has_data[n]]
        return {"now": now, "mean": mean(counts), "last_year": others[year] if self.has_data[year] else None}

    def total(self, only: Any) -> dict[str, Any]:
        return self.compared(lambda _: None, only).get(None, self._told(0, Counter()))

    def trend(self, names: Sequence[str]) -> list[dict[str, Any]]:
        counts: Counter[int] = Counter()
        for row in self.others:
            if is_incident(row.category):
                counts[row.week] += row.n
        *before, _ = range(len(self.has_data))
        told = [
            {"week": names[n], "now": counts[n] if self.has_data[n] else None,
             "hours": round(sum(self.hours[n + 1].values()), 1)}
            for n in before
        ]  # fmt: skip
        return told

    def hours_told(self, area: str | None) -> dict[str, Any]:
        *before, _ = range(len(self.has_data))
        known = [self.hours[n + 1].get(area, 0.0) for n in before if self.has_data[n]]
        return {"hours": self.hours[0].get(area, 0.0), "hours_mean": mean(known)}


def is_incident(category: str) -> bool:
    return category not in APART


def is_meeting(category: str) -> bool:
    return group_of(category) == MEETINGS


def figures(conn: Connection, week: str, now: datetime) -> dict[str, Any]:
    """Nothing in it is restricted, and no person is named: it may be read aloud and handed on."""
    names = [*weeks_before(week), last_year(week)]
    span, others = span_of(week), [span_of(one) for one in names]
    rows = queries.by_hour(conn, span)
    parts = queries.parts(conn, [Span(others[0].start, span.end), others[-1]], now)
    hours = [hours_in(parts, one) for one in (span, *others)]
    weeks = Weeks(rows, queries.by_week(conn, others), hours)
    incidents = weeks.total(is_incident)
    open_now = queries.questions(conn, now)
    return {
        "week": week, "from": stamp(span.start), "to": stamp(span.end), "as_of": stamp(now),
        "weeks_compared": sum(weeks.has_data[:-1]), "last_year": names[-1] if weeks.has_data[-1] else None,
        "incidents": incidents, "meetings": weeks.total(is_meeting),
        "rounds": weeks.total(lambda category: category == ROUND),
        "hours": round(sum(hours[0].values()), 1), "trend": [
            *weeks.trend(names), {"week": week, "now": incidents["now"], "hours": round(sum(hours[0].values()), 1)}
        ],
        "areas": _areas(weeks, queries.areas(conn)), "places": _places(weeks),
        "groups": _told("group", weeks.compared(lambda row: group_of(row.category), is_incident)),
        "categories": _told("category", weeks.compared(lambda row: row.category, is_incident)),
        "met": _told("category", weeks.compared(lambda row: row.category, is_meeting)),
        "cells": _cells(rows, hours_by_cell(parts, span)),
        "actions": _actions(queries.actions(conn, span)),
        "calls": _calls(queries.calls(conn, span), queries.outcomes(conn, span)),
        "open": open_now[:OPEN_MAX], "open_total": len(open_now), "followups": followed.told(conn, span, now),
    }  # fmt: skip


def _told(name: str, found: dict[Any, dict[str, Any]]) -> list[dict[str, Any]]:
    """Most first."""
    told = [{name: key, **counts} for key, counts in found.items()]
    return sorted(told, key=lambda one: (-one["now"], -(one["mean"] or 0), str(one[name])))


def _areas(weeks: Weeks, names: dict[str, str]) -> list[dict[str, Any]]:
    found = weeks.compared(lambda row: row.area_id, is_incident)
    for area in weeks.hours[0]:
        found.setdefault(area, weeks._told(0, Counter()))
    told = [
        {"area_id": area, "name": names.get(area or ""), **counts, **weeks.hours_told(area)}
        for area, counts in found.items()
    ]
    return sorted(told, key=lambda one: (one["name"] is None, -one["now"], str(one["name"])))


def _places(weeks: Weeks) -> list[dict[str, Any]]:
    """By place; what names none is one line, what is beyond the longest list another."""
    found = weeks.compared(lambda row: (row.place_id, row.name, row.area_id if row.place_id else None), is_incident)
    told = [{"place_id": key[0], "name": key[1], "area_id": key[2], **counts} for key, counts in found.items()]
    told.sort(key=lambda one: (-one["now"], -(one["mean"] or 0), str(one["name"])))
    return told[:PLACES_MAX]


def _cells(rows: Iterable[Any], hours: dict[tuple[int, int], float]) -> list[dict[str, Any]]:
    """Weekday × hour: only cells in which something happened or somebody was out."""
    counts: Counter[tuple[int, int]] = Counter()
    for row in rows:
        if is_incident(row.category):
            counts[day_and_hour(counted.at_hour(row.hour))] += row.n
    cells = sorted(counts.keys() | hours.keys())
    return [{"day": day, "hour": hour, "now": counts[day, hour], "hours": hours.get((day, hour), 0.0)}
            for day, hour in cells]  # fmt: skip


def _actions(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Group → how often each action was taken; a record may have several, or none."""
    total: Counter[str] = Counter()
    taken: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        group = group_of(row.category)
        total[group] += row.n
        for action in set(row.actions or ()) or {""}:
            taken[group][action] += row.n
    return [{"group": group, "now": n, "actions": dict(taken[group])} for group, n in total.most_common()]


def _calls(calls: Iterable[Any], outcomes: Iterable[Any]) -> list[dict[str, Any]]:
    made: dict[str, dict[str, int]] = defaultdict(dict)
    for row in outcomes:
        made[row.service][row.outcome] = row.n
    return [{"service": row.service, "now": row.n, "outcomes": made[row.service]}
            for row in sorted(calls, key=lambda one: (-one.n, one.service))]  # fmt: skip
