"""Scenarios 6 and 8 in the app: words that must not be kept, offline; a threat that no colleague sees."""

import pytest
from playwright.sync_api import expect

from tests.e2e.ledger import Ledger
from tests.e2e.phone import Phone
from tests.e2e.town import Browse, Town
from tests.faults.site import phone_at
from tests.guard.places import PNR
from tests.support import on_sqlite
from tests.support.factories import a_shift, an_observation
from tests.support.world import CAST

ORDER = "2011301237"
LONG_MS = 30_000


@pytest.fixture
def phone(town: Town, browse: Browse) -> Phone:
    """Alva's, in a shift with Cim, out of coverage since the app has come."""
    with phone_at(town.server.port, CAST.cim) as cim:
        cim.start(a_shift(CAST.cim, CAST.alva))
    made = Phone(browse("phone"), Ledger(), places=town.places)
    made.switch_on(offline=False)
    made.sign_in(CAST.alva)
    expect(made.button("Vi är ok")).to_be_visible(timeout=LONG_MS)
    made.wait_for("() => navigator.serviceWorker.controller !== null")
    made.browser.context.set_offline(True)
    return made


@on_sqlite
def test_scenario_8_a_number_is_caught_before_it_is_saved_and_again_on_the_server(town: Town, phone: Phone) -> None:
    page = phone.page
    said = phone.begin_observation("V3")
    field = page.get_by_label("Beskrivning")
    field.fill(f"{PNR}, grå jacka, ABC 123")
    expect(page.get_by_text(f"Ser ut som ett personnummer: {PNR}")).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_text("Ser ut som ett registreringsnummer: ABC 123")).to_be_visible()
    phone.button("Spara").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Ska numret stå kvar?")).to_be_visible()
    dialog.get_by_role("button", name=f"Ta bort {PNR} ur texten").click()
    said.data["text"] = "grå jacka, ABC 123"
    phone.keep(said, phone.card(str(said.id)))

    kept = phone.begin_observation("V3")
    field.fill(f"ordernummer {ORDER}")
    phone.button("Spara").click()
    dialog.get_by_role("button", name=f"Behåll {ORDER} med ett skäl").click()
    dialog.get_by_role("button", name="Ordernummer", exact=True).click()
    kept.data["text"] = f"ordernummer {ORDER}"
    phone.keep(kept, phone.card(str(kept.id)))
    phone.put_away()

    phone.browser.context.set_offline(False)
    phone.unsent_is(0, LONG_MS)
    with phone_at(town.server.port, CAST.cim) as cim:
        mine = cim.pulled("observation")
        assert said.id
        assert kept.id
        assert mine[kept.id]["text"] == f"ordernummer {ORDER}"
        assert (mine[said.id]["text"], mine[said.id]["flagged"]) == ("grå jacka, ABC 123", ["plate"])
        old = cim.seal("observation.create", an_observation(text=PNR), shift=mine[said.id]["shift_id"])
        cim.send(old)
    phone.page.reload()
    expect(phone.button("Vi är ok")).to_be_visible(timeout=LONG_MS)
    phone.go(f"#/logg/{old['id']}")
    expect(page.get_by_text("Text dold: kan innehålla personnummer", exact=False)).to_be_visible(timeout=LONG_MS)
    asked = "\n".join(phone.browser.asked)
    for where in (asked, town.server.log.read_text(encoding="utf-8"), page.content()):
        assert PNR not in where
        assert ORDER not in asked


@on_sqlite
def test_scenario_6_a_threat_begins_with_advice_and_stays_with_the_chief(
    town: Town, phone: Phone, browse: Browse
) -> None:
    page = phone.page
    phone.button("Observation").click()
    page.get_by_role("button", name="Hot, våld eller tillbud mot personal", exact=True).first.click()
    expect(page.get_by_text("Gå därifrån.", exact=False)).to_be_visible()
    expect(page.get_by_role("link", name="Ring 112")).to_be_visible()
    phone.button("Anteckna").click()
    page.get_by_label("Beskrivning").fill("Vi vet var du bor")
    phone.button("Spara").click()
    expect(page.locator("ol.log").get_by_text("Vi vet var du bor")).to_be_visible(timeout=LONG_MS)
    phone.put_away()
    phone.browser.context.set_offline(False)
    phone.unsent_is(0, LONG_MS)
    with phone_at(town.server.port, CAST.cim) as cim:
        assert "Vi vet var" not in str(cim.pull_all()[0])
    chief = browse("desk", viewport={"width": 1280, "height": 800})
    desk = chief.open(offline=False)
    desk.goto(f"{chief.base_url}/")
    desk.get_by_label("Användarnamn").fill(CAST.bo.username)
    desk.get_by_label("Lösenord", exact=True).fill(CAST.bo.password)
    desk.get_by_role("button", name="Logga in").click()
    desk.get_by_role("link", name=CAST.alva.name).click(timeout=LONG_MS)
    expect(desk.get_by_text("Arbetsmiljöverket utan dröjsmål", exact=False)).to_be_visible(timeout=LONG_MS)
    text = desk.locator(".incident pre")
    expect(text).to_contain_text("Vad som hände: Vi vet var du bor")
    expect(text).not_to_contain_text("Alva")
