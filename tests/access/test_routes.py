"""Every route: a stranger, each role, a program, another site, bad input. A new route fails until it has an entry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.access import accounts
from app.access.context import Context
from app.access.permission import Role, Scope
from tests.conftest import PhoneOf
from tests.support import on_sqlite
from tests.support.blobs import chunk_headers, name_of, some_bytes
from tests.support.canary import CANARY, assert_problem, watched_logs
from tests.support.client import Browser, Phone
from tests.support.factories import (
    a_briefing,
    a_checkin,
    a_shift,
    an_escalation,
    an_observation,
    happened,
)
from tests.support.world import CAST, Cast, Person

pytestmark = on_sqlite

EVERYBODY = frozenset(Role)
OVERSEERS = frozenset({Role.SUPERVISOR, Role.ADMIN})
AS_JSON = {"Content-Type": "application/json"}
PHOTO = some_bytes()
BLOB = name_of(PHOTO)
#: The public key of the example in RFC 8291, §5, at a push service that is never asked.
A_SUBSCRIPTION: dict[str, Any] = {
    "key": "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs",
    "endpoint": "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
    "keys": {"auth": "BTBZMqHH6r4Tts7J_aSIgg", "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4"
             "bjyPjs7Vd8pZGH6SRpkNtoIAiw4"},
}  # fmt: skip
AT = {"kind": "point", "from": "2026-11-20T20:05:00Z"}
Given = Mapping[str, Any]


@dataclass(frozen=True)
class World:
    """Ids to ask for."""

    shift: str
    observation: str
    escalation: str
    #: Cim's: Alva may acknowledge it.
    alert: str


@dataclass(frozen=True)
class Entry:
    """`roles` may, others are refused; None: no sign-in is needed. `bad`: what is asked, with which answer."""

    roles: frozenset[Role] | None
    ask: Callable[[World], tuple[str, Given]]
    status: int = 200
    bad: Sequence[tuple[Given, int, str]] = ()
    scope: Scope | None = None
    #: Asked by a phone's own cookie, not by a session.
    by_phone: bool = False
    #: Never ends; that the right role is let in is tested where the stream is read.
    streams: bool = False


def plain(path: str, **given: Any) -> Callable[[World], tuple[str, Given]]:
    return lambda _world: (path, given)


def of(kind: str, path: str, **given: Any) -> Callable[[World], tuple[str, Given]]:
    return lambda world: (path.replace("{id}", getattr(world, kind)), given)


def reads(path: str, *bad: str, **more: Any) -> Entry:
    wrong = [({"params": dict([pair.split("=")])}, 422, "invalid") for pair in (*bad, "limit=0", f"limit={CANARY}")]
    return Entry(EVERYBODY, plain(path), bad=wrong, scope=Scope.READ, **more)


def writes(ask: Callable[[World], tuple[str, Given]], *bad: Mapping[str, Any]) -> Entry:
    refused = [({"json": body}, 422, "invalid") for body in (*bad, {}, [CANARY])]
    broken = ({"content": f'{{"{CANARY}'.encode(), "headers": AS_JSON}, 400, "frame")
    return Entry(OVERSEERS, ask, 201, [*refused, broken], Scope.WRITE)


def told(path: str, status: int = 200, *bad: Any, **given: Any) -> Entry:
    """One's own notices: everybody, and no program."""
    wrong = [(body if "params" in body else {"json": body}, 422, "invalid") for body in bad]
    return Entry(EVERYBODY, plain(path, **given), status, wrong)


SPAN = ("from=yesterday", "bbox=1,2,3", "to=2026-11-20", "page=0", f"{CANARY}=1")
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
        bad=[({"params": {"from": CANARY}}, 422, "invalid"), ({"params": {"limit": "0"}}, 422, "invalid")],
    ),
    ("GET", "/reviews/shifts/{id}"): Entry(OVERSEERS, of("shift", "/reviews/shifts/{id}")),
    ("POST", "/reviews/quarantined/{id}/retry"): Entry(OVERSEERS, of("shift", "/reviews/quarantined/{id}/retry"), 404),
    ("GET", "/reviews/revoked"): Entry(OVERSEERS, plain("/reviews/revoked")),
    ("POST", "/reviews/revoked/{id}/release"): Entry(
        OVERSEERS, of("shift", "/reviews/revoked/{id}/release", json={"seen_seq": 1}), 404,
        [({"json": {"seen_seq": CANARY}}, 422, "invalid"), ({"json": {}}, 422, "invalid"),
         ({"content": b"{" + CANARY.encode(), "headers": AS_JSON}, 400, "frame")],
    ),
    ("GET", "/reference"): Entry(EVERYBODY, plain("/reference"), scope=Scope.READ),
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
    ("PUT", "/briefings/{id}"): Entry(
        OVERSEERS, of("shift", "/briefings/{id}", json=a_briefing()), 200,
        [({"json": a_briefing() | {"valid_to": a_briefing()["valid_from"]}}, 422, "invalid"),
         ({"json": {"text": CANARY}}, 422, "invalid"),
         ({"content": b"{" + CANARY.encode(), "headers": AS_JSON}, 400, "frame")], Scope.WRITE,
    ),
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
    ("GET", "/live"): Entry(OVERSEERS | {Role.HOST}, plain("/live"), streams=True),
}  # fmt: skip

ROUTES = sorted(TABLE)
SIGNED_IN = [r for r in ROUTES if TABLE[r].roles is not None]
CHANGING = [r for r in ROUTES if r[0] not in ("GET", "HEAD")]


