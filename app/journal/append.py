"""The one door in: store, number, chain and project ops in one synced transaction. Everything that writes calls it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from app.core import clock as clocks
from app.core.db import Database
from app.core.ids import uuid7
from app.journal import chain, rows
from app.journal.ops import Accepted, Body, Op, OpKind, Receipt, Refusal, Registry, Status, Why
from app.journal.read import seal, understand

log = structlog.get_logger("lykta.journal")
CHANNEL = "lykta_journal"
RELEASE_ROUNDS_MAX = 50


@dataclass
class _Batch:
    """What one transaction is about to store."""

    head: rows.Head
    received_at: datetime
    receipts: list[Receipt] = field(default_factory=list)
    fresh: list[tuple[Op, int]] = field(default_factory=list)
    refused: dict[str, Refusal] = field(default_factory=dict)
    waiting: int = 0

    @property
    def top(self) -> int:
        return self.head.seq + len(self.fresh)


class Journal:
    """One per process and database. Thread-safe: the database serialises the writers."""

    def __init__(self, db: Database, registry: Registry, clock: clocks.Clock = clocks.now) -> None:
        self.db = db
        self.registry = registry
        self.clock = clock

    def append(self, ops: Sequence[Op], guard: Callable[[Connection], None] | None = None) -> list[Receipt]:
        """One receipt per op, in order, only after the commit (I5).

        `guard` runs inside the transaction before anything is stored and may raise a Problem to stop it.
        """
        with self.db.write() as conn:
            batch = _Batch(head=rows.lock_head(conn), received_at=self.clock())
            if guard is not None:
                guard(conn)
            self._sort_out(conn, batch, ops)
            if batch.fresh:
                self._store(conn, batch)
        return batch.receipts

    def make(self, op_type: str, data: Mapping[str, Any], *, author: str | None, **given: Any) -> Op:
        """An op made by the server on behalf of a person. `given`: id, shift, install, position, wall."""
        wall: datetime = given.get("wall") or self.clock()
        at = {"wall": clocks.stamp(wall), "mono": None, "page": None, "clock": None}
        body = seal({"salt": token_urlsafe(16), "at": at, "position": given.get("position"), "data": dict(data)})
        op = Op(id=given.get("id") or uuid7(), type=op_type, v=1, author=author, shift=given.get("shift"),
                install=given.get("install"), client_seq=None, hash=chain.of(body), body=body)  # fmt: skip
        return understand(op, self.registry, pushed=False)

    def write(self, op_type: str, data: Mapping[str, Any], *, author: str | None, **given: Any) -> Receipt:
        """`make` and append. Raises ValueError if the server made an op that it cannot apply itself: our own fault."""
        op = self.make(op_type, data, author=author, **given)
        receipt = self.append([op])[0]
        if receipt.status is Status.QUARANTINED:
            raise ValueError(f"{op_type} was quarantined: {receipt.why}")
        return receipt

    def wake(self, keys: Sequence[str]) -> None:
        """Try again what waits for these keys (a person who now signed in, a type that is now known)."""
        with self.db.read() as conn:
            if rows.head(conn).waiting == 0 or not rows.waiting_for(conn, keys):
                return
        self.write("quarantine.release", {"keys": list(keys)}, author=None)

    def wake_known(self) -> None:
        """At a start: try again what waits for a type that this version knows."""
        self.wake([f"type:{op_type}:{v}" for op_type, v in self.registry.kinds])

    def _sort_out(self, conn: Connection, batch: _Batch, ops: Sequence[Op]) -> None:
        """Tell repeats from news, and number the news."""
        known = rows.known(conn, [op.id for op in ops])
        for op in ops:
            same = known.setdefault(op.id, [])
            twin = next((k for k in same if k.hash == op.hash), None)
            if twin is not None:
                why = twin.why if twin.status is Status.QUARANTINED else None
                batch.receipts.append(Receipt(op.id, op.hash, Status.DUPLICATE, twin.seq, twin.received_at, why))
                continue
            if same:
                op = _conflicting(op)
            seq = batch.top + 1
            batch.fresh.append((op, seq))
            same.append(rows.Known(op.hash, seq, batch.received_at, Status.APPLIED, None))
            batch.receipts.append(Receipt(op.id, op.hash, Status.APPLIED, seq, batch.received_at))

    def _store(self, conn: Connection, batch: _Batch) -> None:
        ready = [
            (self._kind(op), accepted(op, seq, batch.received_at, seq))
            for op, seq in batch.fresh
            if op.parsed is not None and op.why is None
        ]
        batch.refused = apply(conn, ready)
        link = batch.head.chain
        stored = []
        for op, seq in batch.fresh:
            link = chain.link(link, op.id, op.hash, seq, clocks.stamp(batch.received_at))
            stored.append(_row(op, seq, link, batch))
        rows.store(conn, stored)
        quarantined = {row["seq"]: row["why"] for row in stored if row["status"] == Status.QUARANTINED}
        batch.waiting = batch.head.waiting + sum(1 for row in stored if row["waits_for"] is not None)
        self._release(conn, batch, [(kind, op) for kind, op in ready if op.id not in batch.refused])
        rows.tally(conn, _tallied(batch.fresh))
        _number_installs(conn, batch.fresh)
        rows.set_head(conn, rows.Head(batch.top, link, batch.head.epoch, batch.waiting))
        if not self.db.is_sqlite:
            conn.execute(text(f"SELECT pg_notify('{CHANNEL}', '{batch.top}')"))
        batch.receipts = [_final(receipt, quarantined) for receipt in batch.receipts]

    def _release(self, conn: Connection, batch: _Batch, applied: Sequence[tuple[OpKind, Accepted]]) -> None:
        """Apply what waited for the ops just applied; those may in turn release others."""
        keys = {key for kind, op in applied for key in kind.releases(op)}
        for _ in range(RELEASE_ROUNDS_MAX):
            if batch.waiting == 0 or not keys:
                return
            ready, refused = self._retried(rows.waiting_for(conn, keys), batch.top)
            turned_away = apply(conn, ready)
            refused |= {op.seq: (r.why, r.waits_for) for _, op in ready if (r := turned_away.get(op.id)) is not None}
            done = [(kind, op) for kind, op in ready if op.id not in turned_away]
            rows.release(conn, [op.seq for _, op in done], batch.top)
            rows.wait_again(conn, refused)
            batch.waiting -= len(done) + sum(1 for _, waits_for in refused.values() if waits_for is None)
            keys = {key for kind, op in done for key in kind.releases(op)}

    def _retried(
        self, waiting: Iterable[Any], top: int
    ) -> tuple[list[tuple[OpKind, Accepted]], dict[int, tuple[Why, str | None]]]:
        ready: list[tuple[OpKind, Accepted]] = []
        refused: dict[int, tuple[Why, str | None]] = {}
        for row in waiting:
            op = op_of(row, self.registry)
            if op.parsed is None:
                refused[row.seq] = (op.why or Why.BODY, op.waits_for)
            else:
                ready.append((self._kind(op), accepted(op, row.seq, row.received_at, top)))
        return ready, refused

    def _kind(self, op: Op) -> OpKind:
        kind = self.registry.find(op.type, op.v)
        assert kind is not None, "an op with a parsed body has a kind"
        return kind


def apply(conn: Connection, ops: Sequence[tuple[OpKind, Accepted]]) -> dict[str, Refusal]:
    """Run the projectors, types that others point at first; a failing batch falls back to op by op (I7)."""
    by_kind: dict[int, tuple[OpKind, list[Accepted]]] = {}
    for kind, op in ops:
        by_kind.setdefault(id(kind), (kind, []))[1].append(op)
    refused: dict[str, Refusal] = {}
    for kind, batch in sorted(by_kind.values(), key=lambda pair: pair[0].rank):
        refused |= _apply_batch(conn, kind, batch)
    return refused


def _apply_batch(conn: Connection, kind: OpKind, batch: Sequence[Accepted]) -> Mapping[str, Refusal]:
    try:
        with conn.begin_nested():
            return kind.project(conn, batch)
    except OperationalError:
        raise  # the disk or the connection, not the op: nothing may be promised
    except Exception as error:
        if len(batch) == 1:
            # Kept in quarantine and seen by a person; the reason's text could quote the op, so only its kind is told.
            log.error("projector failed", op_type=kind.type, op_id=batch[0].id, error=type(error).__name__)
            return {batch[0].id: Refusal(Why.PROJECTOR, None)}
    refused: dict[str, Refusal] = {}
    for op in batch:
        refused |= _apply_batch(conn, kind, [op])
    return refused


def op_of(row: Any, registry: Registry) -> Op:
    """A stored row as an op again, its body read anew."""
    op = Op(id=row.op_id, type=row.type, v=row.v, author=row.author, shift=row.shift, install=row.install,
            client_seq=row.client_seq, hash=bytes(row.hash), body=bytes(row.body or b""), device=row.device,
            estimated_at=row.estimated_at)  # fmt: skip
    return understand(op, registry, pushed=row.device is not None)


def _conflicting(op: Op) -> Op:
    return Op(id=op.id, type=op.type, v=op.v, author=op.author, shift=op.shift, install=op.install,
              client_seq=op.client_seq, hash=op.hash, body=op.body, device=op.device, estimated_at=op.estimated_at,
              envelope=op.envelope, why=Why.CONFLICT)  # fmt: skip


def accepted(op: Op, seq: int, received_at: datetime, applied_seq: int) -> Accepted:
    parsed: Body[Any] | None = op.parsed
    assert parsed is not None
    return Accepted(op.id, seq, op.author, op.shift, op.install, op.client_seq, received_at, op.estimated_at,
                    parsed.at, parsed.position, parsed.data, applied_seq)  # fmt: skip


def _row(op: Op, seq: int, link: bytes, batch: _Batch) -> dict[str, Any]:
    refusal = batch.refused.get(op.id) if op.why is None else Refusal(op.why, op.waits_for)
    return rows.columns(op) | {
        "seq": seq, "chain": link, "received_at": batch.received_at,
        "status": Status.APPLIED.value if refusal is None else Status.QUARANTINED.value,
        "why": None if refusal is None else refusal.why.value,
        "waits_for": None if refusal is None else refusal.waits_for, "released_seq": None,
    }  # fmt: skip


def _final(receipt: Receipt, quarantined: Mapping[int, str]) -> Receipt:
    why = quarantined.get(receipt.seq or 0)
    if why is None or receipt.status is not Status.APPLIED:
        return receipt
    return Receipt(receipt.id, receipt.hash, Status.QUARANTINED, receipt.seq, receipt.received_at, why)


def _tallied(fresh: Sequence[tuple[Op, int]]) -> dict[tuple[str, str], tuple[int, int, int]]:
    counted: dict[tuple[str, str], tuple[int, int, int]] = {}
    for op, _ in fresh:
        shift = op.id if op.type == "shift.start" else op.shift
        if shift is None or op.install is None or op.client_seq is None or op.why is Why.CONFLICT:
            continue
        n, low, high = counted.get((shift, op.install), (0, op.client_seq, op.client_seq))
        counted[shift, op.install] = (n + 1, min(low, op.client_seq), max(high, op.client_seq))
    return counted


def _number_installs(conn: Connection, fresh: Sequence[tuple[Op, int]]) -> None:
    """Move each install's watermark; two ops with one (install, seq) mark it as forked."""
    by_install: dict[str, list[int]] = {}
    for op, _ in fresh:
        if op.install is not None and op.client_seq is not None and op.why is not Why.CONFLICT:
            by_install.setdefault(op.install, []).append(op.client_seq)
    for install, seqs in by_install.items():
        contiguous, highest, forked = rows.install_row(conn, install)
        repeated = len(set(seqs)) != len(seqs)
        below = [seq for seq in seqs if seq <= highest]
        # The new rows are stored already, so a repeat shows as more rows than this batch brought.
        forked = forked or repeated or (bool(below) and rows.count_client_seqs(conn, install, below) > len(below))
        arrived = set(seqs) if contiguous == highest else set(rows.seqs_above(conn, install, contiguous))
        while contiguous + 1 in arrived:
            contiguous += 1
        rows.set_install(conn, install, contiguous, max(highest, *seqs), forked)
