"""The ladder that administrators put: by it the server tells people, and an alarm goes on by the one it began with."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from app.access import accounts, contact
from app.access.context import Context
from app.access.permission import Role, Viewer
from app.alert import ladder_desk, queries
from app.alert.ladder_desk import LadderSaid
from app.alert.timer import Timer
from app.core.db import Database
from app.core.errors import Problem
from app.journal.rebuild import rebuild
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.alert.conftest import FakeSender, Promise
from tests.conftest import SignIn
from tests.support.canary import assert_problem
from tests.support.client import Browser, Phone
from tests.support.plans import scanned
from tests.support.sql import statements
from tests.support.tables import projected
from tests.support.world import Cast, FakeClock

ALL = ["push", "email", "sms"]


@pytest.fixture
def ada(sign_in: SignIn, cast: Cast) -> Browser:
    return sign_in(cast.ada)


def step(after_min: int, *whom: str, via: list[str] = ALL) -> dict[str, Any]:
    return {"after_min": after_min, "whom": list(whom), "via": via}


def seen(browser: Browser, kind: str = "overdue") -> dict[str, Any]:
    (found,) = [one for one in browser.get("/ladders").json()["ladders"] if one["kind"] == kind]
    return dict(found)


def put(browser: Browser, *steps: dict[str, Any], kind: str = "overdue", **more: Any) -> Any:
    """On top of what is seen."""
    there = seen(browser, kind)
    said = {"based_on": there["version"], "grace_min": there["grace_min"], "repeat_min": 10, "steps": list(steps)}
    return browser.request("PUT", f"/ladders/{kind}", json=said | more)


def kept(browser: Browser, *steps: dict[str, Any], **more: Any) -> None:
    answer = put(browser, *steps, **more)
    assert answer.status_code == 204, answer.text


def help_raised(phone: Phone, shift_id: str) -> str:
    op = phone.seal("alert.raise", {"kind": "help"}, shift=shift_id)
    assert [r["status"] for r in phone.send(op)] == ["applied"]
    return str(op["id"])


def rounds(timer: Timer, clock: FakeClock, minutes: int) -> None:
    for _ in range(minutes):
        timer.tick()
        clock.advance(minutes=1)


def test_until_somebody_puts_one_the_settings_are_told(ada: Browser) -> None:
    told = ada.get("/ladders").json()
    overdue, help_ = told["ladders"]
    assert (overdue["own"], overdue["version"], overdue["grace_min"], overdue["repeat_min"]) == (False, None, 5, 10)
    assert [(one["after_min"], one["whom"]) for one in overdue["steps"]] == [
        (0, ["host"]), (5, ["partner"]), (10, ["supervisors"]), (20, ["admins"])
    ]  # fmt: skip
    assert (help_["kind"], help_["grace_min"], help_["steps"][0]) == ("help", None, step(0, "partner", "supervisors"))
    assert told["repeats_max"] == 6


def test_the_timer_tells_by_the_ladder_that_was_put_and_by_its_ways(
    ada: Browser, timer: Timer, promise: Promise, clock: FakeClock, cast: Cast, sender: FakeSender
) -> None:
    kept(ada, step(0, "host", via=["push"]), step(2, "supervisors", cast.ada.id, via=["sms"]), grace_min=1)
    promise(40)
    clock.advance(minutes=42)
    rounds(timer, clock, 5)
    assert sender.whom == [(cast.alva.id,), (cast.bo.id, cast.ada.id)]
    assert sender.via == [("push",), ("sms",)]


def test_calls_for_help_have_a_ladder_of_their_own(
    ada: Browser, alva: Phone, shift_id: str, timer: Timer, clock: FakeClock, cast: Cast, sender: FakeSender
) -> None:
    kept(ada, step(0, "supervisors"), step(1, "partner"), kind="help")
    help_raised(alva, shift_id)
    rounds(timer, clock, 3)
    assert sender.whom == [(cast.bo.id,), (cast.cim.id,)]
    assert seen(ada)["own"] is False


@pytest.mark.parametrize("changed", [
    [step(0, "supervisors"), step(1, "host"), step(2, "partner"), step(3, "admins")],  # turned round
    [step(0, "host"), step(2, "supervisors")],  # shorter
    [step(0, "supervisors", "admins", "host", "partner")],
    [step(minute, "supervisors") for minute in range(10)],  # longer
])  # fmt: skip
def test_a_change_while_somebody_is_overdue_neither_skips_nor_repeats_a_step(
    ada: Browser, timer: Timer, promise: Promise, clock: FakeClock, cast: Cast, sender: FakeSender,
    changed: list[dict[str, Any]],
) -> None:  # fmt: skip
    """The alarm goes on by the ladder that it began with, also where the settings held then; the next by the new."""
    promise(40)
    clock.advance(minutes=46)
    rounds(timer, clock, 7)
    assert sender.whom == [(cast.alva.id,), (cast.cim.id,)]
    kept(ada, *changed)
    rounds(timer, clock, 15)
    assert sender.whom == [(cast.alva.id,), (cast.cim.id,), (cast.bo.id,), (cast.ada.id,)]
    promise(0)
    sender.told.clear()
    clock.advance(minutes=6)
    timer.tick()
    first = {"host": cast.alva.id, "supervisors": cast.bo.id}
    assert [whom[0] for whom in sender.whom] == [first[changed[0]["whom"][0]]]


def test_a_ladder_taken_back_while_somebody_is_overdue_is_gone_through_to_its_end(
    ada: Browser, timer: Timer, promise: Promise, clock: FakeClock, cast: Cast, sender: FakeSender
) -> None:
    kept(ada, step(0, "supervisors"), step(3, "host"), step(6, "admins"))
    promise(40)
    clock.advance(minutes=46)
    rounds(timer, clock, 2)
    assert back(ada).status_code == 204
    rounds(timer, clock, 9)
    assert sender.whom == [(cast.bo.id,), (cast.alva.id,), (cast.ada.id,)]


def test_of_two_alarms_each_goes_by_its_own_though_both_are_open(
    ada: Browser, alva: Phone, shift_id: str, timer: Timer, clock: FakeClock, cast: Cast
) -> None:
    kept(ada, step(0, "supervisors"), step(2, "partner"), kind="help")
    first = help_raised(alva, shift_id)
    kept(ada, step(0, "admins"), step(2, "supervisors"), kind="help")
    second = help_raised(alva, shift_id)
    kept(ada, step(30, "supervisors"), kind="help")
    rounds(timer, clock, 4)
    steps = {alert: [one["to"] for one in ada.get(f"/alerts/{alert}").json()["steps"]] for alert in (first, second)}
    assert steps == {first: [[cast.bo.id], [cast.cim.id]], second: [[cast.ada.id], [cast.bo.id]]}


def test_who_is_late_by_a_shorter_grace_is_late_at_once(
    ada: Browser, bo: Browser, timer: Timer, promise: Promise, clock: FakeClock
) -> None:
    kept(ada, step(0, "supervisors"), grace_min=60)
    promise(40)
    clock.advance(minutes=50)
    timer.tick()
    assert bo.get("/alerts").json()["items"] == []
    kept(ada, step(0, "supervisors"), grace_min=3)
    timer.tick()
    assert len(bo.get("/alerts").json()["items"]) == 1
    kept(ada, step(0, "supervisors"), grace_min=60)
    timer.tick()
    assert len(bo.get("/alerts").json()["items"]) == 1


def test_somebody_named_who_was_disabled_since_is_not_told_and_the_others_are(
    ada: Browser, ctx: Context, alva: Phone, shift_id: str, timer: Timer, cast: Cast, sender: FakeSender
) -> None:
    kept(ada, step(0, cast.bo.id, cast.elin.id), step(1, "supervisors"), kind="help")
    accounts.set_active(ctx, cast.elin.username, False)
    help_raised(alva, shift_id)
    timer.tick()
    assert sender.whom == [(cast.bo.id,)]
    wrong = put(ada, *seen(ada, "help")["steps"], kind="help", repeat_min=11)
    assert_problem(wrong, 422, "invalid")
    assert wrong.json()["errors"] == [{"pointer": "/steps/0/whom", "in": "body", "code": "unknown"}]


def test_a_step_does_not_tell_those_it_told_who_else_was_named(
    ada: Browser, alva: Phone, shift_id: str, timer: Timer, cast: Cast
) -> None:
    kept(ada, step(0, "supervisors", cast.elin.id, cast.ada.id), kind="help")
    alert = help_raised(alva, shift_id)
    timer.tick()
    (taken,) = ada.get(f"/alerts/{alert}").json()["steps"]
    assert taken["rung"] == "supervisors+named"


def test_faults_are_told_where_they_are(ada: Browser) -> None:
    wrong = put(ada, step(5, "host", via=[]), step(5, "admins"), grace_min=999)
    assert_problem(wrong, 422, "invalid")
    assert [(e["pointer"], e["code"]) for e in wrong.json()["errors"]] == [
        ("/grace_min", "bounds"), ("/steps/1/after_min", "ascending"), ("/steps/0/via", "none"),
        ("/steps", "no-supervisors"),
    ]  # fmt: skip
    assert seen(ada)["own"] is False


def test_steps_are_changed_where_the_settings_hold_a_longer_grace(ctx: Context, cast: Cast) -> None:
    """With 1440 none is ever overdue: the operator's word, which nobody need break to say who is told."""
    other = replace(ctx, settings=ctx.settings.model_copy(update={"checkin_grace_min": 1440}))
    ada = Viewer(cast.ada.id, cast.ada.name, Role.ADMIN)

    def said(grace_min: int, based_on: int | None) -> LadderSaid:
        steps = [step(0, "supervisors")]
        return LadderSaid.model_validate(
            {"based_on": based_on, "grace_min": grace_min, "repeat_min": 10, "steps": steps}
        )

    ladder_desk.put(other, ada, "overdue", said(1440, None))
    (overdue, _) = ladder_desk.told(other, ada)["ladders"]
    assert (overdue["own"], overdue["grace_min"]) == (True, 1440)
    with pytest.raises(Problem) as caught:
        ladder_desk.put(other, ada, "overdue", said(600, overdue["version"]))
    assert caught.value.errors == [{"pointer": "/grace_min", "in": "body", "code": "bounds"}]
    ladder_desk.put(other, ada, "overdue", said(120, overdue["version"]))
    (overdue, _) = ladder_desk.told(other, ada)["ladders"]
    with pytest.raises(Problem):
        ladder_desk.put(other, ada, "overdue", said(1440, overdue["version"]))


