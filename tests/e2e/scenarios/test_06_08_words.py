"""Scenarios 6 and 8 in the app: words that must not be kept, offline; a threat that no colleague sees."""

import json
import re

import pytest
from playwright.sync_api import expect

from app.core.clock import now
from tests.e2e.browser import DESK
from tests.e2e.calls import DIALLER
from tests.e2e.desk import Desk
from tests.e2e.held import records
from tests.e2e.ledger import Ledger
from tests.e2e.phone import Phone
from tests.e2e.scenarios.conftest import Picture
from tests.e2e.town import Browse, Town
from tests.faults.site import phone_at
from tests.guard.places import PNR
from tests.support import on_sqlite
from tests.support.factories import a_shift, an_observation
from tests.support.world import CAST

ORDER = "2011301237"
LONG_MS = 30_000
THREAT, SHOUTED = "Vi vet var du bor", "Två män, kniv visad"
CHIEF = {"service": "CHEF", "name": "Jourhavande chef", "number": "070-1740605"}


@pytest.fixture
def phone(town: Town, browse: Browse) -> Phone:
    """Alva's, in a shift with Cim, out of coverage since the app has come."""
    with phone_at(town.server.port, CAST.cim) as cim:
        cim.start(a_shift(CAST.cim, CAST.alva))
    numbers = town.server.data_dir / "contacts.json"
    numbers.write_text(json.dumps([CHIEF]), "utf-8")
    assert town.server.command("place", "contacts", str(numbers), "--strict").returncode == 0
    made = Phone(browse("phone"), Ledger(), places=town.places)
    made.switch_on(offline=False)
    made.sign_in(CAST.alva)
    expect(made.button("Vi är ok")).to_be_visible(timeout=LONG_MS)
    made.wait_for("() => navigator.serviceWorker.controller !== null")
    made.browser.context.set_offline(True)
    return made


@on_sqlite
def test_scenario_8_a_number_is_caught_before_it_is_saved_and_again_on_the_server(
    town: Town, phone: Phone, picture: Picture
) -> None:
    page = phone.page
    said = phone.begin_observation("V3")
    field = page.get_by_label("Beskrivning")
    field.fill(f"{PNR}, grå jacka, ABC 123")
    expect(page.get_by_text(f"Ser ut som ett personnummer: {PNR}")).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_text("Ser ut som ett registreringsnummer: ABC 123")).to_be_visible()
    picture(page, "marks")
    phone.button("Spara").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Ska numret stå kvar?")).to_be_visible()
    picture(page, "asked")
    dialog.get_by_role("button", name=f"Ta bort {PNR} ur texten").click()
    said.data["text"] = "grå jacka, ABC 123"
    phone.keep(said, phone.card(str(said.id)))

    kept = phone.begin_observation("V3")
    field.fill(f"ordernummer {ORDER}")
    phone.button("Spara").click()
    expect(dialog).to_be_visible()
    picture(page, "reason")
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
    picture(page, "hidden")
    asked = "\n".join(phone.browser.asked)
    for where in (asked, town.server.log.read_text(encoding="utf-8"), page.content()):
        assert PNR not in where
        assert ORDER not in asked


def rings(phone: Phone, number: str) -> None:
    """From the speaking card: a tap on the number, and the host says that it was rung."""
    phone.page.get_by_role("link", name=f"Ring {number}", exact=True).click()
    expect(phone.page.get_by_text(f"Ringde du {number}?")).to_be_visible()
    phone.button("Ja").click()


def calls_112_and_then_the_chief(phone: Phone, picture: Picture) -> None:
    """Away from it first; what happened is written last, under the first call."""
    page = phone.page
    page.evaluate(DIALLER)
    page.get_by_role("navigation").get_by_role("link", name="Ring").click()
    phone.button("Ring 112").click()
    page.get_by_label("Vad").fill(SHOUTED)
    rings(phone, "112")
    phone.button("Polis akut").click()
    expect(page.get_by_role("heading", name="Polis akut", exact=True)).to_be_visible()
    phone.go("#/ring")
    page.get_by_role("button", name=CHIEF["number"]).click()
    rings(phone, CHIEF["number"])
    expect(page.get_by_role("heading", name="Arbetsledare, säkerhetschef", exact=True)).to_be_visible()
    picture(page, "chief-called")
    phone.go("#/ring")
    page.get_by_role("link", name=re.compile("Polis akut")).last.click()
    page.get_by_role("link", name="Skriv observationen").click()


