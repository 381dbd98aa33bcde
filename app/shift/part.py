"""Who has a part in a record: its author, the crew of its shift, and supervisors. Pushed ops are held against it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from app.access import queries as access
from app.journal.ops import Accepted, Refusal, Why
from app.journal.record import present
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


def open_to(
    conn: Connection, table: Any, ops: Sequence[Accepted], *, programs: bool = False
) -> tuple[dict[str, Any], dict[str, Refusal]]:
    """The targets in `table` by id, and refusals where one is missing or the author has no part in it.

    `programs`: what has no install came from one, whose token says what it may write.
    """
    targets = present(conn, table, [op.data.target for op in ops])
    refused = {op.id: Refusal(Why.TARGET, op.data.target) for op in ops if op.data.target not in targets}
    judged = [op for op in ops if op.id not in refused and (op.install or not programs)]
    about = {op.id: (op.author, targets[op.data.target]) for op in judged}
    parts = {op_id: Part(author, row.author_id, row.shift_id) for op_id, (author, row) in about.items()}
    return targets, refused | outsiders(conn, parts)
