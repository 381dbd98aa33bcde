"""Is the journal whole? Numbering, chain and stored hashes, recomputed from the stored bytes."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, type_coerce
from sqlalchemy.types import NullType

from app.core.clock import stamp
from app.core.columns import moment
from app.journal import chain
from app.journal.rows import OP, head

CHUNK = 2000
FAULTS_MAX = 100


@dataclass(frozen=True, slots=True)
class Fault:
    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    ops: int
    head_seq: int
    head_chain: str
    epoch: str
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        return not self.faults


def verify(conn: Connection) -> Report:
    """Reads the whole journal in chunks; stops telling after FAULTS_MAX faults, never stops counting."""
    faults: list[Fault] = []
    link, expected, count = chain.GENESIS, 1, 0
    received_at = type_coerce(OP.c.received_at, NullType()).label("received_at")
    wanted = (OP.c.seq, OP.c.op_id, OP.c.hash, OP.c.chain, received_at, OP.c.body)
    seq = 0
    while chunk := conn.execute(select(*wanted).where(OP.c.seq > seq).order_by(OP.c.seq).limit(CHUNK)).all():
        for row in chunk:
            seq, count = row.seq, count + 1
            if seq != expected:
                faults.append(Fault(expected, "missing"))
            expected = seq + 1
            if row.body is not None and chain.of(bytes(row.body)) != bytes(row.hash):
                faults.append(Fault(seq, "body"))
            link = chain.link(link, row.op_id, bytes(row.hash), seq, _stamp(row.received_at))
            if link != bytes(row.chain):
                faults.append(Fault(seq, "chain"))
                link = bytes(row.chain)
    now = head(conn)
    if now.seq != seq or now.chain != link:
        faults.append(Fault(now.seq, "head"))
    return Report(count, now.seq, chain.text(now.chain), now.epoch, tuple(faults[:FAULTS_MAX]))


def _stamp(stored: Any) -> str:
    """Nothing for what is no time: SQLite keeps whatever is written into a column by hand."""
    try:
        return stamp(moment(stored))
    except (AttributeError, OverflowError):
        return ""
