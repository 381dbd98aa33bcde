"""Monday morning: the week is opened, words are written, an edition is frozen and printed."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import violations
from tests.e2e.stage import Stage
from tests.e2e.tour import dress
from tests.e2e.town import RESULTS

SOON_MS = 30_000
WORDS = "Lugnare vid stationen sedan ljuset kom tillbaka."


@dataclass(frozen=True)
class Words:
    week: str
    label: str
    save: str
    saved: str
    freeze: str
    edition: str
    places: str
    prints: str


SAID = {
    "sv": Words("Vecka", "Ord till mötet", "Spara orden", "Sparat.", "Frys som utgåva", r"Utgåva \d+, vecka \d+",
                "Platser", "Skriv ut"),
    "en": Words("Week", "Words for the meeting", "Save the words", "Saved.", "Freeze as edition",
                r"Edition \d+, week \d+", "Places", "Print"),
}  # fmt: skip


@pytest.mark.parametrize("language", SAID)
def test_monday_morning(stage: Stage, language: str) -> None:
    """On a browser without a head, the only kind that prints to a file."""
    desk, page, say = stage.desk, stage.desk.page, SAID[language]
    pictures = RESULTS / "monday" / language
    dress(page, "#/installningar", language, "light")
    desk.go("#/vecka")
    expect(page.get_by_role("heading", level=1)).to_contain_text(say.week, timeout=SOON_MS)
    expect(page.locator(".chart svg").first).to_be_visible(timeout=SOON_MS)
    page.get_by_label(say.label, exact=True).locator("visible=true").last.fill(f"{WORDS} ({language})")
    page.get_by_role("button", name=say.save).click()
    expect(page.get_by_text(say.saved)).to_be_visible(timeout=SOON_MS)
    page.screenshot(path=pictures / "1-week.png", animations="disabled", full_page=True)
    assert violations(page) == []

    page.get_by_role("button", name=re.compile(f"^{say.freeze}")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(say.edition), timeout=SOON_MS)
    expect(page.get_by_text(WORDS).first).to_be_visible()
    page.screenshot(path=pictures / "2-edition.png", animations="disabled", full_page=True)
    assert violations(page) == []
    assert page.pdf(format="A4").startswith(b"%PDF-")
    page.emulate_media(media="print")
    expect(page.get_by_role("table", name=say.places)).to_be_visible()
    expect(page.get_by_role("button", name=say.prints)).to_be_hidden()
    page.emulate_media(media="screen")
