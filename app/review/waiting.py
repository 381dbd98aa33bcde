"""What waits in quarantine where no page of a shift shows it: counted for the board, and listed for its own page.

A page of a shift shows what names that shift, and what came under its id. Here is the rest: what names no shift, or one
that never began; and calls for help, which nobody was told of, whatever they name. What revoked phones handed in stands
by itself (`revoked`).
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import orjson
from pydantic import ValidationError
from sqlalchemy import ColumnElement, Connection, and_, case, func, not_, or_, select

from app.access import queries as access
from app.access.permission import Right, Viewer
from app.core.asking import Paging
from app.guard.veil import anything_seen
from app.journal.ops import Position, Why
from app.journal.queries import QUARANTINED
from app.journal.rows import OP
from app.review.entries import Names, readable_body, stated_in, waiting_entry
from app.shift.queries import SHIFT

CALL = "alert.raise"
#: Sees no text that holds an identity number, as if written by somebody else.
NOBODY = Viewer(id="", name="", role=None)
_IS_CALL = OP.c.type == CALL
_IS_KNOWN = select(SHIFT.c.id).where(SHIFT.c.id == OP.c.shift).exists()
_IS_RIVAL = and_(OP.c.why == Why.CONFLICT.value, select(SHIFT.c.id).where(SHIFT.c.id == OP.c.op_id).exists())


def outside() -> ColumnElement[bool]:
    """By the partial index of reasons: as many rows are read as wait, however long the journal is."""
    nowhere = or_(and_(OP.c.shift.is_(None), not_(_IS_RIVAL)), and_(OP.c.shift.is_not(None), not_(_IS_KNOWN)))
    return and_(QUARANTINED, OP.c.why > "", OP.c.why != Why.REVOKED.value, or_(_IS_CALL, nowhere))


def count(conn: Connection, _viewer: Viewer) -> tuple[int, int]:
    """(how many, of which calls for help)."""
    row = conn.execute(select(func.count(), func.sum(case((_IS_CALL, 1), else_=0))).where(outside())).one()
    return int(row[0]), int(row[1] or 0)


def page(conn: Connection, viewer: Viewer, asked: Paging) -> tuple[list[dict[str, Any]], int, set[str]]:
    """(entries as in a shift's log with more beside, total, `with_words`). Calls for help first, then the newest."""
    total, _ = count(conn, viewer)
    found = list(conn.execute(
        select(OP, _IS_KNOWN.label("is_known")).where(outside()).order_by(_IS_CALL.desc(), OP.c.seq.desc())
        .limit(asked.limit).offset(asked.offset)
    ))  # fmt: skip
    firsts = _firsts(conn, [row.op_id for row in found if row.why == Why.CONFLICT.value])
    people = access.names(conn, {row.author for row in [*found, *firsts.values()]})
    labels = phones(conn, found)
    told = [_told(row, viewer, people, labels, firsts) for row in found]
    return told, total, with_words(viewer, [*found, *firsts.values()])


def phones(conn: Connection, found: Sequence[Any]) -> dict[str, str]:
    """Names of the phones that these came from."""
    from_phones = {row.device for row in found if row.device}
    return {row.id: row.label for row in access.devices(conn) if row.id in from_phones} if from_phones else {}


def withheld(viewer: Viewer, row: Any) -> str | None:
    """Why this viewer is not given the body of an op in quarantine; None where they are.

    What could not be read as its kind may be a restricted record. Words with an identity number are data protection's.
    """
    if not viewer.may(Right.RECORD_READ_RESTRICTED):
        return "restricted"
    if row.body is None:
        return "blanked"
    return "words" if hides(viewer, row.author, bytes(row.body)) else None


def hides(viewer: Viewer, author: str | None, body: bytes) -> bool:
    """Whether a text in it is hidden from them; what is no JSON is one text."""
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        said = body.decode("utf-8", "replace")
    return bool(anything_seen(viewer, author, said) != said)


def with_words(viewer: Viewer, found: Collection[Any]) -> set[str]:
    """Ids of those of these whose words this viewer is given though they are hidden from others."""
    if not viewer.may(Right.WORDS_READ):
        return set()
    return {row.op_id for row in found if row.body is not None and hides(NOBODY, None, bytes(row.body))}


def _firsts(conn: Connection, op_ids: Sequence[str]) -> dict[str, Any]:
    """What came first under each of these ids."""
    if not op_ids:
        return {}
    rows = conn.execute(select(OP).where(OP.c.op_id.in_(op_ids)).order_by(OP.c.seq.desc()))
    return {row.op_id: row for row in rows}


def _told(
    row: Any, viewer: Viewer, people: Names, labels: Mapping[str, str], firsts: Mapping[str, Any]
) -> dict[str, Any]:
    first = firsts.get(row.op_id) if row.why == Why.CONFLICT.value else None
    return _entry(row, viewer, people) | {
        "v": row.v, "is_call": row.type == CALL, "phone": labels.get(row.device or ""),
        "shift": row.shift if row.is_known else None,
        "first": None if first is None else _entry(first, viewer, people) | {"counts": first.status == "applied"},
    }  # fmt: skip


def _entry(row: Any, viewer: Viewer, people: Names) -> dict[str, Any]:
    _, entry = waiting_entry(row, people, viewer)
    why = withheld(viewer, row)
    if why == "restricted":
        entry["value"]["data"] = None
    body = readable_body(row.body)
    return entry | {
        "withheld": why, "stated_by_phone": stated_in(body) is not None,
        "position": None if why == "restricted" else _position(body.get("position")),
    }  # fmt: skip


def _position(said: Any) -> dict[str, Any] | None:
    """Where it was written, as far as that alone can be read: of a call for help it matters most."""
    try:
        return Position.model_validate(said).model_dump()
    except ValidationError:
        return None
