"""Reading what is stored about whoever asks: one statement a kind, whatever there is."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, null, select

from app.access.permission import Viewer
from app.core.asking import Paging
from app.core.clock import stamp
from app.core.columns import Moment
from app.own.kinds import KINDS, Kind
from app.own.terms import CLASS_OF, Terms, earliest
from app.retention import queries as retention


def read(conn: Connection, viewer: Viewer, asked: Paging) -> list[dict[str, Any]]:
    """A page of each kind, newest first; `total` tells whether another page is worth asking for."""
    terms = retention.terms(conn)
    return [_section(conn, kind, viewer.id, asked, terms) for kind in KINDS]


def _section(conn: Connection, kind: Kind, me: str, asked: Paging, terms: Terms) -> dict[str, Any]:
    dated = kind.order if isinstance(kind.order.type, Moment) else null()
    members = [column.label(f"m_{name}") for name, column in kind.shown.items()]
    found = (
        select(*members, func.count().over().label("total"), func.min(dated).over().label("oldest"))
        .select_from(kind.source)
        .where(kind.mine(me))
        .order_by(kind.order.desc(), *kind.tables[0].primary_key.columns)
        .limit(asked.limit)
        .offset(asked.offset)
    )
    rows = list(conn.execute(found))
    oldest = rows[0].oldest if rows else None
    cls = CLASS_OF.get(kind.name)
    return {
        "kind": kind.name, "total": rows[0].total if rows else 0, "cls": None if cls is None else cls.value,
        "earliest": earliest(kind.name, oldest, terms), "items": [_told(kind, row, me) for row in rows],
    }  # fmt: skip


def _told(kind: Kind, row: Any, me: str) -> dict[str, Any]:
    told = {name: getattr(row, f"m_{name}") for name in kind.shown}
    return {name: _plain(value) for name, value in (kind.refine(told, me) if kind.refine else told).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    return value.isoformat() if isinstance(value, date) else value
