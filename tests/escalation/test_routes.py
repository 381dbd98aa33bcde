"""GET and POST /escalations, and their attempts."""

import pytest

from app.access import accounts
from app.access.context import Context
from app.access.permission import Scope
from app.core.ids import uuid7
from tests.conftest import SignIn
from tests.support import on_sqlite
from tests.support.client import Browser, Phone
from tests.support.factories import a_close, a_position, an_attempt, an_escalation, an_observation
from tests.support.readings import noted
from tests.support.sql import statements
from tests.support.world import Cast


def _call(phone: Phone, shift_id: str | None, **members: object) -> str:
    op = phone.seal("escalation.create", an_escalation(**members), shift=shift_id, position=a_position())
    phone.send(op)
    return str(op["id"])


def _tried(**members: object) -> dict[str, object]:
    data = an_attempt("") | members
    del data["target"]
    return data


def _ids(browser: Browser, query: str = "") -> list[str]:
    answer = browser.get(f"/escalations{query}")
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


def test_a_stranger_reads_and_writes_no_escalation(stranger: Browser) -> None:
    assert stranger.get("/escalations").status_code == 401
    assert stranger.get(f"/escalations/{uuid7()}").status_code == 401
    assert stranger.post("/escalations", json=an_escalation()).status_code == 401
    assert stranger.post(f"/escalations/{uuid7()}/attempts", json=_tried()).status_code == 401


def test_a_host_writes_no_escalation_as_a_program_does(sign_in: SignIn, cast: Cast) -> None:
    alva = sign_in(cast.alva)
    assert alva.post("/escalations", json=an_escalation()).status_code == 403
    assert alva.post(f"/escalations/{uuid7()}/attempts", json=_tried()).status_code == 403


def test_a_host_reads_only_what_belongs_to_their_shifts(
    alva: Phone, shift_id: str, sign_in: SignIn, cast: Cast
) -> None:
    called = _call(alva, shift_id)
    assert _ids(sign_in(cast.cim)) == [called]
    elin = sign_in(cast.elin)
    assert _ids(elin) == []
    assert elin.get(f"/escalations/{called}").status_code == 404


def test_filters_narrow_together(alva: Phone, shift_id: str, bo: Browser) -> None:
    closed, still_open = _call(alva, shift_id), _call(alva, None)
    alva.send(alva.seal("escalation.close", a_close(closed), shift=shift_id))
    assert _ids(bo, "?status=closed") == [closed]
    assert _ids(bo, "?status=open&bbox=14,56,15,57") == [still_open]
    assert _ids(bo, f"?shift_id={shift_id}") == [closed]
    assert _ids(bo, "?to=2000-01-01T00:00:00Z") == []


def test_a_map_shows_where_help_was_called(alva: Phone, bo: Browser) -> None:
    called = _call(alva, None)
    answer = bo.get("/escalations", headers={"Accept": "application/geo+json, application/json;q=0.5"})
    shown = {f["id"]: f["geometry"]["coordinates"] for f in answer.json()["features"]}
    assert shown == {called: [14.8654, 56.1612]}


def test_a_list_costs_the_same_whatever_it_holds(alva: Phone, shift_id: str, bo: Browser) -> None:
    costs = set()
    for _ in range(3):
        called = _call(alva, shift_id)
        alva.send(alva.seal("escalation.attempt", an_attempt(called), shift=shift_id))
        _ids(bo)  # noted once an hour
        with statements() as asked:
            _ids(bo)
        costs.add(len(asked))
    assert costs == {5}


