"""A supervisor at the desk: what the screen tells of a shift."""

from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import Browser
from tests.support.world import Person


@dataclass(frozen=True)
class Row:
    """One entry of the timeline as shown."""

    id: str
    time: str
    title: str
    texts: tuple[str, ...]
    words: str
    #: Raised by somebody, or by the server for a check-in that never came.
    is_alarm: bool


class Desk:
    def __init__(self, browser: Browser, ahead: timedelta = timedelta()) -> None:
        self.browser = browser
        self.page: Page = browser.open(ahead_ms=ahead.total_seconds() * 1000)

    def sign_in(self, person: Person) -> None:
        self.page.goto(f"{self.browser.base_url}/")
        self.page.get_by_label("Användarnamn").fill(person.username)
        self.page.get_by_label("Lösenord", exact=True).fill(person.password)
        self.page.get_by_role("button", name="Logga in", exact=True).click()
        expect(self.page.get_by_role("navigation", name="Arbetsledning")).to_be_visible()

    def go(self, fragment: str) -> None:
        self.page.evaluate("to => { location.hash = to }", fragment)

    def shift_row(self, shift: str) -> Locator:
        """In the list of shifts."""
        self.go("#/pass")
        return self.page.get_by_role("row").filter(has=self.page.locator(f'a[href="#/pass/{shift}"]'))

    def open_shift(self, shift: str) -> None:
        self.go(f"#/pass/{shift}")
        expect(self.page.get_by_role("heading", name="Tidslinje")).to_be_visible()

    def completeness(self) -> Locator:
        return self.page.locator(".shift-header .completeness")

    def rows(self) -> list[Row]:
        shown = self.page.locator("ol.timeline > li.entry")
        return [self._row(shown.nth(n)) for n in range(shown.count())]

    @staticmethod
    def _row(item: Locator) -> Row:
        button = item.locator("[data-entry]")
        return Row(
            id=button.get_attribute("data-entry") or "",
            time=item.locator(".entry-when time").get_attribute("datetime") or "",
            title=button.inner_text(),
            texts=tuple(item.locator(".entry-what > .entry-text, .entry-what > div > .entry-text").all_text_contents()),
            words=item.inner_text(),
            is_alarm="alert" in (item.get_attribute("class") or "").split(),
        )  # fmt: skip
