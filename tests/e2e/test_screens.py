"""Every screen: no violation that axe can find, in each language and theme; and pictures of them."""

import os
from dataclasses import replace
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from app.core.settings import PROJECT_DIR
from tests.e2e.axe import violations
from tests.e2e.browser import DESK, PHONE
from tests.e2e.ledger import Ledger
from tests.e2e.phone import Phone
from tests.e2e.stage import Stage
from tests.e2e.tour import desk_stops, dress, host_stops, walk_through
from tests.e2e.town import RESULTS, Browse, Town
from tests.support import on_sqlite
from tests.support.world import CAST

PICTURES = PROJECT_DIR / "docs" / "pictures"
LOOKS = [("sv", "dark"), ("sv", "light"), ("en", "dark"), ("en", "light"), ("sv", "red")]


class Looker:
    """Looks at every stop, and tells of all that is wrong at the end."""

    def __init__(self, page: Page, prefix: str) -> None:
        self.page, self.prefix = page, prefix
        self.wrong: dict[str, list[str]] = {}

    def __call__(self, name: str) -> None:
        self.page.screenshot(path=RESULTS / "screens" / f"{self.prefix}-{name}.png")
        if found := violations(self.page):
            self.wrong[name] = found


def test_pictures_for_the_readme(stage: Stage) -> None:
    """Both screens as the README shows them; into docs/pictures with LYKTA_PICTURES=1."""
    folder = PICTURES if os.environ.get("LYKTA_PICTURES") else RESULTS / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    host, desk = stage.phone.page, stage.desk.page
    dress(host, "#/falt/installningar", "sv", "dark")
    stage.phone.home()
    expect(host.locator(".main-acts")).to_be_visible()
    desk.set_viewport_size(DESK)
    dress(desk, "#/installningar", "sv", "dark")
    stage.desk.go("#/pass")
    desk.get_by_role("row").filter(has_text="Komplett").first.get_by_role("link").click()
    expect(stage.desk.completeness()).to_contain_text("mottagna")
    desk.locator("[data-entry]").nth(3).focus()
    expect(desk.locator(".shift-map canvas")).to_be_visible(timeout=60_000)
    desk.wait_for_timeout(3_000)  # the map draws on, and says nothing when it is done
    host.screenshot(path=folder / "host.png")
    desk.screenshot(path=folder / "desk.png")
    assert {file.name for file in folder.glob("*.png")} >= {"host.png", "desk.png"}


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_screens_of_the_host(stage: Stage, language: str, theme: str) -> None:
    page = stage.phone.page
    dress(page, "#/falt/installningar", language, theme)
    looker = Looker(page, f"host-{language}-{theme}")
    walk_through(page, host_stops(stage.ids), looker)
    assert looker.wrong == {}


@pytest.mark.parametrize(("language", "theme"), LOOKS)
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_screens_of_the_desk(stage: Stage, language: str, theme: str, size: str) -> None:
    page = stage.desk.page
    page.set_viewport_size(DESK if size == "wide" else PHONE)
    dress(page, "#/installningar", language, theme)
    looker = Looker(page, f"desk-{size}-{language}-{theme}")
    walk_through(page, desk_stops(stage.ids.shift), looker)
    assert looker.wrong == {}


@on_sqlite
def test_screens_before_a_shift(town: Town, browse: Browse) -> None:
    """Somebody new to the phone: signing in, a wrong password, and a home without a shift."""
    phone = Phone(browse("phone"), Ledger())
    phone.switch_on(offline=False)
    looker = Looker(phone.page, "host-new")
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        phone.page.emulate_media(color_scheme=scheme)
        looker(f"sign-in-{scheme}")
    phone.sign_in(replace(CAST.alva, password="inte-det-rätta"))
    expect(phone.page.get_by_text("Fel användarnamn eller lösenord.")).to_be_visible()
    looker("sign-in-wrong")
    town.net.cut()
    phone.sign_in(CAST.alva)
    expect(phone.page.get_by_text("Ingen kontakt med servern.")).to_be_visible()
    looker("sign-in-offline")
    town.net.up()
    phone.sign_in(CAST.alva)
    phone.kept_for_offline(CAST.cim)
    for language, theme in LOOKS:
        dress(phone.page, "#/falt/installningar", language, theme)
        phone.go("#/falt")
        expect(phone.page.locator("main .button.large").first).to_be_visible()
        looker(f"no-shift-{language}-{theme}")
        phone.go("#/logg")
        expect(phone.page.locator(".empty")).to_be_visible()
        looker(f"log-empty-{language}-{theme}")
    assert looker.wrong == {}


def test_an_opened_record_begins_at_its_top(stage: Stage) -> None:
    phone, page = stage.phone, stage.phone.page
    dress(page, "#/falt/installningar", "sv", "dark")
    phone.go("#/logg")
    page.locator("ol.log a.card").last.scroll_into_view_if_needed()
    assert page.evaluate("scrollY") > 0
    page.locator("ol.log a.card").last.click()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
