"""Administration of people and phones: invited, changed, disabled, told of; and two administrators at once."""

import threading
import time
from typing import Any

import pytest
from sqlalchemy import text

from app.access import accounts
from app.access.context import Context
from app.access.people import PersonChange, change
from app.access.permission import Role, Viewer
from app.core.db import Database
from app.core.errors import Problem
from app.journal.rebuild import rebuild
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.conftest import PhoneOf, SignIn
from tests.support import on_postgresql, on_sqlite
from tests.support.canary import assert_problem
from tests.support.client import Browser, Phone
from tests.support.sql import statements
from tests.support.tables import projected
from tests.support.world import CAST, Cast, Person

ADA = Viewer(CAST.ada.id, CAST.ada.name, Role.ADMIN)


@pytest.fixture
def ada(sign_in: SignIn, cast: Cast) -> Browser:
    return sign_in(cast.ada)


def listed(browser: Browser) -> dict[str, Any]:
    return {p["username"]: p for p in browser.get("/people").json()["people"]}


def put(browser: Browser, username: str, **members: Any) -> Any:
    there = listed(browser)[username]
    kept = {name: there[name] for name in ("name", "role", "active")} | {"based_on": there["version"]}
    return browser.request("PUT", f"/people/{there['id']}", json=kept | members)


def past(browser: Browser, person: Person) -> list[dict[str, Any]]:
    edits: list[dict[str, Any]] = browser.get(f"/people/{person.id}/history").json()["edits"]
    return edits


def test_an_invited_person_chooses_a_password_once_and_signs_in(ada: Browser, stranger: Browser) -> None:
    made = ada.post("/people", json={"username": "nils", "name": "Nils Ö", "role": "host"})
    assert made.status_code == 201
    assert listed(ada)["nils"]["has_password"] is False
    code, password = made.json()["code"], "en lång fras 77"
    assert stranger.post("/invitations", json={"code": code, "password": password}).status_code == 204
    assert_problem(stranger.post("/invitations", json={"code": code, "password": password}), 404, "not-found")
    signed = stranger.post("/sessions", json={"username": "nils", "password": password})
    assert (signed.status_code, signed.json()["user"]["role"]) == (201, "host")
    assert listed(ada)["nils"] | {"id": 0, "version": 0} == {
        "id": 0, "username": "nils", "name": "Nils Ö", "role": "host", "active": True, "version": 0,
        "has_password": True, "invited_until": None, "contact": {"email": None, "mobile": None, "version": None},
    }  # fmt: skip


def test_a_taken_user_name_is_told_as_such(ada: Browser) -> None:
    answer = ada.post("/people", json={"username": "bo", "name": "Bo Två", "role": "host"})
    assert_problem(answer, 422, "invalid")
    assert answer.json()["errors"] == [{"pointer": "/username", "code": "taken"}]


def test_a_change_tells_who_when_and_from_what_to_what(ada: Browser, cast: Cast) -> None:
    assert put(ada, "alva", name="Alva Lind", role="supervisor").status_code == 204
    newest = past(ada, cast.alva)[0]
    assert (newest["type"], newest["author"], newest["is_first"]) == (
        "user.put", {"id": cast.ada.id, "name": cast.ada.name}, False,
    )  # fmt: skip
    assert newest["changes"] == [{"member": "name", "from": "Alva Ek", "to": "Alva Lind"},
                                 {"member": "role", "from": "host", "to": "supervisor"}]  # fmt: skip


def test_what_changes_nothing_is_no_op(ada: Browser, cast: Cast) -> None:
    before = len(past(ada, cast.alva))
    assert put(ada, "alva").status_code == 204
    assert len(past(ada, cast.alva)) == before


def test_who_comes_second_is_told_what_is_there_and_changes_nothing(ada: Browser) -> None:
    seen = listed(ada)["cim"]["version"]
    assert put(ada, "cim", name="Cim Ett").status_code == 204
    late = put(ada, "cim", name="Cim Två", based_on=seen)
    assert_problem(late, 409, "changed")
    assert late.json()["current"] == {"name": "Cim Ett", "role": "host", "active": True,
                                      "version": listed(ada)["cim"]["version"]}  # fmt: skip
    assert listed(ada)["cim"]["name"] == "Cim Ett"


def test_a_disabled_person_is_signed_out_and_can_be_let_in_again(ada: Browser, bo: Browser) -> None:
    assert put(ada, "bo", active=False).status_code == 204
    assert_problem(bo.get("/session"), 401, "session")
    assert_problem(bo.sign_in(CAST.bo), 401, "sign-in")
    assert put(ada, "bo", active=True).status_code == 204
    assert bo.sign_in(CAST.bo).status_code == 201


def test_somebody_must_be_left_who_administers(ada: Browser) -> None:
    """Who never chose a password is nobody yet."""
    ada.post("/people", json={"username": "vera", "name": "Vera", "role": "admin"})
    assert_problem(put(ada, "ada", active=False), 409, "last-admin")
    assert_problem(put(ada, "ada", role="supervisor"), 409, "last-admin")
    assert put(ada, "ada", name="Ada Å").status_code == 204


