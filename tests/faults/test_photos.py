"""Rows 23, 27, 58 and 59: photos of a host's phone, taken without coverage, and at the desk."""

import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.e2e import held
from tests.e2e.axe import violations
from tests.e2e.browser import DESK
from tests.e2e.desk import Desk
from tests.e2e.ledger import Said
from tests.e2e.tour import put_on
from tests.e2e.town import RESULTS, browser_maker
from tests.faults import faults
from tests.faults.host import Host, agrees
from tests.faults.proxy import Proxy
from tests.faults.site import Site
from tests.support.blobs import name_of
from tests.support.canary import CANARY
from tests.support.world import CAST

pytestmark = pytest.mark.e2e

BLOBS = "/api/v1/blobs/"
ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825
LATE_MS = 30_000
THEMES = ("light", "red", "dark")
#: Photos as the phone keeps them: hash → how they lie there, and their bytes.
KEPT_PHOTOS = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("lykta-blobs");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const tx = opening.result.transaction(["photos", "chunks"]);
    const rows = tx.objectStore("photos").getAll();
    const keys = tx.objectStore("chunks").getAllKeys();
    const chunks = tx.objectStore("chunks").getAll();
    tx.oncomplete = () => {
      opening.result.close();
      resolve(rows.result.map(({ sha256, state }) => {
        const mine = chunks.result.filter((_, n) => keys.result[n][0] === sha256);
        const text = mine.map((one) => Array.from(new Uint8Array(one), (n) => String.fromCharCode(n)).join(""));
        return { sha256, state, kinds: mine.map((one) => one.constructor.name), base64: btoa(text.join("")) };
      }));
    };
  };
})"""


def a_picture(folder: Path, name: str, seed: int = 1, size: tuple[int, int] = (2400, 1500)) -> Path:
    """As a phone takes it: lying on its side, with where and by what it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, CANARY.encode()
    exif.get_ifd(GPS).update({1: "N", 2: (56.0, 10.0, 12.0), 3: "E", 4: (15.0, 35.0, 0.0)})
    grain = Image.frombytes("RGB", (size[0] // 6, size[1] // 6), Random(seed).randbytes(size[0] * size[1] // 12))
    file = folder / name
    grain.resize(size, Image.Resampling.BICUBIC).save(file, "JPEG", exif=exif, comment=CANARY.encode())
    assert CANARY.encode() in file.read_bytes()
    return file


@pytest.fixture(scope="module")
def desk(playwright: Playwright, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    url = f"http://localhost:{site.server.port}"
    with ExitStack() as stack:
        browse = browser_maker(stack, playwright, url, tmp_path_factory.mktemp("desk"))
        made = Desk(browse("photo-desk", viewport=DESK))
        made.sign_in(CAST.bo)
        yield made


def take(host: Host, picture: Path, count: int = 1) -> None:
    """As by the camera; until the picture is seen, which it is only once it lies in the phone."""
    host.page.locator("input[type=file][capture]").set_input_files(picture)
    thumbs = host.page.locator(".photos img")
    expect(thumbs).to_have_count(count)
    thumbs.last.evaluate("one => one.decode()")


def looked_at(page: Page, name: str) -> None:
    """Pictures of it, in each theme; and nothing that axe can find."""
    for scheme in THEMES:
        put_on(page, scheme)
        page.screenshot(animations="disabled", path=RESULTS / "screens" / f"photo-{name}-{scheme}.png")
        assert violations(page) == []


def kept_photos(host: Host) -> dict[str, dict[str, Any]]:
    return {one["sha256"]: one for one in host.page.evaluate(KEPT_PHOTOS)}


def begun(host: Host, text: str) -> Said:
    said = host.begin_observation("S2")
    said.data["text"] = text
    host.page.get_by_label("Beskrivning").fill(text)
    host.draft_is_kept(str(said.id), text)
    return said


def entry(desk: Desk, site: Site, said: Said) -> Locator:
    """Of the shift that is under way, at the desk."""
    desk.open_shift(held.records(site.database_url, "observation")[str(said.id)]["shift_id"])
    return desk.page.locator("li.entry").filter(has=desk.page.locator(f'[data-entry="{said.id}"]'))


def counted(desk: Desk) -> tuple[int, int]:
    """Photos here, and photos named, as the line about completeness has them."""
    expect(desk.completeness()).to_contain_text(re.compile(r"\d+ av \d+ foto"))
    found = re.search(r"(\d+) av (\d+) foton?", desk.completeness().inner_text())
    assert found is not None
    return int(found[1]), int(found[2])


def test_a_photo_outlives_the_browser_and_a_bad_network_and_is_seen_at_the_desk(
    site: Site, air: Proxy, host: Host, desk: Desk, tmp_path: Path
) -> None:
    host.switch_off()  # in good order once: a browser that is killed forgets the sign-in of its last half minute
    host.switch_on()
    host.home()
    host.browser.context.set_offline(True)
    said = begun(host, "Klotter, med foto")
    take(host, a_picture(tmp_path, "wall.jpg"))
    host.dies()
    host.switch_on(offline=True)
    host.go(f"#/observation/{said.id}")
    expect(host.page.locator(".photos img")).to_have_count(1)
    expect(host.page.get_by_label("Beskrivning")).to_have_value("Klotter, med foto")
    host.page.locator(".photos").scroll_into_view_if_needed()
    looked_at(host.page, "form")
    host.save_observation(said)
    host.lets_out()
    expect(host.page.locator(".frame-unsent")).to_contain_text("1 osänd, 1 foto")
    (photo,) = kept_photos(host).values()
    content = b64decode(photo["base64"])
    assert set(photo["kinds"]) == {"ArrayBuffer"}  # row 23
    assert name_of(content) == photo["sha256"]
    drawn = Image.open(BytesIO(content))
    assert (drawn.format, drawn.size) == ("JPEG", (1000, 1600))  # upright, and small
    assert not drawn.getexif()
    assert CANARY.encode() not in content
    assert b"Exif" not in content
    host.dies()
    air.flap(up_s=0.6, down_s=0.4)
    host.switch_on()
    host.home()
    host.all_is_sent()
    air.heal()
    kept_at_server = site.server.data_dir / "blobs" / photo["sha256"][:2] / photo["sha256"] / "original"
    assert kept_at_server.read_bytes() == content
    assert kept_photos(host)[photo["sha256"]]["state"] == "sent"
    host.go(f"#/logg/{said.id}")
    expect(host.page.locator(".photos .state")).to_contain_text("Skickad")
    looked_at(host.page, "record")
    shown = entry(desk, site, said).locator(".photos img")
    expect(shown).to_have_count(1)
    shown.evaluate("one => one.decode()")
    assert counted(desk)[0] > 0
    shown.scroll_into_view_if_needed()
    looked_at(desk.page, "desk")
    agrees(host, site)


def spread(picture: Image.Image) -> float:
    """From the darkest to the lightest of any colour."""
    lows_and_highs: Any = picture.getextrema()
    return max(float(high - low) for low, high in lows_and_highs)


def test_what_was_hidden_or_cut_away_never_leaves_the_phone(site: Site, air: Proxy, host: Host, tmp_path: Path) -> None:
    said = begun(host, "Klotter, och en skylt som inte ska med")
    others = set(kept_photos(host))
    take(host, a_picture(tmp_path, "plate.jpg", seed=9))
    (before,) = set(kept_photos(host)) - others
    host.page.get_by_role("button", name="Dölj delar av eller beskär foto 1").click()
    board = host.page.get_by_role("application")
    box = board.locator("canvas").bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    host.page.mouse.move(*middle)
    host.page.mouse.down()
    host.page.mouse.move(middle[0] + box["width"] / 8, middle[1], steps=3)
    host.page.mouse.up()
    board.focus()
    board.press("ArrowUp")
    board.press(" ")
    host.page.screenshot(path=RESULTS / "screens" / "photo-hide-dark.png")
    host.chip("Verktyg", "Beskär").click()
    host.page.get_by_label("Överkant").fill("25")
    looked_at(host.page, "crop")
    host.button("Klart").click()
    # Chromium writes a JPEG while its page is idle, and gives a busy one up to eleven seconds.
    expect(host.page.get_by_role("application")).to_have_count(0, timeout=20_000)
    host.time_passes_until(lambda: before not in kept_photos(host))
    (photo,) = (one for sha256, one in kept_photos(host).items() if sha256 not in others)
    drawn = Image.open(BytesIO(b64decode(photo["base64"])))
    assert drawn.size == (1000, 1200)
    # One colour in a block of 40 pixels, but for what JPEG adds: the middle of the whole, less what was cut away.
    assert spread(drawn.crop((484, 404, 516, 436))) <= 12
    assert spread(drawn.crop((84, 1004, 116, 1036))) > 40
    host.save_observation(said)
    host.all_is_sent()
    assert not (site.server.data_dir / "blobs" / before[:2] / before).exists()
    assert all(before not in one.path for one in air.seen)
    agrees(host, site)


def test_row_58_one_photo_in_two_records_is_one_blob(site: Site, air: Proxy, host: Host, tmp_path: Path) -> None:
    picture = a_picture(tmp_path, "same.jpg", seed=2)
    host.browser.context.set_offline(True)
    both = []
    for nth in ("ena", "andra"):
        said = begun(host, f"Samma vägg, {nth} gången")
        take(host, picture)
        both.append(host.save_observation(said))
    host.lets_out()
    expect(host.page.locator(".frame-unsent")).to_contain_text("2 osända, 1 foto")
    host.browser.context.set_offline(False)
    host.all_is_sent()
    ops = {op["id"]: op for op in held.ops_of_phones(site.database_url)}
    named = [ops[str(one.id)]["data"]["attachments"] for one in both]
    (sha256,) = {photo["sha256"] for photos in named for photo in photos}
    assert [len(photos) for photos in named] == [1, 1]
    sent = [len(one.body) for one in list(air.seen) if one.method == "PATCH" and one.path.endswith(sha256)]
    assert sum(sent) == named[0][0]["size"]
    for said in both:
        host.go(f"#/logg/{said.id}")
        expect(host.page.locator(".photos .state")).to_contain_text("Skickad")
    host.home()
    agrees(host, site)


def test_row_59_a_photo_that_does_not_come_is_said_to_be_missing(
    site: Site, air: Proxy, host: Host, desk: Desk, tmp_path: Path
) -> None:
    unwanted = begun(host, "Ett foto för mycket")
    lost = air.spoil(faults.cut_up(0), BLOBS)
    take(host, a_picture(tmp_path, "unwanted.jpg", seed=4))
    host.save_observation(unwanted)
    host.lets_out()  # until then it is had back whole, photo and all
    host.go(f"#/logg/{unwanted.id}")
    host.button("Ta bort foto 1").click()
    host.page.get_by_role("dialog").get_by_role("button", name="Ta bort").click()
    expect(host.page.get_by_text("Ett foto togs bort ur telefonen innan det skickades.")).to_be_visible()
    expect(host.page.locator(".photos .state")).to_contain_text("Foto saknas")
    host.ledger.saved(Said("comment.add", host.now(), {"target": unwanted.id}))
    host.all_is_sent()
    host.home()
    said = begun(host, "Fotot kommer inte fram")
    take(host, a_picture(tmp_path, "lost.jpg", seed=3))
    host.save_observation(said)
    host.time_passes_until(lambda: host.page.locator(".frame-unsent").inner_text().strip() == "1 foto osänt")
    host.go(f"#/logg/{said.id}")
    expect(host.page.locator(".photos .state")).to_contain_text("Endast i telefonen")
    shown = entry(desk, site, said)
    expect(shown).to_contain_text("Foto saknas")
    expect(shown.locator(".photos img")).to_have_count(0)
    looked_at(desk.page, "missing")
    here, all_ = counted(desk)
    assert here < all_
    assert lost.hits > 0
    air.heal()
    host.all_is_sent()
    expect(shown.locator(".photos img")).to_have_count(1, timeout=LATE_MS)
    expect(shown).not_to_contain_text("Foto saknas")
    expect(desk.completeness()).to_contain_text(re.compile(rf"\b{here + 1} av {all_} foton?\b"))
    host.home()
    agrees(host, site)
