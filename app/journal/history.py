"""What somebody changed, when, and from what to what: kept beside the rows of things that are edited in place.

A table may show only what is; the journal alone could tell what was, and no read touches the journal.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, select
from sqlmodel import Field, SQLModel

from app.core.clock import stamp
from app.core.columns import code_field, id_field, json_field, time_field
from app.core.insert import insert_new
from app.journal.ops import Accepted, OpKind, Refusal

#: So many of one thing are told, the newest.
SHOWN_MAX = 200
#: Says which one it is; the same in all of them.
OWN = frozenset({"id"})


class EntityEdit(SQLModel, table=True):
    """One op that changed a thing, with what it said."""

    __tablename__ = "entity_edit"
    __table_args__ = (sa.Index(None, "entity_id", "seq"),)
    id: str = id_field(primary_key=True)
    entity_id: str = id_field()
    type: str = code_field()
    author_id: str | None = id_field(default=None)
    at: datetime = time_field()
    seq: int = Field(sa_type=sa.BigInteger)
    value: dict[str, Any] = json_field()


EDIT = EntityEdit.__table__  # type: ignore[attr-defined]


def kept(kind: OpKind, entity: Callable[[Any], str] = lambda data: str(data.id)) -> OpKind:
    """The same type of op, its history kept."""
    project = kind.project

    def _project(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
        refused = project(conn, ops)
        insert_new(conn, EntityEdit, [_row(kind, op, entity(op.data)) for op in ops if op.id not in refused], ["id"])
        return refused

    return replace(kind, project=_project)


def nothing(_conn: Connection, _ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """The projector of what is only told: that a code was made anew, that a phone was revoked."""
    return {}


def _row(kind: OpKind, op: Accepted, entity_id: str) -> dict[str, Any]:
    value = op.data.model_dump(mode="json", exclude_unset=True)
    return {"id": op.id, "entity_id": entity_id, "type": kind.type, "author_id": op.author, "at": op.received_at,
            "seq": op.seq, "value": value}  # fmt: skip


def edits(conn: Connection, entity_id: str, types: Collection[str]) -> list[Any]:
    """The newest first."""
    where = (EDIT.c.entity_id == entity_id, EDIT.c.type.in_(sorted(types)))
    return list(conn.execute(select(EDIT).where(*where).order_by(EDIT.c.seq.desc()).limit(SHOWN_MAX)))


def of_type(conn: Connection, entity_ids: Collection[str], op_type: str) -> dict[str, Any]:
    """The newest of this type, of each of these."""
    where = (EDIT.c.entity_id.in_(list(entity_ids)), EDIT.c.type == op_type)
    return {row.entity_id: row for row in conn.execute(select(EDIT).where(*where).order_by(EDIT.c.seq))}


def told(rows: Sequence[Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Edits as the desk reads them. `from` is what the op of the same type before it said; null at the first."""
    before: dict[str, Mapping[str, Any]] = {}
    found = []
    for row in reversed(rows):
        was = before.get(row.type, {})
        changes = [
            {"member": name, "from": was.get(name), "to": value}
            for name, value in row.value.items() if name not in OWN and was.get(name) != value
        ]  # fmt: skip
        author = None if row.author_id is None else {"id": row.author_id, "name": names.get(row.author_id, "")}
        found.append({"id": row.id, "type": row.type, "at": stamp(row.at), "author": author,
                      "is_first": row.type not in before, "changes": changes})  # fmt: skip
        before[row.type] = row.value
    return found[::-1]


TABLES = (EntityEdit,)
