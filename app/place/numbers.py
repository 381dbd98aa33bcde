"""The services' numbers as the desk edits them: each change an op, based on what was seen."""

from datetime import date
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError
from sqlalchemy import Connection, select

from app.access.context import Context
from app.access.permission import Viewer
from app.core import errors
from app.core.errors import Problem
from app.journal.edit import edit
from app.journal.ops import Code, ShortText
from app.place import queries
from app.place.contacts import is_number
from app.place.projector import Name
from app.place.queries import CONTACT

TYPES = frozenset({"contact.put"})
Version = Annotated[int, Field(ge=1, lt=2**63)]


def _number(value: str) -> str:
    if not is_number(value):
        raise PydanticCustomError("number", "a phone number")
    return value


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise PydanticCustomError("date", "a date such as 2026-11-20") from None


class NumberSaid(BaseModel):
    model_config = ConfigDict(extra="forbid")
    #: Null for a new one.
    based_on: Version | None
    service: Code
    name: Name
    number: Annotated[str, AfterValidator(_number)] | None
    hours: ShortText | None
    note: ShortText | None
    #: When somebody last made sure that it is right.
    checked_on: Annotated[str, AfterValidator(_day)] | None
    active: bool = True


def listed(conn: Connection) -> list[dict[str, Any]]:
    """By name, those no longer in use last."""
    rows = sorted(queries.contacts(conn), key=lambda row: (not row.active, row.name.casefold(), row.id))
    return [_wire(row) for row in rows]


def put(ctx: Context, viewer: Viewer, contact_id: str, said: NumberSaid) -> None:
    """What changes nothing is no op. Raises Problem: CHANGED."""
    data = said.model_dump(exclude={"based_on"}) | {"id": contact_id}
    with ctx.db.read() as conn:
        there = _now(contact_id, conn)
    if there is not None and there[1] == data | {"version": there[0]}:
        return
    op = ctx.journal.make("contact.put", data, author=viewer.id)
    edit(ctx.journal, op, about=contact_id, based_on=said.based_on, current=partial(_now, contact_id))


def check_known(conn: Connection, contact_id: str) -> None:
    """Raises Problem(NOT_FOUND)."""
    if _now(contact_id, conn) is None:
        raise Problem(errors.NOT_FOUND)


def _now(contact_id: str, conn: Connection) -> tuple[int, dict[str, Any]] | None:
    row = conn.execute(select(CONTACT).where(CONTACT.c.id == contact_id)).one_or_none()
    return None if row is None else (row.changed_seq, _wire(row))


def _wire(row: Any) -> dict[str, Any]:
    return queries.contact_wire(row) | {"active": row.active, "version": row.changed_seq}
