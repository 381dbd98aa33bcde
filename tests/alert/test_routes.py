"""GET /alerts, acknowledging by name, clearing: who may, and what others see of it."""

from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from app.access.context import Context
from app.audit import readings
from app.core import errors
from app.core.errors import Problem
from app.core.ids import uuid7
from tests.conftest import PhoneOf, SignIn
from tests.support import on_sqlite
from tests.support.canary import assert_problem, watched_logs
from tests.support.client import Browser, Phone, statuses
from tests.support.factories import a_position
from tests.support.readings import noted
from tests.support.sql import statements
from tests.support.world import Cast


def raised(phone: Phone, shift_id: str | None, **members: object) -> str:
    op = phone.seal("alert.raise", {"kind": "help"} | members, shift=shift_id, position=a_position())
    assert statuses(phone.send(op)) == [("applied", None)]
    return str(op["id"])


def ids(browser: Browser, query: str = "") -> list[str]:
    answer = browser.get(f"/alerts{query}")
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


def test_an_alarm_carries_its_position_and_is_open_until_cleared(alva: Phone, shift_id: str, bo: Browser) -> None:
    alert_id = raised(alva, shift_id, note="Vid kiosken")
    found = bo.get(f"/alerts/{alert_id}").json()
    assert (found["status"], found["note"], found["position"]["lat"]) == ("open", "Vid kiosken", 56.1612)
    cleared = bo.post(f"/alerts/{alert_id}/clear", json={"note": "Polis på plats"}).json()
    assert (cleared["status"], cleared["cleared"]["note"]) == ("cleared", "Polis på plats")
    assert (ids(bo), ids(bo, "?status=cleared"), ids(bo, "?status=all&kind=test")) == ([], [alert_id], [])
    again = bo.post(f"/alerts/{alert_id}/clear", json={"note": "En gång till"}).json()
    assert again == cleared


@pytest.mark.parametrize("said", [{}, {"kind": None}])
def test_a_call_that_does_not_say_what_it_is_about_is_one_for_help(
    alva: Phone, bo: Browser, said: dict[str, Any]
) -> None:
    """Only `target`s are required of an alarm (sync protocol §3)."""
    op = alva.seal("alert.raise", said)
    assert statuses(alva.send(op)) == [("applied", None)]
    assert [(item["id"], item["kind"]) for item in bo.get("/alerts").json()["items"]] == [(op["id"], "help")]


def test_a_host_sees_alarms_of_their_shift_and_no_others(
    alva: Phone, shift_id: str, sign_in: SignIn, cast: Cast
) -> None:
    shared, own = raised(alva, shift_id), raised(alva, None)
    assert set(ids(alva)) == {shared, own}
    assert ids(sign_in(cast.cim)) == [shared]
    elin = sign_in(cast.elin)
    assert ids(elin) == []
    for method, path in (("GET", ""), ("POST", "/acknowledge"), ("POST", "/clear")):
        assert_problem(elin.request(method, f"/alerts/{shared}{path}", json={}), 404, "not-found")


def test_those_who_read_records_but_no_alarms_are_told_of_none(
    alva: Phone, shift_id: str, sign_in: SignIn, cast: Cast
) -> None:
    raised(alva, shift_id, note="Hotet")
    dan = sign_in(cast.dan)
    assert_problem(dan.get("/alerts"), 403, "forbidden")
    assert dan.pulled("alert") == {}
    assert "Hotet" not in str(dan.pull_all())


def test_the_crew_pulls_an_alarm_and_who_has_seen_it(
    alva: Phone, shift_id: str, sign_in: SignIn, bo: Browser, cast: Cast
) -> None:
    alert_id = raised(alva, shift_id)
    _, cursor = alva.pull_all()
    assert bo.post(f"/alerts/{alert_id}/acknowledge").status_code == 200
    (change,) = alva.pull_all(cursor=cursor)[0]
    assert (change["kind"], change["id"]) == ("alert", alert_id)
    assert [entry["author_id"] for entry in change["value"]["acknowledged"]] == [cast.bo.id]
    assert set(sign_in(cast.cim).pulled("alert")) == {alert_id}


def test_nobody_acknowledges_their_own_alarm(alva: Phone, shift_id: str, bo: Browser) -> None:
    alert_id = raised(alva, shift_id)
    assert_problem(alva.post(f"/alerts/{alert_id}/acknowledge"), 409, "alert-own")
    op = alva.seal("alert.acknowledge", {"target": alert_id}, shift=shift_id)
    assert statuses(alva.send(op)) == [("quarantined", "permission")]
    assert bo.get(f"/alerts/{alert_id}").json()["acknowledged"] == []


