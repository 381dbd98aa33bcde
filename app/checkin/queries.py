"""Every read of check-ins."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, select

from app.checkin.models import Checkin
from app.core.clock import stamp_or_none
from app.journal.record import wire_of

CHECKIN = Checkin.__table__  # type: ignore[attr-defined]


def wire(row: Any) -> dict[str, Any]:
    """A check-in as the apps read it (kind `checkin`)."""
    return wire_of(row) | {"shift_id": row.shift_id, "kind": row.kind, "place_id": row.place_id, "note": row.note,
                           "next_due": stamp_or_none(row.next_due)}  # fmt: skip


def latest(conn: Connection, shift_ids: Iterable[str]) -> dict[str, Any]:
    """The last stated check-in of each shift."""
    newest = (
        select(CHECKIN.c.shift_id, func.max(CHECKIN.c.stated_at).label("stated_at"))
        .where(CHECKIN.c.shift_id.in_(list(shift_ids)))
        .group_by(CHECKIN.c.shift_id)
        .subquery()
    )
    same = (CHECKIN.c.shift_id == newest.c.shift_id) & (CHECKIN.c.stated_at == newest.c.stated_at)
    return {row.shift_id: row for row in conn.execute(select(CHECKIN).join(newest, same))}
