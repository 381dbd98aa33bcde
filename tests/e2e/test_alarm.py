"""A call for help from a phone without coverage, to the supervisor who acknowledges it by name, and back."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.browser import DESK
from tests.e2e.desk import Desk
from tests.e2e.ledger import Ledger
from tests.e2e.phone import Phone
from tests.e2e.tour import dress
from tests.e2e.town import Browse, Town
from tests.support import on_sqlite
from tests.support.world import CAST

SOON_MS = 30_000
SETTINGS = "#/falt/installningar"


def press(page: Page) -> None:
    """A finger on the alarm, which stays there."""
    button = page.get_by_role("button", name="Håll för att larma")
    box = button.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()


@on_sqlite
def test_a_call_for_help_is_queued_delivered_and_seen_by_name(town: Town, browse: Browse) -> None:
    phone, desk = Phone(browse("phone"), Ledger()), Desk(browse("desk", viewport=DESK))
    assert town.server.is_running
    phone.switch_on(offline=False)
    phone.sign_in(CAST.alva)
    phone.kept_for_offline(CAST.cim)
    desk.sign_in(CAST.bo)
    expect(desk.page.locator(".live")).to_contain_text("kopplad")
    page, state = phone.page, phone.page.locator(".alarm-state")

    phone.browser.context.set_offline(True)
    page.get_by_role("link", name="Larm").click()
    press(page)
    expect(page.get_by_text("Håll kvar …")).to_be_visible()
    page.mouse.up()
    expect(page.get_by_text("Du släppte för tidigt: ingen har larmats.")).to_be_visible()
    phone.unsent_is(0)
    press(page)
    expect(state).to_contain_text("Bara i telefonen. Ingen har fått larmet.", timeout=SOON_MS)
    page.mouse.up()
    phone.unsent_is(1)
    assert violations(page) == []
    page.reload()
    expect(state).to_contain_text("Bara i telefonen. Ingen har fått larmet.", timeout=SOON_MS)
    expect(page.get_by_role("link", name="Ring 112")).to_have_attribute("href", "tel:112")
    expect(desk.page.locator(".alarm")).to_have_count(0)

    phone.browser.context.set_offline(False)
    expect(state).to_contain_text("Servern har larmet. Ingen har kvitterat än.", timeout=SOON_MS)
    alarm = desk.page.locator(".alarm")
    expect(alarm).to_contain_text(re.compile(r"Hjälp Alva Ek larmade \d\d:\d\d"), timeout=SOON_MS)
    expect(desk.page).to_have_title("(1) Larm! Ikväll · Lykta")
    expect(alarm.locator("summary")).to_be_visible(timeout=SOON_MS)
    assert violations(desk.page) == []

    alarm.get_by_role("button", name="Kvittera").click()
    expect(alarm).to_contain_text("Kvitterat av Bo Ängström", timeout=SOON_MS)
    expect(desk.page).to_have_title("Ikväll · Lykta")
    expect(state).to_contain_text("Bo vet om det.", timeout=SOON_MS)
    expect(state).to_contain_text("Sett av Bo")
    here = page.evaluate("location.hash")
    dress(page, SETTINGS, "en", "light")
    phone.go(here)
    expect(state).to_contain_text("Seen by Bo")
    assert violations(page) == []

    phone.button("Danger over").click()
    expect(page.get_by_text("The alarm ends in a moment.")).to_be_visible()
    expect(alarm).to_have_count(0, timeout=SOON_MS)
    expect(page.get_by_text(re.compile(r"Danger over \d\d:\d\d, Alva"))).to_be_visible()