def back(browser: Browser, kind: str = "overdue", **more: Any) -> Any:
    return browser.post(f"/ladders/{kind}/default", json={"based_on": seen(browser, kind)["version"]} | more)


def test_the_default_comes_back_and_its_version_counts_on(ada: Browser) -> None:
    kept(ada, step(0, "supervisors"))
    own = seen(ada)["version"]
    assert back(ada).status_code == 204
    found = seen(ada)
    assert (found["own"], len(found["steps"]), found["grace_min"]) == (False, 4, 5)
    assert found["version"] > own
    assert back(ada).status_code == 204
    assert seen(ada)["version"] == found["version"]
    assert_problem(put(ada, step(0, "supervisors"), based_on=None), 409, "changed")


def test_who_comes_second_is_told_what_is_there(ada: Browser) -> None:
    kept(ada, step(0, "supervisors"))
    before = seen(ada)["version"]
    kept(ada, step(0, "supervisors"), step(9, "admins"))
    late = put(ada, step(4, "supervisors"), based_on=before)
    assert_problem(late, 409, "changed")
    assert late.json()["current"]["steps"][1] == step(9, "admins")
    assert_problem(back(ada, based_on=before), 409, "changed")
    assert_problem(put(ada, step(4, "supervisors"), kind="help", based_on=1), 409, "changed")


