"""Noting that somebody was shown words that are hidden from others (docs/decisions.md): who, of which record, when."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from app.access.permission import Right, Viewer
from app.audit import readings
from app.core.db import Database
from app.guard.rules import IDENTITIES

WHAT = "words"


def note_shown(db: Database, viewer: Viewer, values: Iterable[Mapping[str, Any] | None], at: datetime) -> None:
    """Before they are answered: nobody is shown what could not be noted. Raises Problem(BUSY)."""
    if not viewer.may(Right.WORDS_READ):
        return
    subjects = {value["id"] for value in values if value is not None and is_shown(value)}
    readings.note_all(db, viewer_id=viewer.id, what=WHAT, subjects=subjects, at=at)


def is_shown(value: Any) -> bool:
    """Whether an answer tells the words of a statement, or of one within it, that holds an identity number."""
    if isinstance(value, Mapping):
        held = not IDENTITIES.isdisjoint(value.get("flagged") or ())
        return (held and not value.get("hidden", False)) or any(is_shown(inner) for inner in value.values())
    return isinstance(value, list | tuple) and any(is_shown(inner) for inner in value)
