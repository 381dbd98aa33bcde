"""A host's whole evening in WebKit: over HTTPS, since WebKit keeps no Secure cookie of http://localhost."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.e2e import held
from tests.e2e.ledger import Ledger, Said, differences
from tests.e2e.phone import CATEGORIES, ONLY_HERE
from tests.e2e.screen import ID
from tests.faults.site import Site, make_site
from tests.faults.tls import Tls
from tests.faults.webkit import WebKit, webkit
from tests.support.world import CAST

pytestmark = pytest.mark.e2e

TEXT = "Klotter på väggen, ”Ö-gänget” i rött."
NOTE = "Lugnt vid ån."
CONTROLLED = "(async () => navigator.serviceWorker.controller !== null)()"
#: The number is a link to the phone's own dialler, which is not here; what the app does at the tap goes on.
NO_DIALLER = """(async () => {
  addEventListener("click", (tap) => { if (tap.target.closest("a[href^='tel:']")) tap.preventDefault(); });
})()"""


@pytest.fixture
def air(tmp_path: Path) -> Iterator[Tls]:
    made = Tls(tmp_path)
    yield made
    made.close()


@pytest.fixture
def site(
    air: Tls, sqlite_template: Path, web_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    """Told under which address it is seen from outside, as behind any proxy that ends TLS."""
    monkeypatch.setenv("LYKTA_BASE_URL", air.url)
    made = make_site(sqlite_template, tmp_path, web_dir)
    made.server.start()
    air.server_port = made.server.port
    yield made
    made.server.stop()


class Evening:
    """The acts of it. What the screen calls saved goes into the ledger."""

    def __init__(self, browser: WebKit) -> None:
        self.browser = browser
        self.ledger = Ledger()

    def press(self, words: str) -> None:
        self.browser.tap(f"//button[normalize-space()='{words}']")

    def write(self, label: str, text: str) -> None:
        self.browser.write(f"//*[@id=//label[normalize-space()='{label}']/@for]", text)

    def go(self, fragment: str) -> None:
        self.browser.run(f"(async () => {{ location.hash = '{fragment}'; }})()")

    def id(self) -> str:
        """Of the form that is open."""
        found: list[str] = []

        def _is_told() -> bool:
            found.extend(ID.findall(str(self.browser.run("(async () => location.hash)()"))))
            return bool(found)

        self.browser.wait_for(_is_told, "a form's address")
        return found[0]

    def saved(self, said: Said, *words: str) -> None:
        self.browser.says(*words)
        self.ledger.saved(said)

    def all_is_sent(self) -> None:
        """Whoever waits presses "Försök nu"; the app would try by itself, but later."""
        self.go("#/telefonen")

        def _is_sent() -> bool:
            words = self.browser.words()
            if "Försök nu" in words and "Allt skickat" not in words:
                self.press("Försök nu")
            return "Allt skickat" in words

        self.browser.wait_for(_is_sent, "all is sent")
        self.go("#/falt")

    def sign_in(self) -> None:
        self.write("Användarnamn", CAST.alva.username)
        self.write("Lösenord", CAST.alva.password)
        self.press("Logga in")
        self.browser.wait_for(lambda: self.browser.run(CONTROLLED) is True, "the service worker")

    def start(self) -> None:
        self.press("Starta pass")
        shift = self.id()
        self.browser.tap(f"//label[normalize-space()='{CAST.cim.name}']")
        self.press("Starta pass")
        hosts = [CAST.alva.id, CAST.cim.id]
        said = Said("shift.start", datetime.now(UTC), {"hosts": hosts, "transport": "foot"}, shift)
        self.saved(said, "Vi är ok", "Pass startat")

    def observe(self) -> None:
        self.press("Observation")
        op = self.id()
        self.press(CATEGORIES["S2"])
        self.write("Beskrivning", TEXT)
        self.press("Spara")
        said = Said("observation.create", datetime.now(UTC), {"category": "S2", "text": TEXT}, op)
        self.saved(said, ONLY_HERE, TEXT)

    def check_in(self) -> None:
        self.press("Rond")
        op = self.id()
        self.write("Anteckning", NOTE)
        self.press("Spara")
        self.saved(Said("checkin.create", datetime.now(UTC), {"kind": "round", "note": NOTE}, op), "Senaste", NOTE)

    def reads_the_card(self) -> None:
        """The card says what is read aloud; that a number was tapped says nothing."""
        self.go("#/ring")
        self.browser.tap("//button[contains(., 'Ring 112')]")
        self.browser.says("Läs upp det som står här.", "112")
        self.browser.run(NO_DIALLER)
        self.browser.tap("//a[@href='tel:112']")
        self.browser.says("Ringde du 112?", "Inget är loggat än.")
        self.press("Nej")
        self.go("#/falt")

    def end(self) -> None:
        self.press("Avsluta pass")
        op = self.id()
        self.browser.says("Sammanfattning")
        self.press("Avsluta pass")
        ops = len(self.ledger) + 1
        self.saved(Said("shift.end", datetime.now(UTC), {"ops": ops}, op), "Passet är avslutat")


def test_a_host_s_evening_in_webkit_reaches_the_server_just_as_it_was_said(site: Site, air: Tls) -> None:
    with webkit() as browser:
        evening = Evening(browser)
        browser.open(f"{air.url}/")
        evening.sign_in()
        evening.start()
        evening.all_is_sent()
        air.cut()
        evening.observe()
        browser.says("1 osänd")
        assert len(held.ops_of_phones(site.database_url)) == 1
        air.up()
        evening.all_is_sent()
        evening.check_in()
        evening.reads_the_card()
        evening.end()
        evening.all_is_sent()
    ops = held.ops_of_phones(site.database_url)
    found = evening.ledger.matched(ops)
    assert [differences(found[op["id"]], op) for op in ops] == [[]] * 4
    assert {op["status"] for op in ops} == {"applied"}
    assert site.is_whole()
