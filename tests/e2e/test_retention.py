"""What a municipality decides to erase is previewed, held back, erased and told, as the people at the desk see it."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from app.core.clock import now
from app.core.db import Database
from app.journal.append import Journal
from app.journal.verify import verify
from app.sync.registry import REGISTRY
from tests.e2e.browser import DESK
from tests.e2e.desk import Desk
from tests.e2e.ledger import Ledger
from tests.e2e.look import look
from tests.e2e.phone import Phone
from tests.e2e.town import Browse, Town
from tests.faults.site import phone_at
from tests.support import on_sqlite
from tests.support.factories import a_shift, an_observation
from tests.support.world import CAST

YEARS_AGO = timedelta(days=3 * 365)
WEEK_AGO = timedelta(days=8)
PAGE = "#/installningar/gallring"


def decided_a_week_ago(town: Town) -> None:
    db = Database(town.database_url)
    try:
        said = {"cls": "shift", "months": 24, "reference": "KS 2026/7"}
        Journal(db, REGISTRY).write("retention.decide", said, author=CAST.dora.id, wall=now() - WEEK_AGO)
    finally:
        db.close()


def old_shifts(town: Town) -> list[str]:
    shifts = []
    with phone_at(town.server.port, CAST.alva) as alva:
        for days in (0, 1):
            alva.wall = now() - YEARS_AGO + timedelta(days=days)
            shifts.append(alva.start(a_shift(CAST.alva, CAST.cim)))
            alva.send(alva.seal("observation.create", an_observation(text=f"Minne {days}"), shift=shifts[-1]))
    return shifts


@on_sqlite
def test_what_is_decided_is_previewed_held_back_erased_and_told(town: Town, browse: Browse) -> None:
    erased, held = old_shifts(town)
    decided_a_week_ago(town)
    bo, dora = Desk(browse("bo", viewport=DESK)), Desk(browse("dora", viewport=DESK))
    bo.sign_in(CAST.bo)
    holds_back(bo, held)

    dora.sign_in(CAST.dora)
    page = dora.page
    dora.go("#/installningar")
    page.get_by_role("link", name="Gallring").click()
    expect(page.get_by_role("heading", name="Gallring", level=1)).to_be_focused()
    decides(page)
    shifts = page.get_by_role("region", name="Pass", exact=True)
    shifts.get_by_role("button", name="Vad skulle gallras nu? Pass").click()
    expect(shifts).to_contain_text("1 pass och 2 rader i journalen")
    expect(shifts).to_contain_text("Blir kvar: 1 hålls kvar.")
    look(page, "retention")
    shifts.get_by_role("button", name="Gallra nu: Pass").click()
    shifts.get_by_role("button", name="Gallra", exact=True).click()
    expect(shifts).to_contain_text("Gallrat. Det står i protokollet.")
    line = page.get_by_role("region", name="Protokoll").get_by_role("row").nth(1)
    expect(line).to_contain_text("1 pass och 2 rader i journalen")
    expect(line).to_contain_text("KS 2026/7, 24 månader")
    expect(line).to_contain_text(CAST.dora.name)

    bo.go(f"#/pass/{erased}")
    expect(bo.page.get_by_text("Passet finns inte")).to_be_visible()
    bo.go(f"#/pass/{held}")
    expect(bo.page.get_by_text("Minne 1").first).to_be_visible()
    told_to_alva(town, browse)
    db = Database(town.database_url)
    try:
        with db.read() as conn:
            assert (verify(conn).ok, verify(conn).erased) == (True, 2)
    finally:
        db.close()


def holds_back(desk: Desk, shift: str) -> None:
    desk.go(f"#/pass/{shift}")
    page = desk.page
    part = page.get_by_role("region", name="Gallring")
    expect(part).to_contain_text("Passet gallras enligt beslut.")
    part.get_by_role("button", name="Håll kvar …").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Håll kvar", exact=True).click()
    expect(sheet.get_by_role("alert")).to_contain_text("Skriv varför.")
    sheet.get_by_role("textbox", name="Skäl").fill("Polisanmälan 5000-K1234-26.")
    sheet.get_by_role("button", name="Håll kvar", exact=True).click()
    expect(part).to_contain_text("Passet hålls kvar och gallras inte.")
    expect(part).to_contain_text("Polisanmälan 5000-K1234-26. Bo Ängström")
    look(page, "retention-shift")


def decides(page: Page) -> None:
    """A decision about accounts: what it would take is seen before it is made."""
    accounts = page.get_by_role("region", name="Konton")
    expect(accounts).to_contain_text("Inget beslut: ingenting gallras.")
    accounts.get_by_role("button", name="Besluta om gallring: Konton").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("textbox", name="Månader").fill("12")
    sheet.get_by_role("button", name="Vad skulle gallras nu? Konton").click()
    expect(sheet).to_contain_text("Inget är så gammalt.")
    sheet.get_by_role("button", name="Spara beslutet").click()
    expect(sheet).to_contain_text("Skriv var beslutet finns.")
    look(page, "retention-decide")
    sheet.get_by_role("textbox", name="Var beslutet finns").fill("KS 2026/8")
    sheet.get_by_role("button", name="Spara beslutet").click()
    expect(accounts).to_contain_text("Gallras när det är 12 månader gammalt. Börjar gälla")
    expect(accounts).to_contain_text(f"Beslut: KS 2026/8. {CAST.dora.name}")
    expect(accounts.get_by_role("button", name="Gallra nu: Konton")).to_have_count(0)


def told_to_alva(town: Town, browse: Browse) -> None:
    alva = Phone(browse("alva"), Ledger(), places=town.places)
    alva.switch_on(offline=False)
    alva.sign_in(CAST.alva)
    alva.page.evaluate("location.hash = '#/telefonen/uppgifter'")
    kind = alva.page.locator("details", has_text="Observationer").first
    kind.locator("summary").click()
    expect(kind).to_contain_text("Gallras: När passet är 24 månader gammalt")
    look(alva.page, "retention-own")
