"""A push service on loopback, a server that may reach it, and people whose browsers it knows."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.access.context import Context
from app.notify.send import Notice
from tests.support.client import Browser
from tests.support.pushservice import Browser as PushBrowser
from tests.support.pushservice import PushService
from tests.support.world import FakeClock

HELP = Notice("help", "019a0000-0000-7000-8000-0000000000a1", "Hjälplarm", "Öppna Lykta och kvittera.", "#/larm/019a",
              urgent=True)  # fmt: skip
REMINDER = replace(HELP, kind="reminder", title="Dags att checka in", urgent=False)
Subscribe = Callable[..., PushBrowser]


def set_to(ctx: Context, **settings: Any) -> None:
    """This server with other settings, from now on."""
    ctx.settings = ctx.settings.model_validate(ctx.settings.model_dump() | settings)


@pytest.fixture
def service(clock: FakeClock) -> Iterator[PushService]:
    with PushService(clock).running() as running:
        yield running


@pytest.fixture
def subscribe(service: PushService, ctx: Context) -> Subscribe:
    """`subscribe(phone)`: its browser subscribes and tells the server."""
    set_to(ctx, push_hosts=("127.0.0.1",), push_contact="mailto:drift@lyckhamn.example")

    def _subscribe(phone: Browser, **given: Any) -> PushBrowser:
        made = service.subscribe(key=phone.get("/push/key").json()["key"], **given)
        answer = phone.request("PUT", "/push/subscription", json=made.as_json())
        assert answer.status_code == 200, answer.text
        assert answer.json()["state"] == "live"
        return made

    return _subscribe
