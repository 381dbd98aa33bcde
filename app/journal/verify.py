"""Is the journal whole? Numbering, chain and stored hashes, recomputed from the stored bytes."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, type_coerce
from sqlalchemy.types import NullType

from app.core.clock import stamp
from app.core.columns import moment
from app.journal import chain, erased
from app.journal.ops import Status
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
    #: Ops whose bodies were erased by decision, as ops of the journal tell.
    erased: int = 0

    @property
    def ok(self) -> bool:
        return not self.faults


#: A time as it is stored, whatever it is.
RECEIVED_AT = type_coerce(OP.c.received_at, NullType()).label("received_at")
WANTED = (OP.c.seq, OP.c.op_id, OP.c.type, OP.c.status, OP.c.hash, OP.c.chain, RECEIVED_AT, OP.c.body)


def broken(conn: Connection, seqs: Collection[int]) -> list[int]:
    """Those of these ops that are missing, whose body is not what its hash says, or that do not follow the one before.

    One statement. That these hold says nothing of the ops between them: `verify` does.
    """
    asked = {*seqs, *(seq - 1 for seq in seqs)}
    found = {row.seq: row for row in conn.execute(select(*WANTED).where(OP.c.seq.in_(sorted(asked))))}
    return [seq for seq in sorted(seqs) if not _holds(found.get(seq - 1), found.get(seq))]


def _holds(before: Any | None, row: Any | None) -> bool:
    if row is None or (before is None and row.seq > 1):
        return False
    if row.body is not None and chain.of(bytes(row.body)) != bytes(row.hash):
        return False
    previous = chain.GENESIS if before is None else bytes(before.chain)
    return chain.link(previous, row.op_id, bytes(row.hash), row.seq, _stamp(row.received_at)) == bytes(row.chain)


def verify(conn: Connection) -> Report:
    """Reads the whole journal in chunks; stops telling after FAULTS_MAX faults, never stops counting."""
    faults: list[Fault] = []
    link, expected, count = chain.GENESIS, 1, 0
    seq = 0
    blank, told = set[int](), set[int]()
    while chunk := conn.execute(select(*WANTED).where(OP.c.seq > seq).order_by(OP.c.seq).limit(CHUNK)).all():
        for row in chunk:
            seq, count = row.seq, count + 1
            if seq != expected:
                faults.append(Fault(expected, "missing"))
            expected = seq + 1
            if row.body is not None and chain.of(bytes(row.body)) != bytes(row.hash):
                faults.append(Fault(seq, "body"))
            if row.body is None:
                blank.add(seq)
            elif row.type == erased.TYPE and row.status == Status.APPLIED.value:
                told.update(erased.told_by(bytes(row.body)))
            link = chain.link(link, row.op_id, bytes(row.hash), seq, _stamp(row.received_at))
            if link != bytes(row.chain):
                faults.append(Fault(seq, "chain"))
                link = bytes(row.chain)
    now = head(conn)
    if now.seq != seq or now.chain != link:
        faults.append(Fault(now.seq, "head"))
    faults += [Fault(gone, "blank") for gone in sorted(blank - told)]
    shown = tuple(faults[:FAULTS_MAX])
    return Report(count, now.seq, chain.text(now.chain), now.epoch, shown, len(blank & told))


def _stamp(stored: Any) -> str:
    """Nothing for what is no time: SQLite keeps whatever is written into a column by hand."""
    try:
        return stamp(moment(stored))
    except (AttributeError, OverflowError):
        return ""
