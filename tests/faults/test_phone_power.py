"""Row 16: the phone's power goes right after the screen has called something saved."""

import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.faults.growing import events, recording, sizes, synced
from tests.faults.host import Host
from tests.faults.site import Site
from tests.faults.street import Street
from tests.support.places import new_folder

pytestmark = pytest.mark.e2e

SAVES = 3
#: A page that has just been opened goes on writing for a while.
STILL_MS = 1_000
#: The app as it must not be: its transactions do not wait for the disk.
HASTY = """(() => {
  const plain = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode) { return plain.call(this, stores, mode); };
})()"""


def test_row_16_what_was_called_saved_outlives_the_power(site: Site, street: Street, host: Host) -> None:
    cookies: Any = host.browser.context.cookies()
    said, after, last = cuts(street, host)
    for saved, kept in enumerate(after, start=1):
        assert set(said[:saved]) <= kept
    # Chromium writes cookies down within half a minute; the phone of this test is younger.
    last.browser.context.add_cookies(cookies)
    last.browser.context.set_offline(False)
    last.all_is_sent()
    held = {op["id"]: op["status"] for op in site.ops_of(*{row["install"] for row in last.kept()})}
    assert {held.get(op) for op in said} == {"applied"}


def test_row_16_the_same_cuts_show_what_an_app_that_does_not_wait_loses(street: Street, host: Host) -> None:
    """So that the test above is known to be able to fail."""
    said, after, _ = cuts(street, host, HASTY)
    assert any(not set(said[:saved]) <= kept for saved, kept in enumerate(after, start=1))


def cuts(street: Street, host: Host, script: str = "") -> tuple[list[str], list[set[str]], Host]:
    """What was called saved, in order; what was still there after a cut at each of these moments; and that phone."""
    host.opens_another_page(script)
    host.browser.context.set_offline(True)
    profile, folder = host.browser.profile, new_folder()
    said, moments = list[str](), list[float]()
    try:
        with recording(host.browser.pids(), folder / "strace.log"):
            host.page.wait_for_timeout(STILL_MS)
            before, began = sizes(profile), time.time()
            for _ in range(SAVES):
                host.write()
                said.append(str(host.ledger.said[-1].id))
                moments.append(time.time())
            host.dies()
        recorded = [one for one in events(folder / "strace.log", profile) if one.at > began]
        left = list[set[str]]()
        for at in moments:
            other = opened(street, host, synced(before, recorded, at))
            left.append({str(row["id"]) for row in other.kept()})
            if at != moments[-1]:
                other.switch_off()
        return said, left, other
    finally:
        shutil.rmtree(folder)


def opened(street: Street, host: Host, kept: dict[Path, int]) -> Host:
    """A phone whose disk has so much of each file."""
    other = street.another(host)
    for path, length in kept.items():
        there = other.browser.profile / path.relative_to(host.browser.profile)
        if there.exists():
            os.truncate(there, length)
    other.switch_on(offline=True)
    expect(other.button("Observation")).to_be_visible()
    return other
