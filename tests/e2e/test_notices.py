"""A phone is told while nobody looks at it: from a tap in the settings to a notice that leads into the app.

The browser's own way to its vendor's push service is the one part played here: what the server sends to the service on
loopback is handed to the real service worker as the browser would.
"""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from app.core.clock import now
from tests.e2e.axe import violations
from tests.e2e.browser import DESK, PHONE
from tests.e2e.ledger import Ledger
from tests.e2e.net import Net
from tests.e2e.phone import Phone
from tests.e2e.screen import CONTROLLED
from tests.e2e.server import Server
from tests.e2e.tour import put_on
from tests.e2e.town import RESULTS, browser_maker, settle
from tests.support import on_sqlite
from tests.support.pushservice import Browser as PushBrowser
from tests.support.pushservice import PushService, unb64
from tests.support.world import CAST

STUB = Path(__file__).with_name("push.js").read_text(encoding="utf-8")
SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(
  ({ title, body, tag, requireInteraction, data }) => ({ title, body, tag, requireInteraction, url: data.url }))"""
TAPPED = """async () => {
  const [notification] = await self.registration.getNotifications();
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}"""
CHANGED = """(told) => self.dispatchEvent(Object.assign(new ExtendableEvent("pushsubscriptionchange"), {
  oldSubscription: null, newSubscription: { endpoint: told.endpoint, toJSON: () => told } }))"""
TRIED = """() => fetch("/api/v1/push/test", {
  method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" }).then(({ status }) => status)"""
PATIENCE_S = 30


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    """Before the server starts, so that it may reach it."""
    monkeypatch.setenv("LYKTA_PUSH_HOSTS", "127.0.0.1")
    monkeypatch.setenv("LYKTA_PUSH_CONTACT", "mailto:drift@lyckhamn.example")
    with PushService(now).running() as running:
        yield running


class Vendor:
    """The browser's own push connection: hands a message to the service worker, whoever sent it."""

    def __init__(self, phone: Phone) -> None:
        self.origin = phone.browser.base_url
        self.cdp = phone.browser.cdp(phone.page)
        found: list[str] = []
        self.cdp.on("ServiceWorker.workerRegistrationUpdated",
                    lambda told: found.extend(one["registrationId"] for one in told["registrations"]))  # fmt: skip
        self.cdp.send("ServiceWorker.enable")
        until(phone.page, lambda: bool(found))
        self.registration = found[0]

    def deliver(self, said: str) -> None:
        told = {"origin": self.origin, "registrationId": self.registration, "data": said}
        self.cdp.send("ServiceWorker.deliverPushMessage", told)


def until(page: Page, holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        page.wait_for_timeout(50)


def looked(phone: Phone, name: str) -> None:
    for scheme, size in (("light", DESK), ("dark", PHONE)):
        put_on(phone.page, scheme)
        phone.page.set_viewport_size(size)
        file = f"notices-{name}-{scheme}-{size['width']}.png"
        phone.page.screenshot(path=RESULTS / "screens" / file, full_page=True)
        assert violations(phone.page) == []


@pytest.fixture
def alva(service: PushService, db_url: str, tmp_path: Path, web_dir: Path, playwright: Playwright) -> Iterator[Phone]:
    """Signed in, and kept for offline."""
    assert service
    with ExitStack() as stack:
        settle(db_url)
        server = Server(tmp_path, db_url, web_dir)
        server.start()
        stack.callback(server.stop)
        net = Net(server.port)
        stack.callback(net.close)
        phone = Phone(browser_maker(stack, playwright, net.url, tmp_path)("alva"), Ledger())
        phone.switch_on(offline=False)
        phone.sign_in(CAST.alva)
        phone.wait_for(CONTROLLED)
        yield phone


@on_sqlite
def test_a_notice_reaches_the_phone_shows_and_leads_into_the_app(service: PushService, alva: Phone) -> None:
    mine = service.subscribe()
    subscription = {k: v for k, v in mine.as_json().items() if k != "key"}
    alva.page.evaluate(STUB, subscription)
    alva.go("#/falt/installningar")
    alva.page.get_by_role("link", name="Hur jag nås").click()
    # So far this browser refuses all notices.
    expect(alva.page.get_by_text("Nekad av telefonen")).to_be_visible()
    alva.browser.context.grant_permissions(["notifications"])
    alva.home()
    alva.go("#/telefonen/aviseringar")
    expect(alva.button("Slå på aviseringar")).to_be_visible()
    looked(alva, "off")
    alva.button("Slå på aviseringar").click()
    expect(alva.page.get_by_text("På", exact=True)).to_be_visible()
    mine.key = alva.page.evaluate("lyktaPushKey")
    assert len(unb64(str(mine.key))) == 65

    alva.button("Skicka ett prov till mig").click()
    expect(alva.page.get_by_text("Avisering: skickat")).to_be_visible(timeout=20_000)
    assert service.refused == []
    looked(alva, "on")
    shown_and_followed(alva, mine)
    changed_by_the_browser(alva, service)


def shown_and_followed(alva: Phone, mine: PushBrowser) -> None:
    pulled = len(re.findall("/sync/", " ".join(alva.browser.asked)))
    (said,) = mine.got
    vendor = Vendor(alva)
    vendor.deliver(json.dumps(said | {"urgent": True}))
    until(alva.page, lambda: alva.page.evaluate(SHOWN))
    assert alva.page.evaluate(SHOWN) == [{
        "title": "Prov från Lykta", "body": "Så här kommer aviseringar till dig. Du behöver inte göra något.",
        "tag": said["id"], "requireInteraction": True, "url": "#/telefonen/aviseringar",
    }]  # fmt: skip
    # It wakes the sync too.
    until(alva.page, lambda: len(re.findall("/sync/", " ".join(alva.browser.asked))) > pulled)
    alva.home()
    (worker,) = alva.browser.context.service_workers
    worker.evaluate(TAPPED)
    expect(alva.page.get_by_role("heading", name="Aviseringar")).to_be_visible()
    until(alva.page, lambda: not alva.page.evaluate(SHOWN))
    # What nobody can read is shown all the same: a message without a notice would end the subscription on iOS.
    vendor.deliver("inte json")
    until(alva.page, lambda: [one["title"] for one in alva.page.evaluate(SHOWN)] == ["Lykta"])


def changed_by_the_browser(alva: Phone, service: PushService) -> None:
    """Where a browser says that its subscription is another, no app needs to be open for the server to hear of it."""
    other = service.subscribe()
    (worker,) = alva.browser.context.service_workers
    worker.evaluate(CHANGED, {k: v for k, v in other.as_json().items() if k != "key"})
    deadline = time.monotonic() + PATIENCE_S
    while not other.got:
        assert time.monotonic() < deadline
        alva.page.evaluate(TRIED)
        alva.page.wait_for_timeout(200)
    assert service.refused == []
