"""One more try for what waits in quarantine, by somebody who has mended what it waits for."""

from app.access.accounts import is_revoked_key
from app.access.context import Context
from app.access.permission import Viewer
from app.core import errors
from app.core.errors import Problem
from app.journal import queries as journal
from app.journal import rows
from app.journal.store import op_of


def retry(ctx: Context, viewer: Viewer, op_id: str) -> str | None:
    """Why it still waits; None where it was applied. An op in the caller's name, where a try can change anything: what
    waits for nothing is read anew by the code of today first.

    What a revoked phone handed in is taken in phone by phone (`revoked.take_in`), never by this. Raises
    Problem(NOT_FOUND) where nothing of this id waits.
    """
    with ctx.db.read() as conn:
        waiting = journal.waiting_copies(conn, op_id)
        stuck = rows.asked_for(conn, [row.seq for row in waiting])
    if not waiting:
        raise Problem(errors.NOT_FOUND)
    keys = sorted({row.waits_for for row in waiting if row.waits_for and not is_revoked_key(row.waits_for)})
    seqs = [row.seq for row in stuck if op_of(row, ctx.journal.registry).parsed is not None]
    if keys or seqs:
        data = {"keys": keys} | ({"seqs": seqs} if seqs else {})
        ctx.journal.append([ctx.journal.make("quarantine.release", data, author=viewer.id)])
        with ctx.db.read() as conn:
            waiting = journal.waiting_copies(conn, op_id)
    return waiting[0].why if waiting else None
