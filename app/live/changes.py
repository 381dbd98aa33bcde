"""What a stream tells of the journal, and to whom. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.access.permission import Right, Viewer

#: Kinds that everybody reads.
REFERENCE = frozenset({"vocabulary", "category", "area", "place", "contact", "user", "plan"})
_MARK = re.compile(r"([0-9a-f-]{36}):(\d{1,18})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a stream has told."""

    epoch: str
    seq: int

    def __str__(self) -> str:
        return f"{self.epoch}:{self.seq}"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened at `seq`, and every shift that it concerns.

    `closed_but_to`: it is about restricted records of these authors; nobody else on the crew knows that they are there.
    """

    seq: int
    kind: str
    shifts: frozenset[str]
    closed_but_to: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Batch:
    """What happened up to `mark`, and who was on the shifts that it concerns."""

    mark: Mark
    changes: Sequence[Change]
    crews: Mapping[str, frozenset[str]]


def parse_mark(text: str) -> Mark | None:
    found = _MARK.match(text)
    return None if found is None else Mark(found[1], int(found[2]))


def told(batch: Batch, viewer: Viewer, after: Mark) -> dict[str, Any] | None:
    """The data of a change event, or None if nothing above `after` concerns this viewer."""
    shifts: set[str] = set()
    kinds: set[str] = set()
    for change in batch.changes:
        mine = _shifts_for(viewer, change, batch)
        if change.seq > after.seq and (mine or viewer.may(Right.RECORD_READ_ALL) or change.kind in REFERENCE):
            shifts |= mine
            kinds.add(change.kind)
    return {"seq": batch.mark.seq, "shifts": sorted(shifts), "kinds": sorted(kinds)} if kinds else None


def _shifts_for(viewer: Viewer, change: Change, batch: Batch) -> frozenset[str]:
    """A host hears of no shift but their own, whatever else an op of theirs is about."""
    if change.closed_but_to and not viewer.may(Right.RECORD_READ_RESTRICTED) and viewer.id not in change.closed_but_to:
        return frozenset()
    if viewer.may(Right.RECORD_READ_ALL):
        return change.shifts
    return frozenset(shift for shift in change.shifts if viewer.id in batch.crews.get(shift, ()))


def kind_of(op_type: str) -> str:
    """`observation.amend` tells of an observation."""
    return op_type.partition(".")[0]
