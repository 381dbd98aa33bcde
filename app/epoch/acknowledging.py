"""Saying by name that one looks after it."""

from uuid import UUID, uuid5

from sqlalchemy import Connection

from app.access.permission import Viewer
from app.journal import rows
from app.journal.append import Journal
from app.journal.program import write_guarded

SPACE = UUID("5b6f0f0e-6a55-5d0b-9c5e-8f1c6d8a7e11")


class _Said(Exception):
    """Leaves the transaction: somebody was first."""


def acknowledge(journal: Journal, viewer: Viewer, epoch: str) -> None:
    """One op, whoever is first."""
    op_id = str(uuid5(SPACE, epoch))

    def _is_first(conn: Connection) -> None:
        if rows.known(conn, [op_id]):
            raise _Said

    op = journal.make("epoch.acknowledge", {"epoch": epoch}, author=viewer.id, id=op_id)
    try:
        write_guarded(journal, op, epoch, _is_first)
    except _Said:
        return
