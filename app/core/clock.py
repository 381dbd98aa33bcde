"""Time as the server tells it: aware UTC in whole milliseconds, written as RFC 3339 with Z."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """The server's clock, cut to milliseconds so that what is hashed, stored and shown is the same instant."""
    return cut(datetime.now(UTC))


def cut(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def stamp(at: datetime) -> str:
    """RFC 3339, UTC, milliseconds: `2026-11-20T21:40:00.000Z`."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def stamp_or_none(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)
