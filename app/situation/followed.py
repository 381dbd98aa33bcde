"""Follow-ups as the Monday meeting looks at them: what is open now, and what the week's came to.

Whose they are and what the desk wrote stays on the desk: an edition may be handed on.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, literal, null, select, union_all

from app.followup.queries import FOLLOWUP, STEP
from app.followup.rules import today
from app.observation.queries import OBSERVATION
from app.place.queries import PLACE
from app.situation import counted
from app.situation.rules import Span

LISTED_MAX = 20
OPEN, CLOSED = "open", "closed"
F = FOLLOWUP.c
_ABOUT = FOLLOWUP.join(OBSERVATION, OBSERVATION.c.id == F.observation_id)


def told(conn: Connection, span: Span, now: datetime) -> dict[str, Any]:
    """Of records that are in figures. `closed`: in this week, and not opened again since. Two statements."""
    late = F.due < today(now)
    kinds, outcomes, overdue = {}, {}, 0
    for row in conn.execute(_sums(span, late)):
        if row.status == OPEN:
            kinds[row.code] = row.n
            overdue += row.late
        else:
            outcomes[row.code] = row.n
    return {"open": sum(kinds.values()), "overdue": overdue, "kinds": kinds, "listed": _listed(conn, late),
            "closed": sum(outcomes.values()), "outcomes": outcomes}  # fmt: skip


def _sums(span: Span, late: ColumnElement[bool]) -> Any:
    """status, code, n, late: open ones by kind, closed ones by outcome. Apart, since each has its own index."""
    counts = func.count().label("n")
    opened = select(
        literal(OPEN).label("status"), F.kind.label("code"), counts, func.count().filter(late).label("late")
    )
    ended = select(literal(CLOSED), F.outcome, counts, null())
    return union_all(
        opened.select_from(_ABOUT).where(F.status == OPEN, _counts()).group_by(F.kind),
        ended.select_from(_ABOUT).where(_closed_in(span), _counts()).group_by(F.outcome),
    )


def _closed_in(span: Span) -> ColumnElement[bool]:
    """By the last word that closed it; nothing said of it since was received before that."""
    last = select(func.max(STEP.c.stated_at)).where(STEP.c.followup_id == F.id, STEP.c.what == "close")
    at = last.scalar_subquery()
    return and_(F.status == CLOSED, F.received_at >= span.start, at >= span.start, at < span.end)


def _counts() -> ColumnElement[bool]:
    return and_(OBSERVATION.c.status != counted.RETRACTED, ~counted.was_restricted())


def _listed(conn: Connection, late: ColumnElement[bool]) -> list[dict[str, Any]]:
    """The first that are due."""
    o = OBSERVATION.c
    stmt = select(F.id, F.kind, F.due, late.label("overdue"), o.category, o.place_id, PLACE.c.name)
    joined = _ABOUT.outerjoin(PLACE, PLACE.c.id == o.place_id)
    found = stmt.select_from(joined).where(F.status == OPEN, _counts()).order_by(F.due, F.id).limit(LISTED_MAX)
    return [
        {"id": row.id, "kind": row.kind, "due": row.due.isoformat(), "overdue": bool(row.overdue),
         "category": row.category, "place_id": row.place_id, "name": row.name}
        for row in conn.execute(found)
    ]  # fmt: skip
