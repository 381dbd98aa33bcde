"""An administrator's day: what is changed at the desk is so on the phones, and in the server's tables."""

import json
import re
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk
from tests.e2e.ledger import Ledger
from tests.e2e.phone import CATEGORIES, Phone
from tests.e2e.supervisor.conftest import Look, Office
from tests.e2e.walk import STOCKHOLM
from tests.support.world import CAST

NEWCOMER = "Örjan Åhl"
PASSWORD = "lampa park åtta"
BRIDGE = "Gångbron vid slussen"
LITTER = CATEGORIES["S3"]


@pytest.fixture(scope="module")
def ada(office: Office) -> Desk:
    return office.desk(CAST.ada)


def settings(desk: Desk, link: str) -> Page:
    desk.go("#/installningar")
    desk.page.get_by_role("link", name=re.compile(f"^{link}")).click()
    expect(desk.page.get_by_role("heading", name=link, level=1)).to_be_visible()
    return desk.page


def test_an_invited_person_comes_in_by_the_link_that_is_shown_once(office: Office, ada: Desk, look: Look) -> None:
    page = settings(ada, "Personer")
    page.get_by_role("button", name="Bjud in en person").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Namn", exact=True).fill(NEWCOMER)
    sheet.get_by_label("Användarnamn").fill("orjan")
    look(page, "form")
    sheet.get_by_role("button", name="Bjud in", exact=True).click()
    expect(sheet.get_by_role("heading", name=f"Engångslänk till {NEWCOMER}")).to_be_visible()
    link = sheet.locator(".link-text").inner_text()
    look(page, "link")
    sheet.get_by_role("button", name="Stäng").last.click()
    row = page.get_by_role("row").filter(has_text="orjan")
    expect(row).to_contain_text("Inbjuden till")
    assert link not in page.content()

    orjan = Phone(office.browse("orjan"), Ledger())
    orjan.switch_on(offline=False)
    orjan.go("#" + link.partition("#")[2])
    for label in ("Nytt lösenord", "Samma lösenord igen"):
        orjan.page.get_by_label(label).fill(PASSWORD)
    orjan.button("Spara lösenordet").click()
    orjan.page.get_by_role("link", name="Logga in").click()
    orjan.page.get_by_label("Användarnamn").fill("orjan")
    orjan.page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    orjan.button("Logga in").click()
    expect(orjan.page.get_by_role("heading", name="Hej Örjan")).to_be_visible()
    orjan.switch_off()
    page.reload()
    expect(row).to_contain_text("Aktiv")
    look(page, "active")


def test_a_place_typed_in_degrees_is_among_the_phones_places(office: Office, ada: Desk, look: Look) -> None:
    page, alva = settings(ada, "Platser"), office.alva
    page.get_by_role("button", name="Lägg till en plats").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Namn", exact=True).fill(BRIDGE)
    sheet.get_by_label("Läge", exact=True).fill("14,8631 56,1702")
    sheet.get_by_role("button", name="Spara").click()
    expect(sheet).to_contain_text("Latitud och longitud verkar ha bytt plats.")
    look(page, "swapped")
    sheet.get_by_label("Läge", exact=True).fill("56,1702 14,8631")
    sheet.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("row").filter(has_text=BRIDGE)).to_contain_text("56.1702, 14.8631")
    (place,) = [row for row in office.rows("place") if row["name"] == BRIDGE]
    assert (place["lat"], place["lon"], place["active"]) == (56.1702, 14.8631, 1)

    office.phone_is_taken_up()
    alva.places[BRIDGE] = str(place["id"])
    alva.begin_observation("P1")
    assert alva.choose_place(BRIDGE) == {"place_id": place["id"]}
    look(alva.page, "phone")


def test_a_number_is_made_sure_of_today(office: Office, ada: Desk, look: Look) -> None:
    page = settings(ada, "Nummer")
    page.get_by_role("button", name="Lägg till ett nummer").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Tjänst").select_option("FEL")
    sheet.get_by_label("Namn", exact=True).fill("Kommunens felanmälan")
    sheet.get_by_label("Nummer", exact=True).fill("0457-61 80 00")
    sheet.get_by_role("button", name="Spara").click()
    row = page.get_by_role("row").filter(has_text="Kommunens felanmälan")
    expect(row).to_contain_text("Aldrig kontrollerat")
    expect(page.get_by_text("1 nummer är inte kontrollerat på 90 dagar.")).to_be_visible()
    look(page, "old")
    check = row.get_by_role("button", name="Kommunens felanmälan är kontrollerat i dag")
    check.click()
    expect(check).to_have_count(0)
    expect(row).not_to_contain_text("Aldrig kontrollerat")
    (contact,) = office.rows("contact")
    assert contact["checked_on"] == f"{datetime.now(STOCKHOLM):%Y-%m-%d}"


def test_a_category_that_is_switched_off_is_gone_from_the_grid(office: Office, ada: Desk, look: Look) -> None:
    page, alva = settings(ada, "Kategorier"), office.alva
    offered = alva.page.get_by_role("button", name=LITTER, exact=True)
    office.phone_is_taken_up()
    alva.button("Observation").click()
    expect(offered).to_be_visible()
    page.get_by_role("button", name=f"Stäng av {LITTER}").click()
    row = page.get_by_role("row").filter(has_text=LITTER)
    expect(row).to_contain_text("Avstängd")
    row.scroll_into_view_if_needed()
    look(page, "off")
    alva.put_away()
    expect(offered).to_have_count(0)
    expect(alva.page.get_by_role("button", name=CATEGORIES["S2"], exact=True)).to_be_visible()
    look(alva.page, "phone")


def test_the_ladders_first_step_is_changed(office: Office, ada: Desk, look: Look) -> None:
    page = settings(ada, "Larmkedja")
    part = page.get_by_role("region", name="Utebliven incheckning", exact=True)
    expect(part).to_contain_text("Serverns inställning gäller.")
    part.get_by_role("button", name="Ändra stegen").click()
    sheet = page.get_by_role("dialog")
    # The town's server waits for a day: what is promised in the past of a test is never broken.
    sheet.get_by_label("Larma så många minuter efter den lovade tiden").fill("20")
    first = sheet.get_by_role("listitem").first
    first.get_by_label("Minuter efter larmet").fill("2")
    first.locator("label.chip").filter(has_text="parkamraten").click()
    look(page, "form")
    sheet.get_by_role("button", name="Spara").click()
    expect(sheet).to_have_count(0)
    expect(part).to_contain_text("Egna steg sedan")
    look(page, "changed")
    (ladder,) = office.rows("ladder")
    steps = json.loads(str(ladder["steps"]))
    assert (steps[0]["after_min"], steps[0]["whom"]) == (2, ["host", "partner"])
