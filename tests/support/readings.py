"""What is noted of who has read what."""

from app.access.context import Context
from app.audit.readings import READING


def noted(ctx: Context, viewer_id: str | None = None) -> set[tuple[str, str, str]]:
    """(viewer, what, subject) of everybody, or of one."""
    with ctx.db.read() as conn:
        found = {(row.viewer_id, row.what, row.subject) for row in conn.execute(READING.select())}
    return {one for one in found if viewer_id in (None, one[0])}
