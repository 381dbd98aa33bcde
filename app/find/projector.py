"""find.put → find_saved. What can be found is no projection: `filling` makes it from the records themselves."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Connection

from app.core.insert import put
from app.find.models import FindSaved
from app.journal.ops import Accepted, Body, Data, Id, OpKind, Refusal, ShortText


class FindPut(Data):
    """`asked` is what the page asks with, and is read again when it is used."""

    id: Id
    name: Annotated[ShortText, Field(min_length=1)]
    asked: dict[str, Any]
    active: bool = True


def keep(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """The newest word of an id holds."""
    newest = {op.data.id: op for op in ops}
    rows = [
        {"id": op.data.id, "person_id": op.author, "name": op.data.name, "asked": op.data.asked,
         "stated_at": op.at.wall, "active": op.data.active, "changed_seq": op.applied_seq}
        for op in newest.values()
    ]  # fmt: skip
    put(conn, FindSaved, rows, ["id"])
    return {}


OPS = (OpKind("find.put", Body[FindPut], keep, rank=40, pushed=False),)
TABLES = (FindSaved,)
