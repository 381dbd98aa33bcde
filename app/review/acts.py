"""What a supervisor says of a shift: approved, sent back with a note, a comment. The host's words stay as they are."""

from typing import Any

from app.access.context import Context
from app.access.permission import Viewer
from app.core import errors
from app.core.errors import Problem
from app.journal.program import Act, Written, write_once
from app.review import log, queries
from app.review.schemas import CommentIn, ReviewIn

#: What a comment can be about, as kinds of entries; on anything else it would wait in quarantine for ever.
COMMENTED = frozenset({"checkin", "observation", "escalation", "alert", "comment"})


def review(ctx: Context, viewer: Viewer, shift_id: str, verdict: str, asked: ReviewIn) -> Written:
    """Of what the caller has seen: 409 `newer` where more has come since, 409 `still-out` before the shift's end.

    A repeat of the same `id` is answered without asking either again.
    """
    with ctx.db.read() as conn:
        is_repeat = asked.id is not None and queries.is_review(conn, asked.id)
        found = log.shift_log(conn, viewer, shift_id)
    if found is None:
        raise Problem(errors.NOT_FOUND)
    if not is_repeat and found["shift"]["status"] != "ended":
        raise Problem(errors.STILL_OUT)
    if not is_repeat and found["seq"] > asked.seen_seq:
        raise Problem(errors.NEWER)
    if verdict == "return" and not (asked.note or "").strip():
        raise Problem(errors.INVALID, errors=[{"pointer": "/note", "code": "missing"}])
    return _write(ctx, viewer, f"review.{verdict}", shift_id, asked.id, asked.data() | {"target": shift_id})


def comment(ctx: Context, viewer: Viewer, shift_id: str, asked: CommentIn) -> Written:
    """On the shift, or on a record of it that this viewer may read."""
    with ctx.db.read() as conn:
        found = log.shift_log(conn, viewer, shift_id)
    if found is None:
        raise Problem(errors.NOT_FOUND)
    records = (entry["id"] for entry in found["entries"] if entry["kind"] in COMMENTED)
    if asked.target not in {shift_id, *records}:
        raise Problem(errors.INVALID, errors=[{"pointer": "/target", "code": "not-of-this-shift"}])
    return _write(ctx, viewer, "comment.add", shift_id, asked.id, asked.data())


def _write(
    ctx: Context, viewer: Viewer, op_type: str, shift_id: str, op_id: str | None, data: dict[str, Any]
) -> Written:
    return write_once(ctx.journal, Act(type=op_type, data=data, author=viewer.id, id=op_id, shift=shift_id))
