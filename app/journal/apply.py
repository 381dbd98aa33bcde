"""Running the projectors: in batches of one type; where one fails, batch by batch and op by op in savepoints."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from app.core.direct import savepoint
from app.journal.ops import MENDED, Accepted, Op, OpKind, Refusal, Why

log = structlog.get_logger("lykta.journal")
Ready = Sequence[tuple[OpKind, Accepted]]


def accept(op: Op, seq: int, received_at: datetime, applied_seq: int) -> Accepted:
    """What a projector may see of an op whose body was read."""
    parsed = op.parsed
    assert parsed is not None
    return Accepted(op.id, seq, op.author, op.shift, op.install, op.client_seq, received_at, op.estimated,
                    parsed.at, parsed.position, parsed.data, applied_seq)  # fmt: skip


def apply(conn: Connection, ops: Ready) -> dict[str, Refusal]:
    """Types that others point at first; what cannot be applied (yet) comes back with its reason (I7)."""
    by_kind: dict[int, tuple[OpKind, list[Accepted]]] = {}
    for kind, op in ops:
        by_kind.setdefault(id(kind), (kind, []))[1].append(op)
    batches = sorted(by_kind.values(), key=lambda pair: pair[0].rank)
    refused: dict[str, Refusal] = {}
    try:
        with savepoint(conn):  # one for all of them, since hardly any ever fails
            for kind, batch in batches:
                refused |= kind.project(conn, batch)
        return refused
    except OperationalError:
        raise  # the disk or the connection, not the op: nothing may be promised
    except Exception:
        refused = {}
    for kind, batch in batches:
        refused |= _apply_batch(conn, kind, batch)
    return refused


def _apply_batch(conn: Connection, kind: OpKind, batch: Sequence[Accepted]) -> Mapping[str, Refusal]:
    try:
        with conn.begin_nested():
            return kind.project(conn, batch)
    except OperationalError:
        raise
    except Exception as error:
        if len(batch) == 1:
            # Kept in quarantine and seen by a person; the reason's text could quote the op, so only its kind is told.
            log.error("projector failed", op_type=kind.type, op_id=batch[0].id, error=type(error).__name__)
            return {batch[0].id: Refusal(Why.PROJECTOR, MENDED)}
    refused: dict[str, Refusal] = {}
    for op in batch:
        refused |= _apply_batch(conn, kind, [op])
    return refused
