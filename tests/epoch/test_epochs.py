"""That the database went back in time: told at the desk until somebody says by name that they look after it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from app.access.context import Context
from app.access.permission import Viewer
from app.epoch.acknowledging import acknowledge
from app.epoch.telling import tell
from app.journal.rebuild import rebuild
from app.notify.notice import Notice
from app.notify.send import Sent, Spoken
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.support import on_sqlite
from tests.support.canary import assert_problem
from tests.support.client import Browser, Phone, new_id
from tests.support.factories import a_checkin
from tests.support.world import EVENING, Cast, FakeClock

NEVER = "sha256:" + "7" * 64


def steps_back(phone: Phone, ahead: int = 40) -> str:
    """A phone proves that the database had been so much further on; the epoch that this began."""
    was = phone.push([]).json()
    told = phone.push([], seen={"seq": was["head"]["seq"] + ahead, "chain": NEVER}, epoch=was["epoch"])
    return str(assert_problem(told, 409, "epoch")["epoch"])


def asked(desk: Browser) -> Any:
    answer = desk.get("/epochs")
    assert answer.status_code == 200, answer.text
    return answer.json()


@dataclass
class FakeSender:
    reached: bool = True
    why: str = "failed"
    told: list[tuple[tuple[str, ...], Notice]] = field(default_factory=list)

    def __call__(self, _ctx: Context, person_ids: Sequence[str], notice: Spoken) -> list[Sent]:
        self.told.append((tuple(sorted(person_ids)), notice["sv"]))
        return [Sent(who, "push", self.reached, None if self.reached else self.why) for who in person_ids]


@pytest.fixture
def sender() -> FakeSender:
    return FakeSender()


@on_sqlite
def test_where_nothing_happened_nothing_is_said(bo: Browser, ctx: Context, sender: FakeSender) -> None:
    assert asked(bo) == {"stepped_back": None, "acknowledged": []}
    tell(ctx, sender)
    assert sender.told == []


def test_the_desk_is_told_when_it_was_noticed_how_far_and_what_has_come_back(
    bo: Browser, alva: Phone, clock: FakeClock
) -> None:
    here = alva.push([]).json()["head"]["seq"]
    op = alva.seal("checkin.create", a_checkin())
    alva.wait(seconds=30)
    epoch = steps_back(alva)
    told = asked(bo)["stepped_back"]
    assert told == {
        "epoch": epoch, "noticed_at": "2026-11-20T20:00:00.000Z", "again_at": "2026-11-20T20:00:00.000Z", "times": 1,
        "seen_seq": here + 40, "here_seq": here, "phones": 1, "phones_heard": 1, "came_back": 0,
    }  # fmt: skip
    clock.advance(minutes=5)
    alva.wait(minutes=5)
    alva.send(op, epoch=epoch)
    alva.send(alva.seal("checkin.create", a_checkin()), epoch=epoch)
    assert asked(bo)["stepped_back"]["came_back"] == 1


def test_it_is_told_until_somebody_acknowledges_it_by_name(
    bo: Browser, alva: Phone, ctx: Context, cast: Cast, clock: FakeClock
) -> None:
    epoch = steps_back(alva)
    for _ in range(2):
        assert bo.post(f"/epochs/{epoch}/acknowledge").status_code == 204
    at = "2026-11-20T20:00:00.000Z"
    told = {"stepped_back": None, "acknowledged": [{"at": at, "name": cast.bo.name, "noticed_at": at}]}
    assert asked(bo) == told
    with ctx.db.read() as conn:
        ops = conn.exec_driver_sql("SELECT author FROM journal_op WHERE type = 'epoch.acknowledge'").scalars().all()
    assert ops == [cast.bo.id]
    rebuild(ctx.db, REGISTRY, PROJECTIONS)
    assert asked(bo) == told
    clock.advance(days=8)
    bo.sign_in(cast.bo)
    assert asked(bo) == {"stepped_back": None, "acknowledged": []}


@on_sqlite
def test_of_two_who_acknowledge_it_at_once_the_first_counts(bo: Browser, alva: Phone, ctx: Context, cast: Cast) -> None:
    epoch = steps_back(alva)
    for person in (cast.ada, cast.bo):
        acknowledge(ctx.journal, Viewer(person.id, person.name, person.role), epoch)
    assert [one["name"] for one in asked(bo)["acknowledged"]] == [cast.ada.name]


@on_sqlite
def test_what_is_no_step_back_cannot_be_acknowledged(bo: Browser, alva: Phone) -> None:
    first = alva.push([]).json()["epoch"]
    for epoch in (first, new_id()):
        assert_problem(bo.post(f"/epochs/{epoch}/acknowledge"), 404, "not-found")


@on_sqlite
def test_all_times_since_the_last_acknowledgement_are_one(bo: Browser, alva: Phone, clock: FakeClock) -> None:
    bo.post(f"/epochs/{steps_back(alva)}/acknowledge")
    for _ in range(3):
        clock.advance(minutes=1)
        newest = steps_back(alva)
    told = asked(bo)["stepped_back"]
    assert (told["times"], told["epoch"]) == (3, newest)
    assert (told["noticed_at"], told["again_at"]) == ("2026-11-20T20:01:00.000Z", "2026-11-20T20:03:00.000Z")
    bo.post(f"/epochs/{newest}/acknowledge")
    assert asked(bo)["stepped_back"] is None


def test_those_who_look_after_the_server_are_told_once(
    ctx: Context, alva: Phone, sender: FakeSender, cast: Cast
) -> None:
    epoch = steps_back(alva)
    for _ in range(3):
        tell(ctx, sender)
    ((people, notice),) = sender.told
    assert people == (cast.bo.id, cast.ada.id)
    assert (notice.alert_id, notice.url, notice.urgent) == (epoch, "#/ikvall", False)
    assert "tillbaka i tiden" in notice.title


@on_sqlite
def test_a_copy_that_goes_on_beside_the_true_one_is_told_of_once_a_day(
    ctx: Context, bo: Browser, alva: Phone, sender: FakeSender, clock: FakeClock, cast: Cast
) -> None:
    for _ in range(30):
        newest = steps_back(alva)
        tell(ctx, sender)
        clock.advance(hours=1)
    assert len(sender.told) == 2
    bo.sign_in(cast.bo)
    bo.post(f"/epochs/{newest}/acknowledge")
    tell(ctx, sender)
    assert len(sender.told) == 2
    steps_back(alva)
    tell(ctx, sender)
    assert len(sender.told) == 3, "Once acknowledged, the next is another."


@on_sqlite
def test_whom_nobody_could_reach_is_told_again_later(
    ctx: Context, alva: Phone, sender: FakeSender, clock: FakeClock
) -> None:
    steps_back(alva)
    sender.reached = False
    for _ in range(3):
        tell(ctx, sender)
    assert len(sender.told) == 1
    clock.advance(minutes=11)
    sender.reached = True
    for _ in range(3):
        tell(ctx, sender)
    assert len(sender.told) == 2


@on_sqlite
def test_nobody_is_told_of_what_was_noticed_days_ago(
    ctx: Context, alva: Phone, sender: FakeSender, clock: FakeClock
) -> None:
    steps_back(alva)
    sender.reached = False
    tell(ctx, sender)
    clock.advance(days=3)
    tell(ctx, sender)
    assert len(sender.told) == 1


@on_sqlite
def test_where_nobody_has_a_channel_nobody_is_tried_again(
    ctx: Context, alva: Phone, sender: FakeSender, clock: FakeClock
) -> None:
    steps_back(alva)
    sender.reached, sender.why = False, "no-channel"
    tell(ctx, sender)
    clock.at = EVENING
    clock.advance(hours=1)
    tell(ctx, sender)
    assert len(sender.told) == 1


@on_sqlite
def test_another_process_that_is_telling_of_it_is_not_helped(
    ctx: Context, alva: Phone, sender: FakeSender, clock: FakeClock
) -> None:
    """It is noticed anew meanwhile."""
    steps_back(alva)

    def _slow(ctx: Context, person_ids: Sequence[str], notice: Spoken) -> list[Sent]:
        clock.advance(minutes=1)
        steps_back(alva)
        tell(ctx, sender)
        return sender(ctx, person_ids, notice)

    tell(ctx, _slow)
    tell(ctx, sender)
    assert len(sender.told) == 1
