"""A stream does not outlive the session that opened it."""

import pytest

from app.access import accounts
from app.access.context import SESSION_COOKIE, Context
from app.live import routes
from tests.live.conftest import Listen
from tests.live.reader import Reader, Served, session_of
from tests.support.world import Cast


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "PING_S", 0.05)
    monkeypatch.setattr(routes, "RECHECK_S", 0.1)


@pytest.mark.usefixtures("impatient")
def test_signing_out_ends_the_stream(server: Served, ctx: Context, cast: Cast) -> None:
    cookie = session_of(ctx, cast.bo)
    reader = Reader(server.base, cookie)
    accounts.sign_out(ctx, cookie.removeprefix(f"{SESSION_COOKIE}="))
    assert reader.has_ended()


@pytest.mark.usefixtures("impatient")
def test_a_disabled_person_hears_no_more(server: Served, ctx: Context, cast: Cast) -> None:
    reader = Reader(server.base, session_of(ctx, cast.bo))
    accounts.set_active(ctx, cast.bo.username, False)
    assert reader.has_ended()


@pytest.mark.usefixtures("impatient")
def test_a_session_that_lives_keeps_its_stream(listen: Listen, cast: Cast) -> None:
    assert not listen(cast.bo).has_ended(0.5)
