"""Screens that come only of something that happened: advice, doubts about words, photos, an alarm, a number tapped."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.calls import DIALLER
from tests.e2e.ledger import Ledger
from tests.e2e.phone import CATEGORIES, Phone
from tests.e2e.test_alarm import press
from tests.e2e.test_screens import THEMES, Looker
from tests.e2e.tour import put_on
from tests.e2e.town import Browse, Town
from tests.guard.places import PNR
from tests.support import on_sqlite
from tests.support.world import CAST

#: What can be undone for some seconds stays while it is looked at.
LONG_TIMERS = """(() => {
  const plain = globalThis.setTimeout;
  globalThis.setTimeout = (work, ms, ...given) => plain(work, ms >= 3_000 ? ms * 20 : ms, ...given);
})()"""
SOON_MS = 20_000


@pytest.fixture
def phone(town: Town, browse: Browse) -> Phone:
    """Alva's, signed in, with all that it needs without coverage."""
    assert town.server.is_running
    made = Phone(browse("phone"), Ledger())
    made.switch_on(offline=False)
    made.sign_in(CAST.alva)
    made.kept_for_offline(CAST.cim)
    made.browser.context.add_init_script(LONG_TIMERS)
    made.page.reload()
    expect(made.button("Starta pass")).to_be_visible()
    return made


@pytest.fixture
def looker(phone: Phone) -> Looker:
    return Looker(phone.page, "host-moments", *THEMES["sv"], is_for_gloves=True)


def leave(phone: Phone) -> None:
    """And throw away what was begun."""
    expect(phone.page.get_by_role("dialog")).to_have_count(0)
    phone.button("Stäng").click()
    phone.page.get_by_role("dialog").get_by_role("button", name="Kasta").click()
    expect(phone.button("Observation")).to_be_visible()


def pages_about_oneself(phone: Phone, looker: Looker) -> None:
    """Of what the server says, so while it is there."""
    for fragment, shows, name in (("aviseringar", "h1", "notices"), ("uppgifter", "details.own-kind", "own")):
        phone.go(f"#/telefonen/{fragment}")
        expect(phone.page.locator(shows).first).to_be_visible(timeout=SOON_MS)
        looker(name)
    phone.page.locator("details.own-kind summary").first.click()
    looker("own-open")


def advice(phone: Phone, looker: Looker) -> None:
    for code in ("H2", "H4", "V5", "X1"):
        phone.home()
        phone.button("Observation").click()
        phone.page.get_by_role("button", name=CATEGORIES[code], exact=True).first.click()
        expect(phone.page.locator(".guide")).to_be_visible()
        looker(f"advice-{code}")
        leave(phone)


def doubts_about_words(phone: Phone, looker: Looker) -> None:
    page = phone.page
    phone.begin_observation("V3")
    page.get_by_label("Beskrivning").fill(f"{PNR}, grå jacka, ABC 123")
    expect(page.get_by_text("Ser ut som ett registreringsnummer: ABC 123")).to_be_visible()
    looker("marks")
    phone.button("Spara").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("heading", name="Ska numret stå kvar?")).to_be_visible()
    looker("ask")
    sheet.get_by_role("button", name=f"Behåll {PNR} med ett skäl").click()
    sheet.get_by_label("Eller med egna ord").fill("Leveransnummer")
    looker("ask-why")
    sheet.get_by_role("button", name="Tillbaka").click()
    leave(phone)


def photos(phone: Phone, looker: Looker, folder: Path) -> None:
    page, file = phone.page, folder / "wall.jpg"
    Image.effect_noise((1200, 900), 80).convert("RGB").save(file)
    phone.begin_observation("S2")
    page.locator("input[type=file][capture]").set_input_files(file)
    expect(page.locator(".photos img")).to_have_count(1)
    page.locator(".photos").scroll_into_view_if_needed()
    looker("photo")
    phone.button("Dölj delar av eller beskär foto 1").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("application").click()
    looker("photo-hide")
    sheet.locator("label.chip").filter(has_text="Beskär").click()
    expect(sheet.get_by_label("Överkant")).to_be_visible()
    looker("photo-crop")
    sheet.get_by_role("button", name="Stäng").click()
    leave(phone)


def a_moment_to_think_again(phone: Phone, looker: Looker) -> None:
    phone.button("Vi är ok").click()
    expect(phone.page.get_by_text("Sparas strax.")).to_be_visible()
    put_on(phone.page, "dark")  # the button is on its way to another colour
    looker("ok-undo")
    phone.button("Ångra").click()
    phone.observe("S2", "Klotter på elskåpet.")
    expect(phone.page.locator(".held")).to_be_visible()
    looker("saved-undo")


def a_number_tapped(phone: Phone, looker: Looker) -> None:
    phone.page.evaluate(DIALLER)
    phone.go("#/ring")
    phone.button("Ring 112").click()
    looker("card")
    phone.page.get_by_role("link", name="Ring 112", exact=True).click()
    expect(phone.page.get_by_text("Ringde du 112?")).to_be_visible()
    looker("card-asks")
    phone.home()
    expect(phone.page.locator(".dial-strip")).to_be_visible()
    looker("strip")
    phone.button("Ändra tiden").click()
    looker("strip-time")
    phone.button("Ja").click()
    looker("strip-who")
    phone.button("Ambulans").click()
    expect(phone.page.locator(".flow")).to_be_visible()
    looker("call-flow")


def an_alarm(phone: Phone, looker: Looker) -> None:
    phone.go("#/larm")
    press(phone.page)
    expect(phone.page.locator(".alarm-state")).to_be_visible(timeout=SOON_MS)
    phone.page.mouse.up()
    phone.go(f"#/larm/{phone.new_id()}")
    looker("alarm-one")


@on_sqlite
def test_screens_of_moments(phone: Phone, looker: Looker, tmp_path: Path) -> None:
    pages_about_oneself(phone, looker)
    phone.browser.context.set_offline(True)
    phone.home()
    phone.start_shift(CAST.alva, CAST.cim, "Norra Åsum")
    advice(phone, looker)
    doubts_about_words(phone, looker)
    photos(phone, looker, tmp_path)
    a_moment_to_think_again(phone, looker)
    a_number_tapped(phone, looker)
    an_alarm(phone, looker)
    assert looker.wrong == {}
