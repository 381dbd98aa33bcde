"""Another password, chosen by whoever is signed in."""

from typing import Any

import pytest

from app.access import accounts
from app.access.context import Context
from app.access.passwords import FREE_FAILURES
from tests.conftest import SignIn
from tests.support import on_sqlite
from tests.support.canary import CANARY, assert_problem
from tests.support.client import Browser
from tests.support.world import PASSWORD, Cast, FakeClock

pytestmark = on_sqlite

FRESH = "en lång natt i november"


def change(browser: Browser, current: str = PASSWORD, password: str = FRESH) -> Any:
    return browser.request("PUT", "/session/password", json={"current": current, "password": password})


def test_a_person_changes_the_password_and_every_other_session_ends(
    sign_in: SignIn, stranger: Browser, cast: Cast
) -> None:
    here, elsewhere_, bo = sign_in(cast.alva), sign_in(cast.alva), sign_in(cast.bo)
    assert change(here).status_code == 204
    assert here.get("/session").status_code == 200
    assert_problem(elsewhere_.get("/session"), 401, "session")
    assert bo.get("/session").status_code == 200
    for password, status in ((PASSWORD, 401), (FRESH, 201)):
        answer = stranger.post("/sessions", json={"username": "alva", "password": password})
        assert answer.status_code == status


@pytest.mark.parametrize(
    ("current", "password", "fault"),
    [(CANARY, FRESH, ("/current", "wrong")), (PASSWORD, "kort", ("/password", "length")),
     (PASSWORD, "x" * 600, ("/password", "length")), (PASSWORD, " " * 12, ("/password", "length"))],
)  # fmt: skip
def test_a_password_that_does_not_fit_changes_nothing(
    sign_in: SignIn, cast: Cast, current: str, password: str, fault: tuple[str, str]
) -> None:
    here, other = sign_in(cast.alva), sign_in(cast.alva)
    answer = change(here, current, password)
    assert_problem(answer, 422, "invalid")
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [fault]
    assert here.get("/session").status_code == other.get("/session").status_code == 200
    assert change(here).status_code == 204


def test_guesses_at_the_current_password_are_slowed_down(sign_in: SignIn, cast: Cast, clock: FakeClock) -> None:
    here = sign_in(cast.alva)
    for _ in range(FREE_FAILURES):
        assert change(here, CANARY).status_code == 422
    slowed = change(here)
    assert_problem(slowed, 429, "slowed")
    clock.advance(seconds=int(slowed.headers["Retry-After"]))
    assert change(here).status_code == 204


def test_a_reset_meanwhile_is_not_undone_by_the_old_password(
    sign_in: SignIn, cast: Cast, ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, checked = sign_in(cast.alva), accounts._checked

    def reset_after(*args: Any) -> Any:
        found = checked(*args)
        accounts.reset(ctx, "alva")
        return found

    monkeypatch.setattr(accounts, "_checked", reset_after)
    assert_problem(change(here), 401, "session")
    monkeypatch.undo()
    for password in (PASSWORD, FRESH):
        assert here.post("/sessions", json={"username": "alva", "password": password}).status_code == 401
