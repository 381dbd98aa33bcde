"""GET /shifts, POST /shifts and POST /shifts/{id}/end."""

import json

import pytest

from app.access import accounts
from app.access.context import Context
from app.access.permission import Scope
from app.core.ids import uuid7
from tests.conftest import SignIn
from tests.support import on_sqlite
from tests.support.client import Browser, Phone
from tests.support.factories import a_shift
from tests.support.sql import statements
from tests.support.world import Cast


def _ids(browser: Browser, query: str = "") -> list[str]:
    answer = browser.get(f"/shifts{query}")
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


@pytest.mark.parametrize("path", ["/shifts", f"/shifts/{uuid7()}"], ids=["all", "one"])
def test_a_stranger_reads_no_shift(stranger: Browser, path: str) -> None:
    assert stranger.get(path).status_code == 401


def test_a_stranger_starts_no_shift(stranger: Browser, cast: Cast) -> None:
    assert stranger.post("/shifts", json=a_shift(cast.alva, cast.cim)).status_code == 401


def test_a_host_starts_no_shift_as_a_program_does(sign_in: SignIn, cast: Cast) -> None:
    assert sign_in(cast.alva).post("/shifts", json=a_shift(cast.alva, cast.cim)).status_code == 403


def test_a_host_reads_only_shifts_that_they_are_on(alva: Phone, sign_in: SignIn, cast: Cast) -> None:
    shift_id = alva.start(a_shift(cast.alva, cast.cim))
    assert _ids(sign_in(cast.cim)) == [shift_id]
    elin = sign_in(cast.elin)
    assert _ids(elin) == []
    assert elin.get(f"/shifts/{shift_id}").status_code == 404


def test_a_supervisor_reads_every_shift_newest_first(alva: Phone, bo: Browser, cast: Cast) -> None:
    first = alva.start(a_shift(cast.alva, cast.cim))
    second = alva.start(a_shift(cast.alva, cast.elin))
    assert _ids(bo) == [second, first]
    assert bo.get(f"/shifts/{first}").json()["hosts"] == [cast.alva.id, cast.cim.id]


def test_pages_count_from_one_and_tell_the_total(alva: Phone, bo: Browser, cast: Cast) -> None:
    ids = [alva.start(a_shift(cast.alva)) for _ in range(3)]
    page = bo.get("/shifts?limit=2&page=2").json()
    assert ([item["id"] for item in page["items"]], page["page"], page["limit"], page["total"]) == ([ids[0]], 2, 2, 3)


def test_a_span_is_half_open_on_the_start(alva: Phone, bo: Browser, cast: Cast) -> None:
    first = alva.start(a_shift(cast.alva))
    at = bo.get(f"/shifts/{first}").json()["started_at"]
    second = alva.start(a_shift(cast.alva))
    until = bo.get(f"/shifts/{second}").json()["started_at"]
    assert _ids(bo, f"?from={at}&to={until}") == [first]


@on_sqlite
@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("limit=1001", "/limit"), ("limit=0", "/limit"), ("page=0", "/page"), ("colour=red", ""),
        ("from=0.5", "/from"), ("from=2026-11-20", "/from"), ("to=2026-11-20T20:00:00", "/to"),
        ("bbox=1,2,3", "/bbox"), ("bbox=200,0,201,1", "/bbox"), ("bbox=nan,0,1,1", "/bbox"),
        ("area_id=x", "/area_id"), ("status=lost", "/status"),
    ],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_named(bo: Browser, query: str, pointer: str) -> None:
    answer = bo.get(f"/shifts?{query}")
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_what_is_no_id_is_not_here(bo: Browser) -> None:
    assert bo.get("/shifts/%00").status_code == 404


def test_a_program_starts_a_shift_in_the_first_hosts_name(bo: Browser, cast: Cast) -> None:
    answer = bo.post("/shifts", json=a_shift(cast.cim, cast.alva))
    assert answer.status_code == 201, answer.text
    value = answer.json()
    assert (value["author_id"], value["status"], value["install"]) == (cast.cim.id, "open", None)
    assert bo.get(answer.headers["location"].removeprefix("/api/v1")).json() == value


