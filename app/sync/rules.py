"""Pure rules of sync: when was an op made, by the server's clock?"""

from datetime import UTC, datetime, timedelta
from math import ceil

from app.core.clock import cut
from app.journal.ops import At
from app.sync.frame import Sent

MS_MAX = 400 * 86_400_000.0


def estimate(at: At, sent: Sent, received_at: datetime) -> datetime | None:
    """The surest of three: the page's steady clock, a clock sample taken on the phone, the phone's skew at sending."""
    if at.page is not None and at.page == sent.page and at.mono is not None and sent.mono is not None:
        passed_ms = sent.mono - at.mono
        if 0 <= passed_ms <= MS_MAX:  # in whole milliseconds, as the server's clock is
            return received_at - timedelta(milliseconds=ceil(passed_ms))
    if at.clock is not None and abs(at.clock.offset_ms) < 1e14:
        return _moved(at.wall, at.clock.offset_ms)
    if sent.wall is not None:
        return _moved(at.wall, (received_at - sent.wall).total_seconds() * 1000)
    return None


def skew_ms(sent: Sent, received_at: datetime) -> float | None:
    """How far the phone's clock is ahead of the server's (negative: behind), the way's time included."""
    return None if sent.wall is None else (sent.wall - received_at).total_seconds() * 1000


def _moved(at: datetime, ms: float) -> datetime | None:
    try:
        return cut((at + timedelta(milliseconds=ms)).astimezone(UTC))
    except OverflowError:  # outside the calendar, in its own zone or in ours
        return None
