"""Planning over HTTP and in the pull feed: series, exceptions, whose they are, and two supervisors at once."""

from typing import Any

import pytest
from sqlalchemy import text

from app.access.context import Context
from app.access.permission import Role, Viewer
from app.core.db import Database
from app.core.ids import uuid7
from app.journal.rebuild import rebuild
from app.plan import queries
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.conftest import PhoneOf, SignIn
from tests.support import on_postgresql, on_sqlite
from tests.support.canary import assert_problem
from tests.support.client import Browser, Phone
from tests.support.factories import a_plan, a_shift
from tests.support.sql import statements
from tests.support.tables import projected
from tests.support.world import CAST, EVENING, Cast, FakeClock

PLAN = uuid7()
BO = Viewer(CAST.bo.id, CAST.bo.name, Role.SUPERVISOR)


def put(browser: Browser, said: dict[str, Any], **more: Any) -> Any:
    return browser.request("PUT", f"/plans/{PLAN}", json=said | more)


def seen(browser: Browser) -> dict[str, Any]:
    found: dict[str, Any] = browser.get("/plans", params={"from": "2026-11-20", "to": "2026-12-31"}).json()
    return found


def days(browser: Browser) -> dict[str, Any]:
    return {shift["day"]: shift for shift in seen(browser)["shifts"]}


def change(browser: Browser, shift: dict[str, Any], **more: Any) -> Any:
    said = {"based_on": shift["version"], "starts": "17:30", "ends": "01:00", "area_id": shift["area_id"],
            "hosts": shift["hosts"], "cancelled": False}  # fmt: skip
    return browser.request("PUT", f"/planned/{shift['id']}", json=said | more)


@pytest.fixture
def planned(bo: Browser, cast: Cast) -> Browser:
    answer = put(bo, a_plan(cast.alva, cast.cim))
    assert answer.status_code == 204, answer.text
    return bo


def test_a_series_gives_its_evenings(planned: Browser, cast: Cast) -> None:
    found = days(planned)
    assert list(found) == ["2026-11-21", "2026-11-27", "2026-11-28", "2026-12-04", "2026-12-05"]
    first = found["2026-11-21"]
    assert (first["starts_at"], first["ends_at"]) == ("2026-11-21T16:30:00.000Z", "2026-11-22T00:00:00.000Z")
    assert (first["hosts"], first["status"], first["is_own"]) == ([cast.alva.id, cast.cim.id], "planned", False)
    assert seen(planned)["plans"][0]["rule"]["weekdays"] == [4, 5]


def test_one_evening_is_changed_and_another_cancelled_and_the_series_leaves_them_alone(
    planned: Browser, cast: Cast
) -> None:
    found = days(planned)
    assert change(planned, found["2026-11-27"], starts="19:00", hosts=[cast.elin.id]).status_code == 204
    assert change(planned, found["2026-11-28"], cancelled=True).status_code == 204
    version = seen(planned)["plans"][0]["version"]
    said = a_plan(cast.cim, starts="16:00", until="2026-11-30") | {"based_on": version}
    assert put(planned, said).status_code == 204
    now = days(planned)
    assert {day: (one["starts_at"][11:16], one["status"]) for day, one in now.items()} == {
        "2026-11-21": ("15:00", "planned"), "2026-11-27": ("18:00", "planned"), "2026-11-28": ("16:30", "cancelled"),
    }  # fmt: skip
    assert now["2026-11-27"]["hosts"] == [cast.elin.id]


def test_what_has_ended_stays_when_the_series_is_taken_away(planned: Browser, cast: Cast, clock: FakeClock) -> None:
    clock.advance(days=8)
    planned.sign_in(cast.bo)
    version = seen(planned)["plans"][0]["version"]
    assert put(planned, a_plan(cast.alva), based_on=version, active=False).status_code == 204
    assert list(days(planned)) == ["2026-11-21", "2026-11-27"]


def test_who_comes_second_is_told_what_is_there(planned: Browser, cast: Cast) -> None:
    one = days(planned)["2026-11-27"]
    assert change(planned, one, starts="18:00").status_code == 204
    late = change(planned, one, starts="20:00")
    assert_problem(late, 409, "changed")
    assert late.json()["current"]["starts_at"] == "2026-11-27T17:00:00.000Z"
    again = put(planned, a_plan(cast.cim))
    assert_problem(again, 409, "changed")
    assert again.json()["current"]["hosts"] == [cast.alva.id, cast.cim.id]


@pytest.mark.parametrize(("said", "pointer"), [
    (a_plan(CAST.alva) | {"hosts": []}, "/hosts"), (a_plan(CAST.alva, CAST.alva), "/hosts"),
    (a_plan(CAST.alva) | {"area_id": uuid7()}, "/area_id"), (a_plan(CAST.alva, ends="12:00"), "/ends"),
    (a_plan(CAST.alva, until=None), "/rule/until"), (a_plan(CAST.alva, first="2026-02-30"), "/rule/first"),
])  # fmt: skip
def test_what_cannot_be_planned_is_told_by_its_member(bo: Browser, said: dict[str, Any], pointer: str) -> None:
    answer = put(bo, said)
    assert_problem(answer, 422, "invalid")
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert seen(bo)["shifts"] == []


