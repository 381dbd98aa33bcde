"""Pure rules of alarms: which check-in is overdue, what made an alarm needless, and who is to be told when."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from app.core.ids import is_uuid
from app.notify.notice import CHANNELS

#: The space of ids made from what they are about, so that several processes make the same op of the same event.
SPACE = UUID("5b0c1d1e-6f0f-5c53-9b39-5b8f3a1d2c77")
#: A promise or an alarm older than this wakes nobody: a server that was down for days, a phone found in a drawer.
FRESH = timedelta(hours=24)
#: A step whose outcome is not known by then is taken again: the process that took it is gone.
LOST_AFTER = timedelta(minutes=3)
#: The whole ladder's people are told again so many times.
REPEATS_MAX = 6
ATTEMPTS_MAX = 3

OVERDUE = "overdue"
#: No alarm, which is a call for help: a report of a threat against staff, to be read without delay.
REPORT = "report"


class Rung(NamedTuple):
    """Minutes after the alarm → whom: `host`, `partner`, `supervisors`, `admins`, `@username`, or a person's id."""

    minutes: int
    whom: Sequence[str]
    #: Tried first; whom none of them reaches is told by the others.
    via: Sequence[str] = CHANNELS


#: A test goes to those who would be told, once.
TEST_RUNGS = (Rung(0, ("supervisors",)),)
#: Of a report all who are over the staff are told at once.
REPORT_RUNGS = (Rung(0, ("supervisors", "admins")),)
#: Nobody is told twice: so many times more where nobody at all could be reached.
REPORT_REPEATS_MAX = 3


@dataclass(frozen=True, slots=True)
class Ladder:
    rungs: Sequence[Rung]
    repeat: timedelta
    repeats_max: int = REPEATS_MAX


@dataclass(frozen=True, slots=True)
class Promise:
    """A host's last word in a shift on when they will check in next; `due_at` by the server's reckoning."""

    shift_id: str
    host_id: str
    checkin_id: str
    due_at: datetime | None
    #: The shift goes on, and the host is on it.
    in_force: bool
    #: The host has left, or has ended the shift: `left`, `ended`.
    gone: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    number: int
    attempt: int
    at: datetime
    is_told: bool


@dataclass(frozen=True, slots=True)
class Open:
    """An alarm that nobody has cleared."""

    id: str
    kind: str
    raised_at: datetime
    shift_id: str | None
    host_id: str | None
    checkin_id: str | None
    is_acknowledged: bool
    taken: Sequence[Taken]


@dataclass(frozen=True, slots=True)
class Due:
    number: int
    attempt: int
    whom: tuple[str, ...]
    via: tuple[str, ...] = CHANNELS

    @property
    def rung(self) -> str:
        """As the step is told; all who were told read it, so who was named beside them is not in it."""
        return "+".join(dict.fromkeys("named" if is_uuid(who) else who for who in self.whom))


def op_id(*about: object) -> str:
    return str(uuid5(SPACE, ":".join(map(str, about))))


def ladder_id(kind: str) -> str:
    """One thing, whose history is kept under it, for each kind of alarm that has a ladder."""
    return op_id("ladder", kind)


def reckoned(due: datetime, stated: datetime, estimated: datetime | None) -> datetime:
    """When a promise made on a phone's clock is due on the server's: as long after its making."""
    return due if estimated is None else due + (estimated - stated)


def overdue(promises: Iterable[Promise], raised: Collection[str], now: datetime, grace: timedelta) -> list[Promise]:
    """Those to raise; `raised`: check-ins whose promise was raised before, whatever came of it."""
    return [
        p for p in promises
        if p.in_force and p.due_at is not None and p.due_at + grace <= now < p.due_at + FRESH
        and p.checkin_id not in raised
    ]  # fmt: skip


def settled(alert: Open, promises: Mapping[tuple[str, str], Promise]) -> tuple[str, str | None] | None:
    """(cause, record) of what made an overdue alarm needless. That the partner ended the shift does not."""
    if alert.kind != OVERDUE or alert.shift_id is None or alert.host_id is None:
        return None
    now = promises.get((alert.shift_id, alert.host_id))
    if now is None:
        return None
    if now.checkin_id != alert.checkin_id:
        return "checkin", now.checkin_id
    return None if now.gone is None else (now.gone, None)


def due(alert: Open, ladder: Ladder, now: datetime) -> list[Due]:
    """Steps to take now, in order. Nobody is told any more once somebody has acknowledged."""
    if alert.is_acknowledged or now >= alert.raised_at + FRESH or not ladder.rungs:
        return []
    newest = _newest(alert.taken)
    found = [again for taken in newest.values() if (again := _again(taken, ladder, now)) is not None]
    for number, rung in enumerate(ladder.rungs):
        if number not in newest and now >= alert.raised_at + timedelta(minutes=rung.minutes):
            found.append(_due(ladder, number))
    number = len(newest)
    if len(ladder.rungs) <= number < len(ladder.rungs) + ladder.repeats_max:
        last = max(taken.at for taken in newest.values())
        if now >= last + ladder.repeat:
            found.append(_due(ladder, number))
    return sorted(found, key=lambda step: step.number)


def _newest(taken: Sequence[Taken]) -> dict[int, Taken]:
    """The last attempt at each step."""
    return {step.number: step for step in sorted(taken, key=lambda step: step.attempt)}


def _again(taken: Taken, ladder: Ladder, now: datetime) -> Due | None:
    if taken.is_told or taken.attempt >= ATTEMPTS_MAX or now < taken.at + LOST_AFTER:
        return None
    return _due(ladder, taken.number, taken.attempt + 1)


def _due(ladder: Ladder, number: int, attempt: int = 1) -> Due:
    """A step after the last rung tells everybody once more."""
    told = ladder.rungs[number : number + 1] or ladder.rungs
    whom, via = (tuple(dict.fromkeys(one for many in said for one in many))
                 for said in ([rung.whom for rung in told], [rung.via for rung in told]))  # fmt: skip
    return Due(number, attempt, whom, via)