def test_a_program_writes_a_call_and_its_attempts(bo: Browser, shift_id: str, cast: Cast) -> None:
    made = bo.post("/escalations", json=an_escalation(shift_id=shift_id, author=cast.alva.id))
    assert made.status_code == 201, made.text
    body = _tried(id=uuid7(), attempted="2026-11-20T21:05:00+01:00", outcome="answered")
    path = f"/escalations/{made.json()['id']}/attempts"
    first, again = (bo.post(path, json=body) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    tried = first.json()["attempts"]
    assert [(a["id"], a["attempted"]["from"]) for a in tried] == [(body["id"], "2026-11-20T20:05:00.000Z")]
    assert bo.post(path, json=body | {"outcome": "no_answer"}).status_code == 409


def test_a_program_writes_an_attempt_at_what_a_host_called(alva: Phone, bo: Browser, shift_id: str) -> None:
    called = alva.seal("escalation.create", an_escalation(), shift=shift_id)
    alva.send(called)
    made = bo.post(f"/escalations/{called['id']}/attempts", json=_tried(outcome="answered"))
    assert made.status_code == 201, made.text


def test_a_repeat_answers_with_the_first_result(bo: Browser) -> None:
    body = an_escalation(id=uuid7())
    assert [bo.post("/escalations", json=body).status_code for _ in range(2)] == [201, 200]


def test_nobody_tries_what_was_not_called(bo: Browser) -> None:
    assert bo.post(f"/escalations/{uuid7()}/attempts", json=_tried()).status_code == 404


@on_sqlite
def test_what_is_wrong_is_named(bo: Browser) -> None:
    made = bo.post("/escalations", json=an_escalation()).json()["id"]
    body = _tried(attempted=5, answered={"from": 5}, left={}, outcome="")
    answer = bo.post(f"/escalations/{made}/attempts", json=body)
    pointers = [e["pointer"] for e in answer.json()["errors"]]
    assert pointers == ["/attempted", "/answered/from", "/answered", "/left/from", "/left", "/outcome"]
    assert bo.post("/escalations", json={}).json()["errors"][0]["pointer"] == "/service"
    assert bo.get("/escalations?place_id=x").status_code == 422


@pytest.mark.parametrize("who", ["cim", "dan"])
def test_where_a_call_for_a_restricted_record_was_made_is_not_told_by_a_box_either(
    alva: Phone, shift_id: str, sign_in: SignIn, bo: Browser, cast: Cast, who: str
) -> None:
    """Half by half, boxes would lead to it."""
    threat = alva.seal("observation.create", an_observation(category="X1"), shift=shift_id)
    alva.send(threat)
    called, other = _call(alva, shift_id, observation_id=threat["id"]), _call(alva, shift_id)
    box = "?bbox=14,56,15,57"
    assert set(_ids(alva, box)) == set(_ids(bo, box)) == {called, other}
    assert _ids(sign_in(getattr(cast, who)), box) == [other]


@on_sqlite
def test_reading_escalations_is_noted_of_overseers_and_programs_by_itself_where_they_are_restricted(
    alva: Phone, shift_id: str, bo: Browser, stranger: Browser, ctx: Context, sign_in: SignIn, cast: Cast
) -> None:
    threat = alva.seal("observation.create", an_observation(category="X1"), shift=shift_id)
    alva.send(threat)
    one, closed = _call(alva, shift_id), _call(alva, shift_id, observation_id=threat["id"])
    sign_in(cast.cim).get(f"/escalations/{one}")
    assert _ids(sign_in(cast.cim)) == [closed, one]
    assert noted(ctx) == set()
    assert _ids(bo) == [closed, one]
    assert noted(ctx) == {(cast.bo.id, "escalation", "list"), (cast.bo.id, "escalation", closed)}
    dan = sign_in(cast.dan)
    assert _ids(dan) == [closed, one]
    dan.get(f"/escalations/{one}")
    assert noted(ctx, cast.dan.id) == {(cast.dan.id, "escalation", "list"), (cast.dan.id, "escalation", one)}
    token_id, token = accounts.add_token(ctx, "schema", [Scope.READ])
    assert _ids(Browser(stranger.api, token)) == [closed, one]
    assert noted(ctx, token_id) == {(token_id, "escalation", "list")}
