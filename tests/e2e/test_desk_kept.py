"""The desk's files: never on a host's phone, and all of them in a browser in which the desk was opened."""

import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import DESK
from tests.e2e.desk import Desk
from tests.e2e.ledger import Ledger
from tests.e2e.phone import Phone
from tests.e2e.screen import CONTROLLED
from tests.e2e.test_offline_start import UPDATE
from tests.e2e.town import Browse, Town
from tests.support import on_sqlite
from tests.support.world import CAST

SOON_MS = 30_000
KEPT = """async () => {
  const held = await Promise.all((await caches.keys()).map(async key => (await caches.open(key)).keys()));
  return held.flat().map(({ url }) => new URL(url).pathname.slice(1));
}"""
#: What only a version after the first can be: each hash of a file's name has it.
MARK = "Nxt"


@pytest.fixture
def web_dir(web_dir: Path, tmp_path: Path) -> Path:
    """A copy of the build, to be changed while it is being served."""
    return Path(shutil.copytree(web_dir, tmp_path / "web"))


def of_the_desk(web_dir: Path) -> set[str]:
    """Paths in the list of the service worker."""
    found = re.search(r'\[\{"(?:desk|revision)"[^\]]*\]', (web_dir / "sw.js").read_text("utf-8"))
    assert found
    return {one["url"] for one in json.loads(found.group()) if one.get("desk")}


def move_on(web_dir: Path) -> None:
    """The next version, in which every file has another name; nothing of the old one is served any more."""
    names = {path.name: f"{path.stem}{MARK}{path.suffix}" for path in (web_dir / "assets").iterdir()}
    named = re.compile("|".join(re.escape(name) for name in names))
    for path in [*(web_dir / "assets").iterdir(), web_dir / "index.html", web_dir / "sw.js"]:
        said = named.sub(lambda found: names[found.group()], path.read_text("utf-8"))
        path.with_name(names.get(path.name, path.name)).write_text(said, "utf-8")
        if path.name in names:
            path.unlink()
    # By its revision: its address stays.
    worker = web_dir / "sw.js"
    changed, count = re.subn(
        r'("revision":")[0-9a-f]+(","url":"index\.html")', r"\g<1>b0b0b0b0\g<2>", worker.read_text("utf-8")
    )
    assert count == 1
    worker.write_text(changed, "utf-8")


def keeps(page: Page, files: set[str]) -> None:
    """Until the browser holds all of them."""
    for _ in range(SOON_MS // 100):
        missing = files - set(page.evaluate(KEPT))
        if not missing:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not kept: {sorted(missing)}")


def shows_week(page: Page) -> None:
    expect(page.get_by_role("heading", name=re.compile(r"^Vecka \d"))).to_be_visible(timeout=SOON_MS)


@on_sqlite
def test_a_hosts_phone_fetches_nothing_of_the_desk(town: Town, browse: Browse, web_dir: Path) -> None:
    phone = Phone(browse("phone"), Ledger())
    phone.switch_on(offline=False)
    phone.sign_in(CAST.alva)
    phone.kept_for_offline(CAST.cim)
    files = of_the_desk(web_dir)
    assert any(name.startswith("assets/Desk-") for name in files)
    asked = {url.removeprefix(f"{town.net.url}/") for url in phone.browser.asked}
    assert asked & files == set()
    assert set(phone.page.evaluate(KEPT)) & files == set()


@on_sqlite
def test_an_open_desk_is_whole_though_the_server_has_moved_on_and_without_network(
    town: Town, browse: Browse, web_dir: Path
) -> None:
    assert town.server.starts == 1
    browser = browse("desk", viewport=DESK)
    desk = Desk(browser)
    page = desk.page
    desk.sign_in(CAST.bo)
    keeps(page, of_the_desk(web_dir))
    page.evaluate("globalThis.isSamePage = true")
    old = of_the_desk(web_dir)
    move_on(web_dir)
    desk.go("#/vecka")
    shows_week(page)
    # The next version fetches its own beside what the open page still needs.
    page.evaluate(UPDATE)
    keeps(page, of_the_desk(web_dir) | old)
    desk.go("#/planering")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=SOON_MS)
    assert page.evaluate("globalThis.isSamePage") is True
    # Taken into use without a look at the desk, and without network from then on.
    desk.go("#/falt")
    page.get_by_role("button", name="Ladda om nu").click(timeout=SOON_MS)
    expect(page.locator(f"script[src*={MARK}]")).to_be_attached(timeout=SOON_MS)
    browser.context.set_offline(True)
    assert set(page.evaluate(KEPT)) & old == set()
    desk.go("#/")
    page.reload()
    expect(page.get_by_role("navigation", name="Arbetsledning")).to_be_visible(timeout=SOON_MS)
    for at in ("#/sok", "#/karta", "#/fokus"):
        desk.go(at)
        expect(page.locator("main .banner").filter(has_text="gick inte att hämta den här delen")).to_have_count(0)
        expect(page.locator("main .loading")).to_have_count(0)


def signed_out(browse: Browse) -> Page:
    """Somebody's phone that keeps the app, in front of the way in."""
    browser = browse("desk", viewport=DESK)
    page = browser.open()
    page.goto(f"{browser.base_url}/")
    while not page.evaluate(CONTROLLED):
        page.wait_for_timeout(50)
    return page


@on_sqlite
def test_a_desk_that_the_server_no_longer_has_says_so_and_offers_the_next_version(
    town: Town, browse: Browse, web_dir: Path
) -> None:
    assert town.server.starts == 1
    page = signed_out(browse)
    move_on(web_dir)
    page.get_by_label("Användarnamn").fill(CAST.bo.username)
    page.get_by_label("Lösenord", exact=True).fill(CAST.bo.password)
    page.get_by_role("button", name="Logga in", exact=True).click()
    said = page.get_by_role("alert").filter(has_text="Den delen av appen kunde inte hämtas.")
    expect(said).to_be_visible(timeout=SOON_MS)
    said.get_by_role("button", name="Ladda om nu").click(timeout=SOON_MS)
    expect(page.get_by_role("navigation", name="Arbetsledning")).to_be_visible(timeout=SOON_MS)
    keeps(page, of_the_desk(web_dir))
