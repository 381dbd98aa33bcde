"""Pure rules of retention: classes, how long at least, from which day on, and what goes with what."""

from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum


class Cls(StrEnum):
    """What is decided about as one."""

    #: A shift with everything that was written in it or about it.
    SHIFT = "shift"
    #: Planned shifts whose last evening is over, and the focus of evenings.
    PLAN = "plan"
    #: Who has left, once nothing that is kept names them.
    ACCOUNT = "account"
    #: Who read what.
    READING = "reading"


#: Months. What is written must be reviewed and followed up first, and phones keep what they read for two months.
MONTHS_MIN = {Cls.SHIFT: 3, Cls.PLAN: 3, Cls.ACCOUNT: 1, Cls.READING: 6}
MONTHS_MAX = 240
#: A new decision may be a slip: so long it is shown what it will erase before anything goes.
WAIT = timedelta(days=7)


def before(today: date, months: int) -> date:
    """What is of an earlier day than this is due. The 31st of a short month is its last day."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return _day(year, month + 1, today.day)


def due_on(day: date, months: int) -> date:
    """The first day on which what is of this day is due."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = _day(year, month + 1, day.day)
    while before(first, months) <= day:
        first += timedelta(days=1)
    return first


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def in_force_at(stated_at: datetime) -> datetime:
    return stated_at + WAIT


@dataclass(frozen=True, slots=True)
class Said:
    """Of an op: what it names (things that exist or not), and whether it is of what is to go by its own place."""

    seq: int
    id: str
    names: frozenset[str]
    is_own: bool


@dataclass
class Gone:
    """What goes: ids of ops and of the things that they made, and the ops' numbers."""

    ids: set[str]
    seqs: set[int] = field(default_factory=set)
    #: Own by their place, yet about something: they follow that, if it is there at all.
    torn: dict[int, Said] = field(default_factory=dict)

    def take(self, ops: Iterable[Said]) -> bool:
        """One pass in the order of the journal; True where it found more, so that another may find more still."""
        found = len(self.seqs)
        for op in ops:
            if op.seq in self.seqs:
                continue
            if (op.is_own and not op.names) or op.names & self.ids:
                self._add(op)
            elif op.is_own:
                self.torn[op.seq] = op
        return len(self.seqs) > found

    def settle(self, known: Collection[str]) -> bool:
        """`known`: of what the torn ops name, what is there. About nothing that is there: they go with their place."""
        found, here = len(self.seqs), set(known)
        for op in list(self.torn.values()):
            if not op.names & here:
                self._add(op)
        return len(self.seqs) > found

    def _add(self, op: Said) -> None:
        self.seqs.add(op.seq)
        self.ids.add(op.id)
        self.torn.pop(op.seq, None)
