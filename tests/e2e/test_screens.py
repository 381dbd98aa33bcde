"""Every screen: no violation that axe can find, in each language and theme; main acts by keyboard; pictures."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from app.core.settings import PROJECT_DIR
from tests.e2e.axe import violations
from tests.e2e.browser import DESK, PHONE
from tests.e2e.calls import Attempt, attempt, call_for_help
from tests.e2e.conftest import RESULTS, browser_maker
from tests.e2e.demo import DemoTown
from tests.e2e.desk import Desk
from tests.e2e.ledger import Ledger
from tests.e2e.phone import CONTROLLED, Phone
from tests.e2e.tour import Records, desk_stops, dress, host_stops, walk_through
from tests.e2e.walk import Point

PICTURES = PROJECT_DIR / "docs" / "pictures"
LOOKS = [("sv", "dark"), ("sv", "light"), ("en", "dark"), ("en", "light"), ("sv", "red")]


@dataclass
class Stage:
    """A host and a supervisor of the demo organisation, both at twenty to ten in the evening."""

    phone: Phone
    desk: Desk
    ids: Records


@pytest.fixture(scope="module")
def stage(
    playwright: Playwright, sqlite_template: Path, web_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("screens")
    database = folder / "demo.db"
    shutil.copyfile(sqlite_template, database)
    with ExitStack() as stack:
        demo = DemoTown(stack, f"sqlite:///{database}", folder, web_dir)
        browse = browser_maker(stack, playwright, demo.net.url, folder)
        phone = Phone(browse("host", device_scale_factor=2), Ledger())
        ids = play_host(phone, demo)
        desk = Desk(browse("desk", viewport=DESK), demo.ahead)
        desk.sign_in(demo.people["bo"])
        yield Stage(phone, desk, ids)


def play_host(phone: Phone, demo: DemoTown) -> Records:
    """Alva's phone, in the middle of the evening that is out: some sent, some only on the phone."""
    phone.switch_on(offline=False, ahead=demo.ahead)
    look(phone.page, "host-sign-in")
    phone.sign_in(demo.people["alva"])
    expect(phone.button("Vi är ok")).to_be_visible(timeout=30_000)
    phone.page.evaluate(CONTROLLED)
    phone.stands = Point(phone.now(), 56.1725, 14.8627)
    phone.feel_position()
    phone.browser.context.set_offline(True)
    phone.observe("U1", "Sju, åtta ungdomar vid kiosken. Lugnt, vi pratade en stund.")
    wrong = phone.observe("S2", "Klotter på norra väggen, ”Ö-gänget” i rött.", place_text="Norra väggen")
    phone.amend(wrong, "Klotter på södra väggen, ”Ö-gänget” i rött.", "Fel vägg")
    call = call_for_help(phone, "POL114", "Polis ej akut, tips", "Bråk som har lugnat sig")
    attempt(phone, call, Attempt("EJSVAR", "Inget svar, kö", now=["attempted"], note="Kö, tolv minuter."))
    phone.browser.context.set_offline(False)
    phone.unsent_is(0, 30_000)
    phone.home()
    shift = phone.page.evaluate("() => document.querySelector('.frame-shift').textContent")
    assert "Pass" in shift
    phone.browser.context.set_offline(True)
    phone.ledger.said.clear()
    last = phone.observe("P1", "Lampan vid gångtunneln blinkar.")
    phone.button("Avsluta pass").click()
    of = phone.page.evaluate("location.hash").partition("pass=")[2]
    phone.button("Stäng").click()
    return Records(of, str(last.id), str(wrong.id), str(call.id))


def look(page: Page, name: str) -> None:
    """Takes a picture and holds the screen against axe."""
    page.screenshot(path=RESULTS / "screens" / f"{name}.png")
    assert violations(page) == [], name


class Looker:
    """Looks at every stop, and tells of all that is wrong at the end."""

    def __init__(self, page: Page, prefix: str) -> None:
        self.page, self.prefix = page, prefix
        self.wrong: dict[str, list[str]] = {}

    def __call__(self, name: str) -> None:
        self.page.screenshot(path=RESULTS / "screens" / f"{self.prefix}-{name}.png")
        if found := violations(self.page):
            self.wrong[name] = found


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


def test_an_observation_by_keyboard_alone(stage: Stage) -> None:
    phone, page = stage.phone, stage.phone.page
    dress(page, "#/falt/installningar", "sv", "dark")
    phone.home()
    for words in ("Vi är ok", "Observation", "Avsluta pass"):
        reach(page, words)
    reach(page, "Observation")
    assert outlined(page)
    page.keyboard.press("Enter")
    reach(page, "Ungdomsgrupp, lugnt")
    page.keyboard.press("Enter")
    reach(page, "Beskrivning")
    page.keyboard.type("Skrivet utan tumme.")
    reach(page, "Spara")
    page.keyboard.press("Enter")
    expect(page.locator("ol.log")).to_contain_text("Skrivet utan tumme.")
    page.keyboard.press("Escape")
    phone.page.locator(".card", has_text="Skrivet utan tumme.").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("dl.facts")).to_contain_text("Skrivet utan tumme.")


def test_a_form_is_left_by_escape_and_gives_the_focus_back(stage: Stage) -> None:
    phone, page = stage.phone, stage.phone.page
    dress(page, "#/falt/installningar", "sv", "dark")
    phone.home()
    reach(page, "Avsluta pass")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Avsluta pass")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".main-acts")).to_be_visible()
    reach(page, "Lämna passet")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert focused(page) == "Lämna passet"


def test_the_timeline_by_keyboard_alone(stage: Stage) -> None:
    page = stage.desk.page
    page.set_viewport_size(DESK)
    dress(page, "#/installningar", "sv", "dark")
    stage.desk.open_shift(stage.ids.shift)
    ids = [row.id for row in stage.desk.rows()]
    page.locator("body").press("j")
    for wanted in ids[:3]:
        assert page.evaluate("document.activeElement.dataset.entry") == wanted
        page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.locator(".entry-details")).to_be_visible()
    assert outlined(page)


def reach(page: Page, words: str, steps: int = 90) -> None:
    """By the tabulator alone."""
    for _ in range(steps):
        page.keyboard.press("Tab")
        if focused(page) == words:
            return
    raise AssertionError(f"{words} is not reached by keyboard.")


def focused(page: Page) -> str:
    """The name of what has the focus."""
    return str(
        page.evaluate("""() => {
      const one = document.activeElement;
      const label = one.labels?.[0]?.textContent ?? one.getAttribute("aria-label") ?? one.textContent;
      return label.trim();
    }""")
    )


def outlined(page: Page) -> bool:
    """Whether the eye sees where the focus is: at the element itself, or at the row that it stands for."""
    return bool(
        page.evaluate("""() => {
      const seen = one => one !== null && getComputedStyle(one).outlineStyle !== "none";
      return seen(document.activeElement) || seen(document.activeElement.closest("li"));
    }""")
    )


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
    stage.desk.open_shift(stage.ids.shift)
    desk.locator("body").press("j")
    expect(desk.locator(".shift-map canvas")).to_be_visible(timeout=60_000)
    desk.wait_for_timeout(3_000)  # the map draws on, and says nothing when it is done
    host.screenshot(path=folder / "host.png")
    desk.screenshot(path=folder / "desk.png")
    assert {file.name for file in folder.glob("*.png")} >= {"host.png", "desk.png"}
