"""Rows 15, 17, 20–22, 24, 26 and 33: the phone's storage fails under the built app, and what was saved stays saved."""

import random
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.faults.host import HELD, HELD_MS, KEPT, Host, agrees
from tests.faults.site import Site

pytestmark = pytest.mark.e2e

SPOILT = Path(__file__).with_name("spoilt.js").read_text("utf-8")
SILENT = Path(__file__).with_name("silent.js").read_text("utf-8")
NO_TROUBLE = "() => document.querySelector('.banner.danger') === null"
JOURNAL = "() => JSON.parse(localStorage.getItem('lykta.journal') ?? '[]').length"
#: A page of this origin without the app.
BARE = "/icons/lykta.svg"


def spoil(host: Host, **members: object) -> None:
    host.page.evaluate("members => Object.assign(lyktaSpoil, members)", members)


def says(host: Host, words: str) -> None:
    expect(host.page.locator(".banner.danger", has_text=words)).to_be_visible(timeout=20_000)


#: The app looks every half minute whether its database takes in what lies in the journal.
MERGED_MS = 60_000


def is_well_again(host: Host, site: Site) -> None:
    host.all_is_sent()
    assert host.page.evaluate(JOURNAL) == 0
    assert host.page.evaluate(NO_TROUBLE)
    agrees(host, site)


def test_row_20_a_database_that_never_opens_is_told_and_the_journal_takes_its_place(site: Site, host: Host) -> None:
    host.opens_another_page(SILENT)
    says(host, "Telefonens lager svarar inte")
    expect(host.page.locator(".frame-unsent")).to_contain_text("Oklart vad som är skickat")
    host.write()
    assert host.page.evaluate(JOURNAL) == 1
    host.button("Ladda om").click()
    written = str(host.ledger.said[-1].id)
    # In the log: the start shows the latest three, and other phones' clocks may have been ahead.
    expect(host.button("Ladda om")).to_have_count(0)
    host.go("#/logg")
    expect(host.card(written)).to_contain_text("Skickad")
    host.home()
    is_well_again(host, site)
    assert {row["id"]: row["shift"] for row in host.kept()}[written] is not None, "It fell out of the evening's shift."


@pytest.mark.parametrize("times", [1, 10])
def test_row_21_a_connection_lost_in_the_middle_of_a_write(site: Site, host: Host, times: int) -> None:
    """Once: opened anew, and nobody notices. Again and again: kept beside it, told, and brought home."""
    host.opens_another_page(SPOILT)
    spoil(host, lose=times)
    host.write()
    lost = host.page.evaluate("lyktaSpoil.aborts.length")
    if times == 1:
        assert lost == 1
        assert host.page.evaluate("lyktaSpoil.journaled") == 0
        assert host.page.evaluate(NO_TROUBLE)
    else:
        assert lost >= 4  # where the machine is slow, it has been tried again by now
        says(host, "Telefonen har svårt att spara")
        assert host.page.evaluate(JOURNAL) == 1
        spoil(host, lose=0)
        expect(host.page.locator(".banner.danger")).to_have_count(0, timeout=MERGED_MS)
    is_well_again(host, site)


def test_row_22_a_row_that_reads_back_wrongly_is_not_called_saved(site: Site, host: Host) -> None:
    host.opens_another_page(SPOILT)
    said = host.begin_observation("S2")
    host.page.get_by_label("Beskrivning").fill("Läses fel")
    spoil(host, misread=True)
    host.button("Spara").click()
    expect(host.page.get_by_text("Det är INTE sparat.")).to_be_visible()
    expect(host.page.get_by_label("Beskrivning")).to_have_value("Läses fel")
    spoil(host, misread=False)
    said.data["text"] = "Läses rätt"
    host.page.get_by_label("Beskrivning").fill(said.data["text"])
    host.save_observation(said)
    expect(host.page.locator(".banner.danger")).to_have_count(0, timeout=MERGED_MS)
    is_well_again(host, site)


def test_row_24_nothing_needs_a_key_that_the_browser_refuses(site: Site, host: Host) -> None:
    """Lockdown Mode refuses to store a CryptoKey. None is made to write, to keep and to send."""
    host.opens_another_page(SPOILT)
    spoil(host, keyless=True)
    host.write()
    host.all_is_sent()
    assert host.page.evaluate("lyktaSpoil.keys") == 0
    is_well_again(host, site)


