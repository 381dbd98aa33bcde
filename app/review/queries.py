"""Every read of comments, reviews and shift logs."""

from typing import Any

from app.journal.record import wire_of
from app.review.models import Comment, Review

COMMENT = Comment.__table__  # type: ignore[attr-defined]
REVIEW = Review.__table__  # type: ignore[attr-defined]


def comment_wire(row: Any) -> dict[str, Any]:
    """A comment as the apps read it (kind `comment`)."""
    return wire_of(row) | {"shift_id": row.shift_id, "target": row.target, "text": row.text}


def review_wire(row: Any) -> dict[str, Any]:
    """A review as the apps read it (kind `review`)."""
    return wire_of(row) | {"shift_id": row.shift_id, "target": row.target, "verdict": row.verdict, "note": row.note}
