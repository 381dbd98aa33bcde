"""Rows 18 and 19: the phone's storage is emptied or damaged by others than the app, and the app says what is left."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.access.queries import REPORT
from app.core.db import Database
from tests.faults.host import Host
from tests.faults.site import Site
from tests.faults.test_storage import JOURNAL, SPOILT, says, spoil
from tests.support.world import CAST

pytestmark = pytest.mark.e2e

#: What a browser takes when it evicts an origin; cookies stay.
EVICTED = "indexeddb,local_storage,cache_storage,service_workers,file_systems"
BEGUN = "Påbörjad, inte sparad"


def evicts(host: Host) -> None:
    wanted = {"origin": host.browser.base_url, "storageTypes": EVICTED}
    host.browser.cdp(host.page).send("Storage.clearDataForOrigin", wanted)


def signs_in_again(host: Host) -> None:
    host.sign_in(CAST.alva)
    expect(host.button("Observation")).to_be_visible()


def reads_the_loss(host: Host) -> None:
    host.button("Jag har läst").click()
    expect(host.page.locator(".banner.danger")).to_have_count(0)


def all_came(host: Host, site: Site) -> None:
    """What was called saved and never said to be lost is in the server's tables, once and applied."""
    host.all_is_sent()
    saved = {said.id for said in host.ledger.said}
    held = [op for op in site.ops_of(*emptied_at(site)) if op["id"] in saved]
    assert {op["id"] for op in held} == saved
    assert len(held) == len(saved)
    assert {op["status"] for op in held} == {"applied"}
    assert site.is_whole()


def emptied_at(site: Site) -> dict[str, object]:
    """Install → when it was found to be emptied; None for those that were not."""
    db = Database(site.database_url)
    try:
        with db.read() as conn:
            return {row.install: row.emptied_at for row in conn.execute(select(REPORT.c.install, REPORT.c.emptied_at))}
    finally:
        db.close()


def install_of(host: Host) -> str:
    """Of what was said last: what was written before an earlier emptying may bear another."""
    last = str(host.ledger.said[-1].id)
    return next(str(row["install"]) for row in host.kept() if row["id"] == last)


def test_row_18_emptied_under_the_running_app_what_it_has_in_memory_goes_back(site: Site, host: Host) -> None:
    host.write()
    host.all_is_sent()
    host.browser.context.set_offline(True)
    host.write(2)
    begun = host.begin_observation("S2")
    host.page.get_by_label("Beskrivning").fill(BEGUN)
    host.draft_is_kept(str(begun.id), BEGUN)
    evicts(host)
    says(host, "2 osända poster låg kvar i appens minne och är tillbaka.")
    host.unsent_is(2)
    # Said until it is read, over a cold start too; the begun form is there, and so is the person.
    host.browser.context.set_offline(False)
    host.opens_another_page()
    says(host, "Webbläsaren har tömt Lyktas lager")
    host.page.locator(f'a.card.begun[href*="{begun.id}"]').click()
    expect(host.page.get_by_label("Beskrivning")).to_have_value(BEGUN)
    begun.data["text"] = BEGUN
    host.save_observation(begun)
    host.home()
    host.time_passes_until(lambda: "Oklart" in host.page.locator(".frame-unsent").inner_text())
    reads_the_loss(host)
    all_came(host, site)


def test_row_18_evicted_while_closed_the_loss_is_told_to_the_host_and_to_the_desk(site: Site, host: Host) -> None:
    host.write()
    host.all_is_sent()
    sent, before = host.ledger.said[-1], install_of(host)
    host.browser.context.set_offline(True)
    host.write()
    host.lets_out()
    lost = host.ledger.said.pop()
    host.switch_off()
    host.switch_on(before=lambda: evicts(host))
    signs_in_again(host)
    says(host, "Webbläsaren har tömt Lyktas lager")
    says(host, "Allt som var skrivet")
    expect(host.page.locator(".frame-unsent")).to_contain_text("Oklart vad som är skickat")
    # What was sent comes back from the server; what was not is gone, and is not said to be anywhere.
    host.go("#/logg")
    expect(host.card(str(sent.id))).to_be_visible()
    expect(host.card(str(lost.id))).to_have_count(0)
    assert emptied_at(site)[before] is not None
    host.home()
    reads_the_loss(host)
    host.write()
    all_came(host, site)
    assert emptied_at(site)[install_of(host)] is None


def test_row_19_a_damaged_database_is_noticed_and_the_journal_beside_it_merged(site: Site, host: Host) -> None:
    host.opens_another_page(SPOILT)
    host.browser.context.set_offline(True)
    host.write()
    host.ledger.said.pop()
    spoil(host, lose=1_000)
    host.write()
    assert host.page.evaluate(JOURNAL) == 1
    profile = host.browser.profile
    host.switch_off()
    damaged = [spoil_file(file) for file in (profile / "Default" / "IndexedDB").glob("*.leveldb/*") if file.is_file()]
    assert sum(damaged) > 0
    host.switch_on()
    says(host, "Webbläsaren har tömt Lyktas lager")
    signs_in_again(host)
    reads_the_loss(host)
    all_came(host, site)
    assert host.page.evaluate(JOURNAL) == 0


def spoil_file(file: Path) -> int:
    """Every byte of it becomes another; gives how many there were."""
    size = file.stat().st_size
    file.write_bytes(b"\x5a" * size)
    return size