def test_the_same_again_is_no_op(ada: Browser) -> None:
    kept(ada, step(0, "supervisors"))
    before = seen(ada)["version"]
    kept(ada, step(0, "supervisors"))
    assert seen(ada)["version"] == before


def test_supervisors_read_it_with_its_history_and_not_who_has_which_address(
    ada: Browser, bo: Browser, ctx: Context, cast: Cast
) -> None:
    contact.change(ctx, cast.bo.username, "bo@example.se", None)
    kept(ada, step(0, "supervisors"))
    assert back(ada).status_code == 204
    latest, made = bo.get("/ladders/overdue/history").json()["edits"]
    assert (made["author"]["name"], made["is_first"]) == (cast.ada.name, True)
    assert {"member": "active", "from": None, "to": False} in latest["changes"]
    assert bo.get("/ladders/help/history").json()["edits"] == []
    assert_problem(put(bo, step(0, "supervisors")), 403, "forbidden")
    assert {one["ways"] is None for one in bo.get("/ladders").json()["people"]} == {True}
    assert "bo@example.se" not in bo.get("/ladders").text + ada.get("/ladders").text


def told_with(ctx: Context, **settings: Any) -> dict[str, Any]:
    """As an administrator reads it on a server with other settings."""
    other = replace(ctx, settings=ctx.settings.model_copy(update=settings))
    return ladder_desk.told(other, Viewer(ctx.journal.clock().isoformat(), "Ada", Role.ADMIN))


