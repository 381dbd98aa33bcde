"""Which records are restricted (protection 3), as they are told, and noting that somebody was shown one."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from app.access.permission import Right, Viewer
from app.audit import readings
from app.core.db import Database
from app.place.vocabulary import restricted_categories

WHAT = "restricted"


def was_restricted(observation: Mapping[str, Any]) -> bool:
    """Now, or in a wording before."""
    ever = {observation["category"], *(one["observation"]["category"] for one in observation["revisions"])}
    return not ever.isdisjoint(restricted_categories())


def note_restricted(db: Database, viewer: Viewer, observations: Iterable[Mapping[str, Any]], at: datetime) -> None:
    """Somebody else's, before it is answered: nobody is shown what could not be noted. Raises Problem(BUSY)."""
    if viewer.may(Right.RECORD_READ_RESTRICTED):
        closed = {one["id"] for one in observations if one["author_id"] != viewer.id and was_restricted(one)}
        readings.note_all(db, viewer_id=viewer.id, what=WHAT, subjects=closed, at=at)
