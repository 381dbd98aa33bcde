"""What waits in quarantine as a file that loses nothing: each envelope and body as it came.

In the form of a phone's saved copy, so that `lykta import` takes it in elsewhere; what this server knows of each op
stands beside it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from app.access.permission import Viewer
from app.core.clock import stamp, stamp_or_none
from app.journal import chain
from app.journal.ops import Status
from app.journal.rows import OP
from app.review.waiting import outside, phones, withheld

FORMAT, VERSION = "lykta-ops", 1
#: Of one file; `next` says where another goes on.
OPS_MAX = 1000
BYTES_MAX = 16 * 1024 * 1024


def rows_after(conn: Connection, _viewer: Viewer, after: int) -> tuple[list[Any], int | None]:
    """(in the order of the journal, the seq after which another file begins or None)."""
    sizes = select(OP.c.seq, func.length(OP.c.body)).where(outside(), OP.c.seq > after).order_by(OP.c.seq)
    size, seqs = 0, list[int]()
    last = None
    for seq, length in conn.execute(sizes.limit(OPS_MAX + 1)):
        size += length or 0
        if seqs and (size > BYTES_MAX or len(seqs) == OPS_MAX):
            last = seqs[-1]
            break
        seqs.append(seq)
    return list(conn.execute(select(OP).where(OP.c.seq.in_(seqs)).order_by(OP.c.seq))), last


def rows_of(conn: Connection, _viewer: Viewer, op_id: str) -> list[Any]:
    """Everything under this id where one of them waits, so that two contents can be compared; else nothing."""
    found = list(conn.execute(select(OP).where(OP.c.op_id == op_id).order_by(OP.c.seq)))
    return found if any(row.status == Status.QUARANTINED for row in found) else []


def file_of(conn: Connection, viewer: Viewer, found: Sequence[Any], now: datetime, after: int | None) -> dict[str, Any]:
    labels = phones(conn, found)
    ops = [_op(row, viewer) | {"kept": _kept(row, viewer, labels.get(row.device or ""))} for row in found]
    return {"format": FORMAT, "v": VERSION, "made_at": stamp(now), "next": after, "count": len(ops), "ops": ops}


def _op(row: Any, viewer: Viewer) -> dict[str, Any]:
    """As it was pushed; of an envelope that fitted no columns, what was kept of it."""
    body = None if withheld(viewer, row) is not None else bytes(row.body).decode()
    plain = {"id": row.op_id, "seq": row.client_seq, "type": row.type, "v": row.v, "author": row.author,
             "shift": row.shift, "hash": chain.text(bytes(row.hash))}  # fmt: skip
    return (row.envelope or plain) | {"install": row.install, "body": body}


def _kept(row: Any, viewer: Viewer, phone: str | None) -> dict[str, Any]:
    return {"seq": row.seq, "received_at": stamp(row.received_at), "estimated_at": stamp_or_none(row.estimated_at),
            "status": row.status, "why": row.why, "device": row.device, "phone": phone,
            "withheld": withheld(viewer, row)}  # fmt: skip
