"""Everyday cases on a slow phone with a long evening on it: how many taps, how long, how soon the screen follows."""

import json
from collections.abc import Callable
from dataclasses import astuple, dataclass

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.ledger import Ledger
from tests.e2e.phone import CATEGORIES, Phone
from tests.e2e.test_offline_start import SLOWER, WORK, WORK_MS
from tests.e2e.town import Browse, Town
from tests.faults.site import phone_at
from tests.support import on_sqlite
from tests.support.factories import a_checkin, a_shift, an_observation
from tests.support.world import CAST

RECORDS, OF_ONE_PUSH = 500, 100
#: From the first tap until the record is in the log, the phone's own work and nothing else: nobody reads or thinks.
CASE_MS, PAINT_MS = 3_000, 200
#: How long each tap took until the next paint, as the browser itself tells.
WATCH = """() => {
  new PerformanceObserver(list => {
    for (const one of list.getEntries())
      if (one.interactionId && one.name === "click") globalThis.lyktaTaps.push(one.duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: false });
}"""
SHOWN = """count => new Promise(resolve => {
  const look = () => document.querySelectorAll(".frame-unsent.has-some").length > 0
    && document.querySelector(".frame-unsent").textContent.trim().startsWith(`${count} `)
    ? resolve(performance.now()) : requestAnimationFrame(look);
  look();
})"""


@dataclass
class Thumb:
    """Taps and counts."""

    phone: Phone
    taps: int = 0

    def __call__(self, target: Locator) -> None:
        expect(target).to_be_visible()
        target.click()
        self.taps += 1

    def button(self, words: str) -> None:
        self(self.phone.button(words))

    def category(self, code: str) -> None:
        self(self.phone.page.get_by_role("button", name=CATEGORIES[code], exact=True).first)


def ok(thumb: Thumb) -> None:
    thumb.button("Vi är ok")


def arrived(thumb: Thumb) -> None:
    thumb.button("Framme")
    thumb.button("Spara")


def quiet_round(thumb: Thumb) -> None:
    thumb.button("Observation")
    thumb.category("E2")
    thumb.button("Spara")


def talk(thumb: Thumb) -> None:
    thumb.button("Observation")
    thumb.category("K1")
    thumb(thumb.phone.chip("Antal personer", "6–10"))
    thumb.button("Spara")


def graffiti_elsewhere(thumb: Thumb) -> None:
    """With a place that is not where the phone is: two taps more."""
    thumb.button("Observation")
    thumb.category("S2")
    thumb(thumb.phone.page.locator("button.choice-line").filter(has_text="Plats"))
    thumb(thumb.phone.page.get_by_role("dialog").locator("li button").nth(1))
    thumb.button("Spara")


#: Case, taps at most, and what the phone waits for by its own will: "Vi är ok" can be undone for five seconds.
CASES: list[tuple[Callable[[Thumb], None], int, int]] = [
    (ok, 1, 5_000), (arrived, 2, 0), (quiet_round, 3, 0), (talk, 4, 0), (graffiti_elsewhere, 5, 0),
]  # fmt: skip


@pytest.fixture
def phone(town: Town, browse: Browse) -> Phone:
    """Alva's, in the middle of a long evening that she and Cim wrote."""
    with phone_at(town.server.port, CAST.cim) as cim:
        shift = cim.start(a_shift(CAST.cim, CAST.alva))
        for begun in range(0, RECORDS, OF_ONE_PUSH):
            kinds = [("observation.create", an_observation), ("checkin.create", a_checkin)]
            ops = [cim.seal(kinds[n % 2][0], kinds[n % 2][1](), shift=shift) for n in range(begun, begun + OF_ONE_PUSH)]
            assert {told["status"] for told in cim.send(*ops)} == {"applied"}
    made = Phone(browse("phone"), Ledger(), places=town.places)
    made.stands = town.walk.at(town.walk.begins)
    made.switch_on(offline=False)
    made.sign_in(CAST.alva)
    expect(made.button("Vi är ok")).to_be_visible(timeout=30_000)
    made.go("#/logg")
    expect(made.page.locator("ol.log > li")).to_have_count(RECORDS + 1, timeout=30_000)
    made.home()
    made.browser.context.set_offline(True)
    return made


@dataclass
class Round:
    """The cases once: name, taps and ms of each, ms of each tap to the next paint, and how long fixed work took."""

    cases: list[tuple[str, int, int]]
    paints: list[float]
    work: int

    def is_quick(self) -> bool:
        stretch = max(1.0, self.work / WORK_MS)
        # As browsers reckon paints (INP): one in fifty may be anything, which of these few is the slowest.
        return max(took for _, _, took in self.cases) <= CASE_MS * stretch and self.paints[-2] <= PAINT_MS * stretch


def fixed_work(phone: Phone) -> int:
    return round(min(float(phone.page.evaluate(WORK)) for _ in range(3)))


def play(phone: Phone) -> Round:
    work = fixed_work(phone)
    phone.page.evaluate("globalThis.lyktaTaps = []")
    told = []
    for case, taps, held_ms in CASES:
        thumb = Thumb(phone)
        unsent = phone.unsent()
        began = float(phone.page.evaluate("performance.now()"))
        case(thumb)
        took = round(float(phone.page.evaluate(SHOWN, unsent + 1)) - began - held_ms)
        told.append((case.__name__, thumb.taps, took))
        assert thumb.taps <= taps, case.__name__
        expect(phone.button("Observation")).to_be_visible()
    paints = sorted(phone.page.evaluate("globalThis.lyktaTaps"))
    assert len(paints) >= 10, paints
    return Round(told, paints, max(work, fixed_work(phone)))


@on_sqlite
def test_everyday_cases_take_few_taps_and_no_time(
    phone: Phone, record_testsuite_property: Callable[[str, object], None]
) -> None:
    """Three rounds at most: what else a machine does slows some of them, and a slow app slows them all."""
    phone.browser.cdp(phone.page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    phone.page.evaluate(WATCH)
    rounds = [play(phone)]
    while not rounds[-1].is_quick() and len(rounds) < 3:
        rounds.append(play(phone))
    record_testsuite_property("everyday_cases", json.dumps([astuple(one) for one in rounds]))
    print("taps and ms of everyday cases, ms of each tap to the next paint, fixed work:", *rounds)  # noqa: T201
    assert rounds[-1].is_quick(), rounds
