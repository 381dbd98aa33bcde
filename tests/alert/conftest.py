"""A timer that the test moves, and a sender that keeps what it was asked to tell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from app.access.context import Context
from app.alert.timer import Job, Timer, at_once
from app.core.clock import stamp
from app.notify.send import Notice, Sent, Spoken
from tests.support.client import Phone
from tests.support.factories import a_checkin


@dataclass
class FakeSender:
    """Everybody has a push channel, but those in `deaf`."""

    told: list[tuple[tuple[str, ...], Notice]] = field(default_factory=list)
    via: list[tuple[str, ...]] = field(default_factory=list)
    deaf: set[str] = field(default_factory=set)

    def __call__(self, _ctx: Context, person_ids: Sequence[str], notice: Spoken, via: Sequence[str]) -> list[Sent]:
        self.via.append(tuple(via))
        self.told.append((tuple(person_ids), notice["sv"]))
        return [Sent(who, "push", who not in self.deaf, "gone" if who in self.deaf else None) for who in person_ids]

    @property
    def whom(self) -> list[tuple[str, ...]]:
        return [who for who, _ in self.told]


@pytest.fixture
def sender() -> FakeSender:
    return FakeSender()


@pytest.fixture
def timer(ctx: Context, sender: FakeSender) -> Timer:
    return Timer(ctx, sender)


TimerOf = Callable[..., Timer]


@pytest.fixture
def another_timer(ctx: Context, sender: FakeSender) -> TimerOf:
    """As another process has one."""

    def _timer(later: Callable[[Job], None] = at_once) -> Timer:
        return Timer(ctx, sender, later)

    return _timer


Promise = Callable[..., str]


@pytest.fixture
def promise(alva: Phone, shift_id: str) -> Promise:
    """`promise(40)`: Alva checks in and promises the next in so many minutes of her phone's clock; its id."""

    def _promise(minutes: float | None = None) -> str:
        due = None if minutes is None else stamp(alva.wall + timedelta(minutes=minutes))
        op = alva.seal("checkin.create", a_checkin(next_due=due), shift=shift_id)
        assert [r["status"] for r in alva.send(op)] == ["applied"]
        return str(op["id"])

    return _promise