def test_whom_a_word_reaches_today_is_told_without_saying_who(ada: Browser, ctx: Context, cast: Cast) -> None:
    contact.change(ctx, cast.bo.username, "bo@example.se", "070-123 45 67")
    told = ada.get("/ladders").json()
    assert told["channels"] == {"push": True, "email": False, "sms": False}
    assert told["groups"]["supervisors"] == [[]]
    found = told_with(ctx, smtp_url="smtp://x", sms_url="https://x")
    assert found["channels"] == {"push": True, "email": True, "sms": True}
    assert found["groups"]["supervisors"] == [["email", "sms"]]
    assert next(one["ways"] for one in found["people"] if one["id"] == cast.bo.id) == ["email", "sms"]
    assert len(found["groups"]["host"]) == sum(one["role"] == "host" for one in found["people"])


def test_whom_the_settings_name_by_username_is_told_by_id(ctx: Context, cast: Cast) -> None:
    rungs = ((0, ("supervisors",)), (5, ("@bo", "@nobody")))
    assert told_with(ctx, help_ladder=rungs)["ladders"][1]["steps"][1]["whom"] == [cast.bo.id, "@nobody"]


def test_a_rebuild_gives_the_same_rows(ada: Browser, ctx: Context, cast: Cast) -> None:
    kept(ada, step(0, "supervisors", cast.bo.id))
    kept(ada, step(0, "supervisors"), kind="help")
    assert back(ada).status_code == 204
    with ctx.db.read() as conn:
        before = projected(conn)
    assert len(before["ladder"]) == 3
    rebuild(ctx.db, REGISTRY, PROJECTIONS)
    with ctx.db.read() as conn:
        assert projected(conn) == before


def test_what_was_said_long_ago_is_not_read_and_what_is_costs_the_same(ada: Browser, ctx: Context) -> None:
    for minute in range(1, 5):
        kept(ada, step(minute, "supervisors"))
    kept(ada, step(0, "supervisors"), kind="help")
    with ctx.db.read() as conn:
        assert [(row.kind, row.steps[0]["after_min"]) for row in queries.ladders(conn)] == [("overdue", 4), ("help", 0)]
    costs = set()
    for minute in range(5, 8):
        kept(ada, step(minute, "supervisors"))
        with statements() as asked:
            ada.get("/ladders")
        costs.add(len(asked))
    assert len(costs) == 1
    assert max(costs) <= 6


def test_what_is_no_kind_is_not_here(ada: Browser) -> None:
    assert_problem(ada.get("/ladders/test/history"), 404, "not-found")
    said = {"based_on": None, "grace_min": None, "repeat_min": 10, "steps": [step(0, "supervisors")]}
    assert_problem(ada.request("PUT", "/ladders/test", json=said), 404, "not-found")
    assert_problem(ada.post("/ladders/test/default", json={"based_on": 1}), 404, "not-found")


def test_neither_the_timer_nor_the_desk_reads_a_whole_table_of_old_words(db: Database) -> None:
    assert scanned(db, lambda conn: queries.ladders(conn)) == set()
    assert scanned(db, lambda conn: queries.ladders(conn, [7, 9])) == set()


def test_of_two_who_save_at_the_same_moment_one_is_told_of_the_other(ada: Browser, sign_in: SignIn, cast: Cast) -> None:
    said = [{"based_on": None, "grace_min": 5, "repeat_min": 10, "steps": [step(n, "supervisors")]} for n in range(2)]
    both = (ada, sign_in(cast.ada))
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one[0].request("PUT", "/ladders/help", json=one[1] | {"grace_min": None}),
                                zip(both, said, strict=True)))  # fmt: skip
    assert sorted(answer.status_code for answer in answers) == [204, 409]
    first = next(n for n, answer in enumerate(answers) if answer.status_code == 204)
    assert seen(ada, "help")["steps"] == said[first]["steps"]
