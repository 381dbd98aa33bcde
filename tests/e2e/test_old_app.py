"""Row 30: an archived build of the app with the server of today, and the app of today over what it holds."""

import re
import shutil
import tarfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e import held
from tests.e2e.ledger import Ledger
from tests.e2e.phone import Phone
from tests.e2e.test_offline_start import UPDATE, prepared
from tests.e2e.town import Browse, Town
from tests.support import on_sqlite

#: The built app of that day, never changed; a released version gets one of its own.
ARCHIVED = Path(__file__).parents[1] / "golden" / "app" / "2026-11-22.tar.xz"
SCRIPT = re.compile(r'<script type="module"[^>]* src="(?P<src>[^"]+)"')
TEXT = "Krossad ruta på baksidan, glas över hela gångvägen"


@pytest.fixture
def web_dir(web_dir: Path, tmp_path: Path) -> Path:
    """What the server gives out, to be changed while it runs; the build of today lies beside it."""
    (tmp_path / "new").symlink_to(web_dir)
    with tarfile.open(ARCHIVED) as archive:
        archive.extractall(tmp_path / "web", filter="data")
    return tmp_path / "web"


def in_an_old_app(phone: Phone) -> None:
    """A shift begun without network, by the build of then."""
    phone.amend(prepared(phone), "Klotter på norra och östra väggen", "Mer än jag såg först")


def applied(town: Town, phone: Phone) -> bool:
    """Every op that the phone called saved, once, with what was said."""
    there = {op["id"]: op["status"] for op in held.ops_of_phones(town.database_url)}
    return {there.get(str(said.id)) for said in phone.ledger.said} == {"applied"}


@on_sqlite
def test_row_30_an_archived_app_hands_a_whole_evening_to_the_server_of_today(town: Town, browse: Browse) -> None:
    phone = Phone(browse("phone"), Ledger(), places=town.places)
    in_an_old_app(phone)
    phone.browser.context.set_offline(False)
    phone.unsent_is(0)
    assert applied(town, phone)
    phone.go("#/telefonen")
    phone.button("Kontrollera mina uppgifter").click()
    expect(phone.page.get_by_text("4 av 4 finns på servern.")).to_be_visible(timeout=30_000)


@on_sqlite
def test_row_30_the_new_app_takes_over_the_outbox_and_the_draft_of_an_archived_one(
    town: Town, browse: Browse, web_dir: Path
) -> None:
    """It is offered, waits for what is being written, and nothing that the old one holds is lost or doubled."""
    phone = Phone(browse("phone"), Ledger(), places=town.places)
    in_an_old_app(phone)
    new_dir = web_dir.parent / "new"
    begun = phone.begin_observation("S1")
    phone.page.get_by_label("Beskrivning").fill(TEXT)
    phone.page.wait_for_timeout(1_000)  # a draft is kept half a second after the last key
    cookies: Any = phone.browser.context.cookies()
    phone.dies()
    shutil.rmtree(web_dir)
    shutil.copytree(new_dir, web_dir)

    phone.switch_on(offline=True)
    phone.unsent_is(4)
    expect(phone.page.locator(f'script[src="{script_of(new_dir)}"]')).to_have_count(0)
    # Chromium writes cookies down within half a minute; the phone of this test may be younger.
    phone.browser.context.add_cookies(cookies)
    phone.browser.context.set_offline(False)
    phone.unsent_is(0)
    phone.page.evaluate(UPDATE)
    phone.page.locator("a.card.begun").click()
    expect(phone.page.get_by_label("Beskrivning")).to_have_value(TEXT)
    phone.button("Spara").click()
    expect(phone.card(str(begun.id))).to_be_visible()
    phone.put_away()
    phone.unsent_is(0)
    phone.button("Ladda om nu").click()
    expect(phone.page.locator(f'script[src="{script_of(new_dir)}"]')).to_be_attached()
    expect(phone.card(str(begun.id))).to_contain_text("Skickad")
    assert applied(town, phone)
    assert len(held.ops_of_phones(town.database_url)) == len(phone.ledger.said) + 1
    phone.go("#/telefonen")
    phone.button("Kontrollera mina uppgifter").click()
    expect(phone.page.get_by_text("5 av 5 finns på servern.")).to_be_visible(timeout=30_000)


def script_of(web: Path) -> str:
    """Names a build: its page asks for it."""
    found = SCRIPT.search((web / "index.html").read_text("utf-8"))
    assert found
    return found["src"]
