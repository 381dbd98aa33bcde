"""A start that the server could not read: kept, found at the desk, taken out as a file, and counted once it can be."""

import json

from playwright.sync_api import expect

from app.journal import chain
from tests.e2e import held
from tests.e2e.browser import DESK
from tests.e2e.desk import Desk
from tests.e2e.ledger import Ledger
from tests.e2e.look import look
from tests.e2e.phone import Phone
from tests.e2e.town import Browse, Town
from tests.faults.site import phone_at
from tests.support import on_sqlite
from tests.support.factories import a_position
from tests.support.world import CAST


@on_sqlite
def test_a_start_that_failed_its_check_is_found_taken_out_and_counted(town: Town, browse: Browse) -> None:
    town.server.stop()
    town.server.module = "tests.e2e.stricter"
    town.server.start()
    alva = Phone(browse("alva"), Ledger(), places=town.places)
    alva.switch_on(offline=False)
    alva.sign_in(CAST.alva)
    alva.kept_for_offline(CAST.cim)
    alva.browser.context.set_offline(True)
    start = str(alva.start_shift(CAST.alva, CAST.cim, "Norra Åsum").id)
    alva.browser.context.set_offline(False)
    alva.unsent_is(0, 30_000)
    with phone_at(town.server.port, CAST.cim) as other:
        (call,) = other.send(other.seal("alert.raise", {"kind": 7}, position=a_position()))
    assert call["status"] == "quarantined"
    town.server.stop()
    town.server.module = "app.cli"
    town.server.start()

    bo = Desk(browse("bo", viewport=DESK))
    bo.sign_in(CAST.bo)
    page = bo.page
    told = page.get_by_role("alert").filter(has_text="1 larm gick inte att läsa")
    expect(told).to_contain_text("2 uppgifter väntar i karantän")
    look(page, "tonight")
    told.get_by_role("link", name="Öppna karantänen").click()
    expect(page.get_by_role("heading", name="I karantän")).to_be_focused()
    cards = page.get_by_role("article")
    expect(cards).to_have_count(2)
    expect(cards.first).to_contain_text("Larm som ingen har fått")
    mine = cards.nth(1)
    expect(mine).to_contain_text("Pass startat")
    expect(mine).to_contain_text("av Alva Ek")
    expect(mine).to_contain_text("Varför: innehållet gick inte att läsa som det ska.")
    look(page, "list")

    with page.expect_download() as pressed:
        mine.get_by_role("button", name="Spara som fil").click()
    (kept,) = json.loads(pressed.value.path().read_text("utf-8"))["ops"]
    (stored,) = [op for op in held.ops_of_phones(town.database_url) if op["id"] == start]
    assert (stored["status"], kept["hash"]) == ("quarantined", stored["hash"])
    assert chain.text(chain.of(kept["body"].encode())) == stored["hash"], "Not the bytes that the phone sealed."

    again = cards.first.get_by_role("button", name="Försök igen")
    again.focus()
    page.keyboard.press("Enter")
    expect(cards.first).to_contain_text("Den väntar fortfarande: innehållet gick inte att läsa")
    mine.get_by_role("button", name="Försök igen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Pass startat: räknas nu.")).to_be_focused()
    expect(cards).to_have_count(1)
    expect(bo.shift_row(start)).to_have_count(1)
    alva.home()
    alva.put_away()
    alva.go(f"#/logg/{start}")
    expect(alva.page.get_by_text("Skickad", exact=False).first).to_be_visible(timeout=30_000)
