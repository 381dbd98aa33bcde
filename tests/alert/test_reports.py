"""A threat against staff that is written down is told to those who are over the staff: once, at once, in no words."""

from typing import Any

from app.access.context import Context
from app.alert import queries, rules
from app.alert.texts import report
from app.alert.timer import Timer
from app.core.db import Database
from app.journal.rebuild import rebuild
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.alert.conftest import FakeSender, TimerOf
from tests.conftest import PhoneOf
from tests.support.client import Browser, Phone
from tests.support.factories import a_retraction, an_amendment, an_observation
from tests.support.plans import scanned
from tests.support.tables import projected
from tests.support.world import Cast, FakeClock

WORDS = "Slag mot Cim vid Grillen"


def sent(phone: Phone, op_type: str, data: dict[str, Any], shift_id: str | None) -> str:
    op = phone.seal(op_type, data, shift=shift_id, position={"lat": 56.1612, "lon": 14.8654})
    assert [r["status"] for r in phone.send(op)] == ["applied"]
    return str(op["id"])


def reported(phone: Phone, shift_id: str | None, **members: Any) -> str:
    said = {"category": "X1", "severity": 4, "text": WORDS, "place_text": "Grillen"} | members
    return sent(phone, "observation.create", an_observation(**said), shift_id)


def test_it_is_told_at_once_to_supervisors_and_admins_alone(
    timer: Timer, alva: Phone, shift_id: str, cast: Cast, sender: FakeSender
) -> None:
    reported(alva, shift_id)
    timer.tick()
    assert sender.whom == [(cast.bo.id, cast.ada.id)]
    assert sender.via == [("push", "email", "sms")]


def test_the_notice_tells_that_and_nothing_more(timer: Timer, alva: Phone, shift_id: str, sender: FakeSender) -> None:
    """It lies on a locked screen: neither whose, nor where, nor when, nor what."""
    reported(alva, shift_id)
    timer.tick()
    ((_, said),) = sender.told
    assert (said.title, said.body) == (
        "Läs utan dröjsmål",
        "Hot eller våld mot personal har rapporterats. Öppna Lykta.",
    )
    assert (said.url, said.urgent) == ("#/saknas", True)
    plain = f"{said.title} {said.body} {said.url}"
    assert not any(one in plain for one in ("Alva", "Cim", "Grillen", "Slag", "21:", shift_id, "X1"))
    assert report("x")["en"].body == "A threat or violence against staff has been reported. Open Lykta."


def test_it_is_no_alarm_and_the_shift_hears_nothing_of_it(
    timer: Timer, alva: Phone, phone_of: PhoneOf, bo: Browser, shift_id: str, cast: Cast, ctx: Context
) -> None:
    reported(alva, shift_id)
    timer.tick()
    assert bo.get("/alerts", params={"status": "all"}).json()["total"] == 0
    assert phone_of(cast.cim).pulled("alert") == {}
    with ctx.db.read() as conn:
        ops = conn.exec_driver_sql("SELECT shift FROM journal_op WHERE type IN ('alert.step', 'alert.notified')")
        assert [row[0] for row in ops] == [None, None]


def test_it_is_told_once_also_after_a_restart_and_by_two_processes(
    timer: Timer, another_timer: TimerOf, alva: Phone, shift_id: str, clock: FakeClock, ctx: Context,
    sender: FakeSender,
) -> None:  # fmt: skip
    seen = reported(alva, shift_id)
    for each in (timer, another_timer()):
        each.tick()
    sent(alva, "observation.amend", an_amendment(seen, category="X1", text="Ett slag"), shift_id)
    with ctx.db.read() as conn:
        before = projected(conn)
    rebuild(ctx.db, REGISTRY, PROJECTIONS)
    with ctx.db.read() as conn:
        assert projected(conn) == before
    for _ in range(30):
        another_timer().tick()
        clock.advance(hours=1)
    assert len(sender.told) == 1


def test_a_record_that_becomes_one_by_a_correction_is_told_however_old_it_is(
    timer: Timer, alva: Phone, shift_id: str, clock: FakeClock, sender: FakeSender
) -> None:
    seen = reported(alva, shift_id, category="O1")
    timer.tick()
    clock.advance(days=3)
    assert sender.told == []
    sent(alva, "observation.amend", an_amendment(seen, category="X1"), shift_id)
    timer.tick()
    assert len(sender.told) == 1


def test_neither_other_records_nor_what_was_taken_back_nor_what_is_older_than_a_day(
    timer: Timer, alva: Phone, shift_id: str, clock: FakeClock, sender: FakeSender
) -> None:
    reported(alva, shift_id, category="V5")
    sent(alva, "observation.retract", a_retraction(reported(alva, shift_id)), shift_id)
    timer.tick()
    reported(alva, shift_id)
    clock.advance(hours=25)
    timer.tick()
    assert sender.told == []


def test_whoever_wrote_it_is_not_told_of_it(timer: Timer, phone_of: PhoneOf, cast: Cast, sender: FakeSender) -> None:
    reported(phone_of(cast.bo), None)
    timer.tick()
    assert sender.whom == [(cast.ada.id,)]


def test_a_process_that_died_while_telling_is_followed_by_another(
    timer: Timer, another_timer: TimerOf, alva: Phone, shift_id: str, clock: FakeClock, sender: FakeSender
) -> None:
    reported(alva, shift_id)
    another_timer(lambda _job: None).tick()
    timer.tick()
    assert sender.told == []
    clock.advance(seconds=rules.LOST_AFTER.total_seconds())
    timer.tick()
    assert len(sender.told) == 1


def test_it_is_tried_a_few_times_more_where_nobody_could_be_reached(
    timer: Timer, alva: Phone, shift_id: str, clock: FakeClock, cast: Cast, ctx: Context, sender: FakeSender
) -> None:
    """And no longer once one of them is: whom nothing reached sees it on the board."""
    reported(alva, shift_id)
    for deaf, told in (({cast.ada.id, cast.bo.id}, 2), ({cast.ada.id}, 3)):
        sender.deaf = deaf
        for _ in range(told):
            timer.tick()
            clock.advance(minutes=ctx.settings.alert_repeat_min)
    assert len(sender.told) == 3


def test_and_not_for_ever(
    timer: Timer, alva: Phone, shift_id: str, clock: FakeClock, cast: Cast, ctx: Context, sender: FakeSender
) -> None:
    sender.deaf |= {cast.ada.id, cast.bo.id}
    reported(alva, shift_id)
    for _ in range(9):
        timer.tick()
        clock.advance(minutes=ctx.settings.alert_repeat_min)
    assert len(sender.told) == 1 + rules.REPORT_REPEATS_MAX


def test_the_server_finds_them_by_their_index(alva: Phone, shift_id: str, clock: FakeClock, db: Database) -> None:
    """It looks every few seconds."""
    reported(alva, shift_id)
    assert scanned(db, lambda conn: queries.reports(conn, clock())) == set()


def test_the_person_reads_that_they_were_told(timer: Timer, alva: Phone, shift_id: str, bo: Browser) -> None:
    seen = reported(alva, shift_id)
    timer.tick()
    assert seen in bo.get("/me/data").text
