"""What a stream tells of the journal, and to whom. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.access.permission import Right, Viewer
from app.journal.tail import Entry

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
class Batch:
    """Entries of the journal up to `mark`, and who was on the shifts that they belong to."""

    mark: Mark
    entries: Sequence[Entry]
    crews: Mapping[str, frozenset[str]]


def parse_mark(text: str) -> Mark | None:
    found = _MARK.match(text)
    return None if found is None else Mark(found[1], int(found[2]))


def told(batch: Batch, viewer: Viewer, after: Mark) -> dict[str, Any] | None:
    """The data of a change event, or None if nothing above `after` concerns this viewer."""
    seen = [entry for entry in batch.entries if entry.seq > after.seq and _concerns(entry, batch, viewer)]
    if not seen:
        return None
    shifts = sorted({entry.shift for entry in seen if entry.shift is not None})
    return {"seq": batch.mark.seq, "shifts": shifts, "kinds": sorted({_kind(entry) for entry in seen})}


def _concerns(entry: Entry, batch: Batch, viewer: Viewer) -> bool:
    if viewer.may(Right.RECORD_READ_ALL) or _kind(entry) in REFERENCE:
        return True
    return entry.shift is not None and viewer.id in batch.crews.get(entry.shift, ())


def _kind(entry: Entry) -> str:
    """`observation.amend` tells of an observation."""
    return entry.type.partition(".")[0]
