"""What is asked of those who pass: reports of things that may still be there, without words and without names."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from app.core.clock import stamp
from app.followup.models import FollowupAnswer
from app.followup.rules import ASKED_DAYS, asking_categories
from app.observation.queries import OBSERVATION, revisions
from app.place.vocabulary import restricted_categories

ANSWER = FollowupAnswer.__table__  # type: ignore[attr-defined]
CURRENT = "current"


def asked(now: datetime) -> ColumnElement[bool]:
    """Observations that ask, and those corrected since: what no longer asks is told as gone."""
    o = OBSERVATION.c
    condition: ColumnElement[bool] = (
        o.place_id.is_not(None)
        & (o.happened_from >= now - timedelta(days=ASKED_DAYS))
        & (o.category.in_(asking_categories()) | (o.status != CURRENT))
    )
    return condition


def wires(conn: Connection, rows: Sequence[Any]) -> list[dict[str, Any] | None]:
    """Questions as the apps read them (kind `question`); None for what asks no longer."""
    answers: dict[str, list[dict[str, Any]]] = {row.id: [] for row in rows}
    found = select(ANSWER).where(ANSWER.c.target.in_(list(answers))).order_by(ANSWER.c.stated_at, ANSWER.c.id)
    for one in conn.execute(found):
        told = {"shift_id": one.shift_id, "stated_at": stamp(one.stated_at), "answer": one.answer}
        answers[one.target].append(told)
    closed = _ever_restricted(conn, [row.id for row in rows if row.status != CURRENT])
    return [_wire(row, answers[row.id]) if row.id not in closed else None for row in rows]


def _ever_restricted(conn: Connection, ids: Sequence[str]) -> set[str]:
    """Correcting the category does not open a record: nothing of it goes out."""
    restricted = restricted_categories()
    return {
        target for target, versions in revisions(conn, ids).items()
        if any(version.content["category"] in restricted for version in versions)
    }  # fmt: skip


def _wire(row: Any, answers: list[dict[str, Any]]) -> dict[str, Any] | None:
    if row.status == "retracted" or row.category not in asking_categories():
        return None
    return {"id": row.id, "shift_id": row.shift_id, "category": row.category, "place_id": row.place_id,
            "happened_from": stamp(row.happened_from), "answers": answers}  # fmt: skip
