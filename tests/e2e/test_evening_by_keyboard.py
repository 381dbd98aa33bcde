"""An evening's acts by keyboard alone, out of coverage: a shift, a check-in, a call to 112, a doubt, and a PIN."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.calls import DIALLER
from tests.e2e.keyboard import press, write
from tests.e2e.ledger import Ledger
from tests.e2e.phone import CATEGORIES, Phone
from tests.e2e.test_lock import OTHER, PIN, SOON_MS, is_locked
from tests.e2e.town import Browse, Town
from tests.guard.places import PNR
from tests.support import on_sqlite
from tests.support.world import CAST


@pytest.fixture
def phone(town: Town, browse: Browse) -> Phone:
    """Alva's, signed in, and out of coverage."""
    assert town.server.is_running
    made = Phone(browse("phone"), Ledger())
    made.switch_on(offline=False)
    made.sign_in(CAST.alva)
    made.kept_for_offline(CAST.cim)
    made.wait_for_key()
    made.browser.context.set_offline(True)
    made.page.evaluate(DIALLER)
    return made


def starts_a_shift(page: Page) -> None:
    press(page, "Starta pass")
    expect(page.get_by_role("heading", name="Starta pass")).to_be_focused()
    press(page, CAST.cim.name, "Space")
    press(page, "Norra Åsum", "Space")
    press(page, "Starta pass")
    expect(page.locator(".main-acts")).to_be_visible()


def checks_in_at_a_place(page: Page) -> None:
    press(page, "Framme")
    expect(page.get_by_role("heading", name="Incheckning")).to_be_focused()
    press(page, "PlatsIngen platsÄndra")
    expect(page.get_by_role("dialog")).to_be_visible()
    write(page, "Sök plats", "Östra")
    press(page, "Östra skolan")
    expect(page.get_by_role("dialog")).to_have_count(0)
    # The focus is where the sheet was opened.
    expect(page.locator("button.choice-line").filter(has_text="Östra skolan")).to_be_focused()
    press(page, "Spara")
    expect(page.locator("ol.log")).to_contain_text("Framme")


def rings_112(page: Page) -> None:
    press(page, "Ring")
    press(page, "Ring 112")
    write(page, "Vad", "Man har fallit ihop")
    press(page, "Ring 112")
    expect(page.get_by_text("Ringde du 112?")).to_be_visible()
    press(page, "Ja")
    press(page, "Ambulans")
    expect(page.get_by_role("heading", name="Ambulans", exact=True)).to_be_visible()
    press(page, "Fick svar: Nu")
    said = page.locator(".flow-row.is-said")
    expect(said).to_have_count(2)
    press(page, "På plats: Ca …")
    expect(page.get_by_role("dialog")).to_be_visible()
    press(page, "Spara")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(said).to_have_count(3)


def thinks_again_about_a_number(page: Page) -> None:
    press(page, "Pass")
    press(page, "Observation")
    press(page, CATEGORIES["V3"])
    write(page, "Beskrivning", f"{PNR}, grå jacka")
    press(page, "Spara")
    sheet = page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(page.get_by_label("Beskrivning")).to_have_value(f"{PNR}, grå jacka")
    expect(page.get_by_role("button", name="Spara", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    press(page, f"Ta bort {PNR} ur texten")
    expect(page.locator("ol.log")).to_contain_text("grå jacka")


def locks_and_unlocks(phone: Phone) -> None:
    page = phone.page
    press(page, "Inställningar")
    press(page, "Lås appen med PIN")
    write(page, "Välj PIN", PIN)
    write(page, "Samma PIN igen", PIN)
    page.keyboard.press("Enter")
    expect(page.get_by_text("På. Det som skrivs ligger krypterat i telefonen.")).to_be_visible(timeout=SOON_MS)
    press(page, "Lås nu")
    is_locked(phone)
    for pin, told in ((OTHER, page.get_by_text("Fel PIN.")), (PIN, phone.button("Lås nu"))):
        write(page, "PIN", pin)
        page.keyboard.press("Enter")
        expect(told).to_be_visible(timeout=SOON_MS)


@on_sqlite
def test_an_evening_by_keyboard_alone(phone: Phone) -> None:
    starts_a_shift(phone.page)
    checks_in_at_a_place(phone.page)
    rings_112(phone.page)
    thinks_again_about_a_number(phone.page)
    locks_and_unlocks(phone)
    phone.home()
    phone.unsent_is(7)
