"""Pure rules of sync: when was an op made, by the server's clock, and how far off may that be?

Two clocks of the phone say it, both through what its wall clock showed at the act: a sample, compared with the
server's before the act, and the skew as it sent, after it. A steady clock that lived from the act to the sending says
how long that was at least: it runs on when the wall clock is set, but stands still while the phone sleeps.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil, floor

from app.journal.ops import At, DeviceClock, Estimate
from app.sync.frame import Sent

MS_MAX = 400 * 86_400_000.0
OFFSET_MS_MAX = 1e14
#: An app gives up a request after this; before that its bytes may lie anywhere.
WAY_MS = 45_000.0
#: So much a phone corrects its clock by itself, unseen.
CORRECTION_MS = 2_000.0
#: A quartz that is off by more is broken.
DRIFT = 200e-6
AGE_MS_UNSAID = 14 * 86_400_000.0

#: (earliest, latest), in milliseconds from when the op was received.
Span = tuple[float, float]


def estimator(sent: Sent, received_at: datetime) -> Callable[[At], Estimate | None]:
    """For the ops of one push: the surest of three clocks, and how far off it is at most, if the phone's clock was set

    no more than once between the sample and the sending. Where one clock speaks alone and nothing confirms it, no
    bound is told.
    """
    page, mono_ms = sent.page, sent.mono
    sent_ms = None if sent.wall is None else _ms(sent.wall, received_at)

    def estimate(at: At) -> Estimate | None:
        steady_ms = None
        if page is not None and page == at.page and mono_ms is not None and at.mono is not None:
            lived_ms = mono_ms - at.mono  # at least: it stands still in sleep
            steady_ms = lived_ms if 0 <= lived_ms <= MS_MAX else None
        wall_ms = _ms(at.wall, received_at)
        told_ms = None if sent_ms is None else sent_ms - wall_ms
        found = _reckon(at.clock, wall_ms, told_ms, steady_ms)
        if found is None:
            return None
        try:
            return received_at + timedelta(milliseconds=floor(found[0])), found[1]
        except OverflowError:  # outside the calendar
            return None

    return estimate


def _reckon(
    clock: DeviceClock | None, wall_ms: float, told_ms: float | None, steady_ms: float | None
) -> tuple[float, int | None] | None:
    """(when it likely was, in milliseconds from when it was received; how far off that is at most)"""
    if clock is not None and not -OFFSET_MS_MAX < clock.offset_ms < OFFSET_MS_MAX:
        clock = None
    latest = 0.0 if steady_ms is None else -steady_ms * (1 - DRIFT)
    sample = None if clock is None else _by_sample(clock, wall_ms, latest)
    skew, is_steady = None, False
    if told_ms is not None:
        unsure_ms = CORRECTION_MS + DRIFT * abs(told_ms)
        is_steady = steady_ms is not None and -unsure_ms <= told_ms - steady_ms <= unsure_ms
        earliest = -told_ms - WAY_MS - unsure_ms
        skew = None if earliest > latest else (earliest, unsure_ms - told_ms)
    # Without a sample the phone's clock was set since it was compared, or never was: awake is likelier than asleep.
    if steady_ms is not None and (is_steady or sample is None):
        likely = -steady_ms
    elif clock is not None and sample is not None:
        likely = wall_ms + clock.offset_ms
    elif told_ms is not None:
        likely = -told_ms
    else:
        return None
    likely = likely if likely < latest else latest
    # Where two were told and one is refuted, the clock was set on that one's side of the act: the other holds.
    is_confirmed = is_steady or (clock is not None and told_ms is not None)
    span = _agreed(sample, skew, is_steady=is_steady) if is_confirmed else None
    return likely, None if span is None else _farthest_ms(likely, span, latest)


def _by_sample(clock: DeviceClock, wall_ms: float, latest: float) -> Span | None:
    """None where it tells of a time at which the op was here already."""
    rtt_ms, age_ms = clock.rtt_ms, clock.age_ms
    age_ms = age_ms if age_ms is not None and 0 <= age_ms <= MS_MAX else AGE_MS_UNSAID
    way_ms = rtt_ms / 2 if rtt_ms is not None and 0 <= rtt_ms <= MS_MAX else WAY_MS
    unsure_ms, likely = way_ms + CORRECTION_MS + DRIFT * age_ms, wall_ms + clock.offset_ms
    return None if likely - unsure_ms > latest else (likely - unsure_ms, likely + unsure_ms)


def _agreed(sample: Span | None, skew: Span | None, *, is_steady: bool) -> Span | None:
    if sample is None or skew is None:
        return sample or skew
    (low, high), (skew_low, skew_high) = sample, skew
    if low <= skew_high and skew_low <= high:
        return low if low > skew_low else skew_low, high if high < skew_high else skew_high
    return skew if is_steady else (min(low, skew_low), max(high, skew_high))


def _farthest_ms(likely: float, span: Span, latest: float) -> int:
    before, after = likely - span[0], (span[1] if span[1] < latest else latest) - likely
    return ceil(before if before > after else after) + 1


def skew_ms(sent: Sent, received_at: datetime) -> float | None:
    """How far the phone's clock is ahead of the server's (negative: behind), the way's time included."""
    return None if sent.wall is None else _ms(sent.wall, received_at)


def _ms(later: datetime, earlier: datetime) -> float:
    """Exact for whole milliseconds, which `total_seconds` is not."""
    passed = later - earlier
    return (passed.days * 86_400 + passed.seconds) * 1000.0 + passed.microseconds / 1000
