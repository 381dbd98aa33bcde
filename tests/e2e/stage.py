"""A host and a supervisor of the demo organisation with their browsers open, for tests that only look."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Playwright, expect

from tests.e2e.browser import DESK
from tests.e2e.calls import Attempt, attempt, call_for_help
from tests.e2e.demo import DemoTown
from tests.e2e.desk import Desk
from tests.e2e.ledger import Ledger
from tests.e2e.phone import Phone
from tests.e2e.screen import CONTROLLED
from tests.e2e.tour import Records
from tests.e2e.town import Browse, browser_maker
from tests.e2e.walk import Point


@dataclass
class Stage:
    """A host and a supervisor of the demo organisation, both at twenty-five to ten in the evening."""

    phone: Phone
    desk: Desk
    ids: Records
    demo: DemoTown
    browse: Browse
    #: Disa's, once somebody has looked at it.
    opened: Desk | None = None

    def admin(self) -> Desk:
        if self.opened is None:
            self.opened = Desk(self.browse("admin", viewport=DESK), self.demo.ahead)
            self.opened.sign_in(self.demo.people["disa"])
        return self.opened

    def keep_one_unsent(self) -> None:
        """What took the stage before may have let everything out."""
        if self.phone.unsent() == 0:
            self.phone.home()
            self.phone.observe("P1", "Lampan vid gångtunneln blinkar.")


def make_stage(stack: ExitStack, playwright: Playwright, database_url: str, folder: Path, web_dir: Path) -> Stage:
    demo = DemoTown(stack, database_url, folder, web_dir)
    browse = browser_maker(stack, playwright, demo.net.url, folder)
    phone = Phone(browse("host", device_scale_factor=2), Ledger())
    ids = play_host(phone, demo)
    desk = Desk(browse("desk", viewport=DESK), demo.ahead)
    desk.sign_in(demo.people["bo"])
    return Stage(phone, desk, ids, demo, browse)


def play_host(phone: Phone, demo: DemoTown) -> Records:
    """Alva's phone, in the middle of the evening that is out: some sent, some only on the phone."""
    phone.switch_on(offline=False, ahead=demo.ahead)
    phone.sign_in(demo.people["alva"])
    expect(phone.button("Vi är ok")).to_be_visible(timeout=30_000)
    phone.wait_for(CONTROLLED)
    phone.stands = Point(phone.now(), 56.1725, 14.8627)
    phone.feel_position()
    phone.browser.context.set_offline(True)
    phone.observe("U1", "Sju, åtta ungdomar vid kiosken. Lugnt, vi pratade en stund.")
    wrong = phone.observe("S2", "Klotter på norra väggen, ”Ö-gänget” i rött.", place_text="Norra väggen")
    phone.amend(wrong, "Klotter på södra väggen, ”Ö-gänget” i rött.", "Fel vägg")
    call = call_for_help(phone, "POL114", "Polis ej akut, tips", "Bråk som har lugnat sig")
    attempt(phone, call, Attempt("EJSVAR", "Inget svar, kö", now=["attempted"], note="Kö, tolv minuter."))
    phone.browser.context.set_offline(False)
    phone.unsent_is(0, 30_000)
    phone.home()
    shift = phone.page.evaluate("() => document.querySelector('.frame-shift').textContent")
    assert "Pass" in shift
    phone.browser.context.set_offline(True)
    phone.ledger.said.clear()
    last = phone.observe("P1", "Lampan vid gångtunneln blinkar.")
    phone.button("Avsluta pass").click()
    of = phone.page.evaluate("location.hash").partition("pass=")[2]
    phone.button("Stäng").click()
    return Records(of, str(last.id), str(wrong.id), str(call.id))
