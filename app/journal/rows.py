"""The journal's own SQL: look up, number, store. Only `append` and `rebuild` write through it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select, update

from app.core.columns import moment
from app.core.direct import marks, run
from app.core.insert import add_up, insert_tuples, put
from app.journal.models import JournalEpoch, JournalHead, JournalInstall, JournalOp, JournalTally
from app.journal.ops import RETRIED, Status, Why

OP = JournalOp.__table__  # type: ignore[attr-defined]
HEAD = JournalHead.__table__  # type: ignore[attr-defined]
INSTALL = JournalInstall.__table__  # type: ignore[attr-defined]
TALLY = JournalTally.__table__  # type: ignore[attr-defined]
EPOCH = JournalEpoch.__table__  # type: ignore[attr-defined]
HEAD_ID = 1

_KNOWN = "SELECT op_id, hash, seq, received_at, status, why FROM journal_op WHERE op_id IN ({})"
_HEAD = "SELECT seq, chain, epoch, waiting FROM journal_head"
_SET_HEAD = "UPDATE journal_head SET seq = ?, chain = ?, epoch = ?, waiting = ?"
_INSTALLS = "SELECT install, contiguous_seq, max_seq, forked FROM journal_install WHERE install IN ({})"
_LESSER = "CASE WHEN {0} < {1} THEN {0} ELSE {1} END"
_SUMS = {
    "received": "journal_tally.received + excluded.received",
    "min_seq": _LESSER.format("journal_tally.min_seq", "excluded.min_seq"),
    "max_seq": _LESSER.replace("<", ">").format("journal_tally.max_seq", "excluded.max_seq"),
}


@dataclass(frozen=True, slots=True)
class Head:
    seq: int
    chain: bytes
    epoch: str
    waiting: int


class Known(NamedTuple):
    hash: bytes
    seq: int
    received_at: datetime
    status: Status
    why: str | None


class Row(NamedTuple):
    """A new op as stored, in the order of the table's columns."""

    seq: int
    op_id: str
    hash: bytes
    chain: bytes
    type: str
    v: int
    author: str | None
    shift: str | None
    install: str | None
    client_seq: int | None
    device: str | None
    body: bytes
    envelope: dict[str, Any] | None
    received_at: datetime
    estimated_at: datetime | None
    estimated_within_ms: int | None
    status: str
    why: str | None
    waits_for: str | None
    released_seq: int | None


assert Row._fields == tuple(OP.columns.keys()), "a row's values must stand where its columns do"


def lock_head(conn: Connection) -> Head:
    """Serialises appends: on SQLite the transaction already is the lock, on PostgreSQL this row is."""
    return _head(conn, _HEAD if conn.dialect.name == "sqlite" else f"{_HEAD} FOR UPDATE")


def head(conn: Connection) -> Head:
    return _head(conn, _HEAD)


def _head(conn: Connection, sql: str) -> Head:
    ((seq, link, epoch, waiting),) = run(conn, sql)
    return Head(seq, bytes(link), epoch, waiting)


def set_head(conn: Connection, value: Head) -> None:
    run(conn, _SET_HEAD, (value.seq, value.chain, value.epoch, value.waiting))


def known(conn: Connection, ids: Sequence[str]) -> dict[str, list[Known]]:
    """Stored ops with these ids, the first stored first."""
    found: dict[str, list[Known]] = {}
    for op_id, op_hash, seq, received_at, status, why in run(conn, _KNOWN.format(marks(len(ids))), ids) if ids else ():
        same = found.setdefault(op_id, [])
        same.append(Known(bytes(op_hash), seq, moment(received_at), Status(status), why))
        same.sort(key=lambda k: k.seq)
    return found


def copies(conn: Connection, op_id: str) -> list[Any]:
    """Everything stored under this id, the first stored first."""
    return list(conn.execute(select(OP).where(OP.c.op_id == op_id).order_by(OP.c.seq)))


def store(conn: Connection, rows: Sequence[Row]) -> None:
    insert_tuples(conn, JournalOp, rows)


def waiting_for(conn: Connection, keys: Iterable[str]) -> list[Any]:
    return list(
        conn.execute(
            select(OP).where(OP.c.waits_for.in_(list(keys)), OP.c.status == Status.QUARANTINED).order_by(OP.c.seq)
        )
    )


def asked_for(conn: Connection, seqs: Sequence[int]) -> list[Any]:
    """Those of these that wait for nothing which could come, but which another version or another role may let pass."""
    if not seqs:
        return []
    where = (OP.c.seq.in_(list(seqs)), OP.c.status == Status.QUARANTINED, OP.c.waits_for.is_(None),
             OP.c.why.in_([why.value for why in RETRIED]))  # fmt: skip
    return list(conn.execute(select(OP).where(*where).order_by(OP.c.seq)))


def release(conn: Connection, seqs: Sequence[int], released_seq: int) -> None:
    conn.execute(
        update(OP).where(OP.c.seq.in_(list(seqs))),
        {"status": Status.APPLIED, "why": None, "waits_for": None, "released_seq": released_seq},
    )


def wait_again(conn: Connection, refused: Mapping[int, tuple[Why, str | None]]) -> None:
    """A released op that meets its next obstacle waits for that one."""
    for seq, (why, waits_for) in refused.items():
        conn.execute(update(OP).where(OP.c.seq == seq), {"why": why, "waits_for": waits_for})


def count_client_seqs(conn: Connection, install: str, seqs: Sequence[int]) -> int:
    """Stored ops of this install that carry one of these numbers (conflicting copies of one id left out)."""
    where = (OP.c.install == install, OP.c.client_seq.in_(list(seqs)), OP.c.why.is_distinct_from(Why.CONFLICT.value))
    return conn.execute(select(func.count()).select_from(OP).where(*where)).scalar_one()


def install_row(conn: Connection, install: str) -> tuple[int, int, bool]:
    """(contiguous, highest, forked); zeros for an install never heard of."""
    return install_rows(conn, [install]).get(install, (0, 0, False))


def install_rows(conn: Connection, installs: Collection[str]) -> dict[str, tuple[int, int, bool]]:
    found = run(conn, _INSTALLS.format(marks(len(installs))), list(installs)) if installs else ()
    return {install: (contiguous, highest, bool(forked)) for install, contiguous, highest, forked in found}


def set_installs(conn: Connection, moved: Mapping[str, tuple[int, int, bool]]) -> None:
    table_rows = [
        {"install": install, "contiguous_seq": contiguous, "max_seq": highest, "forked": forked}
        for install, (contiguous, highest, forked) in moved.items()
    ]
    put(conn, JournalInstall, table_rows, ["install"])


def seqs_above(conn: Connection, install: str, floor: int) -> list[int]:
    rows = conn.execute(
        select(OP.c.client_seq)
        .where(OP.c.install == install, OP.c.client_seq > floor)
        .distinct()
        .order_by(OP.c.client_seq)
    )
    return list(rows.scalars())


def tally(conn: Connection, counted: Mapping[tuple[str, str], tuple[int, int, int]]) -> None:
    """Add (received, lowest, highest client seq) per (shift, install)."""
    rows = [
        {"shift": shift, "install": install, "received": n, "min_seq": low, "max_seq": high}
        for (shift, install), (n, low, high) in counted.items()
    ]
    add_up(conn, JournalTally, rows, ["shift", "install"], _SUMS)