def test_a_repeat_answers_with_the_first_result(bo: Browser, cast: Cast) -> None:
    body = a_shift(cast.alva, cast.cim) | {"id": uuid7()}
    first, again = bo.post("/shifts", json=body), bo.post("/shifts", json=body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert _ids(bo) == [body["id"]]


def test_the_same_id_with_another_content_is_a_conflict(bo: Browser, cast: Cast) -> None:
    body = a_shift(cast.alva, cast.cim) | {"id": uuid7()}
    assert bo.post("/shifts", json=body).status_code == 201
    assert bo.post("/shifts", json=body | {"transport": "car"}).status_code == 409
    assert bo.get(f"/shifts/{body['id']}").json()["transport"] == "foot"


def test_times_of_a_repeat_count_only_where_they_were_given(bo: Browser, cast: Cast) -> None:
    body = a_shift(cast.alva, cast.cim) | {"id": uuid7(), "at": "2026-11-20T21:00:00+01:00"}
    assert bo.post("/shifts", json=body).status_code == 201
    assert bo.post("/shifts", json=body | {"at": "2026-11-20T20:00:00Z"}).status_code == 200
    assert bo.post("/shifts", json=body | {"at": "2026-11-20T20:00:01Z"}).status_code == 409


def test_a_shift_that_a_phone_started_is_known_to_a_program(alva: Phone, bo: Browser, cast: Cast) -> None:
    data = a_shift(cast.alva, cast.cim)
    shift_id = alva.start(data)
    assert bo.post("/shifts", json=data | {"id": shift_id}).status_code == 200


@on_sqlite
@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"hosts": []}, "/hosts", "too_short"),
        ({"hosts": "alva"}, "/hosts", "list_type"),
        ({"planned_end": 1_700_000_000}, "/planned_end", "datetime_type"),
        ({"at": "yesterday"}, "/at", "datetime_parsing"),
        ({"author": uuid7()}, "/author", "unknown"),
        ({"position": {"lat": 91, "lon": 0}}, "/position/lat", "less_than_equal"),
    ],
)
def test_a_content_that_makes_no_sense_is_named_and_not_quoted(
    bo: Browser, cast: Cast, change: dict[str, object], pointer: str, code: str
) -> None:
    raw = json.dumps(a_shift(cast.alva, cast.cim) | change)
    answer = bo.post("/shifts", content=raw, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]
    assert "yesterday" not in answer.text
    assert _ids(bo) == []


@on_sqlite
@pytest.mark.parametrize("raw", [b"", b"{", b'{"hosts": NaN}', b'{"transport": "\\ud800"}'])
def test_what_is_no_json_is_told_so_but_not_to_strangers(bo: Browser, stranger: Browser, raw: bytes) -> None:
    assert bo.post("/shifts", content=raw).status_code == 400
    assert stranger.post("/shifts", content=raw).status_code == 401


def test_going_alone_needs_a_reason(bo: Browser, cast: Cast) -> None:
    answer = bo.post("/shifts", json=a_shift(cast.alva, alone_reason="  "))
    assert answer.json()["errors"] == [{"pointer": "/alone_reason", "code": "required-alone"}]


def test_nobody_starts_a_shift_for_a_crew_that_they_are_not_of(bo: Browser, cast: Cast) -> None:
    answer = bo.post("/shifts", json=a_shift(cast.alva, cast.cim, author=cast.elin.id))
    assert answer.json()["errors"] == [{"pointer": "/author", "code": "not-in-crew"}]


def test_nobody_is_in_a_crew_twice(bo: Browser, cast: Cast) -> None:
    answer = bo.post("/shifts", json=a_shift(cast.alva, cast.alva))
    assert answer.json()["errors"] == [{"pointer": "/hosts", "code": "named-twice"}]


def test_a_person_who_has_left_writes_nothing(bo: Browser, ctx: Context, cast: Cast) -> None:
    accounts.set_active(ctx, cast.cim.username, False)
    assert bo.post("/shifts", json=a_shift(cast.cim, cast.alva)).json()["errors"][0]["pointer"] == "/hosts/0"


def test_a_program_ends_a_shift_and_its_ops_are_counted(bo: Browser, cast: Cast) -> None:
    shift_id = bo.post("/shifts", json=a_shift(cast.alva, cast.cim)).json()["id"]
    told = {"shift_id": shift_id, "author": cast.alva.id, "kind": "ok"}
    assert bo.post("/checkins", json=told).status_code == 201
    body = {"author": cast.alva.id, "summary": "Lugnt.", "id": uuid7()}
    answer = bo.post(f"/shifts/{shift_id}/end", json=body)
    assert (answer.status_code, answer.json()["status"], answer.json()["summary"]) == (201, "ended", "Lugnt.")
    assert bo.post(f"/shifts/{shift_id}/end", json=body).status_code == 200
    entries = bo.get(f"/reviews/shifts/{shift_id}").json()["entries"]
    assert [e["value"]["ops"] for e in entries if e["kind"] == "shift.end"] == [3]


def test_a_shift_that_is_not_here_cannot_be_ended(bo: Browser) -> None:
    assert bo.post(f"/shifts/{uuid7()}/end", json={}).status_code == 404


def _program(api_browser: Browser, ctx: Context, *scopes: Scope) -> Browser:
    _, token = accounts.add_token(ctx, "schema", list(scopes))
    return Browser(api_browser.api, token)


def test_a_token_does_what_its_scopes_say(stranger: Browser, ctx: Context, cast: Cast) -> None:
    reader, writer = _program(stranger, ctx, Scope.READ), _program(stranger, ctx, Scope.WRITE)
    assert reader.post("/shifts", json=a_shift(cast.alva, cast.cim)).status_code == 403
    made = writer.post("/shifts", json=a_shift(cast.alva, cast.cim))
    assert (made.status_code, list(made.json())) == (201, ["id"])
    assert writer.get("/shifts").status_code == 403
    assert _ids(reader) == [made.json()["id"]]


def test_a_page_costs_the_same_whatever_it_holds(alva: Phone, bo: Browser, cast: Cast) -> None:
    costs = set()
    for hosts in ((cast.alva, cast.cim), (cast.alva,), (cast.alva, cast.elin)):
        alva.start(a_shift(*hosts))
        with statements() as asked:
            _ids(bo)
        costs.add(len(asked))
    assert costs == {4}
