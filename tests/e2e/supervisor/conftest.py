"""A town in which nothing has happened yet: a supervisor at the desk and one host's phone, for one story a module."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.e2e import held
from tests.e2e.axe import violations
from tests.e2e.browser import DESK
from tests.e2e.desk import Desk
from tests.e2e.ledger import Ledger
from tests.e2e.screen import CONTROLLED
from tests.e2e.town import RESULTS, Browse, Town, browser_maker, make_town
from tests.faults.host import Host
from tests.support.places import new_folder
from tests.support.world import CAST, Person

Look = Callable[[Page, str], None]


@dataclass
class Office:
    town: Town
    browse: Browse
    alva: Host

    def desk(self, person: Person) -> Desk:
        desk = Desk(self.browse(person.username, viewport=DESK))
        desk.sign_in(person)
        return desk

    def rows(self, table: str) -> list[dict[str, object]]:
        """As the server holds them; in the order of the journal, where each was written by an op of its own."""
        return sorted(held.records(self.town.database_url, table).values(), key=lambda row: row.get("seq", 0))

    def phone_is_taken_up(self) -> None:
        """She looks at it, and it asks the server what is new."""
        self.alva.home()
        self.alva.put_away()


@pytest.fixture(scope="module")
def office(playwright: Playwright, sqlite_template: Path, web_dir: Path) -> Iterator[Office]:
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
        yield Office(town, browse, alva)


@pytest.fixture(scope="module")
def bo(office: Office) -> Desk:
    return office.desk(CAST.bo)


@pytest.fixture
def look(request: pytest.FixtureRequest) -> Look:
    """A picture, kept as test-results/supervisor/<test>-<name>.png, and nothing that axe finds."""

    def _look(page: Page, name: str) -> None:
        test = request.node.name.removeprefix("test_")
        page.screenshot(path=RESULTS / "supervisor" / f"{test}-{name}.png", animations="disabled")
        assert violations(page) == [], name

    return _look
