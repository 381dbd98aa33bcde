"""A push: read before any lock, append, answer for every op."""

import threading
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Connection

from app.access.accounts import author_key
from app.access.context import Context, Phone
from app.access.models import DeviceReport
from app.core import errors
from app.core.clock import stamp
from app.core.errors import Problem
from app.core.insert import put
from app.journal import chain, epoch, rows
from app.journal.append import SMALL_OPS_MAX, Appended
from app.journal.ops import Op, Receipt, Status, Why
from app.journal.read import Sender, Unreadable, read
from app.photo.named import named_by, wanted
from app.sync import rules
from app.sync.frame import Push
from app.sync.revoked import held
from app.sync.sealed import with_bodies

log = structlog.get_logger("lykta.sync")
#: Reading bodies is work of the interpreter, which does one thing at a time: eight that fight for it are slower than
#: one after the other, and hold up the one that writes. A few ops do not wait for it.
_READING = threading.Lock()


class SteppedBack(Exception):
    """The phone has seen a chain that this database never had at that seq."""


def push(ctx: Context, phone: Phone, frame: Push) -> dict[str, Any]:
    """Raises Problem(EPOCH) when the database went back in time."""
    received_at = ctx.journal.clock()
    slots = _read_all(ctx, phone, frame, received_at)
    if phone.is_revoked:
        slots = [held(slot, phone.id) if isinstance(slot, Op) else slot for slot in slots]
    ops = [slot for slot in slots if isinstance(slot, Op)]
    try:
        done = ctx.journal.hand_in(ops, guard=lambda conn: _guard(conn, phone, frame, received_at))
    except SteppedBack:
        raise _other_history(ctx, frame) from None
    told = iter(_results(done.receipts))
    results = [next(told) if isinstance(slot, Op) else slot for slot in slots]
    gaps, forked = _numbering(ctx, frame.install, done)
    return {
        "nonce": frame.nonce, "epoch": done.head.epoch, "server_time": stamp(ctx.journal.clock()),
        "durable_seq": ctx.durable.seq(), "results": results,
        "head": {"seq": done.head.seq, "chain": chain.text(done.head.chain)}, "gaps": gaps,
        "want_blobs": _want_blobs(ctx, ops), "fork": forked,
    }  # fmt: skip


def _read_all(ctx: Context, phone: Phone, frame: Push, now: datetime) -> list[Op | dict[str, Any]]:
    """Ops, and answers for those so damaged that they must come again."""
    sender = Sender(
        frame.install, phone.id, estimate=rules.estimator(frame.sent, now),
        awaits=lambda author: None if author in phone.authors else author_key(phone.id, author),
    )  # fmt: skip
    slots: list[Op | dict[str, Any]] = []
    with _READING if len(frame.ops) > SMALL_OPS_MAX else nullcontext():
        for raw in with_bodies(ctx, frame.ops):
            try:
                slots.append(read(raw, ctx.journal.registry, sender))
            except Unreadable as error:
                slots.append(_again(raw, error.why))
    return slots


def _guard(conn: Connection, phone: Phone, frame: Push, now: datetime) -> None:
    # A revoked phone may be anybody's: what it says of the past sends no other back to its beginning.
    told = frame.seen_seq is not None and frame.seen_chain is not None and not phone.is_revoked
    if told and not epoch.knows(conn, frame.seen_seq or 0, frame.seen_chain or b""):
        raise SteppedBack
    report = {"install": frame.install, "device_id": phone.id, "label": phone.label, "pending": frame.pending,
              "pending_max_seq": frame.pending_max_seq, "skew_ms": rules.skew_ms(frame.sent, now),
              "seen_at": now, **frame.phone._asdict()}  # fmt: skip
    put(conn, DeviceReport, [report], ["install"])


def _other_history(ctx: Context, frame: Push) -> Problem:
    """The first phone to notice makes the server mint an epoch; a phone of an older epoch is only told."""
    with ctx.db.read() as conn:
        current = rows.head(conn).epoch
    if frame.epoch in (None, current):
        current = epoch.mint(ctx.db, ctx.journal.clock(), epoch.STEPPED_BACK, frame.seen_seq)
        # The desk says it until somebody acknowledges it (`app.epoch`), `lykta check` for a month.
        log.error("the database went back in time", at_seq=frame.seen_seq)
    return Problem(errors.EPOCH, extra={"epoch": current})


def _results(receipts: Sequence[Receipt]) -> list[dict[str, Any]]:
    told = {at: stamp(at) for at in {receipt.received_at for receipt in receipts} if at is not None}
    return [
        {"id": id_, "hash": chain.text(hash_), "status": status.value, "seq": seq,
         "received_at": None if at is None else told[at], "why": why}
        for id_, hash_, status, seq, at, why in receipts
    ]  # fmt: skip


def _want_blobs(ctx: Context, ops: Sequence[Op]) -> list[str]:
    named = named_by(ops)
    if not named:
        return []
    with ctx.db.read() as conn:
        return wanted(conn, named)


def _again(raw: Any, why: Why) -> dict[str, Any]:
    """Echoes id and hash only where they are plain, so that the phone finds its op and nothing else comes back."""
    members = raw if isinstance(raw, dict) else {}
    echoed = {name: members.get(name) for name in ("id", "hash")}
    plain = {name: v if isinstance(v, str) and len(v) <= 80 and v.isascii() else None for name, v in echoed.items()}
    return {**plain, "status": Status.RETRY.value, "seq": None, "received_at": None, "why": why.value}


def _numbering(ctx: Context, install: str, done: Appended) -> tuple[list[list[int]], bool]:
    """Ranges of this install never seen below its highest, and whether it was found twice (§4.3)."""
    state = done.installs.get(install)
    if state is not None and state[0] == state[1]:
        return [], state[2]
    with ctx.db.read() as conn:
        contiguous, highest, forked = rows.install_row(conn, install)
        if contiguous == highest:
            return [], forked
        gaps, expected = [], contiguous + 1
        for seq in rows.seqs_above(conn, install, contiguous):
            if seq > expected:
                gaps.append([expected, seq - 1])
            expected = seq + 1
    return gaps, forked