#: This very page holds the uploader's lock, and nobody waits for it: the one before it may hold it for a moment more.
LEADS = """async () => {
  const who = async () => (await navigator.locks.query()).held.find(({ name }) => name === "who").clientId;
  const me = await navigator.locks.request("who", who);
  const { held, pending } = await navigator.locks.query();
  const isMine = held.some(({ name, clientId }) => name === "lykta-sync" && clientId === me);
  return isMine && !pending.some(({ name }) => name === "lykta-sync");
}"""


def test_row_26_a_frozen_tab_that_holds_the_lock_is_taken_over_from(site: Site, host: Host) -> None:
    """The debugger stops it: what the driver watches is never frozen by the browser, whatever it is told."""
    host.opens_another_page()
    frozen = host.page
    frozen.wait_for_timeout(500)
    frozen.wait_for_function(LEADS)
    session = host.browser.cdp(frozen)
    host._page = host.browser.context.new_page()
    host.page.add_init_script(SPOILT)
    host.page.goto(f"{host.browser.base_url}/#/falt")
    expect(host.button("Observation")).to_be_visible()
    stopped: list[object] = []
    session.on("Debugger.paused", lambda told: stopped.append(told))  # noqa: PLW0108
    session.send("Debugger.enable")
    session.send("Runtime.evaluate", {"expression": "setTimeout(() => { debugger; })"})
    try:
        host.time_passes_until(lambda: bool(stopped), step_ms=0)
        host.write()
        # Once, and then by the real clock alone: more, and the lease would have run out by itself.
        host.page.evaluate("ms => lyktaPasses(ms)", HELD_MS)
        host.time_passes_until(lambda: host.page.evaluate(HELD) == [], step_ms=0)
        host.page.wait_for_timeout(1_500)
        assert host.unsent() == 1, "The frozen tab was not frozen, or did not hold the lock."
        host.page.evaluate("lyktaPasses(61_000)")
        host.unsent_is(0)
    finally:
        session.send("Debugger.resume")
        session.send("Debugger.disable")
    expect(frozen.locator(".frame-unsent")).to_contain_text("Allt skickat")
    frozen.close()
    agrees(host, site)


def test_row_33_another_tab_that_keeps_an_old_database_open_is_asked_to_close(site: Site, host: Host) -> None:
    """It holds the version before this build's: a store is missing, and it lets nobody add one."""
    host.opens_another_page(SPOILT)
    host.page.goto(host.browser.base_url + BARE)
    old = host.browser.context.new_page()
    old.goto(host.browser.base_url + BARE)
    old.evaluate("""async () => {
      const { version } = (await indexedDB.databases()).find(({ name }) => name === "lykta-core");
      const opening = indexedDB.open("lykta-core", version + 1);
      opening.onupgradeneeded = () => opening.result.deleteObjectStore("drafts");
      await new Promise((resolve, reject) => { opening.onsuccess = resolve; opening.onerror = reject; });
      globalThis.held = opening.result;
    }""")
    host.page.goto(f"{host.browser.base_url}/#/falt")
    says(host, "Lykta är öppen i en annan flik")
    host.write()
    assert host.page.evaluate(JOURNAL) == 1
    old.close()
    expect(host.page.locator(".banner.danger")).to_have_count(0, timeout=MERGED_MS)
    is_well_again(host, site)


FILL = """async ([database, store, bytes]) => {
  const { version } = (await indexedDB.databases()).find(({ name }) => name === database);
  const opening = indexedDB.open(database, version);
  await new Promise((resolve, reject) => { opening.onsuccess = resolve; opening.onerror = reject; });
  const db = opening.result;
  let filled = 0;
  for (; filled < 400; filled++) {
    const tx = db.transaction(store, "readwrite");
    const key = crypto.randomUUID();
    const content = new Uint8Array(bytes);
    for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(content.subarray(at, at + 65_536));
    if (store === "drafts") tx.objectStore(store).put({ id: key, content });
    else tx.objectStore(store).put(content.buffer, [key, 0]);
    if (!(await new Promise((r) => { tx.oncomplete = () => r(true); tx.onabort = () => r(false); }))) break;
  }
  db.close();
  return filled < 400;
}"""
EMPTY = """async ([database, store]) => {
  const opening = indexedDB.open(database);
  await new Promise((resolve, reject) => { opening.onsuccess = resolve; opening.onerror = reject; });
  const tx = opening.result.transaction(store, "readwrite");
  const rows = tx.objectStore(store);
  const filled = rows.getAll();
  filled.onsuccess = () => { for (const { id, content } of filled.result) if (content) rows.delete(id); };
  await new Promise((resolve) => { tx.oncomplete = resolve; });
  opening.result.close();
}"""
COUNT_CHUNKS = KEPT.replace("lykta-core", "lykta-cache").replace('"ops"', '"chunks"').replace("getAll", "count")


