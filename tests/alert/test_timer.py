"""The server raises what did not come, tells people rung by rung, and stops when somebody answers."""

from datetime import timedelta
from typing import Any

from app.access.context import Context
from app.alert import rules
from app.alert.timer import Job, Timer
from app.journal.rebuild import rebuild
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.alert.conftest import FakeSender, Promise, TimerOf
from tests.conftest import PhoneOf
from tests.support.client import Browser, Phone
from tests.support.factories import a_shift_end
from tests.support.tables import projected
from tests.support.world import Cast, FakeClock


def alerts(browser: Browser, **asked: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = browser.get("/alerts", params=asked).json()["items"]
    return found


def the_alert(browser: Browser, **asked: str) -> dict[str, Any]:
    (found,) = alerts(browser, **asked)
    return found


def raised(phone: Phone, shift_id: str | None, kind: str = "help") -> str:
    op = phone.seal("alert.raise", {"kind": kind}, shift=shift_id)
    assert [r["status"] for r in phone.send(op)] == ["applied"]
    return str(op["id"])


def test_overdue_is_raised_though_the_phone_is_dead(
    timer: Timer, promise: Promise, clock: FakeClock, bo: Browser, cast: Cast, shift_id: str
) -> None:
    checkin = promise(40)
    clock.advance(minutes=44)
    timer.tick()
    assert alerts(bo) == []
    clock.advance(minutes=2)
    timer.tick()
    found = the_alert(bo)
    assert (found["kind"], found["host_id"], found["shift_id"]) == ("overdue", cast.alva.id, shift_id)
    assert (found["checkin_id"], found["author_id"], found["status"]) == (checkin, None, "open")


def test_a_wrong_clock_on_the_phone_makes_nobody_overdue(
    timer: Timer, alva: Phone, promise: Promise, clock: FakeClock, bo: Browser
) -> None:
    alva.wall -= timedelta(hours=2)
    promise(40)
    timer.tick()
    assert alerts(bo) == []
    clock.advance(minutes=46)
    timer.tick()
    # By her clock 18:40, and a second passes between promise and seal.
    assert the_alert(bo)["due_at"] == "2026-11-20T20:39:59.000Z"


def test_the_ladder_goes_on_until_somebody_acknowledges_by_name(
    timer: Timer, promise: Promise, clock: FakeClock, bo: Browser, cast: Cast, sender: FakeSender
) -> None:
    promise(40)
    clock.advance(minutes=46)
    for _ in range(16):
        timer.tick()
        clock.advance(minutes=1)
    assert sender.whom == [(cast.alva.id,), (cast.cim.id,), (cast.bo.id,)]
    assert [n.kind for _, n in sender.told] == ["reminder", "overdue", "overdue"]
    assert bo.post(f"/alerts/{the_alert(bo)['id']}/acknowledge").status_code == 200
    clock.advance(hours=3)
    timer.tick()
    assert len(sender.told) == 3
    assert [entry["author_id"] for entry in the_alert(bo)["acknowledged"]] == [cast.bo.id]


def test_without_an_answer_all_are_told_again(
    timer: Timer, promise: Promise, clock: FakeClock, cast: Cast, sender: FakeSender
) -> None:
    promise(40)
    clock.advance(minutes=46)
    timer.tick()
    clock.advance(minutes=25)
    timer.tick()
    clock.advance(minutes=10)
    timer.tick()
    assert sender.whom[-1] == (cast.alva.id, cast.cim.id, cast.bo.id, cast.ada.id)
    assert len(sender.told) == 5


def test_a_late_check_in_clears(timer: Timer, promise: Promise, clock: FakeClock, bo: Browser,
                                sender: FakeSender) -> None:  # fmt: skip
    promise(40)
    clock.advance(minutes=46)
    timer.tick()
    late = promise()
    timer.tick()
    assert alerts(bo) == []
    cleared = the_alert(bo, status="cleared")["cleared"]
    assert (cleared["cause"], cleared["record"], cleared["author_id"]) == ("checkin", late, None)
    clock.advance(hours=2)
    timer.tick()
    assert len(sender.told) == 1


def test_a_late_promise_that_is_overdue_too_is_raised_anew(
    timer: Timer, promise: Promise, clock: FakeClock, bo: Browser
) -> None:
    promise(40)
    clock.advance(minutes=46)
    timer.tick()
    second = promise(0)
    clock.advance(minutes=6)
    timer.tick()
    assert the_alert(bo)["checkin_id"] == second


def test_what_was_cleared_by_hand_is_not_raised_again(
    timer: Timer, promise: Promise, clock: FakeClock, bo: Browser
) -> None:
    promise(40)
    clock.advance(minutes=46)
    timer.tick()
    assert bo.post(f"/alerts/{the_alert(bo)['id']}/clear", json={"note": "Ringde: allt väl"}).status_code == 200
    clock.advance(minutes=30)
    timer.tick()
    assert alerts(bo) == []


def test_who_ended_the_shift_promises_no_more_and_the_partners_end_silences_nobody(
    timer: Timer, promise: Promise, clock: FakeClock, bo: Browser, alva: Phone, phone_of: PhoneOf, cast: Cast,
    shift_id: str,
) -> None:  # fmt: skip
    promise(40)
    clock.advance(minutes=46)
    timer.tick()
    cim = phone_of(cast.cim)
    cim.send(cim.seal("shift.end", a_shift_end(1), shift=shift_id))
    timer.tick()
    assert the_alert(bo)["status"] == "open"
    alva.send(alva.seal("shift.end", a_shift_end(3), shift=shift_id))
    timer.tick()
    assert the_alert(bo, status="cleared")["cleared"]["cause"] == "ended"


def test_help_is_told_at_once_to_the_partner_and_supervisors_and_then_further(
    timer: Timer, alva: Phone, shift_id: str, clock: FakeClock, cast: Cast, sender: FakeSender
) -> None:
    raised(alva, shift_id)
    timer.tick()
    clock.advance(minutes=3)
    timer.tick()
    assert sender.whom == [(cast.cim.id, cast.bo.id), (cast.ada.id,)]
    notice = sender.told[0][1]
    assert (notice.kind, notice.urgent, notice.title) == ("help", True, "Larm: hjälp")
    assert notice.body == "Alva larmade 21:00. Öppna Lykta och kvittera."


def test_a_notice_tells_neither_note_nor_position(timer: Timer, alva: Phone, shift_id: str, sender: FakeSender) -> None:
    op = alva.seal("alert.raise", {"kind": "threat", "note": "Kniv vid Grillen"}, shift=shift_id,
                   position={"lat": 56.1612, "lon": 14.8654})  # fmt: skip
    alva.send(op)
    timer.tick()
    said = str(sender.told)
    assert "Kniv" not in said
    assert "56.1" not in said
    assert "Ek" not in said


def test_a_test_alarm_is_told_once_and_not_as_urgent(
    timer: Timer, alva: Phone, clock: FakeClock, cast: Cast, sender: FakeSender
) -> None:
    raised(alva, None, "test")
    for _ in range(5):
        timer.tick()
        clock.advance(minutes=10)
    assert sender.whom == [(cast.bo.id,)]
    assert not sender.told[0][1].urgent


def test_a_supervisor_reads_who_was_told_when_and_whom_nothing_reached(
    timer: Timer, alva: Phone, shift_id: str, bo: Browser, cast: Cast, sender: FakeSender
) -> None:
    sender.deaf.add(cast.cim.id)
    alert_id = raised(alva, shift_id)
    timer.tick()
    (step,) = bo.get(f"/alerts/{alert_id}").json()["steps"]
    assert (step["number"], step["rung"], step["to"]) == (0, "partner+supervisors", [cast.cim.id, cast.bo.id])
    assert [(t["person"], t["ok"], t["why"]) for t in step["told"]] == [
        (cast.cim.id, False, "gone"), (cast.bo.id, True, None)
    ]  # fmt: skip


def test_two_processes_tell_once(
    timer: Timer, another_timer: TimerOf, promise: Promise, clock: FakeClock, sender: FakeSender, bo: Browser
) -> None:
    promise(40)
    clock.advance(minutes=46)
    for each in (timer, another_timer()):
        each.tick()
    assert len(sender.told) == 1
    assert len(the_alert(bo)["steps"]) == 1


def test_two_processes_that_look_at_the_same_moment_tell_once(
    another_timer: TimerOf, alva: Phone, shift_id: str, sender: FakeSender
) -> None:
    """The second looks while the first is telling: before its outcome is known."""
    second = another_timer()

    def _later(job: Job) -> None:
        second.tick()
        job()

    raised(alva, shift_id)
    another_timer(_later).tick()
    assert len(sender.told) == 1


def test_a_process_that_died_while_telling_is_followed_by_another(
    timer: Timer, another_timer: TimerOf, alva: Phone, shift_id: str, clock: FakeClock, sender: FakeSender
) -> None:
    raised(alva, shift_id)
    another_timer(lambda _job: None).tick()
    timer.tick()
    assert sender.told == []
    clock.advance(seconds=rules.LOST_AFTER.total_seconds())
    timer.tick()
    assert len(sender.told) == 2  # the first rung again, and the second, which is due by now


def test_an_answer_between_looking_and_telling_stops_the_telling(
    ctx: Context, another_timer: TimerOf, alva: Phone, shift_id: str, clock: FakeClock, bo: Browser,
    sender: FakeSender,
) -> None:  # fmt: skip
    """Both rungs are due; Bo answers while the first is told."""
    alert_id = raised(alva, shift_id)
    clock.advance(minutes=5)

    def _later(job: Job) -> None:
        job()
        assert bo.post(f"/alerts/{alert_id}/acknowledge").status_code == 200

    another_timer(_later).tick()
    assert len(sender.told) == 1
    assert ctx.journal.clock() == clock.at


def test_a_restart_goes_on_where_it_was_and_a_rebuild_gives_the_same_rows(
    ctx: Context, timer: Timer, another_timer: TimerOf, promise: Promise, clock: FakeClock, sender: FakeSender,
    alva: Phone, bo: Browser, shift_id: str,
) -> None:  # fmt: skip
    promise(40)
    help_id = raised(alva, shift_id)
    clock.advance(minutes=46)
    timer.tick()
    bo.post(f"/alerts/{help_id}/acknowledge")
    alva.send(alva.seal("alert.clear", {"target": help_id, "note": "Lugnt"}, shift=shift_id))
    with ctx.db.read() as conn:
        before = projected(conn)
    assert len(before["alert"]) == 2
    assert before["alert_step"]
    rebuild(ctx.db, REGISTRY, PROJECTIONS)
    with ctx.db.read() as conn:
        assert projected(conn) == before
    told = len(sender.told)
    another_timer().tick()
    assert len(sender.told) == told
