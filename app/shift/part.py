"""Who has a part in a record: its author, the crew of its shift, and supervisors. Pushed ops are held against it."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from app.access import queries as access
from app.journal.ops import Refusal, Why
from app.shift import queries


class Part(NamedTuple):
    """An op's author, and the record that it is about."""

    author: str | None
    record_author: str | None
    shift_id: str | None


def outsiders(conn: Connection, parts: Mapping[str, Part]) -> dict[str, Refusal]:
    """Refusals for those of these ops (by id) whose author has no part. A later join releases them."""
    others = {op_id: part for op_id, part in parts.items() if part.author != part.record_author}
    if not others:
        return {}
    crews = queries.crews(conn, {part.shift_id for part in others.values()})
    overseers = access.supervised(conn, {part.author for part in others.values() if part.author})
    return {
        op_id: Refusal(Why.PERMISSION, part.shift_id)
        for op_id, part in others.items()
        if part.author not in crews.get(part.shift_id or "", ()) and part.author not in overseers
    }
