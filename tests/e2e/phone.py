"""A host at the app, in Swedish: does what a thumb does, and believes only what the screen says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Locator, expect

from app.place.vocabulary import restricted_categories, shipped
from tests.e2e.browser import Browser
from tests.e2e.ledger import Ledger, Said
from tests.e2e.screen import CONTROLLED, Screen
from tests.e2e.walk import ACCURACY_M, Point, Walk
from tests.support.world import Person

ONLY_HERE = "Endast i telefonen"
#: "Vi är ok" can be undone for five seconds.
HELD_MS = 12_000
HAS_PROOF = """async () => {
  const db = await new Promise((resolve) => {
    indexedDB.open("lykta-core").onsuccess = (event) => resolve(event.target.result);
  });
  const row = await new Promise((resolve) => {
    db.transaction("meta").objectStore("meta").get("copy_key").onsuccess = (event) => resolve(event.target.result);
  });
  db.close();
  return Boolean(row?.proof);
}"""
#: Away and back, as when a phone is locked and unlocked.
POCKET = """() => {
  for (const state of ["hidden", "visible"]) {
    Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }
  delete document.visibilityState;
}"""
CATEGORIES: dict[str, str] = {one["code"]: one["sv"] for one in shipped()["categories"]}


@dataclass
class Choice:
    """What a host fills in beside the text of an observation: legend and words of a chip, and what that says."""

    legend: str
    words: str
    data: dict[str, Any]


class Phone(Screen):
    """`walk` tells where the phone is at each moment of its own clock; `places` the ids of places by name."""

    def __init__(
        self, browser: Browser, ledger: Ledger, walk: Walk | None = None, places: dict[str, str] | None = None
    ) -> None:
        super().__init__()
        self.browser = browser
        self.ledger = ledger
        self.walk = walk
        self.places = places or {}
        #: Where the phone is when nobody walks.
        self.stands: Point | None = None
        self.ahead = timedelta()

    # -- the phone itself

    def switch_on(self, *, offline: bool, ahead: timedelta = timedelta()) -> None:
        """Opens the app, cold."""
        self.ahead = ahead
        self._page = self.browser.open(offline=offline, ahead_ms=ahead.total_seconds() * 1000)
        self.feel_position()
        self._page.goto(f"{self.browser.base_url}/")

    def switch_off(self) -> None:
        self.browser.close()
        self._page = None

    def dies(self) -> None:
        self.browser.kill()
        self._page = None

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def until(self, when: datetime) -> None:
        """Time passes to `when`, by all of the phone's clocks; never backwards."""
        left = when - self.now()
        if left > timedelta():
            self.ahead += left
            self.page.evaluate("ms => lyktaPasses(ms)", left.total_seconds() * 1000)
        self.feel_position()

    def feel_position(self) -> None:
        point = self.here()
        self.browser.context.set_geolocation(
            None if point is None else {"latitude": point.lat, "longitude": point.lon, "accuracy": ACCURACY_M}
        )

    def here(self) -> Point | None:
        return self.stands if self.walk is None else self.walk.at(self.now())

    # -- acts

    def sign_in(self, person: Person) -> None:
        self.page.get_by_label("Användarnamn").fill(person.username)
        self.page.get_by_label("Lösenord", exact=True).fill(person.password)
        self.button("Logga in").click()

    def kept_for_offline(self, partner: Person) -> None:
        """Until the app can do without network: it controls the page, and the colleagues' names have come."""
        self.wait_for(CONTROLLED)
        self.button("Starta pass").click()
        expect(self.chip("Jag går med", partner.name)).to_be_visible()
        self.button("Stäng").click()
        # The form has such a button too, until its draft is thrown away.
        expect(self.button("Stäng")).to_have_count(0)
        expect(self.button("Starta pass")).to_be_visible()

    def wait_for_key(self) -> None:
        """Until the phone has been told what its copies are encrypted to, and its proof."""
        self.wait_for(HAS_PROOF)

    def start_shift(self, author: Person, partner: Person, area: str) -> Said:
        self.button("Starta pass").click()
        shift = self.new_id()
        self.choose("Jag går med", partner.name)
        self.choose("Område", area)
        at = self.now()
        self.button("Starta pass").click()
        expect(self.button("Vi är ok")).to_be_visible()
        said = Said("shift.start", at, {"hosts": [author.id, partner.id], "transport": "foot"}, shift)
        return self.keep(said, self.card(shift))

    def say_ok(self) -> Said:
        """One tap; the time is that of the tap, the op that of five seconds later."""
        point = self.here()
        before = self.unsent()
        self.button("Vi är ok").click()
        expect(self.page.get_by_text("Sparas strax.")).to_be_visible()
        self.unsent_is(before + 1, HELD_MS)
        card = self.page.locator("ol.log a.card").first
        expect(card).to_contain_text("Vi är ok")
        said = Said("checkin.create", self.now(), {"kind": "ok"}, self.id_in(card.get_attribute("href")), point)
        if point is None:
            expect(self.page.locator(".last-checkin")).to_contain_text("utan position")
        return self.keep(said, card)

    def check_in(self, kind: str, words: str, *, place: str | None = None, note: str = "", bare: bool = False) -> Said:
        """`words`: the button's. `bare`: the host leaves the position out."""
        self.button(words).click()
        op = self.new_id()
        point = self.position_line(bare)
        data: dict[str, Any] = {"kind": kind, "note": note or None}
        if place is not None:
            data["place_id"] = self.choose_place(place)["place_id"]
        if note:
            self.page.get_by_label("Anteckning").fill(note)
        at = self.now()
        self.button("Spara").click()
        return self.keep(Said("checkin.create", at, data, op, point), self.card(op))

    def observe(
        self, code: str, text: str, *, place: str | None = None, place_text: str = "", choices: Sequence[Choice] = ()
    ) -> Said:
        said = self.begin_observation(code)
        said.data |= {"text": text, "place_text": place_text or None}
        if place is not None or place_text:
            said.data |= self.choose_place(place, place_text)
        self.page.get_by_label("Beskrivning").fill(text)
        for choice in choices:
            self.choose(choice.legend, choice.words)
            said.data |= choice.data
        return self.save_observation(said)

    def begin_observation(self, code: str) -> Said:
        """Two taps: the form with its category chosen, and the position known or known to be missing."""
        self.button("Observation").click()
        op = self.new_id()
        self.page.get_by_role("button", name=CATEGORIES[code], exact=True).first.click()
        if code in restricted_categories():
            self.button("Anteckna").click()
        expect(self.page.get_by_label("Beskrivning")).to_be_visible()
        return Said("observation.create", self.now(), {"category": code}, op, self.position_line())

    def save_observation(self, said: Said) -> Said:
        said.at = self.now()
        self.button("Spara").click()
        return self.keep(said, self.card(str(said.id)))

    def put_away(self) -> None:
        """Into the pocket and out again: what was saved a moment ago can be had back no longer, and goes out."""
        self.page.evaluate(POCKET)

    def unsent_is(self, count: int, timeout_ms: float = 30_000, *, by_itself: bool = False) -> None:
        """None: the phone is put away first, and what was saved a moment ago goes out. Not so `by_itself`."""
        if count == 0 and not by_itself:
            self.put_away()
        super().unsent_is(count, timeout_ms)

    def amend(
        self, original: Said, text: str, reason: str, *, code: str | None = None, place: str | None = None
    ) -> Said:
        self.put_away()  # for ten seconds after it was saved it would be undone, not corrected
        self.go(f"#/logg/{original.id}")
        self.button("Rätta").click()
        expect(self.page.get_by_role("heading", name="Rätta observation")).to_be_visible()
        op = self.new_id()
        changed: dict[str, Any] = {"text": text}
        if code is not None:
            self.page.locator("button.choice-line").filter(has_text="Kategori").click()
            self.page.get_by_role("button", name=CATEGORIES[code], exact=True).first.click()
            changed["category"] = code
        if place is not None:
            changed |= self.choose_place(place)
        self.page.get_by_label("Beskrivning").fill(text)
        self.page.get_by_label("Orsak").fill(reason)
        at = self.now()
        self.button("Spara rättelse").click()
        expect(self.page.get_by_text(reason)).to_be_visible()
        data = {"target": original.id, "reason": reason, "observation": {**original.data, **changed}}
        said = self.keep(Said("observation.amend", at, data, op), self.page.locator("main"))
        self.home()
        return said

    def end_shift(self, more: str) -> Said:
        self.button("Avsluta pass").click()
        op = self.new_id()
        field = self.page.get_by_label("Sammanfattning")
        summary = f"{field.input_value()}\n{more}"
        field.fill(summary)
        at = self.now()
        self.button("Avsluta pass").click()
        expect(self.page.get_by_role("heading", name="Passet är avslutat")).to_be_visible()
        said = Said("shift.end", at, {"ops": len(self.ledger) + 1, "summary": summary}, op)
        count = len(self.ledger) + 1
        expect(self.page.get_by_text(f"{count} poster från passet finns bara i telefonen")).to_be_visible()
        self.page.get_by_role("link", name="Logg").first.click()
        return self.keep(said, self.card(op))

    def position_line(self, bare: bool = False) -> Point | None:
        """Waits until the form knows the position, or that there is none."""
        point = self.here()
        line = self.page.locator(".position")
        if point is None:
            expect(line).to_contain_text("Ingen position från telefonen", timeout=15_000)
            return None
        expect(line).to_contain_text(f"Position ±{ACCURACY_M} m")
        if bare:
            line.get_by_role("button", name="Ta inte med").click()
            expect(line).to_contain_text("Positionen tas inte med")
        return None if bare else point

    def choose_place(self, place: str | None, text: str = "") -> dict[str, Any]:
        self.page.locator("button.choice-line").filter(has_text="Plats").click()
        sheet = self.page.get_by_role("dialog")
        if text:
            sheet.get_by_label("Plats med egna ord").fill(text)
            sheet.get_by_role("button", name="Klart").click()
        if place is not None:
            if text:
                self.page.locator("button.choice-line").filter(has_text="Plats").click()
            sheet.get_by_label("Sök plats").fill(place)
            sheet.get_by_role("button", name=place).first.click()
            expect(self.page.locator("button.choice-line").filter(has_text=place)).to_be_visible()
        expect(sheet).to_have_count(0)
        return {} if place is None else {"place_id": self.places[place]}

    def keep(self, said: Said, where: Locator) -> Said:
        """Into the ledger only when the screen has said it, both at the record and in the count."""
        expect(where).to_contain_text(ONLY_HERE)
        self.ledger.saved(said)
        self.unsent_is(len(self.ledger))
        return said
