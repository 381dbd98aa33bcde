"""Pure rules of a shift: its date, its crew, its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
#: A shift belongs to the evening on which it began, though it may begin after midnight.
DAY_BREAKS_AT_HOUR = 6


@dataclass(frozen=True, slots=True)
class Presence:
    op_id: str
    user_id: str
    joins: bool
    stated_at: datetime
    applied_seq: int


@dataclass(frozen=True, slots=True)
class Member:
    user_id: str
    joined_at: datetime
    left_at: datetime | None
    since_seq: int


def shift_date(started_at: datetime) -> date:
    return (started_at.astimezone(STOCKHOLM) - timedelta(hours=DAY_BREAKS_AT_HOUR)).date()


def crew(presences: Sequence[Presence]) -> list[Member]:
    """Each person's first join and, if the last thing stated is a leave, when they left."""
    by_user: dict[str, list[Presence]] = {}
    for presence in sorted(presences, key=lambda p: (p.stated_at, p.op_id)):
        by_user.setdefault(presence.user_id, []).append(presence)
    members = []
    for user_id, stated in by_user.items():
        joins = [p for p in stated if p.joins]
        if joins:
            left_at = None if stated[-1].joins else stated[-1].stated_at
            since = min(p.applied_seq for p in joins)
            members.append(Member(user_id, joins[0].stated_at, left_at, since))
    return members


def crew_faults(author: str, hosts: Sequence[str], alone_reason: str | None) -> list[tuple[str, str]]:
    """(pointer, code) of each rule of the crew that does not hold; empty if the shift may start."""
    faults = []
    if author not in hosts:
        faults.append(("/author", "not-in-crew"))
    if len(set(hosts)) != len(hosts):
        faults.append(("/hosts", "named-twice"))
    if len(hosts) == 1 and not (alone_reason or "").strip():
        faults.append(("/alone_reason", "required-alone"))
    return faults


def day_begins(day: date) -> datetime:
    """When shifts begin to belong to this date."""
    return datetime(day.year, day.month, day.day, DAY_BREAKS_AT_HOUR, tzinfo=STOCKHOLM)
