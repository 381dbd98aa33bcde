"""Every read of escalations."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from app.core.clock import stamp
from app.escalation.models import Escalation, EscalationAttempt
from app.journal.record import wire_of

ESCALATION = Escalation.__table__  # type: ignore[attr-defined]
ATTEMPT = EscalationAttempt.__table__  # type: ignore[attr-defined]


def attempts(conn: Connection, escalation_ids: Iterable[str]) -> dict[str, list[Any]]:
    """Attempts of each escalation in the order in which they were made."""
    found: dict[str, list[Any]] = {}
    wanted = list(escalation_ids)
    if wanted:
        order = (ATTEMPT.c.attempted_at, ATTEMPT.c.id)
        for row in conn.execute(select(ATTEMPT).where(ATTEMPT.c.escalation_id.in_(wanted)).order_by(*order)):
            found.setdefault(row.escalation_id, []).append(row)
    return found


def wire(row: Any, made: Iterable[Any]) -> dict[str, Any]:
    """An escalation as the apps read it (kind `escalation`)."""
    return wire_of(row) | {
        "shift_id": row.shift_id, "status": row.status, "service": row.service, "channel": row.channel,
        "observation_id": row.observation_id, "cause": row.cause,
        "attempts": [
            {"id": a.id, "author_id": a.author_id, "stated_at": stamp(a.stated_at), "attempted": a.attempted,
             "answered": a.answered, "arrived": a.arrived, "left": a.left, "outcome": a.outcome,
             "reference": a.reference, "note": a.note}
            for a in made
        ],
        "closed": row.closed,
    }  # fmt: skip
