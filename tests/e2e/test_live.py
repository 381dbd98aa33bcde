"""The supervisor's page follows a phone without a reload; on SQLite in a supervisor's evening."""

import re

from playwright.sync_api import expect

from tests.e2e.browser import DESK
from tests.e2e.desk import Desk
from tests.e2e.ledger import Ledger
from tests.e2e.phone import Phone
from tests.e2e.town import Browse, Town
from tests.support import on_postgresql
from tests.support.world import CAST

SOON_MS = 20_000


@on_postgresql
def test_the_desk_changes_while_a_phone_sends(town: Town, browse: Browse) -> None:
    phone = Phone(browse("phone"), Ledger())
    phone.switch_on(offline=False)
    phone.sign_in(CAST.alva)
    phone.kept_for_offline(CAST.cim)
    desk = Desk(browse("desk", viewport=DESK))
    desk.sign_in(CAST.bo)
    expect(desk.page.get_by_text("Ingen är ute")).to_be_visible()
    expect(desk.page.locator(".live")).to_contain_text("kopplad")
    desk.page.evaluate("globalThis.isSamePage = true")
    phone.browser.context.set_offline(True)
    shift = phone.start_shift(CAST.alva, CAST.cim, "Norra Åsum")
    phone.browser.context.set_offline(False)
    phone.unsent_is(0)
    card = desk.page.locator("article.shift-card").filter(has_text="Alva Ek")
    expect(card).to_contain_text("Norra Åsum", timeout=SOON_MS)
    expect(card).to_contain_text("inga poster än")

    desk.open_shift(str(shift.id))
    expect(desk.page.locator("ol.timeline > li.entry")).to_have_count(1)
    phone.browser.context.set_offline(True)
    phone.ledger.said.clear()
    texts = ["Åtta ungdomar vid kiosken, lugnt.", "Lampan är lagad?\n\nNej, den blinkar."]
    phone.observe("U1", texts[0])
    phone.observe("P1", texts[1])
    phone.check_in("round", "Rond")
    expect(desk.page.locator("ol.timeline > li.entry")).to_have_count(1)
    phone.browser.context.set_offline(False)
    phone.unsent_is(0, by_itself=True)
    expect(desk.page.locator("ol.timeline > li.entry")).to_have_count(4, timeout=SOON_MS)
    assert [row.texts for row in desk.rows() if row.texts] == [(text,) for text in texts]
    expect(desk.page.locator("ol.timeline .new-word")).to_have_count(3)
    expect(desk.completeness()).to_contain_text("4 mottagna, inget kvar i telefonen")

    town.server.kill()
    expect(desk.page.locator(".live")).to_contain_text("tappad", timeout=SOON_MS)
    town.server.start()
    expect(desk.page.locator(".live")).to_contain_text("kopplad", timeout=60_000)
    phone.browser.context.set_offline(True)
    phone.ledger.said.clear()
    phone.check_in("left", "Lämnat")
    phone.browser.context.set_offline(False)
    expect(desk.page.locator("ol.timeline > li.entry")).to_have_count(5, timeout=SOON_MS)
    assert desk.page.evaluate("globalThis.isSamePage") is True
    expect(desk.page).to_have_title(re.compile("Lykta"))
