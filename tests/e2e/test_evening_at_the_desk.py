"""A supervisor's evening: the board, what comes in, the shift's log on paper, a follow-up, a search, tomorrow."""

import re
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.stage import Stage
from tests.e2e.tour import dress
from tests.e2e.town import RESULTS

SOON_MS = 30_000
PICTURES = RESULTS / "evening"


@dataclass(frozen=True)
class Words:
    """What the buttons say."""

    comment: str
    comment_label: str
    comment_save: str
    said: str
    begin: str
    note: str
    search: str
    find: str
    refused: str


WORDS = {
    "sv": Words("Kommentera …", "Kommentar", "Spara kommentaren", "Sparat.", "Börja uppföljning", "Anteckning",
                "Sök i det som skrivits", "Sök", "aldrig efter personer"),
    "en": Words("Comment …", "Comment", "Save the comment", "Saved.", "Begin follow-up", "Note",
                "Search what was written", "Find", "never for persons"),
}  # fmt: skip


class Album:
    def __init__(self, page: Page, language: str) -> None:
        self.page, self.folder = page, PICTURES / language
        self.taken = 0

    def __call__(self, name: str) -> None:
        """A picture, in the order of the evening; and nothing that axe finds."""
        self.taken += 1
        self.page.screenshot(path=self.folder / f"{self.taken}-{name}.png", animations="disabled")
        assert violations(self.page) == [], name


@pytest.mark.parametrize("language", WORDS)
def test_a_supervisors_evening(stage: Stage, language: str, tmp_path: Path) -> None:
    say, desk, page, phone = WORDS[language], stage.desk, stage.desk.page, stage.phone
    look = Album(page, language)
    dress(page, "#/installningar", language, "dark")

    # Who is out, and how they are.
    desk.go("#/ikvall")
    card = page.locator("article.shift-card").first
    expect(card).to_contain_text("Alva", timeout=SOON_MS)
    look("board")

    # A host writes without coverage; what comes when it is back is on the desk without a touch.
    phone.home()
    lamp = f"Lampan vid bryggan är trasig {uuid4().hex[:6]}"
    seen = phone.observe("P1", lamp)
    desk.go(f"#/pass/{stage.ids.shift}")
    expect(page.locator("ol.timeline")).to_be_visible(timeout=SOON_MS)
    expect(page.locator(f'[data-entry="{seen.id}"]')).to_have_count(0)
    phone.browser.context.set_offline(False)
    entry = page.locator("li.entry").filter(has=page.locator(f'[data-entry="{seen.id}"]'))
    expect(entry).to_contain_text(lamp, timeout=SOON_MS)
    phone.unsent_is(0, SOON_MS)
    phone.ledger.said.clear()
    phone.browser.context.set_offline(True)

    # She says something of it, and takes the log out on paper.
    page.get_by_role("button", name=say.comment).click()
    page.get_by_label(say.comment_label, exact=True).fill("Tack, felanmäld i morgon.")
    page.get_by_role("button", name=say.comment_save).click()
    expect(page.get_by_text(say.said, exact=True)).to_be_visible(timeout=SOON_MS)
    expect(page.locator("ol.timeline")).to_contain_text("Tack, felanmäld i morgon.", timeout=SOON_MS)
    with page.expect_download() as taken:
        page.get_by_role("button", name="PDF", exact=True).click()
    paper = tmp_path / "report.pdf"
    taken.value.save_as(paper)
    assert paper.read_bytes().startswith(b"%PDF-")
    assert taken.value.suggested_filename.startswith("lykta-pass-")
    entry.scroll_into_view_if_needed()
    look("shift")

    # The lamp becomes work with an owner and a day.
    entry.locator('a[href^="#/uppfoljning/ny/"]').click()
    page.get_by_label(say.note, exact=True).fill("Ring driften.")
    page.get_by_role("button", name=say.begin).click()
    expect(page).to_have_url(re.compile(r"#/uppfoljning/[0-9a-f]{8}-"), timeout=SOON_MS)
    expect(page.get_by_label(say.note, exact=True)).to_have_value("Ring driften.", timeout=SOON_MS)
    look("follow-up")
    desk.go("#/uppfoljning")
    expect(page.get_by_text("Alva N").first.or_(page.locator("main table").first)).to_be_visible(timeout=SOON_MS)
    look("follow-ups")

    # Has it been seen before? Never who.
    desk.go("#/sok")
    field = page.get_by_label(say.search, exact=True)
    field.fill(lamp.split()[-1])
    page.get_by_role("button", name=say.find, exact=True).click()
    expect(page.get_by_text(lamp).first).to_be_visible(timeout=SOON_MS)
    look("search")
    field.fill("18900101-9802")
    page.get_by_role("button", name=say.find, exact=True).click()
    expect(page.get_by_text(say.refused).first).to_be_visible()

    # Tomorrow: who goes, and what is missing tonight.
    desk.go("#/planering")
    expect(page.get_by_text("Alva").first).to_be_visible(timeout=SOON_MS)
    look("planning")
    desk.go("#/saknas")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=SOON_MS)
    look("missing")
