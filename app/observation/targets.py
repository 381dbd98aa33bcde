"""Which observations ops may change or add to: those that are here, and whose shift the author has a part in."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from app.journal.ops import Accepted, Refusal, Why
from app.journal.record import present
from app.observation.models import Observation
from app.shift.part import Part, outsiders

OBSERVATION = Observation.__table__  # type: ignore[attr-defined]


def open_to(conn: Connection, ops: Sequence[Accepted]) -> tuple[dict[str, Any], dict[str, Refusal]]:
    """The targets, and refusals where one is missing or the author has no part in it."""
    targets = present(conn, OBSERVATION, [op.data.target for op in ops])
    refused = {op.id: Refusal(Why.TARGET, op.data.target) for op in ops if op.data.target not in targets}
    about = {op.id: (op.author, targets[op.data.target]) for op in ops if op.id not in refused}
    parts = {op_id: Part(author, row.author_id, row.shift_id) for op_id, (author, row) in about.items()}
    return targets, refused | outsiders(conn, parts)
