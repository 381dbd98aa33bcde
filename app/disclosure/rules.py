"""What of a text is masked. Pure; offsets count code points."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.guard.rules import find
from app.shift.rules import STOCKHOLM

Span = Sequence[int]
WORDS = ("text", "place_text", "reason")


def found_in(said: str) -> list[list[int]]:
    """What is proposed to be masked."""
    return [[one.start, one.end] for one in find(said)]


def pieces(said: str, masked: Iterable[Span]) -> list[str | None]:
    """The text with None for each masked piece. Whatever the spans' order, and where they overlap or touch."""
    left: list[str | None] = []
    at = 0
    for start, end in sorted((max(start, 0), min(end, len(said))) for start, end in masked):
        if end <= max(start, at):
            continue
        if start > at:
            left.append(said[at:start])
        if not left or left[-1] is not None:
            left.append(None)
        at = end
    return [*left, said[at:]] if at < len(said) else left


def versions_of(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Of an observation as its reader is told it: every wording, the original first, the one in force last."""
    told = [
        {"id": one["id"], "stated_at": one["stated_at"], "reason": one["reason"], **one["observation"]}
        for one in value["revisions"]
    ]
    return told or [{**value, "reason": None}]


def words_of(version: Mapping[str, Any]) -> dict[str, str]:
    """Those that there are, and that its reader may see."""
    if version.get("hidden"):
        return {}
    return {name: version[name] for name in WORDS if version.get(name)}


def year_of(at: datetime) -> int:
    return at.astimezone(STOCKHOLM).year
