"""One town and two phones for the scenarios of an evening; each of them ends with all sent, back at the start."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from app.core.clock import now
from tests.e2e.before import Waiting, wait_for_a_crew
from tests.e2e.browser import DESK
from tests.e2e.desk import Desk
from tests.e2e.held import places
from tests.e2e.ledger import Ledger
from tests.e2e.screen import CONTROLLED
from tests.e2e.town import RESULTS, Browse, Town, browser_maker, make_town
from tests.faults.host import Host
from tests.support.places import new_folder
from tests.support.world import CAST

Picture = Callable[[Page, str], None]
PARK = "Skejtparken på Näset"
#: Beside Östra skolan, which the walk passes; none so near another place that a phone would propose it.
SCHOOLS = {"Norra skolan": (56.1841, 14.8502), "Västra skolan": (56.1799, 14.8311)}


@dataclass
class Evening:
    town: Town
    waiting: Waiting
    alva: Host
    browse: Browse
    #: Bo's, once somebody has looked at it.
    opened: Desk | None = None

    def desk(self) -> Desk:
        if self.opened is None:
            self.opened = Desk(self.browse("bo", viewport=DESK))
            self.opened.sign_in(CAST.bo)
        return self.opened


def build_schools(town: Town, file: Path) -> None:
    features = [
        {"type": "Feature", "properties": {"name": name, "kind": "school"},
         "geometry": {"type": "Point", "coordinates": [lon, lat]}} for name, (lat, lon) in SCHOOLS.items()
    ]  # fmt: skip
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    imported = town.server.command("place", "import", str(file), "--strict")
    assert imported.returncode == 0, imported.stderr
    town.places |= places(town.database_url)


@pytest.fixture(scope="module")
def evening(playwright: Playwright, sqlite_template: Path, web_dir: Path) -> Iterator[Evening]:
    """Alva has signed in at the office, and has tonight's focus; nobody is out yet."""
    folder = new_folder()
    database = folder / "town.db"
    database.write_bytes(sqlite_template.read_bytes())
    with ExitStack() as stack:
        town = make_town(stack, f"sqlite:///{database}", folder, web_dir)
        build_schools(town, folder / "schools.geojson")
        waiting = wait_for_a_crew(town, now(), {"Stationen": "efter 21", PARK: ""}, {PARK: "P1"})
        browse = browser_maker(stack, playwright, town.net.url, folder)
        alva = Host(browse("alva"), Ledger(), places=town.places)
        alva.switch_on()
        alva.sign_in(CAST.alva)
        expect(alva.button("Starta pass")).to_be_visible()
        alva.wait_for(CONTROLLED)
        alva.kept_for_offline(CAST.cim)
        yield Evening(town, waiting, alva, browse)


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Picture:
    """`picture(page, "saved")`: kept as test-results/scenarios/<test>-saved.png."""

    def _picture(page: Page, name: str) -> None:
        test = request.node.name.removeprefix("test_").partition("[")[0]
        page.screenshot(path=RESULTS / "scenarios" / f"{test}-{name}.png")

    return _picture
