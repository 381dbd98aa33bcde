"""A phone that cannot send shows its records as codes; a colleague's camera reads them and hands them in."""

import json
import re
from pathlib import Path

from playwright.sync_api import ViewportSize, expect

from tests.e2e import held
from tests.e2e.agree import receipts_agree, the_journal_is_whole, the_server_holds_what_was_said
from tests.e2e.axe import violations
from tests.e2e.browser import DESK, PHONE
from tests.e2e.film import codes_shown, film
from tests.e2e.ledger import Ledger
from tests.e2e.phone import Phone
from tests.e2e.tour import put_on
from tests.e2e.town import RESULTS, Browse, Town
from tests.support import on_sqlite
from tests.support.world import CAST, Person

ARRIVED = re.compile(r"3 poster åt en kollega är framme: (3 nya, 0|0 nya, 3) fanns redan\.")
PLACE = re.compile(r"av (\d+)")


def a_phone(browse: Browse, name: str, person: Person, other: Person, *more_args: str) -> Phone:
    phone = Phone(browse(name, more_args=more_args), Ledger())
    phone.switch_on(offline=False)
    phone.sign_in(person)
    phone.kept_for_offline(other)
    phone.wait_for_key()
    phone.browser.context.set_offline(True)
    return phone


def looked(phone: Phone, name: str) -> None:
    """In the dark on the phone, and by daylight on a desk."""
    looks: tuple[tuple[str, ViewportSize], ...] = (("light", DESK), ("dark", PHONE))
    for scheme, size in looks:
        put_on(phone.page, scheme)
        phone.page.set_viewport_size(size)
        phone.page.screenshot(path=RESULTS / "screens" / f"courier-{name}-{scheme}.png", full_page=True)
        assert violations(phone.page) == []


@on_sqlite
def test_a_colleague_carries_what_a_phone_cannot_send(town: Town, browse: Browse, tmp_path: Path) -> None:
    alva = a_phone(browse, "alva", CAST.alva, CAST.cim)
    alva.start_shift(CAST.alva, CAST.cim, "Norra Åsum")
    alva.observe("S2", 'Klotter på norra väggen, "DÖD ÅT" i rött.')
    alva.check_in("round", "Rond", note="Lugnt vid stationen.")
    alva.go("#/telefonen")
    alva.page.get_by_role("link", name="Visa mina koder").click()
    expect(alva.page.locator("canvas.code")).to_be_visible()
    expect(alva.page.get_by_text("3 poster", exact=True)).to_be_visible()
    found = PLACE.search(alva.page.locator(".code-place").first.inner_text())
    assert found is not None
    codes = codes_shown(alva.page, int(found.group(1)))
    looked(alva, "show")
    film(codes, tmp_path / "codes.mjpeg")

    cim = a_phone(browse, "cim", CAST.cim, CAST.alva, "--use-fake-device-for-media-stream",
                  "--use-fake-ui-for-media-stream",
                  f"--use-file-for-fake-video-capture={tmp_path / 'codes.mjpeg'}")  # fmt: skip
    cim.go("#/telefonen")
    cim.page.get_by_role("link", name="Läs en kollegas koder").click()
    expect(cim.page.get_by_text("Klart. Du bär nu 3 poster åt din kollega.")).to_be_visible(timeout=40_000)
    looked(cim, "read")
    cim.page.get_by_role("link", name="Klart").click()
    expect(cim.page.locator(".frame-carrying")).to_have_text("Bär 3 poster åt en kollega")
    assert held.ops_of_phones(town.database_url) == []

    cim.switch_off()  # carried through a night in a pocket
    cim.switch_on(offline=True)
    expect(cim.page.locator(".frame-carrying")).to_have_text("Bär 3 poster åt en kollega")
    cim.browser.context.set_offline(False)
    cim.go("#/telefonen")
    expect(cim.page.get_by_text(ARRIVED)).to_be_visible()
    # Where its answer was lost on the way, the copy goes out once more, and the server has them by then.
    new = 3 if "3 nya, 0 fanns redan" in cim.page.get_by_text(ARRIVED).inner_text() else 0
    assert (new, town.net.carried) == (3, 1) or (new == 0 and town.net.carried > 1)
    looked(cim, "delivered")
    expect(cim.page.locator(".frame-carrying")).to_have_count(0)

    alva.unsent_is(3)  # only the server's own word to this phone counts here
    ops = held.ops_of_phones(town.database_url)
    the_server_holds_what_was_said(alva.ledger, ops, town)
    alva.browser.context.set_offline(False)
    alva.unsent_is(0, 30_000)
    assert len(held.ops_of_phones(town.database_url)) == 3
    receipts_agree(alva, ops)
    the_journal_is_whole(town)


@on_sqlite
def test_a_saved_copy_can_be_read_by_the_server_alone(town: Town, browse: Browse, tmp_path: Path) -> None:
    alva = a_phone(browse, "alva", CAST.alva, CAST.cim)
    alva.start_shift(CAST.alva, CAST.cim, "Norra Åsum")
    alva.go("#/telefonen")
    with alva.page.expect_download() as told:
        alva.button("Spara en kopia").click()
    file = tmp_path / told.value.suggested_filename
    told.value.save_as(file)
    assert re.fullmatch(r"lykta-.*\.jwe\.txt", file.name)
    assert CAST.alva.id.encode() not in file.read_bytes()
    looked(alva, "saved")
    done = town.server.command("import", str(file), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"new": 1, "known": 0, "quarantined": 0, "damaged": 0}
