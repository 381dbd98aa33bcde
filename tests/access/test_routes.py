"""Every route: a stranger, each role, a program, another site, bad input. A new route fails until it has an entry."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

import app.main
from app.access import accounts
from app.access.permission import Role, Scope
from app.core.ids import uuid7
from tests.access.desk_entries import DESK, WAITING
from tests.access.entries import (
    A_SUBSCRIPTION,
    AS_JSON,
    AT,
    BLOB,
    EVERYBODY,
    OVERSEERS,
    PHOTO,
    Entry,
    Given,
    of,
    plain,
    reads,
    told,
    writes,
)
from tests.access.scene import Scene, Template, make_template, scene_of
from tests.support.blobs import chunk_headers
from tests.support.canary import CANARY, assert_problem, watched_logs
from tests.support.client import Browser
from tests.support.factories import (
    a_briefing,
    a_checkin,
    a_shift,
    an_escalation,
    an_observation,
    happened,
)
from tests.support.world import CAST, PASSWORD

SPAN = ("from=yesterday", "bbox=1,2,3", "to=2026-11-20", "page=0", f"{CANARY}=1")
READERS = EVERYBODY - {Role.HOST}
WRONG_FILTERS: tuple[dict[str, Any], ...] = (
    {CANARY: 1}, {"sort": CANARY}, {"from": "yesterday"}, {"bbox": "1,2,3"}, {"severity": 5}, {"kinds": ["host"]},
    {"text": "x" * 201}, {"codes": ["x" * 41]}, {"area_id": CANARY}, {"cursor": CANARY}, {"limit": 0}, {"hosts": []},
    {"author_id": CAST.alva.id},
)  # fmt: skip


def finds(path: str, **always: Any) -> Entry:
    """A search as a body: everybody but hosts."""
    wrong: list[tuple[Given, int, str]] = [({"json": always | body}, 422, "invalid") for body in WRONG_FILTERS]
    broken = ({"content": f'{{"{CANARY}'.encode(), "headers": AS_JSON}, 400, "frame")
    return Entry(READERS, plain(path, json=always), bad=[*wrong, broken], scope=Scope.READ)


OBSERVATION = {k: v for k, v in an_observation().items() if v is not None}
TABLE: dict[tuple[str, str], Entry] = {
    ("POST", "/sessions"): Entry(
        None, plain("/sessions", json={"username": "bo", "password": CAST.bo.password}), 201,
        [({"json": {}}, 422, "invalid"), ({"json": {"username": CANARY, "password": CANARY}}, 401, "sign-in"),
         ({"json": {"username": "bo", "password": CANARY, "install": CANARY}}, 422, "invalid"),
         ({"content": b"{" + CANARY.encode(), "headers": AS_JSON}, 400, "frame")],
    ),
    ("GET", "/session"): Entry(EVERYBODY, plain("/session")),
    ("DELETE", "/session"): Entry(None, plain("/session"), 204),
    ("PUT", "/session/password"): Entry(
        EVERYBODY, plain("/session/password", json={"current": PASSWORD, "password": "en lång natt"}), 204,
        [({"json": {"current": CANARY, "password": "en lång natt"}}, 422, "invalid"),
         ({"json": {"current": PASSWORD, "password": "kort"}}, 422, "invalid"), ({"json": {}}, 422, "invalid"),
         ({"content": f'{{"{CANARY}'.encode(), "headers": AS_JSON}, 400, "frame")],
    ),
    ("POST", "/invitations"): Entry(
        None, plain("/invitations", json={"code": "nobody's", "password": "tillräckligt lång"}), 404,
        [({"json": {"code": CANARY, "password": "kort"}}, 422, "invalid"), ({"json": {}}, 422, "invalid"),
         ({"json": {"code": CANARY, "password": CANARY}}, 404, "not-found")],
    ),
    ("GET", "/maps"): Entry(EVERYBODY, plain("/maps"), scope=Scope.READ),
    ("GET", "/maps/{map_id}"): Entry(EVERYBODY, plain("/maps/none"), 404, scope=Scope.READ),
    ("GET", "/shifts"): reads("/shifts", *SPAN, "status=x", "area_id=x"),
    ("POST", "/shifts"): writes(
        plain("/shifts", json=a_shift(CAST.alva, CAST.cim) | {"author": CAST.alva.id}),
        {"hosts": []}, {"hosts": [CANARY]}, a_shift(CAST.alva, alone_reason=None) | {"author": CAST.alva.id},
    ),
    ("GET", "/shifts/{id}"): Entry(EVERYBODY, of("shift", "/shifts/{id}"), scope=Scope.READ),
    ("POST", "/shifts/{id}/end"): Entry(
        OVERSEERS, of("shift", "/shifts/{id}/end", json={"summary": "Lugnt"}), 201,
        [({"json": {"ops": CANARY}}, 422, "invalid")], Scope.WRITE,
    ),
    ("GET", "/checkins"): reads("/checkins", *SPAN, "shift_id=x", "place_id=x"),
    ("POST", "/checkins"): writes(plain("/checkins", json=a_checkin()), {"kind": CANARY * 9}, {"kind": "ok", "at": 7}),
    ("GET", "/observations"): reads("/observations", *SPAN, "status=x", "category="),
    ("POST", "/observations"): writes(
        plain("/observations", json=OBSERVATION), {"category": "S2"}, OBSERVATION | {"severity": 9},
        OBSERVATION | {"author": "019a0000-0000-7000-8000-000000000099"}, OBSERVATION | {"shift_id": CANARY},
        OBSERVATION | {"happened": happened() | {"from": 1700000000}},
    ),
    ("GET", "/observations/{id}"): Entry(EVERYBODY, of("observation", "/observations/{id}"), scope=Scope.READ),
    ("POST", "/observations/{id}/amendments"): writes(
        of("observation", "/observations/{id}/amendments",
           json={"reason": "Fel", "observation": OBSERVATION, "author": CAST.alva.id}),
        {"observation": OBSERVATION}, {"reason": "", "observation": OBSERVATION},
    ),
    ("GET", "/escalations"): reads("/escalations", *SPAN, "status=x"),
    ("POST", "/escalations"): writes(
        plain("/escalations", json=an_escalation()), {"service": ""}, {"channel": "phone"},
    ),
    ("GET", "/escalations/{id}"): Entry(EVERYBODY, of("escalation", "/escalations/{id}"), scope=Scope.READ),
    ("POST", "/escalations/{id}/attempts"): writes(
        of("escalation", "/escalations/{id}/attempts", json={"attempted": AT, "outcome": "EJSVAR"}),
        {"attempted": CANARY, "outcome": "EJSVAR"}, {"attempted": AT},
    ),
    ("GET", "/alerts"): Entry(
        OVERSEERS | {Role.HOST}, plain("/alerts"),
        bad=[({"params": {"status": CANARY}}, 422, "invalid"), ({"params": {"limit": "0"}}, 422, "invalid")],
    ),
    ("GET", "/alerts/{id}"): Entry(OVERSEERS | {Role.HOST}, of("alert", "/alerts/{id}")),
    ("POST", "/alerts/{id}/acknowledge"): Entry(
        OVERSEERS | {Role.HOST}, of("alert", "/alerts/{id}/acknowledge"),
    ),
    ("POST", "/alerts/{id}/clear"): Entry(
        OVERSEERS | {Role.HOST}, of("alert", "/alerts/{id}/clear", json={"note": "Lugnt"}),
        bad=[({"json": {"note": 5}}, 422, "invalid"), ({"json": [CANARY]}, 422, "invalid")],
    ),
    ("GET", "/reviews/shifts"): Entry(
        OVERSEERS, plain("/reviews/shifts"),
        bad=[({"params": {"from": CANARY}}, 422, "invalid"), ({"params": {"ids": CANARY}}, 422, "invalid"),
             ({"params": {"limit": "0"}}, 422, "invalid")],
    ),
    ("GET", "/reviews/shifts/{id}"): Entry(OVERSEERS, of("shift", "/reviews/shifts/{id}")),
    ("GET", "/reviews/shifts/{id}/seal"): Entry(OVERSEERS, of("shift", "/reviews/shifts/{id}/seal")),
    ("POST", "/reviews/shifts/{id}/approve"): Entry(
        OVERSEERS, of("shift", "/reviews/shifts/{id}/approve", json={"seen_seq": 2**40}), 409,
        [({"json": {"seen_seq": CANARY}}, 422, "invalid"), ({"json": {}}, 422, "invalid")],
    ),
    ("POST", "/reviews/shifts/{id}/return"): Entry(
        OVERSEERS, of("shift", "/reviews/shifts/{id}/return", json={"seen_seq": 2**40, "note": CANARY}), 409,
        [({"json": {"seen_seq": 1, "note": [CANARY]}}, 422, "invalid"), ({"json": {}}, 422, "invalid")],
    ),
    ("POST", "/reviews/shifts/{id}/comments"): Entry(
        OVERSEERS, lambda world: (f"/reviews/shifts/{world.shift}/comments",
                                  {"json": {"target": world.observation, "text": "Tack!"}}), 200,
        [({"json": {"target": CANARY, "text": CANARY}}, 422, "invalid"),
         ({"json": {"target": "019a0000-0000-7000-8000-000000000099", "text": CANARY}}, 422, "invalid")],
    ),
    **WAITING,
    ("POST", "/reviews/quarantined/{id}/retry"): Entry(OVERSEERS, of("shift", "/reviews/quarantined/{id}/retry"), 404),
    ("GET", "/reviews/revoked"): Entry(OVERSEERS, plain("/reviews/revoked")),
    ("POST", "/reviews/revoked/{id}/release"): Entry(
        OVERSEERS, of("shift", "/reviews/revoked/{id}/release", json={"seen_seq": 1}), 404,
        [({"json": {"seen_seq": CANARY}}, 422, "invalid"), ({"json": {}}, 422, "invalid"),
         ({"content": b"{" + CANARY.encode(), "headers": AS_JSON}, 400, "frame")],
    ),
    ("GET", "/reference"): Entry(EVERYBODY, plain("/reference"), scope=Scope.READ),
    ("PUT", "/notices/language"): Entry(
        EVERYBODY, plain("/notices/language", json={"language": "en"}), 204,
        bad=[({"json": {"language": CANARY}}, 422, "invalid"), ({"json": {}}, 422, "invalid")],
    ),
    ("GET", "/me/data"): Entry(
        EVERYBODY, plain("/me/data"),
        bad=[({"params": wrong}, 422, "invalid") for wrong in ({"limit": "0"}, {"who": CANARY})]
    ),
    ("GET", "/sync/hello"): Entry(None, plain("/sync/hello")),
    ("POST", "/sync/push"): Entry(None, plain("/sync/push", json={}), 400, by_phone=True,
                                  bad=[({"json": [CANARY]}, 400, "frame")]),
    ("POST", "/sync/reconcile"): Entry(None, plain("/sync/reconcile", json={"ids": []}), by_phone=True,
                                       bad=[({"json": {"ids": [CANARY]}}, 400, "frame")]),
    ("POST", "/sync/import"): Entry(
        OVERSEERS, plain("/sync/import", json={"format": "lykta-ops", "v": 1, "count": 0, "ops": []}), 200,
        [({"json": {CANARY: 1}}, 422, "copy-foreign"), ({"content": CANARY.encode()}, 422, "copy-foreign"),
         ({"json": {"format": "lykta-ops", "v": 1, "count": 2, "ops": [CANARY]}}, 422, "copy-cut")], Scope.WRITE,
    ),
    ("POST", "/sync/import/carried"): Entry(
        None, plain("/sync/import/carried", content=b"eyJ"), 422, by_phone=True,
        bad=[({"content": CANARY.encode()}, 422, "copy-plain"),
             ({"content": f"eyJ.{CANARY}".encode()}, 422, "copy-cut")],
    ),
    ("POST", "/sync/unlock"): Entry(
        EVERYBODY, plain("/sync/unlock", json={"jwe": "eyJ"}), 422,
        [({"json": {"jwe": CANARY}}, 422, "invalid"), ({"json": {"jwe": "kanarie"}}, 422, "copy-cut"),
         ({"json": {"jwe": 7}}, 422, "invalid"), ({"json": {"jwe": "x" * 4097}}, 422, "invalid"),
         ({"content": b"{" + CANARY.encode(), "headers": AS_JSON}, 400, "frame")],
    ),
    ("GET", "/sync/pull"): Entry(EVERYBODY, plain("/sync/pull"), scope=Scope.READ,
                                 bad=[({"params": {"cursor": CANARY}}, 410, "reset"),
                                      ({"params": {"limit": CANARY}}, 422, "invalid")]),
    ("GET", "/sync/receipts/{op_id}"): Entry(EVERYBODY, of("shift", "/sync/receipts/{id}"), scope=Scope.READ),
    ("GET", "/blobs/{sha256}"): Entry(EVERYBODY, plain(f"/blobs/{BLOB}"), 404, scope=Scope.READ),
    ("HEAD", "/blobs/{sha256}"): Entry(None, plain(f"/blobs/{BLOB}"), 204, by_phone=True),
    ("PATCH", "/blobs/{sha256}"): Entry(
        None, plain(f"/blobs/{BLOB}", content=PHOTO, headers=chunk_headers(PHOTO, 0, last=True)), 204, by_phone=True,
        bad=[({"content": CANARY.encode()}, 415, "media"),
             ({"content": PHOTO, "headers": {"Content-Type": "application/partial-upload"}}, 400, "frame")],
    ),
    ("GET", "/briefings"): Entry(EVERYBODY, plain("/briefings"), scope=Scope.READ),
    ("GET", "/briefings/earlier"): reads("/briefings/earlier", "page=0"),
    ("PUT", "/briefings/{id}"): Entry(
        OVERSEERS, of("shift", "/briefings/{id}", json=a_briefing()), 200,
        [({"json": a_briefing() | {"based_on": CANARY}}, 422, "invalid"),
         ({"json": a_briefing() | {"valid_to": a_briefing()["valid_from"]}}, 422, "invalid"),
         ({"json": {"text": CANARY}}, 422, "invalid"),
         ({"content": b"{" + CANARY.encode(), "headers": AS_JSON}, 400, "frame")], Scope.WRITE,
    ),
    ("POST", "/find"): finds("/find"),
    ("GET", "/find/saved"): Entry(READERS, plain("/find/saved")),
    ("PUT", "/find/saved/{id}"): Entry(
        READERS, lambda _: (f"/find/saved/{uuid7()}", {"json": {"name": "Stationen", "asked": {"text": "klotter"}}}),
        200,
        [({"json": {"name": " ", "asked": {}}}, 422, "invalid"), ({"json": {"name": CANARY}}, 422, "invalid"),
         ({"json": {"name": "x", "asked": {"sort": CANARY}}}, 422, "invalid"),
         ({"json": {"name": "Kalle Johansson", "asked": {}}}, 422, "find-person"),
         ({"content": b"{" + CANARY.encode(), "headers": AS_JSON}, 400, "frame")],
    ),
    ("DELETE", "/find/saved/{id}"): Entry(READERS, of("shift", "/find/saved/{id}"), 404),
    ("POST", "/exports"): finds("/exports", format="csv"),
    ("GET", "/push/key"): told("/push/key"),
    ("PUT", "/push/subscription"): told(
        "/push/subscription", 200, {}, [CANARY], A_SUBSCRIPTION | {"endpoint": f"https://127.0.0.1/{CANARY}"},
        A_SUBSCRIPTION | {"keys": {"p256dh": CANARY, "auth": CANARY}}, json=A_SUBSCRIPTION,
    ),
    ("DELETE", "/push/subscription"): told(
        "/push/subscription", 204, {"params": {"id": CANARY}}, {"params": {}}, params={"id": "0f" * 32},
    ),
    ("GET", "/notices/channels"): told("/notices/channels"),
    ("POST", "/push/test"): told("/push/test", 200, {"language": CANARY}, [CANARY], json={"language": "en"}),
    **DESK,
    ("GET", "/live"): Entry(OVERSEERS | {Role.HOST}, plain("/live"), streams=True),
}  # fmt: skip

ROUTES = sorted(TABLE)
SIGNED_IN = [r for r in ROUTES if TABLE[r].roles is not None]
CHANGING = [r for r in ROUTES if r[0] not in ("GET", "HEAD")]
FOREIGN: tuple[dict[str, str], ...] = (
    {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://testserver:81"}, {"Origin": ""},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-site"},
)  # fmt: skip


@pytest.fixture(scope="module")
def template(
    sqlite_with_cast: Path, fast_dir: Path, tmp_path_factory: pytest.TempPathFactory, _one_api: None
) -> Template:
    return make_template(sqlite_with_cast, fast_dir / "routes.db", tmp_path_factory.mktemp("template"))


@pytest.fixture
def scene(template: Template, fast_dir: Path, tmp_path: Path) -> Iterator[Scene]:
    """Of the test's own."""
    with scene_of(template, fast_dir / "route.db", tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def _still(template: Template, fast_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with scene_of(template, fast_dir / "still.db", tmp_path_factory.mktemp("still")) as made:
        before = rows(made)
        yield made
        assert rows(made) == before


@pytest.fixture
def still(_still: Scene) -> Scene:
    """Shared by tests in which everything is refused: at their end nothing may have been written."""
    app.main.make_api().state.context = _still.ctx  # the routes are one for all; each scene began by taking them
    return _still


def rows(scene: Scene) -> dict[str, int]:
    with scene.ctx.db.read() as conn:
        return {table.name: conn.scalar(select(func.count()).select_from(table)) or 0
                for table in SQLModel.metadata.sorted_tables}  # fmt: skip


def asked(scene: Scene, browser: Browser, route: tuple[str, str], **instead: Any) -> Any:
    path, given = TABLE[route].ask(scene.world)
    return browser.request(route[0], path, **(instead or given))


def at_the_desk(scene: Scene, route: tuple[str, str]) -> Browser:
    """Whoever may: a phone, an admin, or a supervisor."""
    entry = TABLE[route]
    if entry.by_phone:
        return scene.phone()
    return scene.browser(CAST.bo if entry.roles is None or Role.SUPERVISOR in entry.roles else CAST.ada)


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_a_stranger(scene: Scene, route: tuple[str, str]) -> None:
    """Comes as far as the sign-in; and does not learn from a refusal whether the question was well put."""
    entry, stranger = TABLE[route], Browser(scene.api)
    if entry.by_phone:
        assert_problem(asked(scene, stranger, route), 401, "device")
    elif entry.roles is None:
        assert asked(scene, stranger, route).status_code == entry.status
    else:
        assert_problem(asked(scene, stranger, route), 401, "session")
        for given, _, _ in entry.bad:
            assert_problem(asked(scene, stranger, route, **given), 401, "session")


@pytest.mark.parametrize("route", SIGNED_IN, ids=" ".join)
def test_each_role(scene: Scene, route: tuple[str, str]) -> None:
    entry = TABLE[route]
    for person in (CAST.alva, CAST.bo, CAST.ada, CAST.dan, CAST.arne, CAST.dora):
        browser = scene.browser(person)
        if person.role not in (entry.roles or ()):
            assert_problem(asked(scene, browser, route), 403, "forbidden")
        elif not entry.streams:
            assert asked(scene, browser, route).status_code == entry.status, person


@pytest.mark.parametrize("route", SIGNED_IN, ids=" ".join)
def test_a_program(scene: Scene, route: tuple[str, str]) -> None:
    entry = TABLE[route]
    for scopes in ([Scope.READ], [Scope.RESTRICTED], [Scope.READ, Scope.WRITE], list(Scope)):
        program = Browser(scene.api, token=accounts.add_token(scene.ctx, "program", scopes)[1])
        answer = asked(scene, program, route)
        if route == ("GET", "/session"):
            assert_problem(answer, 401, "session")
        elif entry.scope in scopes:
            assert answer.status_code == entry.status
        else:
            assert_problem(answer, 403, "forbidden")


@pytest.mark.parametrize("route", SIGNED_IN, ids=" ".join)
def test_a_made_up_token(still: Scene, route: tuple[str, str]) -> None:
    answer = asked(still, Browser(still.api, token="lykta_kanarie-4711"), route)
    assert_problem(answer, 401, "token")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("route", [r for r in ROUTES if TABLE[r].bad], ids=" ".join)
def test_bad_input(scene: Scene, route: tuple[str, str]) -> None:
    browser = at_the_desk(scene, route)
    for given, status, code in TABLE[route].bad:
        with watched_logs():
            assert_problem(asked(scene, browser, route, **given), status, code)


@pytest.mark.parametrize("route", [r for r in ROUTES if "{id}" in r[1] and r[0] != "PUT"], ids=" ".join)
def test_an_id_of_nothing(still: Scene, route: tuple[str, str]) -> None:
    _, given = TABLE[route].ask(still.world)
    browser = at_the_desk(still, route)
    for wrong in ("019a0000-0000-7000-8000-000000000099", "kanarie-4711", "%00"):
        answer = browser.request(route[0], route[1].replace("{id}", wrong), **given)
        assert_problem(answer, 404, "not-found")


@pytest.mark.parametrize("route", CHANGING, ids=" ".join)
def test_another_site(still: Scene, route: tuple[str, str]) -> None:
    browser = at_the_desk(still, route)
    path, given = TABLE[route].ask(still.world)
    for headers in FOREIGN:
        of_a_page = {**given, "headers": {**given.get("headers", {}), **headers}}
        assert_problem(browser.request(route[0], path, **of_a_page), 403, "origin")


@pytest.mark.parametrize("route", CHANGING, ids=" ".join)
def test_our_own_pages_by_fetch_metadata(scene: Scene, route: tuple[str, str]) -> None:
    """Behind a proxy that changes the host, the browser's own word is enough."""
    browser = at_the_desk(scene, route)
    path, given = TABLE[route].ask(scene.world)
    told = {"Sec-Fetch-Site": "same-origin", "Origin": "https://lykta.example"}
    given = {**given, "headers": {**given.get("headers", {}), **told}}
    assert browser.request(route[0], path, **given).status_code == TABLE[route].status
