"""A host suspects that somebody knows the password, and changes it on the phone."""

import re

from playwright.sync_api import expect

from tests.e2e import held
from tests.e2e.phone import Phone
from tests.e2e.test_courier import a_phone
from tests.e2e.test_lock import looked
from tests.e2e.town import Browse, Town
from tests.support import on_sqlite
from tests.support.world import CAST, PASSWORD

FRESH = "kall natt i november"
KNOWN = re.compile(rf"^{CAST.alva.name} använder den här telefonen")


def fill(phone: Phone, current: str, fresh: str) -> None:
    for label, value in (("Nuvarande lösenord", current), ("Nytt lösenord", fresh), ("Samma lösenord igen", fresh)):
        phone.page.get_by_label(label, exact=True).fill(value)
    phone.button("Spara lösenordet").click()


@on_sqlite
def test_a_changed_password_ends_every_other_sign_in_and_loses_no_word(town: Town, browse: Browse) -> None:
    left, here = (a_phone(browse, name, CAST.alva, CAST.cim) for name in ("left-behind", "here"))
    here.browser.context.set_offline(False)
    left.start_shift(CAST.alva, CAST.cim, "Norra Åsum")
    said = left.observe("S2", "Klotter bakom växelhuset")

    here.go("#/falt/installningar")
    here.button("Byt lösenord").click()
    looked(here, "own-password")
    fill(here, "gissat-ord-2026", FRESH)
    expect(here.page.get_by_text("Det är inte ditt nuvarande lösenord.")).to_be_visible()
    fill(here, PASSWORD, FRESH)
    expect(here.page.get_by_text("Lösenordet är bytt.")).to_be_visible()
    here.button("Stäng").last.click()
    expect(here.page.get_by_role("dialog")).to_have_count(0)
    expect(here.button("Byt lösenord")).to_be_focused()

    left.browser.context.set_offline(False)
    left.page.reload()
    left.unsent_is(0)
    left.page.get_by_role("link", name="Logga in", exact=True).click()
    expect(left.page.get_by_text(KNOWN)).to_be_visible()
    assert str(said.id) in held.records(town.database_url, "observation")
    left.page.get_by_label("Lösenord", exact=True).fill(FRESH)
    left.button("Logga in").click()
    left.home()
    expect(left.card(str(said.id))).to_contain_text("Skickad")
