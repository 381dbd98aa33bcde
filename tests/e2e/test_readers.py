"""The desk of those who do not lead an evening: what their role may read, and not one question that is refused."""

from playwright.sync_api import Response, expect

from app.access.permission import Role
from tests.e2e.axe import violations
from tests.e2e.browser import DESK
from tests.e2e.desk import Desk
from tests.e2e.town import RESULTS, Browse, Town
from tests.faults.site import phone_at
from tests.support import on_sqlite
from tests.support.factories import a_shift, an_observation
from tests.support.world import CAST, Person

WORDS = "Klotter på skolans norra vägg"
#: Where → what stands there. They end at the search.
REGISTER = {"#/utlamnanden": "Inget har lämnats ut än", "#/sok": WORDS}
PAGES = {Role.ANALYST: {"#/vecka": "Händelser", "#/sok": WORDS}, Role.ARCHIVIST: REGISTER,
         Role.DATA_PROTECTION: REGISTER}  # fmt: skip


@on_sqlite
def test_readers_find_and_are_refused_nothing(town: Town, browse: Browse) -> None:
    with phone_at(town.server.port, CAST.alva) as alva:
        shift = alva.start(a_shift(CAST.alva, CAST.cim))
        alva.send(alva.seal("observation.create", an_observation(text=WORDS), shift=shift))
    for reader in (CAST.dan, CAST.arne, CAST.dora):
        reads(Desk(browse(reader.username, viewport=DESK)), reader)


def reads(desk: Desk, reader: Person) -> None:
    refused: list[str] = []

    def _look(answer: Response) -> None:
        if answer.status >= 400:
            refused.append(f"{answer.status} {answer.url}")

    desk.sign_in(reader)
    desk.page.on("response", _look)
    for at, words in PAGES[reader.role].items():
        desk.go(at)
        expect(desk.page.locator(f'nav a[href="{at}"]')).to_have_attribute("aria-current", "page")
        expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
        expect(desk.page.get_by_text(words).first).to_be_visible()
        looked(desk, f"{reader.username}-{at[2:]}")
    desk.page.get_by_role("searchbox").fill("klotter")
    desk.page.get_by_role("searchbox").press("Enter")
    found = desk.page.get_by_role("row").filter(has_text=WORDS)
    expect(found).to_be_visible()
    expect(found.get_by_role("link")).to_have_count(0)
    desk.go("#/installningar")
    expect(desk.page.get_by_text(reader.name).first).to_be_visible()
    looked(desk, f"{reader.username}-settings")
    assert refused == []


def looked(desk: Desk, name: str) -> None:
    assert violations(desk.page) == []
    desk.page.screenshot(path=RESULTS / "screens" / f"reader-{name}.png")
