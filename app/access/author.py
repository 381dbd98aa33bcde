"""In whose name a program writes."""

from sqlalchemy import Connection

from app.access import queries
from app.access.permission import Viewer
from app.core import errors
from app.core.errors import Problem


def author_of(conn: Connection, viewer: Viewer, given: str | None, pointer: str = "/author") -> str:
    """The caller, or the person named. Raises Problem(INVALID) for one who is not there or no longer active."""
    if given is None:
        return viewer.id
    person = queries.person(conn, given)
    if person is None or not person.active:
        raise Problem(errors.INVALID, errors=[{"pointer": pointer, "code": "unknown"}])
    return given
