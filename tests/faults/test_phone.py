"""Rows 14, 27, 28, 39 and 65: the phone itself misbehaves, and the built app is on it."""

import json

import pytest
from playwright.sync_api import expect

from tests.e2e.ledger import Said
from tests.faults.host import Host, agrees
from tests.faults.site import Site
from tests.support.world import CAST

pytestmark = pytest.mark.e2e

CLOSINGS = 5
#: In the page itself: the driver would wait for what the tap sets off.
EMPTIED = "Den här telefonen är spärrad. Allt som fanns i den är inskickat, och den är tömd."
TAP = "words => [...document.querySelectorAll('button')].find(one => one.textContent.trim() === words).click()"


def test_row_14_a_page_closed_right_after_the_tap_lost_nothing_that_was_saved(site: Site, host: Host) -> None:
    """What was tapped and not yet called saved is there once or not at all; its draft is kept where it is not."""
    tapped = []
    for nth in range(CLOSINGS):
        said = host.begin_observation("S2")
        said.data["text"] = f"Stängd vid tryck {nth}"
        host.page.get_by_label("Beskrivning").fill(said.data["text"])
        host.draft_is_kept(str(said.id), said.data["text"])
        host.page.evaluate(TAP, "Spara")
        host.opens_another_page()
        tapped.append(said)
    host.home()
    kept = {row["id"] for row in host.kept()}
    for said in tapped:
        if said.id in kept:
            host.ledger.saved(said)
        else:
            host.page.locator(f'a.card.begun[href*="{said.id}"]').click()
            expect(host.page.get_by_label("Beskrivning")).to_have_value(said.data["text"])
            host.save_observation(said)
            host.home()
    host.all_is_sent()
    agrees(host, site)


def test_row_27_a_page_reloaded_in_the_middle_of_a_form_gives_it_back(site: Site, host: Host) -> None:
    said = host.begin_observation("S2")
    said.data["text"] = "Kameran tog hela telefonen"
    host.page.get_by_label("Beskrivning").fill(said.data["text"])
    host.draft_is_kept(str(said.id), said.data["text"])
    host.page.reload()
    expect(host.page.get_by_label("Beskrivning")).to_have_value(said.data["text"])
    assert host.new_id() == said.id
    host.save_observation(said)
    host.all_is_sent()
    agrees(host, site)


def test_row_28_a_double_tap_is_one_op(site: Site, host: Host) -> None:
    said: Said = host.begin_observation("S2")
    said.data["text"] = "Två tryck i samma andetag"
    host.page.get_by_label("Beskrivning").fill(said.data["text"])
    host.button("Spara").dblclick(delay=1)
    host.keep(said, host.card(str(said.id)))
    host.all_is_sent()
    agrees(host, site)


def test_row_65_signing_out_deletes_nothing_that_is_unsent(site: Site, host: Host) -> None:
    host.browser.context.set_offline(True)
    host.write(2)
    host.go("#/falt/installningar")
    host.button("Logga ut").click()
    host.page.get_by_role("dialog").get_by_role("button", name="Logga ut").click()
    expect(host.page.get_by_label("Lösenord", exact=True)).to_be_visible()
    assert len([row for row in host.kept() if row["state"] == "pending"]) == 2
    host.browser.context.set_offline(False)
    host.sign_in(CAST.alva)
    host.home()
    host.all_is_sent()
    agrees(host, site)


def test_row_39_a_revoked_phone_hands_in_what_it_holds_and_is_emptied_then(site: Site, host: Host) -> None:
    """What was begun is waited for: recording goes on until it is saved. The phone is a new one afterwards."""
    host.write()
    host.all_is_sent()
    installs = {row["install"] for row in host.kept()}
    host.browser.context.set_offline(True)
    host.write(2)
    begun = host.begin_observation("S2")
    begun.data["text"] = "Påbörjad när telefonen spärrades"
    host.page.get_by_label("Beskrivning").fill(begun.data["text"])
    host.draft_is_kept(str(begun.id), begun.data["text"])
    for device in json.loads(site.server.command("device", "list", "--json").stdout):
        if device["install"] in installs:
            assert site.server.command("device", "revoke", device["id"]).returncode == 0
    host.browser.context.set_offline(False)
    host.all_is_sent()
    blocked = host.page.get_by_text("Den här telefonen är spärrad. Det du har skrivit skickas in och granskas.")
    host.time_passes_until(blocked.is_visible)
    assert len(host.kept()) == len(host.ledger)
    host.save_observation(begun)
    host.time_passes_until(host.page.get_by_text(EMPTIED).is_visible)
    assert host.kept() == []
    handed_in = site.ops_of(*installs)
    host.ledger.matched(handed_in)
    late = {op["id"]: (op["status"], op["why"]) for op in handed_in[-3:]}
    assert set(late.values()) == {("quarantined", "revoked")}
    assert begun.id in late
    assert {op["status"] for op in handed_in[:-3]} == {"applied"}
    assert site.is_whole()
    host.sign_in(CAST.alva)
    host.home()
