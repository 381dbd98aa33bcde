"""Monday morning: a number is looked behind, words are written, an edition is frozen, printed, and corrected since."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.situation.rules import week_of
from tests.e2e.axe import violations
from tests.e2e.stage import Stage
from tests.e2e.tour import dress
from tests.e2e.town import RESULTS
from tests.faults.site import phone_at
from tests.support.factories import an_amendment, happened

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
    incidents: str
    behind: str
    back: str
    right: str
    corrected: str


SAID = {
    "sv": Words("Vecka", "Ord till mötet", "Spara orden", "Sparat.", "Frys som utgåva", r"Utgåva \d+, vecka \d+",
                "Platser", "Skriv ut", "Händelser", "Posterna bakom siffran", "Till veckan", "Inget rättat sedan dess",
                "1 post rättad sedan dess"),
    "en": Words("Week", "Words for the meeting", "Save the words", "Saved.", "Freeze as edition",
                r"Edition \d+, week \d+", "Places", "Print", "Incidents", "The records behind the figure",
                "To the week", "Nothing corrected since", "1 record corrected since"),
}  # fmt: skip


@pytest.mark.parametrize("language", SAID)
def test_monday_morning(stage: Stage, language: str) -> None:
    """On a browser without a head, the only kind that prints to a file."""
    desk, page, say = stage.desk, stage.desk.page, SAID[language]
    pictures = RESULTS / "monday" / language
    dress(page, "#/installningar", language, "light")
    desk.go(f"#/vecka/{week_of(stage.demo.at)}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(say.week, timeout=SOON_MS)
    expect(page.locator(".chart svg").first).to_be_visible(timeout=SOON_MS)
    looked_behind(page, say, pictures)
    page.get_by_label(say.label, exact=True).locator("visible=true").last.fill(f"{WORDS} ({language})")
    page.get_by_role("button", name=say.save).click()
    expect(page.get_by_text(say.saved)).to_be_visible(timeout=SOON_MS)
    page.screenshot(path=pictures / "1-week.png", animations="disabled", full_page=True)
    assert violations(page) == []

    page.get_by_role("button", name=re.compile(f"^{say.freeze}")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(say.edition), timeout=SOON_MS)
    expect(page.get_by_text(WORDS).first).to_be_visible()
    page.screenshot(path=pictures / "3-edition.png", animations="disabled", full_page=True)
    assert violations(page) == []
    assert page.pdf(format="A4").startswith(b"%PDF-")
    page.emulate_media(media="print")
    expect(page.get_by_role("table", name=say.places)).to_be_visible()
    expect(page.get_by_role("button", name=say.prints)).to_be_hidden()
    page.emulate_media(media="screen")

    expect(page.get_by_text(say.right)).to_be_visible()
    corrected(stage, language)
    expect(page.get_by_text(f"⚑ {say.corrected}")).to_be_visible(timeout=SOON_MS)
    expect(page.get_by_text(say.right)).to_have_count(0)
    expect(page.get_by_role("table", name=say.corrected).get_by_role("row")).to_have_count(2)
    page.screenshot(path=pictures / "4-corrected.png", animations="disabled")
    assert violations(page) == []
    page.get_by_role("link", name=say.back).click()
    expect(page.get_by_role("listitem").filter(has_text=say.corrected).first).to_be_visible(timeout=SOON_MS)


def looked_behind(page: Page, say: Words, pictures: Path) -> None:
    """As many records as the number says; and back."""
    number = page.get_by_role("link", name=re.compile(rf"^{say.incidents}: \d+$"))
    count = int(number.inner_text())
    number.click()
    expect(page.get_by_role("heading", name=say.behind)).to_be_visible(timeout=SOON_MS)
    expect(page.locator("main table tbody tr")).to_have_count(count)
    page.screenshot(path=pictures / "2-records.png", animations="disabled")
    assert violations(page) == []
    page.get_by_role("link", name=say.back).click()
    expect(page.locator(".chart svg").first).to_be_visible(timeout=SOON_MS)


def corrected(stage: Stage, language: str) -> None:
    """Alva thinks of something on the way to the meeting."""
    with phone_at(stage.demo.server.port, stage.demo.people["alva"]) as alva:
        alva.wall = stage.phone.now()
        said = {"text": f"Klotter på båda väggarna ({language}).", "happened": happened(stage.demo.at)}
        amended = an_amendment(stage.ids.amended, "Mindes mer", **said)
        alva.send(alva.seal("observation.amend", amended))
