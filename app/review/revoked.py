"""What revoked phones handed in: shown as it came, and taken in, phone by phone, by somebody who has read it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from app.access import queries as access
from app.access.accounts import revoked_key
from app.access.context import Context
from app.access.permission import Viewer
from app.core import errors
from app.core.clock import stamp, stamp_or_none
from app.core.errors import Problem
from app.journal import queries as journal
from app.review.entries import Names, waiting_entry

#: So many of a phone are shown, the newest; the number tells of all.
SHOWN_MAX = 200


def phones(conn: Connection, viewer: Viewer) -> list[dict[str, Any]]:
    """Those that have handed in something which nobody has taken in, in the order of their names."""
    by_device: dict[str, list[Any]] = {}
    for op in journal.revoked(conn):
        by_device.setdefault(op.device, []).append(op)
    if not by_device:
        return []
    people = access.names(conn, {op.author for ops in by_device.values() for op in ops})
    known = [device for device in access.devices(conn) if device.id in by_device]
    known.sort(key=lambda device: (device.label, device.id))
    return [_phone(device, by_device[device.id], people, viewer) for device in known]


def take_in(ctx: Context, viewer: Viewer, device_id: str, seen_seq: int) -> int:
    """Applies what the phone handed in up to `seen_seq`, the last that the viewer has seen. How many it were.

    Raises Problem(NOT_FOUND) where nothing waits, and Problem(NEWER) where more has come since.
    """
    key = revoked_key(device_id)

    def as_seen(conn: Connection) -> None:
        newest = journal.newest_waiting(conn, key)
        if newest is None:
            raise Problem(errors.NOT_FOUND)
        if newest > seen_seq:
            raise Problem(errors.NEWER)

    op = ctx.journal.make("quarantine.release", {"keys": [key]}, author=viewer.id)
    seq = ctx.journal.hand_in([op], guard=as_seen).receipts[0].seq
    with ctx.db.read() as conn:
        return journal.released_by(conn, seq or 0)


def _phone(device: Any, ops: Sequence[Any], people: Names, viewer: Viewer) -> dict[str, Any]:
    told = sorted(
        (waiting_entry(op, people, viewer) for op in ops[-SHOWN_MAX:]), key=lambda pair: (pair[0], pair[1]["seq"])
    )
    free = [op for op in ops if op.waits_for == revoked_key(device.id)]
    return {
        "device": device.id, "label": device.label, "revoked_at": stamp_or_none(device.revoked_at),
        "count": len(ops), "strangers": len(ops) - len(free), "seen_seq": max((op.seq for op in free), default=0),
        "last_at": stamp(ops[-1].received_at), "entries": [entry for _, entry in told],
    }  # fmt: skip