@pytest.fixture
def world(phone_of: PhoneOf, cast: Cast) -> World:
    phone = phone_of(cast.alva)
    shift = phone.start(a_shift(cast.alva, cast.cim))
    seen = phone.seal("observation.create", an_observation(), shift=shift)
    called = phone.seal("escalation.create", an_escalation(), shift=shift)
    assert {r["status"] for r in phone.send(seen, called)} == {"applied"}
    other = phone_of(cast.cim)
    raised = other.seal("alert.raise", {"kind": "help"}, shift=shift)
    assert {r["status"] for r in other.send(raised)} == {"applied"}
    return World(shift, seen["id"], called["id"], raised["id"])


def asked(browser: Browser, route: tuple[str, str], world: World, **instead: Any) -> Any:
    path, given = TABLE[route].ask(world)
    return browser.request(route[0], path, **(instead or given))


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_a_stranger(stranger: Browser, world: World, route: tuple[str, str]) -> None:
    """Comes as far as the sign-in; and does not learn from a refusal whether the question was well put."""
    entry = TABLE[route]
    if entry.by_phone:
        assert_problem(asked(stranger, route, world), 401, "device")
    elif entry.roles is None:
        assert asked(stranger, route, world).status_code == entry.status
    else:
        assert_problem(asked(stranger, route, world), 401, "session")
        for given, _, _ in entry.bad:
            assert_problem(asked(stranger, route, world, **given), 401, "session")


@pytest.mark.parametrize("route", SIGNED_IN, ids=" ".join)
def test_each_role(api: TestClient, world: World, cast: Cast, route: tuple[str, str]) -> None:
    entry = TABLE[route]
    for person in (cast.alva, cast.bo, cast.ada, cast.dan, cast.arne, cast.dora):
        browser = signed_in(api, person)
        if person.role not in (entry.roles or ()):
            assert_problem(asked(browser, route, world), 403, "forbidden")
        elif not entry.streams:
            assert asked(browser, route, world).status_code == entry.status, person


@pytest.mark.parametrize("route", SIGNED_IN, ids=" ".join)
def test_a_program(api: TestClient, ctx: Context, world: World, route: tuple[str, str]) -> None:
    entry = TABLE[route]
    for scopes in ([Scope.READ], [Scope.RESTRICTED], [Scope.READ, Scope.WRITE], list(Scope)):
        program = Browser(api, token=accounts.add_token(ctx, "program", scopes)[1])
        answer = asked(program, route, world)
        if route == ("GET", "/session"):
            assert_problem(answer, 401, "session")
        elif entry.scope in scopes:
            assert answer.status_code == entry.status
        else:
            assert_problem(answer, 403, "forbidden")


@pytest.mark.parametrize("route", SIGNED_IN, ids=" ".join)
def test_a_made_up_token(api: TestClient, world: World, route: tuple[str, str]) -> None:
    answer = asked(Browser(api, token="lykta_kanarie-4711"), route, world)
    assert_problem(answer, 401, "token")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("route", [r for r in ROUTES if TABLE[r].bad], ids=" ".join)
def test_bad_input(api: TestClient, world: World, phone_of: PhoneOf, cast: Cast, route: tuple[str, str]) -> None:
    entry = TABLE[route]
    browser = phone_of(cast.alva) if entry.by_phone else signed_in(api, cast.bo)
    for given, status, code in entry.bad:
        with watched_logs():
            assert_problem(asked(browser, route, world, **given), status, code)


@pytest.mark.parametrize("route", [r for r in ROUTES if "{id}" in r[1] and r[0] != "PUT"], ids=" ".join)
@pytest.mark.parametrize("wrong", ["019a0000-0000-7000-8000-000000000099", "kanarie-4711", "%00"])
def test_an_id_of_nothing(api: TestClient, world: World, cast: Cast, route: tuple[str, str], wrong: str) -> None:
    _, given = TABLE[route].ask(world)
    answer = signed_in(api, cast.bo).request(route[0], route[1].replace("{id}", wrong), **given)
    assert_problem(answer, 404, "not-found")


@pytest.mark.parametrize("route", CHANGING, ids=" ".join)
@pytest.mark.parametrize("headers", [
    {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://testserver:81"}, {"Origin": ""},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-site"},
])  # fmt: skip
def test_another_site(
    api: TestClient, world: World, phone_of: PhoneOf, cast: Cast, route: tuple[str, str], headers: dict[str, str]
) -> None:
    entry = TABLE[route]
    browser = phone_of(cast.alva) if entry.by_phone else signed_in(api, cast.bo)
    path, given = entry.ask(world)
    given = {**given, "headers": {**given.get("headers", {}), **headers}}
    assert_problem(browser.request(route[0], path, **given), 403, "origin")


@pytest.mark.parametrize("route", CHANGING, ids=" ".join)
def test_our_own_pages_by_fetch_metadata(
    api: TestClient, world: World, phone_of: PhoneOf, cast: Cast, route: tuple[str, str]
) -> None:
    """Behind a proxy that changes the host, the browser's own word is enough."""
    entry = TABLE[route]
    browser: Browser | Phone = phone_of(cast.alva) if entry.by_phone else signed_in(api, cast.bo)
    path, given = entry.ask(world)
    told = {"Sec-Fetch-Site": "same-origin", "Origin": "https://lykta.example"}
    given = {**given, "headers": {**given.get("headers", {}), **told}}
    assert browser.request(route[0], path, **given).status_code == entry.status


def signed_in(api: TestClient, person: Person) -> Browser:
    browser = Browser(api)
    assert browser.sign_in(person).status_code == 201
    return browser
