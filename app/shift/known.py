"""The shift that a program names for what it writes."""

from sqlalchemy import Connection

from app.core import errors
from app.core.errors import Problem
from app.shift import queries


def known_shift(conn: Connection, shift_id: str | None) -> str | None:
    """Raises Problem(INVALID) for a shift that is not here: unlike a phone, a program can start it first."""
    if shift_id is not None and not queries.exists(conn, shift_id):
        raise Problem(errors.INVALID, errors=[{"pointer": "/shift_id", "code": "unknown"}])
    return shift_id
