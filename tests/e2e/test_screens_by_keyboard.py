"""The main acts without a pointer, and a focus that the eye finds."""

from playwright.sync_api import expect

from tests.e2e.browser import DESK
from tests.e2e.keyboard import outlined, reach
from tests.e2e.stage import Stage
from tests.e2e.tour import dress


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
    expect(page.get_by_role("button", name="Lämna passet")).to_be_focused()


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
