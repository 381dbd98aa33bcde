"""The true moment of an act lies where the server says that it does, whatever the phone's clocks went through."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from app.journal.ops import At, DeviceClock, Estimate
from app.sync import rules
from app.sync.frame import Sent

BEGAN = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
SECOND_MS, MINUTE_MS, HOUR_MS = 1_000, 60_000, 3_600_000


@dataclass(frozen=True)
class Stretch:
    """A part of a phone's evening: so long it was awake and asleep, and then its clock was set by so much."""

    awake_ms: float
    asleep_ms: float
    set_ms: float

    @property
    def whole_ms(self) -> float:
        return self.awake_ms + self.asleep_ms


@dataclass(frozen=True)
class Evening:
    """A sample of the server's clock (if any), then an act, then the sending: two stretches lie between the three."""

    before: Stretch
    after: Stretch
    rtt_ms: float = 600
    #: What share of that was the way back.
    back: float = 0.5
    way_ms: float = 300
    wrong_ms: float = 0
    drift: float = 0
    has_sample: bool = True
    same_page_before: bool = True
    same_page_after: bool = True

    def estimate(self) -> tuple[Estimate | None, datetime]:
        """(the server's estimate, when it truly was)."""
        rate = 1 + self.drift
        wall_0 = self.wrong_ms
        wall_1 = wall_0 + self.before.whole_ms * rate + self.before.set_ms
        wall_2 = wall_1 + self.after.whole_ms * rate + self.after.set_ms
        mono_1, mono_2 = 5_000.0, 5_000 + self.after.awake_ms * rate
        by_wall, by_mono = wall_1 - wall_0, self.before.awake_ms * rate if self.same_page_before else 0.0
        # The phone takes the middle of the round trip for the moment at which the server looked at its clock.
        offset_ms = -self.back * self.rtt_ms - (wall_0 - self.rtt_ms / 2)
        sample = DeviceClock(offset_ms=offset_ms, rtt_ms=self.rtt_ms, age_ms=max(0.0, by_wall, by_mono))
        at = At.model_construct(wall=_wall(wall_1), mono=mono_1, page="p", clock=sample if self.has_sample else None)
        sent = Sent(_wall(wall_2), mono_2, "p" if self.same_page_after else "q")
        true_ms = self.before.whole_ms
        received_at = _wall(true_ms + self.after.whole_ms + self.way_ms)
        return rules.estimator(sent, received_at)(at), _wall(true_ms)


def _wall(ms: float) -> datetime:
    return BEGAN + timedelta(milliseconds=ms)


def off_ms(found: Estimate, true_at: datetime) -> float:
    return abs((found[0] - true_at) / timedelta(milliseconds=1))


spans_ms = st.one_of(st.just(0.0), st.floats(0, 10 * MINUTE_MS), st.floats(0, 36 * HOUR_MS))
corrections_ms = st.floats(-1_900, 1_900)
settings_ms = st.one_of(
    st.floats(10 * MINUTE_MS, 24 * HOUR_MS), st.floats(-24 * HOUR_MS, -10 * MINUTE_MS), st.just(-3_650 * 24.0 * HOUR_MS)
)


@st.composite
def evenings(draw: st.DrawFn) -> Evening:
    """The clock is set by somebody once at most; by itself it corrects little. Sleep is as long as it likes."""
    where = draw(st.sampled_from(["nowhere", "before", "after"]))
    moved = {place: draw(settings_ms if place == where else corrections_ms) for place in ("before", "after")}
    made = Evening(
        before=Stretch(draw(spans_ms), draw(spans_ms), moved["before"]),
        after=Stretch(draw(spans_ms), draw(spans_ms), moved["after"]),
        rtt_ms=draw(st.floats(0, 40 * SECOND_MS)), back=draw(st.floats(0, 1)),
        way_ms=draw(st.floats(0, 45 * SECOND_MS)), wrong_ms=draw(st.one_of(st.just(0.0), settings_ms)),
        drift=draw(st.floats(-1e-4, 1e-4)), has_sample=draw(st.booleans()),
        same_page_before=draw(st.booleans()), same_page_after=draw(st.booleans()),
    )  # fmt: skip
    # A sleep and a clock set back by the same, in one stretch, look like neither.
    slept_and_set = made.after.asleep_ms + made.after.set_ms
    assume(where != "after" or not made.same_page_after or abs(slept_and_set) > 3 * MINUTE_MS)
    return made


@settings(max_examples=400, deadline=None)
@given(evenings())
def test_the_true_moment_lies_within_the_interval(evening: Evening) -> None:
    found, true_at = evening.estimate()
    assert found is not None
    event("bounded" if found[1] is not None else "no bound")
    if found[1] is not None:
        assert off_ms(found, true_at) <= found[1]


STEADY = Stretch(10 * MINUTE_MS, 0, 0)
SLEPT = Stretch(MINUTE_MS, 6 * HOUR_MS, 0)


@pytest.mark.parametrize(("evening", "within_ms"), [
    (Evening(STEADY, STEADY), 4 * SECOND_MS),
    (Evening(STEADY, SLEPT), 10 * SECOND_MS),  # the steady clock stood still: the wall clocks agree
    (Evening(SLEPT, STEADY, wrong_ms=-3 * HOUR_MS), 10 * SECOND_MS),
    (Evening(STEADY, STEADY, has_sample=False), 50 * SECOND_MS),  # the way to the server is all that is unknown
    (Evening(STEADY, Stretch(10 * MINUTE_MS, 0, 3 * HOUR_MS)), 4 * HOUR_MS),  # set after the act, or before it: unknown
    (Evening(STEADY, Stretch(10 * MINUTE_MS, 0, -3 * HOUR_MS)), 4 * SECOND_MS),  # set back: seen by the steady clock
    (Evening(Stretch(10 * MINUTE_MS, 0, 3 * HOUR_MS), STEADY), 50 * SECOND_MS),
    (Evening(Stretch(10 * MINUTE_MS, 0, -3 * HOUR_MS), STEADY), 50 * SECOND_MS),
])  # fmt: skip
def test_the_interval_is_as_narrow_as_what_is_known(evening: Evening, within_ms: int) -> None:
    found, true_at = evening.estimate()
    assert found is not None
    assert found[1] is not None
    assert off_ms(found, true_at) <= found[1] <= within_ms


def test_one_clock_alone_bounds_nothing() -> None:
    found, true_at = Evening(STEADY, STEADY, same_page_after=False, has_sample=False).estimate()
    assert found is not None
    assert found[1] is None
    assert off_ms(found, true_at) <= SECOND_MS


def test_two_clocks_that_disagree_and_no_sample_bound_nothing() -> None:
    """Asleep since, or set since: nobody can tell. The phone says no sample once its clocks went apart."""
    found, _ = Evening(STEADY, SLEPT, has_sample=False).estimate()
    assert found is not None
    assert found[1] is None


def test_nothing_was_made_after_it_came() -> None:
    """A clock set back between act and sending would say so."""
    found, true_at = Evening(STEADY, Stretch(0, 0, -3 * HOUR_MS), same_page_after=False, has_sample=False).estimate()
    assert found is not None
    assert found[0] <= true_at + timedelta(seconds=1)
