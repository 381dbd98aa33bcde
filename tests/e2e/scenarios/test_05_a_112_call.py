"""A call to 112 in the dark and without coverage: read aloud from the card, claimed by nobody but the host."""

import json
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import Locator, expect
from pyproj import Transformer

from tests.e2e.axe import violations
from tests.e2e.calls import DIALLER
from tests.e2e.held import records
from tests.e2e.ledger import Ledger
from tests.e2e.phone import CATEGORIES, Phone
from tests.e2e.raw import RAW
from tests.e2e.scenarios.conftest import Picture
from tests.e2e.town import Browse, Town
from tests.e2e.walk import ACCURACY_M, Point
from tests.support import on_sqlite
from tests.support.world import CAST

LAT, LON = 56.1612, 14.8654
MINUTES = ["56° 09,672' N", "014° 51,924' E"]
SOON_S = 20


def grid_words() -> list[str]:
    """What PROJ says, as the card writes it."""
    east_m, north_m = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True).transform(LON, LAT)
    return [f"N {north_m:,.0f}".replace(",", " "), f"E {east_m:,.0f}".replace(",", " ")]


def prepared(browse: Browse) -> Phone:
    """Signed in, everything kept, then without coverage."""
    phone = Phone(browse("phone"), Ledger())
    phone.switch_on(offline=False)
    phone.stands = Point(phone.now(), LAT, LON)
    phone.feel_position()
    phone.sign_in(CAST.alva)
    phone.kept_for_offline(CAST.cim)
    phone.page.evaluate(DIALLER)
    phone.browser.context.set_offline(True)
    return phone


def look(phone: Phone, at: Locator, picture: Picture, name: str) -> None:
    expect(at.first).to_be_visible()
    picture(phone.page, name)
    assert violations(phone.page) == []


def rings(phone: Phone) -> Locator:
    """One tap from Ring to the card, one more to the dialler; the number then."""
    phone.page.get_by_role("navigation").get_by_role("link", name="Ring").click()
    phone.button("Ring 112").click()
    number = phone.page.get_by_role("link", name="Ring 112", exact=True)
    expect(number).to_have_attribute("href", "tel:112")
    return number


def asked(phone: Phone) -> Locator:
    return phone.page.get_by_text("Ringde du 112?")


def a_slip_is_taken_back(phone: Phone, picture: Picture) -> None:
    rings(phone).click()
    look(phone, asked(phone), picture, "slip")
    phone.button("Nej").click()
    expect(asked(phone)).to_have_count(0)
    phone.home()
    expect(phone.page.get_by_text("Påbörjat, inte sparat")).to_have_count(0)
    assert phone.unsent() == 0


def reads_aloud_and_rings(phone: Phone, picture: Picture) -> datetime:
    number = rings(phone)
    card = phone.page.locator(".speaking-card")
    for words in [*MINUTES, *grid_words()]:
        expect(card.get_by_text(words, exact=False).first).to_be_visible()
    expect(card).to_contain_text(f"±{ACCURACY_M} m")
    phone.page.get_by_label("Vad").fill("Man har fallit ihop, andas inte")
    look(phone, number, picture, "card")
    at = phone.now()
    number.click()
    expect(asked(phone)).to_be_visible()
    # The question is there before the tap is written: milliseconds, in which no hand can open another app.
    phone.wait_for(f"async () => /dialedAt[^0-9a-z]*{at:%Y}/.test(await ({RAW})())")
    return at


def dies_and_is_asked_again(phone: Phone, picture: Picture) -> None:
    phone.dies()
    phone.switch_on(offline=True, ahead=phone.ahead)
    look(phone, asked(phone), picture, "asked-again")
    assert phone.unsent() == 0
    phone.button("Ja").click()
    phone.button("Ambulans").click()
    phone.unsent_is(2)


def strip(phone: Phone) -> Locator:
    return phone.page.locator(".open-strip a")


def follows_it_to_its_end(phone: Phone, picture: Picture) -> datetime:
    """Arrived nine minutes later, one tap; what it was, written under the call; closed."""
    phone.until(phone.now() + timedelta(minutes=9))
    look(phone, phone.button("På plats: Nu"), picture, "moments")
    arrived = phone.now()
    phone.button("På plats: Nu").click()
    phone.unsent_is(3)
    expect(strip(phone)).to_contain_text("Ambulans")
    expect(strip(phone)).to_contain_text("på plats")
    phone.page.get_by_role("link", name="Skriv observationen").click()
    phone.page.get_by_role("button", name=CATEGORIES["H1"], exact=True).first.click()
    phone.button("Spara").click()
    phone.unsent_is(4)
    strip(phone).click()
    expect(phone.page.get_by_role("link", name=CATEGORIES["H1"])).to_be_visible()
    phone.page.get_by_role("link", name="Överlämning på papper").click()
    look(phone, phone.page.locator(".handover"), picture, "handover")
    expect(phone.page.locator(".handover")).not_to_contain_text(CAST.alva.name.split()[0])
    phone.page.get_by_role("link", name="Tillbaka").click()
    phone.button("Avsluta ärendet").click()
    sheet = phone.page.get_by_role("dialog")
    sheet.locator("label.chip").filter(has_text="På plats, överlämnat").click()
    sheet.get_by_role("button", name="Avsluta ärendet").click()
    expect(strip(phone)).to_have_count(0)
    phone.unsent_is(5)
    return arrived


def moment(told: Any) -> tuple[str, datetime]:
    said = json.loads(told) if isinstance(told, str) else told
    return said["kind"], datetime.fromisoformat(said["from"])


@on_sqlite
def test_a_112_call_is_logged_as_the_host_says_it(town: Town, browse: Browse, picture: Picture) -> None:
    phone = prepared(browse)
    a_slip_is_taken_back(phone, picture)
    tapped = reads_aloud_and_rings(phone, picture)
    dies_and_is_asked_again(phone, picture)
    arrived = follows_it_to_its_end(phone, picture)
    phone.browser.context.set_offline(False)
    phone.go("#/logga-in")  # the browser was killed before it had written its cookies down
    phone.sign_in(CAST.alva)
    phone.unsent_is(0, 60_000)
    (call,) = records(town.database_url, "escalation").values()
    (seen,) = records(town.database_url, "observation").values()
    assert (call["service"], call["status"], call["observation_id"]) == ("AMB112", "closed", seen["id"])
    assert seen["category"] == "H1"
    assert (round(call["lat"], 4), round(call["lon"], 4)) == (LAT, LON)
    last = max(records(town.database_url, "escalation_attempt").values(), key=lambda one: str(one["id"]))
    for member, at in (("attempted", tapped), ("arrived", arrived)):
        kind, told = moment(last[member])
        assert kind == "point"
        assert abs((told - at).total_seconds()) < SOON_S, member
