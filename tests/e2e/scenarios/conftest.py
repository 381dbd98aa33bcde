"""One town and two phones for the scenarios of an evening; each of them ends with all sent, back at the start."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.e2e.browser import DESK
from tests.e2e.desk import Desk
from tests.e2e.ledger import Ledger
from tests.e2e.screen import CONTROLLED
from tests.e2e.town import RESULTS, Browse, Town, browser_maker, make_town
from tests.faults.host import Host
from tests.support.places import new_folder
from tests.support.world import CAST

Picture = Callable[[Page, str], None]


@dataclass
class Evening:
    town: Town
    alva: Host
    browse: Browse
    #: Bo's, once somebody has looked at it.
    opened: Desk | None = None

    def desk(self) -> Desk:
        if self.opened is None:
            self.opened = Desk(self.browse("bo", viewport=DESK))
            self.opened.sign_in(CAST.bo)
        return self.opened


@pytest.fixture(scope="module")
def evening(playwright: Playwright, sqlite_template: Path, web_dir: Path) -> Iterator[Evening]:
    """Alva has signed in at the office; nobody is out yet."""
    folder = new_folder()
    database = folder / "town.db"
    database.write_bytes(sqlite_template.read_bytes())
    with ExitStack() as stack:
        town = make_town(stack, f"sqlite:///{database}", folder, web_dir)
        browse = browser_maker(stack, playwright, town.net.url, folder)
        alva = Host(browse("alva"), Ledger(), places=town.places)
        alva.switch_on()
        alva.sign_in(CAST.alva)
        expect(alva.button("Starta pass")).to_be_visible()
        alva.wait_for(CONTROLLED)
        alva.kept_for_offline(CAST.cim)
        yield Evening(town, alva, browse)


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Picture:
    """`picture(page, "saved")`: kept as test-results/scenarios/<test>-saved.png."""

    def _picture(page: Page, name: str) -> None:
        test = request.node.name.removeprefix("test_").partition("[")[0]
        page.screenshot(path=RESULTS / "scenarios" / f"{test}-{name}.png")

    return _picture