def test_several_acknowledge_and_each_once(
    alva: Phone, shift_id: str, bo: Browser, phone_of: PhoneOf, cast: Cast
) -> None:
    alert_id = raised(alva, shift_id)
    for _ in range(2):
        bo.post(f"/alerts/{alert_id}/acknowledge")
    cim = phone_of(cast.cim)
    cim.wait(minutes=5)
    cim.send(cim.seal("alert.acknowledge", {"target": alert_id}, shift=shift_id))
    found = bo.get(f"/alerts/{alert_id}").json()["acknowledged"]
    assert [entry["author_id"] for entry in found] == [cast.bo.id, cast.cim.id]


def test_a_stranger_to_the_shift_neither_acknowledges_nor_clears(
    alva: Phone, shift_id: str, phone_of: PhoneOf, cast: Cast
) -> None:
    alert_id = raised(alva, shift_id)
    elin = phone_of(cast.elin)
    sent = elin.send(
        elin.seal("alert.acknowledge", {"target": alert_id}), elin.seal("alert.clear", {"target": alert_id})
    )
    assert statuses(sent) == [("quarantined", "permission")] * 2


def test_an_answer_that_comes_before_its_alarm_waits_for_it(
    alva: Phone, shift_id: str, phone_of: PhoneOf, bo: Browser, cast: Cast
) -> None:
    op = alva.seal("alert.raise", {"kind": "help"}, shift=shift_id)
    cim = phone_of(cast.cim)
    seen = cim.seal("alert.acknowledge", {"target": op["id"]}, shift=shift_id)
    assert statuses(cim.send(seen)) == [("quarantined", "target")]
    alva.send(op)
    assert [e["author_id"] for e in bo.get(f"/alerts/{op['id']}").json()["acknowledged"]] == [cast.cim.id]


def test_a_phone_cannot_say_what_the_server_says(alva: Phone, shift_id: str) -> None:
    alert_id = raised(alva, shift_id)
    made: list[tuple[str, dict[str, Any]]] = [
        ("alert.settle", {"target": alert_id, "cause": "checkin"}),
        ("alert.notified", {"target": alert_id, "told": []}),
        ("alert.step", {"target": alert_id, "number": 0, "attempt": 1, "rung": "host", "to": []}),
        ("alert.overdue", {"host": alert_id, "checkin": alert_id, "due": "2026-11-20T20:00:00Z"}),
    ]
    sent = alva.send(*(alva.seal(op_type, data, shift=shift_id) for op_type, data in made))
    assert {r["status"] for r in sent} == {"quarantined"}


def test_a_supervisor_who_answers_from_a_phone_is_no_phone_of_the_shift(
    alva: Phone, shift_id: str, phone_of: PhoneOf, bo: Browser, cast: Cast
) -> None:
    alert_id = raised(alva, shift_id)
    phone = phone_of(cast.bo)
    phone.send(phone.seal("alert.acknowledge", {"target": alert_id}, shift=shift_id))
    (row,) = bo.get("/reviews/shifts").json()["items"]
    assert [p["install"] for p in row["completeness"]["phones"]] == [alva.install]


@on_sqlite
@pytest.mark.parametrize("path", ["/alerts", "/alerts/{id}"])
def test_reading_alarms_as_an_overseer_is_noted_and_a_hosts_is_not(
    alva: Phone, shift_id: str, bo: Browser, ctx: Context, cast: Cast, path: str
) -> None:
    alert_id = raised(alva, shift_id)
    alva.get(path.format(id=alert_id))
    assert noted(ctx) == set()
    for _ in range(2):
        bo.get(path.format(id=alert_id))
    assert noted(ctx) == {(cast.bo.id, "alert", alert_id)}


@on_sqlite
@pytest.mark.parametrize("fault", [Problem(errors.BUSY), OperationalError("", None, Exception("disk is full"))])
def test_alarms_are_shown_though_the_reading_cannot_be_noted(
    alva: Phone, shift_id: str, bo: Browser, ctx: Context, fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert_id = raised(alva, shift_id)

    def _fails(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(readings, "note_all", _fails)
    with watched_logs() as lines:
        assert ids(bo) == [alert_id]
    assert [line["what"] for line in lines if line["event"] == "unnoted"] == ["alert"]
    assert noted(ctx) == set()


def test_a_list_costs_the_same_whatever_it_holds(alva: Phone, shift_id: str, bo: Browser) -> None:
    costs = set()
    for _ in range(3):
        raised(alva, shift_id)
        ids(bo)  # noted once an hour
        with statements() as asked:
            ids(bo)
        costs.add(len(asked))
    assert costs == {5}


@on_sqlite
def test_what_is_not_there_is_not_found(bo: Browser) -> None:
    for method, path in (("GET", ""), ("POST", "/acknowledge"), ("POST", "/clear")):
        assert_problem(bo.request(method, f"/alerts/{uuid7()}{path}", json={}), 404, "not-found")
