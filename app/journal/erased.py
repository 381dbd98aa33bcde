"""Bodies that were erased by decision (retention): which ones, told by an op that is itself in the chain.

The chain covers ids, hashes, numbers and times, so it holds without them. A body that is gone and that no such op
tells of is a fault.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection, delete, select, update

from app.journal.about import data_of
from app.journal.ops import Status, Why
from app.journal.rows import OP, TALLY

TYPE = "retention.erase"
#: Values in one statement.
STEP = 500
T = TypeVar("T", int, str)


def packed(seqs: Iterable[int]) -> str:
    """Sorted numbers as "1-5,9"."""
    ranges: list[list[int]] = []
    for seq in sorted(set(seqs)):
        if ranges and ranges[-1][1] == seq - 1:
            ranges[-1][1] = seq
        else:
            ranges.append([seq, seq])
    return ",".join(f"{low}-{high}" if high > low else str(low) for low, high in ranges)


def unpacked(text: str) -> list[int]:
    """Raises ValueError."""
    found: list[int] = []
    for part in filter(None, text.split(",")):
        low, _, high = part.partition("-")
        found += range(int(low), int(high or low) + 1)
    return found


def told_by(body: bytes | None) -> list[int]:
    """The numbers that an op of TYPE tells of; none where it cannot be read."""
    try:
        return unpacked(str(data_of(body).get("seqs") or ""))
    except ValueError:
        return []


def parts(values: Collection[T]) -> Iterator[list[T]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), STEP):
        yield ordered[start : start + STEP]


def op_ids(conn: Connection, seqs: Collection[int]) -> set[str]:
    found = select(OP.c.op_id)
    return {one for part in parts(seqs) for one in conn.execute(found.where(OP.c.seq.in_(part))).scalars()}


def blank(conn: Connection, seqs: Collection[int], shifts: Collection[str]) -> None:
    """Takes what these ops said, who wrote them and in which shift; what waited among them waits no more.

    Number, id, hash, phone and time stay: a phone that sends one again is told that it is known, and the chain holds.
    A second copy of an id stays told as one (I8), so that the phone's numbering is not taken for forked.
    """
    is_copy = OP.c.why.is_not_distinct_from(Why.CONFLICT.value)
    gone = {"body": sa.null(), "envelope": sa.null(), "author": None, "shift": None, "waits_for": None,
            "status": Status.APPLIED.value, "why": sa.case((is_copy, Why.CONFLICT.value), else_=None)}  # fmt: skip
    for part in parts(seqs):
        conn.execute(update(OP).where(OP.c.seq.in_(part)).values(gone))
    for some in parts(shifts):
        conn.execute(delete(TALLY).where(TALLY.c.shift.in_(some)))
