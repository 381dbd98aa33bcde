"""Signing in and out: cookies, guesses slowed down, invitations, people and phones that are turned away."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

import app.main
from app.access import accounts
from app.access.context import Context
from app.access.passwords import AT_ONCE, FREE_FAILURES
from app.access.permission import Role, Scope
from app.core.errors import Problem, Refused
from tests.conftest import PhoneOf, SignIn
from tests.support import on_sqlite
from tests.support.canary import CANARY, assert_problem, watched_logs
from tests.support.client import BASE_URL, ORIGIN, Browser, Phone, statuses
from tests.support.factories import a_checkin
from tests.support.tables import journalled
from tests.support.world import PASSWORD, Cast, FakeClock

pytestmark = on_sqlite


@pytest.fixture
def elsewhere(ctx: Context, api: TestClient) -> Iterator[TestClient]:
    """Another address on the net."""
    assert api
    with TestClient(app.main.create_app(ctx), base_url=BASE_URL, headers={"Origin": ORIGIN},
                    client=("203.0.113.9", 4711)) as client:  # fmt: skip
        yield client


def test_a_phone_gets_two_cookies_that_scripts_cannot_read(stranger: Browser, cast: Cast, clock: FakeClock) -> None:
    phone = Phone(stranger.api)
    answer = phone.sign_in(cast.alva)
    cookies = {line.split("=")[0]: line.lower() for line in answer.headers.get_list("set-cookie")}
    assert set(cookies) == {"lykta_session", "lykta_device"}
    for line in cookies.values():
        assert {"httponly", "secure", "samesite=strict", "path=/"} <= {p.strip() for p in line.split(";")}
    assert "max-age=43200" in cookies["lykta_session"]
    assert "max-age=34560000" in cookies["lykta_device"]
    assert answer.json()["user"] == {"id": cast.alva.id, "username": "alva", "name": cast.alva.name, "role": "host"}
    assert clock


def test_a_desktop_gets_no_device(sign_in: SignIn, cast: Cast) -> None:
    browser = sign_in(cast.bo)
    assert set(browser.cookies) == {"lykta_session"}
    assert browser.get("/session").json()["device"] is None


def test_neither_password_nor_token_is_stored(phone_of: PhoneOf, ctx: Context, cast: Cast) -> None:
    phone = phone_of(cast.alva)
    with ctx.db.read() as conn:
        tables = ("account", "device", "sign_in", "api_token", "sign_in_failure", "journal_op")
        stored = str([conn.exec_driver_sql(f"SELECT * FROM {table}").all() for table in tables])
    for secret in (PASSWORD, *phone.cookies.values()):
        assert secret not in stored


def test_the_same_phone_keeps_its_device(phone_of: PhoneOf, cast: Cast) -> None:
    phone = phone_of(cast.alva)
    before = (phone.cookies["lykta_device"], phone.get("/session").json()["device"])
    assert phone.sign_in(cast.cim).status_code == 201
    assert (phone.cookies["lykta_device"], phone.get("/session").json()["device"]) == before


def test_a_new_install_on_the_same_browser_is_a_new_device(phone_of: PhoneOf, cast: Cast) -> None:
    phone = phone_of(cast.alva)
    before = phone.get("/session").json()["device"]["id"]
    phone.sign_in(cast.alva, install="019a0000-0000-4000-8000-000000000001")
    assert phone.get("/session").json()["device"]["id"] != before


def test_a_user_name_is_found_however_it_is_written(stranger: Browser, cast: Cast) -> None:
    assert stranger.post("/sessions", json={"username": " ALVA ", "password": cast.alva.password}).status_code == 201


def test_signing_out_ends_the_session_and_keeps_the_phone(phone_of: PhoneOf, cast: Cast) -> None:
    phone = phone_of(cast.alva)
    session = phone.cookies["lykta_session"]
    assert phone.delete("/session").status_code == 204
    assert set(phone.cookies) == {"lykta_device"}
    assert statuses(phone.send(phone.seal("checkin.create", a_checkin()))) == [("applied", None)]
    phone.cookies["lykta_session"] = session
    assert_problem(phone.get("/session"), 401, "session")


def test_a_sign_in_ends_the_session_that_the_browser_had(phone_of: PhoneOf, cast: Cast) -> None:
    """Of whoever left without coverage: the phone could not tell the server."""
    phone = phone_of(cast.alva)
    before = phone.cookies["lykta_session"]
    assert phone.sign_in(cast.cim).status_code == 201
    phone.cookies["lykta_session"] = before
    assert_problem(phone.get("/session"), 401, "session")


def test_a_session_ends_after_its_hours(sign_in: SignIn, clock: FakeClock, cast: Cast) -> None:
    browser = sign_in(cast.bo)
    clock.advance(hours=11, minutes=59)
    assert browser.get("/session").status_code == 200
    clock.advance(minutes=1)
    assert_problem(browser.get("/session"), 401, "session")


@pytest.mark.parametrize("cookie", ["", "x", "kanarie-4711" * 20])
def test_a_made_up_session_is_none(stranger: Browser, cookie: str) -> None:
    stranger.cookies["lykta_session"] = cookie
    assert_problem(stranger.get("/session"), 401, "session")


# --- guesses ---


def guess(browser: Browser, username: str, times: int) -> list[int]:
    body = {"username": username, "password": CANARY}
    return [browser.post("/sessions", json=body).status_code for _ in range(times)]


def test_wrong_name_and_wrong_password_look_the_same(stranger: Browser, cast: Cast) -> None:
    with watched_logs():
        answers = [stranger.post("/sessions", json={"username": name, "password": CANARY}) for name in ("alva", CANARY)]
    assert [a.status_code for a in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()
    assert cast


def test_guesses_at_an_account_are_slowed(stranger: Browser, cast: Cast, clock: FakeClock) -> None:
    assert guess(stranger, "alva", FREE_FAILURES + 1) == [401] * FREE_FAILURES + [429]
    answer = stranger.sign_in(cast.alva)
    assert_problem(answer, 429, "slowed")
    wait = int(answer.headers["retry-after"])
    assert wait == 2
    clock.advance(seconds=wait)
    assert guess(stranger, "alva", 2) == [401, 429]
    assert int(stranger.sign_in(cast.alva).headers["retry-after"]) == 4
    clock.advance(seconds=4)
    assert stranger.sign_in(cast.alva).status_code == 201


def test_the_wait_has_an_end(stranger: Browser, cast: Cast, clock: FakeClock) -> None:
    for _ in range(30):
        guess(stranger, "alva", 1)
        clock.advance(seconds=900)
    guess(stranger, "alva", 1)
    assert int(stranger.sign_in(cast.alva).headers["retry-after"]) <= 900
    clock.advance(hours=1, seconds=1)
    assert stranger.sign_in(cast.alva).status_code == 201


def test_guesses_from_an_address_are_slowed_whoever_they_are_at(stranger: Browser, cast: Cast) -> None:
    for number in range(FREE_FAILURES):
        guess(stranger, f"nobody{number}", 1)
    assert_problem(stranger.sign_in(cast.alva), 429, "slowed")


def test_another_address_is_not_slowed_by_it(stranger: Browser, elsewhere: TestClient, cast: Cast) -> None:
    for number in range(FREE_FAILURES):
        guess(stranger, f"nobody{number}", 1)
    assert Browser(elsewhere).sign_in(cast.alva).status_code == 201


def test_an_account_is_slowed_from_every_address(stranger: Browser, elsewhere: TestClient, cast: Cast) -> None:
    guess(stranger, "alva", FREE_FAILURES)
    assert_problem(Browser(elsewhere).sign_in(cast.alva), 429, "slowed")


def test_a_phone_that_a_person_uses_cannot_be_locked_out_by_strangers(
    phone_of: PhoneOf, elsewhere: TestClient, cast: Cast
) -> None:
    phone = phone_of(cast.alva)
    guess(Browser(elsewhere), "alva", FREE_FAILURES + 3)
    assert phone.sign_in(cast.alva).status_code == 201


def test_nor_by_strangers_behind_the_same_address(phone_of: PhoneOf, stranger: Browser, cast: Cast) -> None:
    """An office, a mobile operator, or a proxy that does not say for whom it asks: all of them are one address."""
    phone = phone_of(cast.alva)
    for number in range(FREE_FAILURES + 3):
        guess(stranger, f"nobody{number}", 1)
    assert phone.sign_in(cast.alva).status_code == 201
    assert_problem(stranger.sign_in(cast.bo), 429, "slowed")


def test_guesses_made_at_once_are_counted_one_after_the_other(ctx: Context, cast: Cast) -> None:
    told: list[str] = []

    def ask(number: int) -> None:
        try:
            accounts.sign_in(ctx, cast.alva.username, CANARY, address=str(number), install=None, label="",
                             device_token=None)  # fmt: skip
        except Problem as problem:
            told.append(problem.kind.code)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4 * FREE_FAILURES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (told.count("sign-in"), told.count("slowed")) == (FREE_FAILURES, 3 * FREE_FAILURES)


def test_guesses_on_a_familiar_phone_are_slowed_too(phone_of: PhoneOf, cast: Cast) -> None:
    """Somebody found it."""
    phone = phone_of(cast.alva)
    assert guess(phone, "alva", FREE_FAILURES + 1)[-1] == 429
    assert cast


def test_a_phone_of_somebody_else_is_not_familiar(phone_of: PhoneOf, elsewhere: TestClient, cast: Cast) -> None:
    phone = phone_of(cast.cim)
    guess(Browser(elsewhere), "alva", FREE_FAILURES)
    assert_problem(phone.sign_in(cast.alva), 429, "slowed")


def test_a_sign_in_forgets_the_failures_before_it(stranger: Browser, cast: Cast, elsewhere: TestClient) -> None:
    guess(stranger, "alva", FREE_FAILURES - 1)
    assert Browser(elsewhere).sign_in(cast.alva).status_code == 201
    assert guess(Browser(elsewhere), "alva", 2) == [401, 401]


def test_few_passwords_are_hashed_at_once(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes 64 MiB: a flood of sign-ins must not take the server's memory."""
    passwords, now, most, gate = ctx.passwords, 0, 0, threading.Lock()

    class Slow:
        def verify(self, _stored: str, _password: bytes) -> None:
            nonlocal now, most
            with gate:
                now += 1
                most = max(most, now)
            threading.Event().wait(0.01)
            with gate:
                now -= 1

    monkeypatch.setattr(passwords, "_hasher", Slow())
    threads = [threading.Thread(target=passwords.fits, args=("x", "y")) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == AT_ONCE


# --- invitations ---


def test_an_invitation_is_for_one_use(stranger: Browser, ctx: Context) -> None:
    _, code = accounts.add(ctx, "eva", "Eva Ny", Role.HOST, None)
    chosen = {"code": code, "password": "en lång nattvandring"}
    assert stranger.post("/invitations", json=chosen).status_code == 204
    assert_problem(stranger.post("/invitations", json=chosen), 404, "not-found")
    answer = stranger.post("/sessions", json={"username": "eva", "password": chosen["password"]})
    assert answer.status_code == 201


def test_an_invitation_runs_out(stranger: Browser, ctx: Context, clock: FakeClock) -> None:
    _, code = accounts.add(ctx, "eva", "Eva Ny", Role.HOST, None)
    clock.advance(days=7, seconds=1)
    assert_problem(stranger.post("/invitations", json={"code": code, "password": "en lång natt"}), 404, "not-found")


@pytest.mark.parametrize("password", ["", "för kort", " " * 12, "x" * 201])
def test_a_password_has_a_length(stranger: Browser, ctx: Context, password: str) -> None:
    _, code = accounts.add(ctx, "eva", "Eva Ny", Role.HOST, None)
    assert_problem(stranger.post("/invitations", json={"code": code, "password": password}), 422, "invalid")
    assert stranger.post("/invitations", json={"code": code, "password": "lagom långt"}).status_code == 204


def test_guesses_at_invitations_are_slowed(stranger: Browser, ctx: Context, cast: Cast) -> None:
    _, code = accounts.add(ctx, "eva", "Eva Ny", Role.HOST, None)
    for number in range(FREE_FAILURES):
        stranger.post("/invitations", json={"code": f"{CANARY}{number}", "password": "lagom långt"})
    answer = stranger.post("/invitations", json={"code": CANARY, "password": "lagom långt"})
    assert_problem(answer, 429, "slowed")
    assert int(answer.headers["retry-after"]) > 0
    assert cast
    # Nobody guesses 256 bits: who has them is let in, whoever else asks from the same address.
    assert stranger.post("/invitations", json={"code": code, "password": "lagom långt"}).status_code == 204


def test_who_is_invited_cannot_sign_in_before(stranger: Browser, ctx: Context) -> None:
    accounts.add(ctx, "eva", "Eva Ny", Role.HOST, None)
    answer = stranger.post("/sessions", json={"username": "eva", "password": "nobody has this password"})
    assert_problem(answer, 401, "sign-in")


def test_a_reset_ends_password_and_sessions(sign_in: SignIn, ctx: Context, cast: Cast) -> None:
    browser = sign_in(cast.alva)
    code = accounts.reset(ctx, "alva")
    assert_problem(browser.get("/session"), 401, "session")
    assert_problem(browser.sign_in(cast.alva), 401, "sign-in")
    assert browser.post("/invitations", json={"code": code, "password": PASSWORD}).status_code == 204
    assert browser.sign_in(cast.alva).status_code == 201


# --- turned away ---


def test_who_is_disabled_is_out_but_what_their_phone_holds_can_leave_it(
    phone_of: PhoneOf, ctx: Context, cast: Cast
) -> None:
    phone = phone_of(cast.alva)
    accounts.set_active(ctx, "alva", active=False)
    assert_problem(phone.get("/session"), 401, "session")
    assert_problem(phone.sign_in(cast.alva), 401, "sign-in")
    assert statuses(phone.send(phone.seal("checkin.create", a_checkin()))) == [("applied", None)]


@pytest.mark.parametrize("signed_in", [True, False], ids=["session", "no session"])
def test_a_revoked_phone_reads_nothing(phone_of: PhoneOf, ctx: Context, cast: Cast, signed_in: bool) -> None:
    """Its session ends with it, and what is left of it says so: without that the phone would only be asked to sign in.

    What it may still hand in: tests/sync/test_revoked.py.
    """
    phone = phone_of(cast.alva)
    op = phone.seal("checkin.create", a_checkin())
    phone.send(op)
    accounts.revoke_device(ctx, phone.get("/session").json()["device"]["id"])
    if not signed_in:
        phone.forget_session()
    for path in ("/session", "/sync/pull", "/reference", "/checkins", "/live", f"/sync/receipts/{op['id']}",
                 f"/blobs/{'0' * 64}", "/maps"):  # fmt: skip
        assert_problem(phone.get(path), 403, "device-revoked")


def test_a_revoked_phone_that_is_signed_in_on_again_is_a_new_device(
    phone_of: PhoneOf, ctx: Context, cast: Cast
) -> None:
    phone = phone_of(cast.alva)
    op = phone.seal("checkin.create", a_checkin())
    accounts.revoke_device(ctx, phone.get("/session").json()["device"]["id"])
    phone.sign_in(cast.alva)
    assert statuses(phone.send(op)) == [("applied", None)]


def test_a_revoked_token_is_none(api: TestClient, ctx: Context) -> None:
    token_id, token = accounts.add_token(ctx, "rapport", [Scope.READ])
    assert Browser(api, token=token).get("/reference").status_code == 200
    accounts.revoke_token(ctx, token_id)
    assert_problem(Browser(api, token=token).get("/reference"), 401, "token")
    with pytest.raises(Refused):
        accounts.revoke_token(ctx, token_id)


def test_a_token_needs_no_origin(api: TestClient, ctx: Context) -> None:
    """Programs are no browsers: no other site can make them send their token."""
    _, token = accounts.add_token(ctx, "import", [Scope.WRITE, Scope.READ])
    answer = Browser(api, token=token).post("/checkins", json=a_checkin(), headers={"Origin": "https://else.example"})
    assert answer.status_code == 201


def test_a_token_never_pushes_as_a_phone(api: TestClient, ctx: Context) -> None:
    _, token = accounts.add_token(ctx, "import", list(Scope))
    assert_problem(Browser(api, token=token).post("/sync/push", json={}), 401, "device")


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic YWx2YTpoZW1saWd0", "bearer  "])
def test_a_header_that_is_no_token_counts_for_nothing(sign_in: SignIn, cast: Cast, header: str) -> None:
    assert sign_in(cast.bo).get("/session", headers={"Authorization": header}).status_code == 200


# --- accounts ---


@pytest.mark.parametrize("username", ["", "Alva Ek", "x" * 61, "-alva", "al va", "alva\n", "a\0b"])
def test_a_user_name_has_a_form(ctx: Context, username: str) -> None:
    with pytest.raises(Refused):
        accounts.add(ctx, username, "Namn", Role.HOST, None)


def test_a_user_name_belongs_to_one_person(ctx: Context, cast: Cast) -> None:
    assert cast
    with pytest.raises(Refused, match="taken"):
        accounts.add(ctx, "alva", "En annan", Role.HOST, None)


def test_accounts_leave_no_secret_in_the_journal(ctx: Context) -> None:
    _, code = accounts.add(ctx, "eva", "Eva Ny", Role.HOST, None)
    accounts.add(ctx, "ove", "Ove Ny", Role.HOST, "ett hemligt lösen")
    with ctx.db.read() as conn:
        written: Any = b"".join(bytes(row.body) for row in journalled(conn))
    assert str(code).encode() not in written
    assert b"hemligt" not in written


def test_a_session_opens_nothing_from_the_address_bar(sign_in: SignIn, cast: Cast) -> None:
    """What is typed there goes past the lock of the app. Photos are asked for by the page."""
    alva = sign_in(cast.alva)
    for mode, status in (("navigate", 401), ("cors", 200), ("no-cors", 200)):
        assert alva.get("/me/data", headers={"Sec-Fetch-Mode": mode}).status_code == status
