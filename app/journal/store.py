"""Inside the one transaction of an append: tell news from repeats, number, chain, project, release, count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.core.clock import stamp
from app.journal import chain, rows
from app.journal.apply import accept, apply
from app.journal.ops import Accepted, Estimate, Op, OpKind, Receipt, Refusal, Registry, Status, Why
from app.journal.read import understand

RELEASE_ROUNDS_MAX = 50
APPLIED, QUARANTINED = Status.APPLIED.value, Status.QUARANTINED.value
Installs = dict[str, tuple[int, int, bool]]


@dataclass
class Batch:
    """What one transaction is about to store, and what came of it."""

    head: rows.Head
    received_at: datetime
    receipts: list[Receipt] = field(default_factory=list)
    fresh: list[tuple[Op, int]] = field(default_factory=list)
    refused: dict[str, Refusal] = field(default_factory=dict)
    waiting: int = 0
    #: install → (contiguous, highest, forked), for those that brought something new
    installs: Installs = field(default_factory=dict)

    @property
    def top(self) -> int:
        return self.head.seq + len(self.fresh)


def sort_out(conn: Connection, batch: Batch, ops: Sequence[Op]) -> None:
    """Tell repeats from news, and number the news."""
    ids = [op.id for op in ops]
    known = rows.known(conn, ids)
    seq, now = batch.top, batch.received_at
    if not known and len(set(ids)) == len(ids):  # as a rule
        batch.fresh = list(zip(ops, range(seq + 1, seq + 1 + len(ops)), strict=True))
        batch.receipts = [Receipt(op.id, op.hash, Status.APPLIED, number, now) for op, number in batch.fresh]
        return
    for op in ops:
        same = known.get(op.id)
        twin = None if same is None else next((k for k in same if k.hash == op.hash), None)
        if twin is not None:
            why = twin.why if twin.status is Status.QUARANTINED else None
            batch.receipts.append(Receipt(op.id, op.hash, Status.DUPLICATE, twin.seq, twin.received_at, why))
            continue
        seq += 1
        here = rows.Known(op.hash, seq, now, Status.APPLIED, None)
        if same is None:
            known[op.id] = [here]
        else:  # the same id with other bytes: both are kept, and a person looks (I8)
            op = op._replace(parsed=None, why=Why.CONFLICT, waits_for=None)
            same.append(here)
        batch.fresh.append((op, seq))
        batch.receipts.append(Receipt(op.id, op.hash, Status.APPLIED, seq, now))


def store(conn: Connection, batch: Batch, registry: Registry) -> None:
    """Project and store the news; afterwards `batch.head` is the new head."""
    kinds = registry.kinds
    ready = [
        (kinds[op.type, op.v], accept(op, seq, batch.received_at, seq))
        for op, seq in batch.fresh
        if op.parsed is not None and op.why is None
    ]
    batch.refused = apply(conn, ready)
    link, quarantined = _chained(conn, batch)
    for seq in _release(conn, batch, registry, [(kind, op) for kind, op in ready if op.id not in batch.refused]):
        quarantined.pop(seq, None)
    _count(conn, batch)
    if quarantined:
        batch.receipts = [_final(receipt, quarantined) for receipt in batch.receipts]
    batch.head = rows.Head(batch.top, link, batch.head.epoch, batch.waiting)
    rows.set_head(conn, batch.head)


def _chained(conn: Connection, batch: Batch) -> tuple[bytes, dict[int, str]]:
    """Store the news; (the chain's new end, why by seq of what waits)."""
    link, received = batch.head.chain, stamp(batch.received_at)
    stored, quarantined, batch.waiting = [], {}, batch.head.waiting
    for op, seq in batch.fresh:
        link = chain.link(link, op.id, op.hash, seq, received)
        why, waits_for = op.why, op.waits_for
        refusal = batch.refused.get(op.id) if batch.refused and why is None else None
        if refusal is not None:
            why, waits_for = refusal.why, refusal.waits_for
        if why is not None:
            quarantined[seq] = why.value
            batch.waiting += waits_for is not None
        estimated_at, within_ms = op.estimated or (None, None)
        stored.append(rows.Row(
            seq, op.id, op.hash, link, op.type, op.v, op.author, op.shift, op.install, op.client_seq, op.device,
            op.body, op.envelope, batch.received_at, estimated_at, within_ms,
            APPLIED if why is None else QUARANTINED, None if why is None else why.value, waits_for, None,
        ))  # fmt: skip
    rows.store(conn, stored)
    return link, quarantined


def kind_of(op: Op, registry: Registry) -> OpKind:
    kind = registry.find(op.type, op.v)
    assert kind is not None, "an op with a parsed body has a kind"
    return kind


def estimated_of(row: Any) -> Estimate | None:
    return None if row.estimated_at is None else (row.estimated_at, row.estimated_within_ms)


def op_of(row: Any, registry: Registry) -> Op:
    """A stored row as an op again, its body read anew."""
    op = Op(id=row.op_id, type=row.type, v=row.v, author=row.author, shift=row.shift, install=row.install,
            client_seq=row.client_seq, hash=bytes(row.hash), body=bytes(row.body or b""), device=row.device,
            estimated=estimated_of(row))  # fmt: skip
    return understand(op, registry, pushed=row.device is not None)


def _release(
    conn: Connection, batch: Batch, registry: Registry, applied: Sequence[tuple[OpKind, Accepted]]
) -> list[int]:
    """Apply what waited for the ops just applied; those may in turn release others. The seqs of what was released."""
    released: list[int] = []
    keys = {key for kind, op in applied for key in kind.releases(op)} if batch.waiting else set()
    waiting = rows.asked_for(
        conn, [seq for kind, op in applied if kind.retries is not None for seq in kind.retries(op)]
    )
    for _ in range(RELEASE_ROUNDS_MAX):
        if batch.waiting and keys:
            waiting += rows.waiting_for(conn, keys)
        if not waiting:
            break
        ready, refused = _retried(waiting, batch.top, registry)
        turned_away = apply(conn, ready)
        refused |= {op.seq: (r.why, r.waits_for) for _, op in ready if (r := turned_away.get(op.id)) is not None}
        done = [(kind, op) for kind, op in ready if op.id not in turned_away]
        rows.release(conn, [op.seq for _, op in done], batch.top)
        released += [op.seq for _, op in done]
        rows.wait_again(conn, refused)
        batch.waiting += sum(1 for _, waits_for in refused.values() if waits_for is not None)
        batch.waiting -= sum(1 for row in waiting if row.waits_for is not None)
        keys, waiting = {key for kind, op in done for key in kind.releases(op)}, []
    return released


def _retried(
    waiting: Iterable[Any], top: int, registry: Registry
) -> tuple[list[tuple[OpKind, Accepted]], dict[int, tuple[Why, str | None]]]:
    ready: list[tuple[OpKind, Accepted]] = []
    refused: dict[int, tuple[Why, str | None]] = {}
    for row in waiting:
        op = op_of(row, registry)
        if op.parsed is None:
            refused[row.seq] = (op.why or Why.BODY, op.waits_for)
        else:
            ready.append((kind_of(op, registry), accept(op, row.seq, row.received_at, top)))
    return ready, refused


def _final(receipt: Receipt, quarantined: Mapping[int, str]) -> Receipt:
    """A repeat inside the batch tells why its first waits."""
    why = quarantined.get(receipt.seq or 0)
    if why is None:
        return receipt
    status = Status.QUARANTINED if receipt.status is Status.APPLIED else receipt.status
    return receipt._replace(status=status, why=why)


def _count(conn: Connection, batch: Batch) -> None:
    """Add to the tally of each shift and phone, and move each phone's watermark."""
    by_origin: dict[tuple[str | None, str], list[int]] = {}
    for op, _ in batch.fresh:
        if op.install is None or op.client_seq is None or op.why is Why.CONFLICT:
            continue
        origin = (op.id if op.type == "shift.start" else op.shift, op.install)
        by_origin.setdefault(origin, []).append(op.client_seq)
    counted, by_install = {}, dict[str, list[int]]()
    for (shift, install), seqs in by_origin.items():
        by_install.setdefault(install, []).extend(seqs)
        if shift is not None:
            counted[shift, install] = (len(seqs), min(seqs), max(seqs))
    rows.tally(conn, counted)
    batch.installs = _number_installs(conn, by_install)


def _number_installs(conn: Connection, by_install: Mapping[str, Sequence[int]]) -> Installs:
    """Two ops with one (install, seq) mark it as forked."""
    moved: Installs = {}
    known = rows.install_rows(conn, by_install)
    for install, seqs in by_install.items():
        contiguous, highest, forked = known.get(install, (0, 0, False))
        repeated = len(set(seqs)) != len(seqs)
        below = [seq for seq in seqs if seq <= highest]
        # The new rows are stored already, so a repeat shows as more rows than this batch brought.
        forked = forked or repeated or (bool(below) and rows.count_client_seqs(conn, install, below) > len(below))
        arrived = set(seqs) if contiguous == highest else set(rows.seqs_above(conn, install, contiguous))
        while contiguous + 1 in arrived:
            contiguous += 1
        moved[install] = (contiguous, max(highest, *seqs), forked)
    rows.set_installs(conn, moved)
    return moved
