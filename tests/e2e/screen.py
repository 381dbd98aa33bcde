"""What is on the screen of the host's app, in Swedish: its parts, and what it says."""

import re
import time

from playwright.sync_api import Locator, Page, expect

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: The service worker has precached the app and answers for this page.
CONTROLLED = "navigator.serviceWorker.controller !== null"
#: The screen is one whose address carries an id.
WITH_ID = "/[0-9a-f]{8}-/.test(location.hash)"
PATIENCE_S = 60


class Screen:
    def __init__(self) -> None:
        self._page: Page | None = None

    @property
    def page(self) -> Page:
        assert self._page is not None, "The phone is off."
        return self._page

    def wait_for(self, condition: str) -> None:
        """Asked again and again from outside: the app's policy forbids the page to evaluate strings by itself."""
        deadline = time.monotonic() + PATIENCE_S
        while not self.page.evaluate(condition):
            assert time.monotonic() < deadline, f"{condition} is not so after {PATIENCE_S} s"
            self.page.wait_for_timeout(50)

    def go(self, fragment: str) -> None:
        self.page.evaluate("to => { location.hash = to }", fragment)

    def home(self) -> None:
        self.go("#/falt")
        expect(self.page.get_by_role("navigation", name="Delar av appen")).to_be_visible()

    def button(self, words: str) -> Locator:
        return self.page.get_by_role("button", name=words, exact=True)

    def chip(self, legend: str, words: str) -> Locator:
        group = self.page.get_by_role("group", name=legend, exact=True)
        return group.locator("label.chip").filter(has_text=re.compile(rf"^\s*{re.escape(words)}\s*$"))

    def choose(self, legend: str, words: str) -> None:
        self.chip(legend, words).click()

    def unsent(self) -> int:
        words = self.page.locator(".frame-unsent").inner_text().strip()
        return 0 if words == "Allt skickat" else int(words.split()[0])

    def unsent_is(self, count: int, timeout_ms: float = 30_000) -> None:
        words = "Allt skickat" if count == 0 else re.compile(rf"^\s*{count} osänd")
        expect(self.page.locator(".frame-unsent")).to_contain_text(words, timeout=timeout_ms)

    def card(self, op: str) -> Locator:
        """Of the log, wherever it is shown."""
        return self.page.locator(f'a.card[href="#/logg/{op}"], a.card[href="#/ring/{op}"]')

    def new_id(self) -> str:
        """Of the form that is open: its address carries the id that the op will have."""
        self.wait_for(WITH_ID)
        return self.id_in(self.page.evaluate("location.hash"))

    @staticmethod
    def id_in(address: str | None) -> str:
        found = ID.search(address or "")
        assert found is not None, f"no id in {address}"
        return found.group()