def writes_it_down(phone: Phone, picture: Picture) -> str:
    """The advice comes first; what was saved stands covered in the own log. Its id."""
    page = phone.page
    said = phone.new_id()
    page.get_by_role("button", name="Hot, våld eller tillbud mot personal", exact=True).first.click()
    expect(page.get_by_text("Gå därifrån.", exact=False)).to_be_visible()
    expect(page.get_by_role("link", name="Ring 112")).to_be_visible()
    picture(page, "advice")
    phone.button("Anteckna").click()
    page.get_by_label("Beskrivning").fill(THREAT)
    phone.button("Spara").click()
    phone.go("#/falt")
    log, words = page.locator("ol.log"), page.get_by_text(THREAT)
    expect(log.get_by_text("Skyddad post")).to_be_visible(timeout=LONG_MS)
    expect(words).to_have_count(0)
    expect(page.get_by_text("Hot, våld eller tillbud mot personal")).to_have_count(0)
    picture(page, "covered")
    phone.go("#/logg")
    expect(log.get_by_text("Hot, våld eller tillbud mot personal")).to_be_visible()
    expect(words).to_have_count(0)
    page.get_by_role("button", name="Visa texten").click()
    expect(words).to_be_visible()
    return said


def others_find_nothing(town: Town, browse: Browse, ids: set[str], picture: Picture) -> None:
    """Neither a partner nor a crew elsewhere; no analyst's search, and no file without what is closed."""
    port = town.server.port
    with phone_at(port, CAST.cim) as cim, phone_at(port, CAST.elin) as elin, phone_at(port, CAST.bo) as bo:
        elin.wall = now()
        elin.start(a_shift(CAST.elin))
        for told in (str(cim.pull_all()[0]), str(elin.pull_all()[0])):
            assert THREAT not in told
            assert SHOUTED not in told
        assert [one for one in ids if one in str(elin.pull_all()[0])] == []
        files = {closed: bo.post("/exports", json={"format": "csv", "restricted": closed}).text
                 for closed in (True, False)}  # fmt: skip
    assert [(THREAT in files[closed], SHOUTED in files[closed]) for closed in files] == [(True, True), (False, False)]
    assert "Alva" not in files[True]
    analyst = Desk(browse("analyst", viewport=DESK))
    analyst.sign_in(CAST.dan)
    for word in ("vet", "kniv"):
        analyst.go(f"#/sok?ord={word}")
        expect(analyst.page.get_by_text("Inget stämmer med sökningen")).to_be_visible(timeout=LONG_MS)
    picture(analyst.page, "analyst")
    analyst.browser.close()


@on_sqlite
def test_scenario_6_a_threat_begins_with_advice_and_stays_with_the_chief(
    town: Town, phone: Phone, browse: Browse, picture: Picture
) -> None:
    calls_112_and_then_the_chief(phone, picture)
    threat = writes_it_down(phone, picture)
    phone.put_away()
    phone.browser.context.set_offline(False)
    phone.unsent_is(0, LONG_MS)
    calls = records(town.database_url, "escalation")
    assert {(one["service"], one["observation_id"] == threat) for one in calls.values()} == {
        ("POL112", True), ("CHEF", False),
    }  # fmt: skip
    tried = records(town.database_url, "escalation_attempt").values()
    assert {one["escalation_id"] for one in tried} == set(calls), "both were rung"
    others_find_nothing(town, browse, {threat, *calls}, picture)
    chief = Desk(browse("desk", viewport=DESK))
    chief.sign_in(CAST.bo)
    card = chief.page.get_by_role("article").filter(has_text=CAST.alva.name)
    card.get_by_role("link", name="Hot mot personal – att anmäla").click(timeout=LONG_MS)
    expect(chief.page.get_by_text("Arbetsmiljöverket utan dröjsmål", exact=False)).to_be_visible(timeout=LONG_MS)
    text = chief.page.locator(".incident pre")
    expect(text).to_contain_text(f"Vad som hände: {THREAT}")
    expect(text).not_to_contain_text("Alva")
    picture(chief.page, "chief")
    chief.go("#/sok?ord=vet")
    expect(chief.page.get_by_text(THREAT)).to_be_visible()
