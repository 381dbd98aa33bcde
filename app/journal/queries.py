"""What others read of the journal: how much of a shift has come, what is in quarantine, which numbers are missing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal_column, null, or_, select, union_all

from app.journal.ops import Why
from app.journal.rows import INSTALL, OP, TALLY

#: A literal, not a parameter: only so do both databases see that the partial index fits.
QUARANTINED = OP.c.status == literal_column("'quarantined'")
_COLUMNS = (OP.c.seq, OP.c.op_id, OP.c.type, OP.c.author, OP.c.shift, OP.c.install, OP.c.client_seq, OP.c.received_at,
            OP.c.estimated_at, OP.c.estimated_within_ms, OP.c.why)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """Client seqs `low` to `high` of one install, both included."""

    install: str
    low: int
    high: int


def tallies(shift_ids: Collection[str]) -> Select[Any]:
    """Per shift and install: received, min_seq, max_seq, contiguous_seq. To be joined with what the phones say."""
    columns = (TALLY.c.shift, TALLY.c.install, TALLY.c.received, TALLY.c.min_seq, TALLY.c.max_seq)
    return (
        select(*columns, INSTALL.c.contiguous_seq)
        .outerjoin(INSTALL, INSTALL.c.install == TALLY.c.install)
        .where(TALLY.c.shift.in_(list(shift_ids)))
    )


def last_shift(install: ColumnElement[str]) -> Any:
    """The shift that an install wrote in last, for a query that has the install."""
    found = select(OP.c.shift).where(OP.c.install == install, OP.c.shift.is_not(None))
    return found.order_by(OP.c.client_seq.desc()).limit(1).scalar_subquery()


def quarantined_counts(shift_ids: Collection[str]) -> Select[Any]:
    """(shift, count)."""
    ids = list(shift_ids)
    in_them = select(OP.c.shift.label("shift")).where(QUARANTINED, OP.c.shift.in_(ids))
    waiting = union_all(in_them, select(OP.c.op_id).where(_rivals(ids))).subquery()
    return select(waiting.c.shift, func.count()).group_by(waiting.c.shift)


def _rivals(shift_ids: Collection[str]) -> ColumnElement[bool]:
    """Other bytes under the id of one of these shifts: what begins a shift names none."""
    conflicts = and_(QUARANTINED, OP.c.why == Why.CONFLICT.value)
    return and_(conflicts, OP.c.shift.is_(None), OP.c.op_id.in_(list(shift_ids)))


def facts(
    conn: Connection, *, shift_id: str | None, op_ids: Collection[str], stretches: Sequence[Stretch]
) -> tuple[list[Any], dict[str, Any], list[Any]]:
    """(ops of the shift in quarantine, with their bodies; applied ops by id; numbered ops in the stretches)."""
    parts: list[Select[Any]] = []
    if shift_id is not None:
        parts.append(_part("quarantined", and_(QUARANTINED, OP.c.shift == shift_id), OP.c.body))
        parts.append(_part("quarantined", _rivals([shift_id]), OP.c.body))
    if op_ids:
        parts.append(_part("applied", and_(~QUARANTINED, OP.c.op_id.in_(sorted(op_ids)))))
    if stretches:
        parts.append(_part("numbered", or_(*(_inside(s) for s in stretches))))
    found: dict[str, list[Any]] = {"quarantined": [], "applied": [], "numbered": []}
    for row in conn.execute(union_all(*parts)) if parts else ():
        found[row.part].append(row)
    return found["quarantined"], {row.op_id: row for row in found["applied"]}, found["numbered"]


def revoked(conn: Connection) -> list[Any]:
    """Ops in quarantine that came from a phone after it was revoked, with their bodies, in order."""
    columns = (*_COLUMNS, OP.c.device, OP.c.waits_for, OP.c.body)
    where = (QUARANTINED, OP.c.why == Why.REVOKED.value)
    return list(conn.execute(select(*columns).where(*where).order_by(OP.c.seq)))


def waiting_copies(conn: Connection, op_id: str) -> list[Any]:
    """(seq, why, waits_for) of each copy of an op that is in quarantine, the first first."""
    found = select(OP.c.seq, OP.c.why, OP.c.waits_for).where(OP.c.op_id == op_id, QUARANTINED).order_by(OP.c.seq)
    return list(conn.execute(found))


def newest_waiting(conn: Connection, key: str) -> int | None:
    """The seq of the last op that waits for this key; None where none does."""
    return conn.execute(select(func.max(OP.c.seq)).where(OP.c.waits_for == key, QUARANTINED)).scalar()


def released_by(conn: Connection, seq: int) -> int:
    """How many ops were applied when the op at `seq` released them."""
    return conn.execute(select(func.count()).select_from(OP).where(OP.c.released_seq == seq)).scalar_one()


def program_ops(conn: Connection, shift_id: str, author: str) -> int:
    """Ops of a shift that came from programs in this author's name: no install numbers them."""
    began = select(OP.c.seq).where(OP.c.op_id == shift_id).order_by(OP.c.seq).limit(1).scalar_subquery()
    of_shift = or_(OP.c.shift == shift_id, OP.c.op_id == shift_id)
    where = (OP.c.seq >= began, of_shift, OP.c.install.is_(None), OP.c.author == author)
    return conn.execute(select(func.count()).select_from(OP).where(*where)).scalar_one()


def missing(seqs: Iterable[int], low: int, high: int) -> list[tuple[int, int]]:
    """Ranges inside [low, high] that are not among the sorted `seqs`."""
    gaps, expected = [], low
    for seq in seqs:
        if seq > expected:
            gaps.append((expected, seq - 1))
        expected = max(expected, seq + 1)
    return gaps if expected > high else [*gaps, (expected, high)]


def _part(name: str, where: ColumnElement[bool], body: Any = None) -> Select[Any]:
    empty = null().cast(OP.c.body.type) if body is None else body
    return select(literal_column(f"'{name}'").label("part"), *_COLUMNS, empty.label("body")).where(where)


def _inside(stretch: Stretch) -> ColumnElement[bool]:
    return and_(OP.c.install == stretch.install, OP.c.client_seq.between(stretch.low, stretch.high))
