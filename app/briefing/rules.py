"""When a briefing is settled: from then on it is what hosts have read, and does not change. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

#: Phones show a briefing this long before it begins, to those who go out early.
EARLY = timedelta(hours=12)


class Out(NamedTuple):
    """A shift that is out now."""

    started_at: datetime
    area_id: str | None


def is_settled(valid_from: datetime, area_id: str | None, out: Iterable[Out], now: datetime) -> bool:
    """It has begun, or a shift that it is for has."""
    if now >= valid_from:
        return True
    return any(
        shift.started_at >= valid_from - EARLY and (area_id is None or shift.area_id in (None, area_id))
        for shift in out
    )  # fmt: skip


def only_withdraws(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """It is no longer shown, and what it said stays: allowed at any time."""
    said = [name for name in after if name != "active"]
    return not after["active"] and all(before.get(name) == after[name] for name in said)
