"""Which evenings there were before now, and what was special about each."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from app.demo.dice import Dice
from app.shift.rules import STOCKHOLM

EVENINGS_BACK = 13
#: Monday is 0: Tuesday to Saturday, as most municipalities patrol.
PATROLLED = frozenset({1, 2, 3, 4, 5})
LATE_NIGHTS = frozenset({4, 5})
OPENS_AT_HOUR, CLOSES_AT_HOUR, DAY_AT_HOUR = 15, 2, 6
OPEN_FOR_MIN = timedelta(minutes=45)


class Crew(StrEnum):
    PAIR = "pair"
    ALONE = "alone"
    #: Begins alone; the colleague joins.
    JOINED = "joined"


class Twist(StrEnum):
    NONE = "none"
    NO_COVERAGE = "no-coverage"
    #: Two records never left a phone that broke.
    GAP = "gap"


#: By how many evenings ago, the last one being 0.
CREWS = {2: Crew.ALONE, 5: Crew.JOINED, 8: Crew.ALONE}
TWISTS = {1: Twist.NO_COVERAGE, 4: Twist.GAP}


@dataclass(frozen=True, slots=True)
class Evening:
    starts_at: datetime
    ends_at: datetime
    planned_end: datetime
    crew: Crew
    twist: Twist
    is_open: bool
    ago: int


def evenings(now: datetime, dice: Dice) -> list[Evening]:
    """Oldest first. The last is tonight and still open from 15 to 02, else it is the latest that has ended."""
    local = now.astimezone(STOCKHOLM)
    is_open = local.hour >= OPENS_AT_HOUR or local.hour < CLOSES_AT_HOUR
    last = local.date() if local.hour >= OPENS_AT_HOUR else local.date() - timedelta(days=1)
    dates = [last - timedelta(days=back) for back in range(EVENINGS_BACK, 0, -1)]
    dates = [day for day in dates if day.weekday() in PATROLLED] + [last]
    return [_evening(day, len(dates) - 1 - i, now, is_open and day == last, dice) for i, day in enumerate(dates)]


def _evening(day: date, ago: int, now: datetime, is_open: bool, dice: Dice) -> Evening:
    late = day.weekday() in LATE_NIGHTS
    planned_start, planned_end = _at(day, 17 if late else 16, 30), _at(day, 25 if late else 23, 0)
    starts_at = planned_start + dice.minutes(-4, 12)
    ends_at = planned_end + dice.minutes(-6, 20)
    if is_open:
        starts_at = min(starts_at, now - OPEN_FOR_MIN)
        ends_at = planned_end = max(planned_end, _five(now + OPEN_FOR_MIN))
    crew, twist = CREWS.get(ago, Crew.PAIR), TWISTS.get(ago, Twist.NONE)
    return Evening(starts_at, ends_at, planned_end, crew, twist, is_open, ago)


def _at(day: date, hour: int, minute: int) -> datetime:
    """Hours above 24 are of the next day, by the clock on the wall also when summer time ends."""
    extra, hour = divmod(hour, 24)
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=STOCKHOLM) + timedelta(days=extra)
    return local.astimezone(UTC)


def _five(at: datetime) -> datetime:
    return at.replace(minute=at.minute // 5 * 5, second=0, microsecond=0)
