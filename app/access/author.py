"""In whose name a program writes, and who it was that did."""

from sqlalchemy import Connection

from app.access import queries
from app.access.context import Context
from app.access.permission import Viewer
from app.audit import readings
from app.core import errors
from app.core.errors import Problem
from app.journal.program import Act, Written, write_once


def author_of(conn: Connection, viewer: Viewer, given: str | None, pointer: str = "/author") -> str:
    """The caller, or the person named. Raises Problem(INVALID) for one who is not there or no longer active."""
    if given is None:
        return viewer.id
    person = queries.person(conn, given)
    if person is None or not person.active:
        raise Problem(errors.INVALID, errors=[{"pointer": pointer, "code": "unknown"}])
    return given


def write_for(ctx: Context, viewer: Viewer, act: Act) -> Written:
    """The journal has the name of whoever said it; who wrote it down for them is noted beside it."""
    written = write_once(ctx.journal, act)
    if act.author != viewer.id:
        at = ctx.journal.clock()
        readings.note(ctx.db, viewer_id=viewer.id, what="written-for", subject=written.id, at=at)
    return written
