"""Every screen: no violation that axe can find, in each language and theme; and pictures of them."""

import os
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from app.core.settings import PROJECT_DIR
from tests.e2e.axe import COLOURS, violations
from tests.e2e.browser import DESK, PHONE
from tests.e2e.ledger import Ledger
from tests.e2e.phone import Phone
from tests.e2e.sizes import sideways, sizes
from tests.e2e.stage import Stage
from tests.e2e.tour import Stop, admin_stops, desk_stops, dress, host_stops, put_on, walk_through
from tests.e2e.town import RESULTS, Browse, Town
from tests.support import on_sqlite
from tests.support.world import CAST

PICTURES = PROJECT_DIR / "docs" / "pictures"
#: What a theme changes is the same in each language.
THEMES = {"sv": ("dark", "light", "red"), "en": ("light",)}
SIZES = [("wide", "sv"), ("narrow", "en")]


class Looker:
    """Looks at every stop in each theme, and tells of all that is wrong at the end."""

    def __init__(self, page: Page, prefix: str, *themes: str, is_for_gloves: bool = False) -> None:
        self.page, self.prefix, self.themes, self.is_for_gloves = page, prefix, themes, is_for_gloves
        self.wrong: dict[str, list[str]] = {}

    def __call__(self, name: str) -> None:
        """Walked to once: a theme changes nothing but colours. The first is the one that the page was dressed in."""
        first, *others = self.themes
        self.see(f"{name}-{first}", None)
        if self.is_for_gloves:
            self.wrong |= {f"{name}-{fault}": found for fault, found in sizes(self.page).items() if found}
        for theme in others:
            put_on(self.page, theme)
            self.see(f"{name}-{theme}", COLOURS)
        put_on(self.page, first)

    def see(self, name: str, rules: list[str] | None) -> None:
        self.page.screenshot(path=RESULTS / "screens" / f"{self.prefix}-{name}.png", scale="css")
        if found := violations(self.page, rules):
            self.wrong[name] = found
        if found := sideways(self.page):
            self.wrong[f"{name}-sideways"] = found


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


@pytest.mark.parametrize("language", THEMES)
def test_screens_of_the_host(stage: Stage, language: str) -> None:
    page, themes = stage.phone.page, THEMES[language]
    dress(page, "#/falt/installningar", "sv", themes[0])
    stage.keep_one_unsent()
    dress(page, "#/falt/installningar", language, themes[0])
    looker = Looker(page, f"host-{language}", *themes, is_for_gloves=True)
    walk_through(page, host_stops(stage.ids), looker)
    assert looker.wrong == {}


@pytest.mark.parametrize(("size", "language"), SIZES)
def test_screens_of_the_desk(stage: Stage, language: str, size: str) -> None:
    assert faults_of_the_desk(stage.desk.page, desk_stops(stage.ids), language, size, "desk") == {}


@pytest.mark.parametrize(("size", "language"), SIZES)
def test_screens_of_administration(stage: Stage, language: str, size: str) -> None:
    assert faults_of_the_desk(stage.admin().page, admin_stops(), language, size, "admin") == {}


def faults_of_the_desk(page: Page, stops: list[Stop], language: str, size: str, who: str) -> dict[str, list[str]]:
    themes = THEMES["sv"]
    page.set_viewport_size(DESK if size == "wide" else PHONE)
    dress(page, "#/installningar", language, themes[0])
    looker = Looker(page, f"{who}-{size}-{language}", *themes, is_for_gloves=True)
    walk_through(page, stops, looker)
    return looker.wrong


@on_sqlite
def test_screens_before_a_shift(town: Town, browse: Browse) -> None:
    """Somebody new to the phone: signing in, a wrong password, and a home without a shift."""
    phone = Phone(browse("phone"), Ledger())
    phone.switch_on(offline=False)
    looker = Looker(phone.page, "host-new", "system", is_for_gloves=True)
    expect(phone.button("Logga in")).to_be_visible()
    expect(phone.page.locator("html[data-theme=dark]")).to_be_attached()  # whatever the phone itself shows
    for theme in ("light", "dark"):
        put_on(phone.page, theme)
        looker(f"sign-in-{theme}")
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
    wrong = looker.wrong
    for language, themes in THEMES.items():
        dress(phone.page, "#/falt/installningar", language, themes[0])
        looker = Looker(phone.page, f"host-new-{language}", *themes, is_for_gloves=True)
        phone.go("#/falt")
        expect(phone.page.locator("main .button.large").first).to_be_visible()
        looker("no-shift")
        phone.go("#/logg")
        expect(phone.page.locator(".empty")).to_be_visible()
        looker("log-empty")
        wrong |= looker.wrong
    assert wrong == {}


def test_an_opened_record_begins_at_its_top(stage: Stage) -> None:
    phone, page = stage.phone, stage.phone.page
    dress(page, "#/falt/installningar", "sv", "dark")
    phone.go("#/logg")
    page.locator("ol.log a.card").last.scroll_into_view_if_needed()
    assert page.evaluate("scrollY") > 0
    page.locator("ol.log a.card").last.click()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