def test_row_17_where_the_quota_is_reached_maps_give_way_to_words(site: Site, host: Host) -> None:
    quota = {"origin": host.browser.base_url, "quotaSize": 8_000_000}

    def _small() -> None:
        # Before the app opens, since Chromium remembers for half a minute how much there was; gone with this page.
        host.browser.cdp(host.page).send("Storage.overrideQuotaForOrigin", quota)
        host.page.add_init_script(SPOILT)

    host.switch_off()
    host.switch_on(before=_small)
    expect(host.button("Observation")).to_be_visible()
    assert all(host.page.evaluate(FILL, ["lykta-cache", "chunks", size]) for size in (262_144, 20_000, 1_000))
    host.write()
    assert "QuotaExceededError" in host.page.evaluate("lyktaSpoil.aborts")
    says(host, "Telefonens utrymme är slut")
    assert host.page.evaluate(COUNT_CHUNKS) == 0
    assert host.page.evaluate(JOURNAL) == 0
    # No maps are left to give way: the journal takes over.
    assert all(host.page.evaluate(FILL, ["lykta-core", "drafts", size]) for size in (250_000, 20_000, 500))
    host.write()
    says(host, "Telefonen har svårt att spara")
    assert host.page.evaluate(JOURNAL) == 1
    host.page.evaluate(EMPTY, ["lykta-core", "drafts"])
    # What is emptied is free once Chromium tidies its files, whenever that is: so somebody makes room elsewhere, too.
    host.browser.cdp(host.page).send("Storage.overrideQuotaForOrigin", {"origin": host.browser.base_url})
    expect(host.page.locator(".banner.danger")).to_have_count(0, timeout=2 * MERGED_MS)
    is_well_again(host, site)
    host.switch_off()
    host.switch_on()


#: In the page, as fast as it goes: one observation after the other, each told as soon as the screen calls it saved.
WRITES = """async ([category, prefix]) => {
  const seen = new Set();
  const look = () => {
    for (const card of document.querySelectorAll("ol.log a.card")) {
      const id = card.getAttribute("href").split("/").at(-1);
      if (seen.has(id) || !card.textContent.includes("Endast i telefonen")) continue;
      seen.add(id);
      lyktaSaid(id);
    }
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  const until = async (found) => {
    let one;
    while (!(one = found())) await new Promise(requestAnimationFrame);
    return one;
  };
  const press = async (words) => (await until(() =>
    [...document.querySelectorAll("button")].find((one) => one.textContent.trim() === words && !one.disabled))).click();
  for (let nth = 0; ; nth++) {
    await press("Observation");
    await press(category);
    const field = await until(() => document.querySelector("textarea"));
    field.value = `${prefix} ${nth}`;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await press("Spara");
    await until(() => document.querySelector(".main-acts"));
  }
}"""
KILLS = 2


def test_row_15_a_browser_killed_in_the_middle_of_its_writes_keeps_what_it_called_saved(site: Site, host: Host) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)  # noqa: T201
    dice = random.Random(seed)
    said: list[str] = []
    cookies: Any = host.browser.context.cookies()
    for nth in range(KILLS):
        host.browser.context.set_offline(True)
        host.page.expose_function("lyktaSaid", lambda op: said.append(op))
        before = len(said)
        host.page.evaluate(f"given => {{ void ({WRITES})(given); }}", ["Klotter", f"Varv {nth}"])
        deadline = time.monotonic() + 20
        while len(said) < before + 2:
            assert time.monotonic() < deadline, "Nothing was ever called saved."
            host.page.wait_for_timeout(20)
        host.page.wait_for_timeout(dice.uniform(0, 300))
        host.dies()
        host.switch_on(offline=True)
        expect(host.button("Observation")).to_be_visible()
        kept = host.kept()
        assert set(said) <= {row["id"] for row in kept}
        mine = sorted(row["seq"] for row in kept if row["seq"] is not None)
        assert mine == list(range(1, len(mine) + 1)), "The sequence has a hole."
    # Chromium writes cookies down within half a minute; the phone of this test may be younger.
    host.browser.context.add_cookies(cookies)
    host.browser.context.set_offline(False)
    host.all_is_sent()
    held = {op["id"]: op["status"] for op in site.ops_of(*{row["install"] for row in host.kept()})}
    assert {held.get(op) for op in said} == {"applied"}
    assert site.is_whole()
