"""A host with the built app behind the proxy. The ledger takes what the screen calls saved, sent or not."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import Locator, expect

from tests.e2e.ledger import Said
from tests.e2e.phone import Phone
from tests.e2e.walk import Point
from tests.faults.site import Site

SAVED = re.compile("Endast i telefonen|Skickad")
#: What the phone itself keeps, read beside the app.
KEPT = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("lykta-core");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("ops").objectStore("ops").getAll();
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
  };
})"""
#: What is saved and can still be had back: sealed, and without a number.
HELD = KEPT.replace('"ops"', '"drafts"').replace(
    "resolve(asked.result)",
    "resolve(asked.result.filter(({ held }) => held).map(({ held }) => ({ ...held.op, seq: null, state: 'pending' })))",
)
#: The form that is being written, as the phone keeps it, in JSON.
DRAFT = (
    KEPT.replace("() =>", "id =>", 1)
    .replace('transaction("ops").objectStore("ops").getAll()', 'transaction("drafts").objectStore("drafts").get(id)')
    .replace("resolve(asked.result)", "resolve(JSON.stringify(asked.result ?? null))")
)
#: Timers of ten seconds and more end after a twentieth of their time: nobody waits 45 s for a black hole in a test.
SHORT_TIMERS = """(() => {
  const plain = globalThis.setTimeout;
  globalThis.setTimeout = (work, ms, ...given) => plain(work, ms >= 10_000 ? ms / 20 : ms, ...given);
})()"""
PATIENCE_S = 45
SOON_MS = 2_000
LOOK_MS = 250
#: After so long nothing can be had back any more.
HELD_MS = 11_000


class Host(Phone):
    def switch_on(
        self, *, offline: bool = False, ahead: timedelta = timedelta(), before: Callable[[], None] | None = None
    ) -> None:
        """`before`: what happens to the browser before it opens the app."""
        self.ahead = ahead
        self._page = self.browser.open(offline=offline, ahead_ms=ahead.total_seconds() * 1000)
        self.browser.context.add_init_script(SHORT_TIMERS)
        if before is not None:
            before()
        self.stands = Point(self.now(), 56.1725, 14.8627)
        self.feel_position()
        self._page.goto(f"{self.browser.base_url}/")

    def home(self) -> None:
        self.go("#/falt")
        expect(self.button("Observation")).to_be_visible()

    def keep(self, said: Said, where: Locator) -> Said:
        try:
            expect(where).to_contain_text(SAVED, timeout=SOON_MS)
        except AssertionError:
            # The start shows the latest few; those of phones whose clocks went on in a test before may fill it.
            self.go("#/logg")
            expect(where).to_contain_text(SAVED)
            self.home()
        return self.ledger.saved(said)

    def write(self, count: int = 1) -> None:
        for _ in range(count):
            self.observe("S2", f"Klotter på vägg {len(self.ledger) + 1}, ”Ö-gänget” i rött.")

    def draft_is_kept(self, op: str, text: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while text not in str(self.page.evaluate(DRAFT, op)):
            assert time.monotonic() < deadline, "The draft was never kept."
            self.page.wait_for_timeout(20)

    def opens_another_page(self, script: str = "") -> None:
        """As soon as it can be, in the middle of what the page before it did. `script`: run in it before the app."""
        before, self._page = self.page, self.browser.context.new_page()
        if script:
            self._page.add_init_script(script)
        before.close()
        self._page.goto(f"{self.browser.base_url}/#/falt")
        expect(self.button("Observation")).to_be_visible()

    def lets_out(self) -> None:
        """What could still be had back cannot any more: it has its number, and may leave."""
        self.time_passes_until(lambda: self.page.evaluate(HELD) == [], step_ms=HELD_MS)

    def all_is_sent(self) -> None:
        self.page.evaluate("ms => lyktaPasses(ms)", HELD_MS)
        self.time_passes_until(lambda: self.unsent() == 0)

    def time_passes_until(self, is_so: Callable[[], bool], step_ms: int = LOOK_MS) -> None:
        """The phone is looked at now and then, as a phone is; how long it waits is its own affair."""
        deadline = time.monotonic() + PATIENCE_S
        while not is_so():
            assert time.monotonic() < deadline, f"{self.unsent()} unsent, and nothing more happens."
            self.page.wait_for_timeout(LOOK_MS)
            self.page.evaluate("ms => lyktaPasses(ms)", step_ms)

    def kept(self) -> list[dict[str, Any]]:
        # In this order: what is let out meanwhile is among both, and never among none.
        held: list[dict[str, Any]] = self.page.evaluate(HELD)
        rows: list[dict[str, Any]] = self.page.evaluate(KEPT)
        numbered = {row["id"] for row in rows}
        return rows + [row for row in held if row["id"] not in numbered]


def agrees(host: Host, site: Site) -> None:
    """Ledger == applied ∪ quarantined, each once; the phone's bytes are the server's; every receipt names its row."""
    kept = {row["id"]: row for row in host.kept()}
    held = site.ops_of(*{row["install"] for row in kept.values()})
    host.ledger.matched(held)
    assert {op["id"]: bytes(op["body"]) for op in held} == {key: row["body"].encode() for key, row in kept.items()}
    assert {op["status"] for op in held} <= {"applied", "quarantined"}
    assert {key: row["receipt"]["seq"] for key, row in kept.items()} == {op["id"]: op["seq"] for op in held}
    assert site.is_whole()
