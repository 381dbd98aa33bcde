"""What every record of a shift has in common: author, times, position, and the seq at which it last changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, select, update
from sqlmodel import Field, SQLModel

from app.core.clock import stamp, stamp_or_none
from app.core.columns import code_field, id_field, time_field
from app.journal.ops import Accepted


class Record(SQLModel):
    """Three clocks: `stated_at` is the phone's, `estimated_at` the server's reckoning, `received_at` the server's."""

    id: str = id_field(primary_key=True)
    author_id: str | None = id_field(default=None)
    install: str | None = id_field(default=None)
    stated_at: datetime = time_field()
    estimated_at: datetime | None = time_field(default=None)
    estimated_within_ms: int | None = Field(default=None, sa_type=sa.BigInteger)
    received_at: datetime = time_field()
    lat: float | None = Field(default=None, sa_type=sa.Float)
    lon: float | None = Field(default=None, sa_type=sa.Float)
    accuracy_m: float | None = Field(default=None, sa_type=sa.Float)
    position_age_ms: float | None = Field(default=None, sa_type=sa.Float)
    position_source: str | None = code_field(default=None)
    seq: int = Field(sa_type=sa.BigInteger)
    changed_seq: int = Field(sa_type=sa.BigInteger)


def row_of(op: Accepted) -> dict[str, Any]:
    p, (estimated_at, within_ms) = op.position, op.estimated or (None, None)
    return {
        "id": op.id, "author_id": op.author, "install": op.install, "stated_at": op.at.wall,
        "estimated_at": estimated_at, "estimated_within_ms": within_ms, "received_at": op.received_at,
        "lat": p.lat if p else None, "lon": p.lon if p else None, "accuracy_m": p.accuracy_m if p else None,
        "position_age_ms": p.age_ms if p else None, "position_source": p.source if p else None,
        "seq": op.seq, "changed_seq": op.applied_seq,
    }  # fmt: skip


def position_row(position: Mapping[str, Any] | None) -> dict[str, Any]:
    """The columns of a position as `wire_of` tells it; none to change where none is told."""
    if position is None:
        return {}
    return {"lat": position["lat"], "lon": position["lon"], "accuracy_m": position["accuracy_m"],
            "position_age_ms": position["age_ms"], "position_source": position["source"]}  # fmt: skip


def wire_of(row: Any) -> dict[str, Any]:
    """The common members of a record as the apps read it."""
    position = None
    if row.lat is not None:
        position = {"lat": row.lat, "lon": row.lon, "accuracy_m": row.accuracy_m, "age_ms": row.position_age_ms,
                    "source": row.position_source}  # fmt: skip
    return {
        "id": row.id, "author_id": row.author_id, "stated_at": stamp(row.stated_at),
        "estimated_at": stamp_or_none(row.estimated_at), "estimated_within_ms": row.estimated_within_ms,
        "received_at": stamp(row.received_at),
        "install": row.install, "position": position,
    }  # fmt: skip


def note_of(op: Accepted, **members: Any) -> dict[str, Any]:
    """A change to a record, kept beside it as JSON: who, when, and what."""
    return {"id": op.id, "author_id": op.author, "stated_at": stamp(op.at.wall), **members}


def present(conn: Connection, table: Any, ids: Sequence[str]) -> dict[str, Any]:
    """Rows of `table` with these ids."""
    return {row.id: row for row in conn.execute(select(table).where(table.c.id.in_(list(ids))))}


def touch(conn: Connection, table: Any, seq: int, *where: Any) -> None:
    """These rows count as changed at `seq`: whoever has read them reads them again. Never set back."""
    conn.execute(update(table).where(*where, table.c.changed_seq < seq), {"changed_seq": seq})


def as_json(value: Any) -> Any:
    """A validated model as plain JSON, its times as RFC 3339 in UTC."""
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, Mapping):
        return {k: as_json(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(v) for v in value]
    return value