def test_a_host_is_told_of_their_own_shifts_and_of_those_they_are_taken_off(
    planned: Browser, alva: Phone, sign_in: SignIn, cast: Cast
) -> None:
    elin = sign_in(cast.elin)
    assert len(alva.pulled("plan")) == 5
    assert elin.pulled("plan") == {}
    _, cursor = alva.pull_all()
    one = days(planned)["2026-11-27"]
    change(planned, one, hosts=[cast.elin.id])
    changes = [c for c in alva.pull_all(cursor=cursor)[0] if c["kind"] == "plan"]
    assert [(c["id"], c["deleted"], c["value"]) for c in changes] == [(one["id"], True, None)]
    assert list(elin.pulled("plan")) == [one["id"]]


def test_a_cancelled_evening_is_told_to_its_hosts(planned: Browser, alva: Phone) -> None:
    one = days(planned)["2026-11-27"]
    change(planned, one, cancelled=True)
    assert alva.pulled("plan")[one["id"]]["status"] == "cancelled"


def test_history_tells_of_the_evening_and_of_its_series(planned: Browser, cast: Cast) -> None:
    one = days(planned)["2026-11-27"]
    change(planned, one, cancelled=True)
    edits = planned.get(f"/planned/{one['id']}/history").json()["edits"]
    assert [(edit["type"], edit["author"]["name"]) for edit in edits] == [
        ("plan.shift", cast.bo.name), ("plan.put", cast.bo.name),
    ]  # fmt: skip
    assert {c["member"]: c["to"] for c in edits[0]["changes"]}["status"] == "cancelled"


def test_planned_evenings_without_a_log_are_found(
    planned: Browser, ctx: Context, phone_of: PhoneOf, cast: Cast, clock: FakeClock
) -> None:
    assert "2026-11-27" in days(planned)
    clock.advance(days=7)
    phone = phone_of(cast.cim)
    phone.wait(days=1)
    phone.start(a_shift(cast.cim, cast.elin))
    with ctx.db.read() as conn, statements() as asked:
        missing = queries.without_log(conn, BO, EVENING, clock())
        assert [row.day.isoformat() for row in missing] == ["2026-11-27"]
        assert queries.without_log(conn, Viewer(cast.alva.id, "Alva", Role.HOST), EVENING, clock()) == []
    assert len(asked) == 2


def test_a_list_costs_the_same_whatever_is_planned(planned: Browser, cast: Cast) -> None:
    costs = []
    for until in ("2026-12-05", "2026-12-31"):
        version = seen(planned)["plans"][0]["version"]
        put(planned, a_plan(cast.alva, until=until), based_on=version)
        with statements() as asked:
            seen(planned)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 4


def test_a_rebuild_gives_the_same_plans(planned: Browser, ctx: Context, cast: Cast) -> None:
    change(planned, days(planned)["2026-11-27"], hosts=[cast.elin.id])
    put(planned, a_plan(cast.cim, until="2026-11-30"), based_on=seen(planned)["plans"][0]["version"])
    with ctx.db.read() as conn:
        before = projected(conn)
    rebuild(ctx.db, REGISTRY, PROJECTIONS)
    with ctx.db.read() as conn:
        assert projected(conn) == before
    assert {row["status"] for row in before["planned_shift"]} == {"planned", "removed"}


SPAN = "SELECT * FROM planned_shift WHERE starts_at >= 1 AND starts_at < 2 AND status <> 'removed' ORDER BY starts_at"
MINE = "SELECT planned_id FROM planned_host WHERE person_id = 'x'"


@on_sqlite
def test_plans_use_their_indexes_on_sqlite(db: Database) -> None:
    with db.read() as conn:
        plan = " ".join(row.detail for sql in (SPAN, MINE) for row in conn.execute(text(f"EXPLAIN QUERY PLAN {sql}")))
    assert "ix_planned_shift_starts_at" in plan
    assert "ix_planned_host_person_id_planned_id" in plan
    assert "SCAN" not in plan


@on_postgresql
def test_plans_use_their_indexes_on_postgresql(db: Database) -> None:
    asked = (SPAN.replace(">= 1", ">= '2026-11-20'").replace("< 2", "< '2026-12-20'"), MINE)
    with db.read() as conn:
        conn.execute(text("SET LOCAL enable_seqscan = off"))
        plan = " ".join(row[0] for sql in asked for row in conn.execute(text(f"EXPLAIN {sql}")))
    assert "ix_planned_shift_starts_at" in plan
    assert "ix_planned_host_person_id_planned_id" in plan