def test_two_administrators_who_disable_each_other_at_once_leave_one(ctx: Context, cast: Cast) -> None:
    other, _ = accounts.add(ctx, "vera", "Vera", Role.ADMIN, "en lång fras 77")
    with ctx.db.read() as conn:
        versions = {row.id: row.changed_seq for row in conn.execute(text("SELECT id, changed_seq FROM person"))}
    barrier, outcomes = threading.Barrier(2), []

    def disable(person_id: str) -> None:
        name = "Vera" if person_id == other else cast.ada.name
        asked = PersonChange(based_on=versions[person_id], name=name, role=Role.ADMIN, active=False)
        barrier.wait(10)
        try:
            change(ctx, ADA, person_id, asked)
            outcomes.append("done")
        except Problem as problem:
            outcomes.append(problem.kind.code)

    threads = [threading.Thread(target=disable, args=(person,)) for person in (other, cast.ada.id)]
    with ctx.journal._turn:  # nobody writes until both have come as far as they may: else they would not meet
        for thread in threads:
            thread.start()
        until = time.monotonic() + 0.5
        while len(ctx.journal._queue) < 2 and time.monotonic() < until:
            time.sleep(0.01)
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["done", "last-admin"]


def test_a_reset_ends_the_password_and_the_sessions_and_is_told(ada: Browser, bo: Browser, cast: Cast) -> None:
    made = ada.post(f"/people/{cast.bo.id}/invitation")
    assert made.status_code == 201
    assert_problem(bo.get("/session"), 401, "session")
    assert_problem(bo.sign_in(cast.bo), 401, "sign-in")
    newest = past(ada, cast.bo)[0]
    assert (newest["type"], newest["changes"]) == ("user.invite", [{"member": "cause", "from": None, "to": "reset"}])
    assert made.json()["code"] not in ada.get(f"/people/{cast.bo.id}/history").text


def test_addresses_are_for_administrators_alone(ada: Browser, bo: Browser, cast: Cast) -> None:
    path = f"/people/{cast.alva.id}/contact"
    said = {"based_on": None, "email": "alva@example.se", "mobile": "070-123 45 67"}
    assert ada.request("PUT", path, json=said).status_code == 204
    there = listed(ada)["alva"]["contact"]
    assert (there["email"], there["mobile"]) == ("alva@example.se", "+46701234567")
    assert_problem(ada.request("PUT", path, json=said), 409, "changed")
    assert ada.request("PUT", path, json=said | {"based_on": there["version"], "mobile": "x"}).status_code == 422
    assert listed(bo)["alva"]["contact"] is None
    assert "alva@example.se" not in bo.get("/people").text + bo.get(f"/people/{cast.alva.id}/history").text
    assert "alva@example.se" in ada.get(f"/people/{cast.alva.id}/history").text


def test_a_revoked_phone_says_who_revoked_it(ada: Browser, phone_of: PhoneOf, cast: Cast) -> None:
    phone: Phone = phone_of(cast.alva)
    (there,) = ada.get("/phones").json()["phones"]
    assert (there["people"], there["revoked_at"]) == ([cast.alva.name], None)
    assert ada.post(f"/phones/{there['id']}/revoke").status_code == 204
    assert_problem(phone.get("/sync/pull"), 403, "device-revoked")
    (there,) = ada.get("/phones").json()["phones"]
    assert (there["revoked_by"], there["revoked_at"] is not None) == (cast.ada.name, True)
    assert_problem(ada.post(f"/phones/{there['id']}/revoke"), 404, "not-found")


def test_a_list_costs_the_same_whoever_is_there(ada: Browser, phone_of: PhoneOf, cast: Cast) -> None:
    costs = []
    for person in (cast.alva, cast.cim):
        phone_of(person)
        with statements() as asked:
            ada.get("/people")
            ada.get("/phones")
            ada.get(f"/people/{cast.alva.id}/history")
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 14


def test_a_rebuild_gives_the_same_history(ada: Browser, ctx: Context, cast: Cast) -> None:
    put(ada, "alva", name="Alva Lind")
    ada.post(f"/people/{cast.alva.id}/invitation")
    with ctx.db.read() as conn:
        before = projected(conn)
    rebuild(ctx.db, REGISTRY, PROJECTIONS)
    with ctx.db.read() as conn:
        assert projected(conn) == before
    assert before["entity_edit"]


HISTORY = "SELECT * FROM entity_edit WHERE entity_id = 'x' AND type IN ('user.put') ORDER BY seq DESC LIMIT 200"


@on_sqlite
def test_history_uses_its_index_on_sqlite(db: Database) -> None:
    with db.read() as conn:
        plan = " ".join(row.detail for row in conn.execute(text(f"EXPLAIN QUERY PLAN {HISTORY}")))
    assert "ix_entity_edit_entity_id_seq" in plan
    assert "SCAN" not in plan


@on_postgresql
def test_history_uses_its_index_on_postgresql(db: Database) -> None:
    with db.read() as conn:
        conn.execute(text("SET LOCAL enable_seqscan = off"))
        plan = " ".join(row[0] for row in conn.execute(text(f"EXPLAIN {HISTORY}")))
    assert "ix_entity_edit_entity_id_seq" in plan
