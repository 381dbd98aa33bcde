"""The journal's own SQL: look up, number, store. Only `append` and `rebuild` write through it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Insert, bindparam, case, func, select, update

from app.core.db import put, upsert
from app.core.insert import insert_all
from app.journal.models import JournalEpoch, JournalHead, JournalInstall, JournalOp, JournalTally
from app.journal.ops import Status, Why

OP = JournalOp.__table__  # type: ignore[attr-defined]
HEAD = JournalHead.__table__  # type: ignore[attr-defined]
INSTALL = JournalInstall.__table__  # type: ignore[attr-defined]
TALLY = JournalTally.__table__  # type: ignore[attr-defined]
EPOCH = JournalEpoch.__table__  # type: ignore[attr-defined]
HEAD_ID = 1

_KNOWN = select(OP.c.op_id, OP.c.hash, OP.c.seq, OP.c.received_at, OP.c.status, OP.c.why).where(
    OP.c.op_id.in_(bindparam("ids", expanding=True))
)
_HEAD = select(HEAD.c.seq, HEAD.c.chain, HEAD.c.epoch, HEAD.c.waiting)
_HEAD_LOCKED = _HEAD.with_for_update()
_SET_HEAD = (
    update(HEAD)
    .where(HEAD.c.id == HEAD_ID)
    .values({name: bindparam(name) for name in ("seq", "chain", "epoch", "waiting")})
)
_INSTALLS = select(INSTALL.c.install, INSTALL.c.contiguous_seq, INSTALL.c.max_seq, INSTALL.c.forked).where(
    INSTALL.c.install.in_(bindparam("installs", expanding=True))
)


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


def lock_head(conn: Connection) -> Head:
    """Serialises appends: on SQLite the transaction already is the lock, on PostgreSQL this row is."""
    return Head(*conn.execute(_HEAD_LOCKED).one())


def head(conn: Connection) -> Head:
    return Head(*conn.execute(_HEAD).one())


def set_head(conn: Connection, value: Head) -> None:
    conn.execute(_SET_HEAD, {"seq": value.seq, "chain": value.chain, "epoch": value.epoch, "waiting": value.waiting})


def known(conn: Connection, ids: Sequence[str]) -> dict[str, list[Known]]:
    """Stored ops with these ids, the first stored first."""
    found: dict[str, list[Known]] = {}
    for op_id, op_hash, seq, received_at, status, why in conn.execute(_KNOWN, {"ids": list(ids)}):
        found.setdefault(op_id, []).append(Known(bytes(op_hash), seq, received_at, Status(status), why))
    for same in found.values():
        same.sort(key=lambda k: k.seq)
    return found


def copies(conn: Connection, op_id: str) -> list[Any]:
    """Everything stored under this id, the first stored first."""
    return list(conn.execute(select(OP).where(OP.c.op_id == op_id).order_by(OP.c.seq)))


def store(conn: Connection, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        insert_all(conn, JournalOp, rows)


def waiting_for(conn: Connection, keys: Iterable[str]) -> list[Any]:
    return list(
        conn.execute(
            select(OP).where(OP.c.waits_for.in_(list(keys)), OP.c.status == Status.QUARANTINED).order_by(OP.c.seq)
        )
    )


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


def install_rows(conn: Connection, installs: Iterable[str]) -> dict[str, tuple[int, int, bool]]:
    found = conn.execute(_INSTALLS, {"installs": list(installs)})
    return {install: (contiguous, highest, forked) for install, contiguous, highest, forked in found}


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
    if not counted:
        return
    rows = [
        {"shift": shift, "install": install, "received": n, "min_seq": low, "max_seq": high}
        for (shift, install), (n, low, high) in counted.items()
    ]
    conn.execute(_tallying(conn.dialect.name), rows)


@lru_cache
def _tallying(dialect: str) -> Insert:
    stmt = upsert(dialect, JournalTally)
    new, old = stmt.excluded, TALLY.c
    return stmt.on_conflict_do_update(
        index_elements=["shift", "install"],
        set_={
            "received": old.received + new.received,
            "min_seq": case((old.min_seq < new.min_seq, old.min_seq), else_=new.min_seq),
            "max_seq": case((old.max_seq > new.max_seq, old.max_seq), else_=new.max_seq),
        },
    )
