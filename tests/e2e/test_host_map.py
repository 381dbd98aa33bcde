"""The host's map without coverage: the organisation's own picture, where one stands, and the list beside it."""

import json
import time
from collections.abc import Callable
from io import BytesIO

from PIL import Image
from playwright.sync_api import Locator, expect

from tests.e2e.axe import violations
from tests.e2e.before import wait_for_a_crew
from tests.e2e.ledger import Ledger
from tests.e2e.phone import CATEGORIES, Phone
from tests.e2e.town import Browse, Town
from tests.e2e.walk import Point
from tests.support import on_sqlite
from tests.support.world import CAST

PARK = "Skejtparken på Näset"
SEEN_AT, HERE = (56.1790, 14.8530), (56.1850, 14.8440)
ACCURACY_M = 45
#: At the scale that the own place is shown in, the circle is some seventy pixels wide around the dot.
IN_CIRCLE_PX, BEYOND_PX = 40, 120
#: Of what is chosen.
RING_PX = 21
PATIENCE_S = 30
Colour = tuple[int, int, int]


def add_map(town: Town) -> None:
    """One block that is all of the town: wherever the map looks, its ground is that of the picture."""
    west, south, east, north = 14.6, 56.0, 15.1, 56.3
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    block = {"type": "Feature", "properties": {"building": "yes"},
             "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    file = town.server.data_dir / "block.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [block]}), "utf-8")
    added = town.server.command("map", "add", str(file), "--name", "Lyckhamn", "--attribution", "Lyckhamns kommun")
    assert added.returncode == 0, added.stderr


def token(phone: Phone, name: str) -> Colour:
    said = phone.page.evaluate("name => getComputedStyle(document.documentElement).getPropertyValue(name)", f"--{name}")
    return tuple(bytes.fromhex(said.strip().removeprefix("#")))  # type: ignore[return-value]


def over(top: Colour, ground: Colour, opacity: float) -> Colour:
    red, green, blue = (round(a * opacity + b * (1 - opacity)) for a, b in zip(top, ground, strict=True))
    return red, green, blue


def is_like(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= 3 for a, b in zip(one, other, strict=True))


class Drawn:
    """What the canvas shows, by pixel from its middle."""

    def __init__(self, phone: Phone) -> None:
        self.canvas = phone.page.locator(".map-canvas canvas")
        expect(self.canvas).to_be_visible()

    def at(self, right_px: int) -> Colour:
        picture = Image.open(BytesIO(self.canvas.screenshot(scale="css"))).convert("RGB")
        found = picture.getpixel((picture.width // 2 + right_px, picture.height // 2))
        assert isinstance(found, tuple)
        return found[0], found[1], found[2]

    def until(self, is_so: Callable[[], bool], otherwise: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not is_so():
            assert time.monotonic() < deadline, otherwise
            self.canvas.page.wait_for_timeout(100)


def prepared(town: Town, browse: Browse) -> Phone:
    """The picture fetched and a question pulled at the office; then out, without coverage, one record written."""
    phone = Phone(browse("phone"), Ledger(), places=town.places)
    phone.switch_on(offline=False)
    wait_for_a_crew(town, phone.now(), {PARK: ""}, {PARK: "P1"})
    add_map(town)
    phone.sign_in(CAST.alva)
    phone.kept_for_offline(CAST.cim)
    phone.go("#/falt/karta")
    phone.page.get_by_text("Kartbilder").click()
    expect(phone.page.get_by_text("Lyckhamn finns i enheten")).to_be_visible(timeout=PATIENCE_S * 1000)
    phone.home()
    phone.browser.context.set_offline(True)
    phone.stands = Point(phone.now(), *SEEN_AT)
    phone.feel_position()
    phone.start_shift(CAST.alva, CAST.cim, "Norra Åsum")
    phone.observe("S2", "Klotter på elskåpet.")
    phone.switch_off()
    phone.switch_on(offline=True)
    phone.browser.context.set_geolocation({"latitude": HERE[0], "longitude": HERE[1], "accuracy": ACCURACY_M})
    return phone


def row(phone: Phone, title: str, words: str) -> Locator:
    return phone.page.get_by_role("region", name=title).get_by_role("button").filter(has_text=words)


def stands_on_the_map(phone: Phone, drawn: Drawn, block: Colour) -> None:
    """A dot, and a circle as wide as the phone is unsure."""
    dot = token(phone, "text")
    phone.button("Visa min plats").click()
    expect(phone.page.get_by_text(f"Din plats: ±{ACCURACY_M} m")).to_be_visible()
    drawn.until(lambda: is_like(drawn.at(0), dot), "no dot where the phone is")
    drawn.until(lambda: is_like(drawn.at(IN_CIRCLE_PX), over(dot, block, 0.12)), "no circle around the dot")
    drawn.until(lambda: is_like(drawn.at(BEYOND_PX), block), "the circle has no end")


def lies_on_the_map(phone: Phone, drawn: Drawn, at: Locator, block: Colour) -> None:
    """What the list brings to the middle lies there: a tap beside it lets go, and one in the middle finds something."""
    ring = token(phone, "lantern")
    at.click()
    expect(at).to_have_attribute("aria-pressed", "true")
    drawn.until(lambda: is_like(drawn.at(RING_PX), ring), "nothing in the middle is chosen")
    drawn.canvas.click(position={"x": 20, "y": 20})
    expect(at).to_have_attribute("aria-pressed", "false")
    drawn.until(lambda: is_like(drawn.at(RING_PX), block), "what was let go is still chosen")
    drawn.canvas.click()
    drawn.until(lambda: is_like(drawn.at(RING_PX), ring), "nothing lies in the middle")
    expect(at).to_have_attribute("aria-pressed", "true")


@on_sqlite
def test_the_map_of_a_phone_without_coverage(town: Town, browse: Browse) -> None:
    phone = prepared(town, browse)
    phone.go("#/falt/karta")
    page, drawn = phone.page, Drawn(phone)
    block = over(token(phone, "lantern"), over(token(phone, "edge"), token(phone, "ground"), 0.3), 0.05)
    drawn.until(lambda: is_like(drawn.at(0), block), "the organisation's picture is not drawn")
    expect(page.get_by_text("Kartdata: Lyckhamns kommun")).to_be_visible()
    stands_on_the_map(phone, drawn, block)
    assert violations(page) == []

    lies_on_the_map(phone, drawn, row(phone, "Poster i kväll", CATEGORIES["S2"]), block)
    drawn.canvas.click(position={"x": 20, "y": 20})
    lies_on_the_map(phone, drawn, row(phone, "Finns kvar?", CATEGORIES["P1"]), block)
    page.locator(".map-asked").get_by_role("button", name="Nej", exact=True).click()
    phone.unsent_is(3)
    expect(page.locator(".map-asked").get_by_role("button", name="✓ Nej")).to_have_attribute("aria-pressed", "true")
