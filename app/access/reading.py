"""Noting what somebody reads of others' work, before it is answered: what cannot be noted is not shown."""

from collections.abc import Iterable

from app.access.context import Context
from app.access.permission import Right, Viewer
from app.audit import readings

#: Of a question whose answers are many, however often it is asked again.
LIST = "list"


def note_reading(ctx: Context, viewer: Viewer, what: str, subjects: Iterable[str]) -> None:
    """A host's is not noted: they read of their own shifts alone. Raises Problem(BUSY)."""
    if viewer.may(Right.RECORD_READ_ALL):
        readings.note_all(ctx.db, viewer_id=viewer.id, what=what, subjects=subjects, at=ctx.journal.clock())
