"""What a phone in a pocket costs: requests, bytes and wake-ups of an hour in which nobody touches it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.e2e.ledger import Ledger
from tests.e2e.net import Net
from tests.e2e.phone import Phone
from tests.e2e.town import Browse, Town
from tests.support import on_sqlite
from tests.support.world import CAST

HOUR = "lyktaIdles(3_600_000)"
IDLE = Path(__file__).with_name("idle.js").read_text("utf-8")
REQUESTS, BYTES, WAKE_UPS = 70, 60_000, 320
#: The daily check has a timer that looks at its clock every ten minutes.
HIDDEN_WAKE_UPS = 6
#: The screen goes dark, or another app comes before this one.
HIDE = """() => {
  for (const [name, value] of [["hidden", true], ["visibilityState", "hidden"]])
    Object.defineProperty(document, name, { configurable: true, get: () => value });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def an_hour(phone: Phone, net: Net) -> dict[str, int]:
    before = (net.requests, net.bytes_up, net.bytes_down)
    woken: dict[str, Any] = phone.page.evaluate(HOUR)
    after = (net.requests, net.bytes_up, net.bytes_down)
    requests, up, down = (now - then for now, then in zip(after, before, strict=True))
    return {"requests": requests, "bytes_up": up, "bytes_down": down,
            "wake_ups": woken["moments"], "callbacks": woken["callbacks"]}  # fmt: skip


@on_sqlite
def test_an_idle_hour_costs_little_and_one_in_the_pocket_nothing(
    town: Town, browse: Browse, record_testsuite_property: Callable[[str, object], None]
) -> None:
    phone = Phone(browse("phone"), Ledger())
    phone.switch_on(offline=False)
    phone.sign_in(CAST.alva)
    phone.kept_for_offline(CAST.cim)
    phone.browser.context.set_offline(True)
    phone.start_shift(CAST.alva, CAST.cim, "Norra Åsum")
    phone.check_in("round", "Rond")
    phone.browser.context.set_offline(False)
    phone.unsent_is(0)
    phone.browser.context.add_init_script(f"({IDLE})()")
    phone.page.reload()
    expect(phone.button("Vi är ok")).to_be_visible()
    phone.page.wait_for_timeout(5_000)  # what the app does once, seconds after it has begun
    seen = an_hour(phone, town.net)
    phone.page.evaluate(HIDE)
    hidden = an_hour(phone, town.net)
    record_testsuite_property("idle_hour", json.dumps([seen, hidden]))
    print("an idle hour, seen and hidden:", seen, hidden)  # noqa: T201
    assert 20 <= seen["requests"] <= REQUESTS, "Fewer: nothing was asked, and the measure is worth nothing."
    assert seen["bytes_up"] + seen["bytes_down"] <= BYTES
    assert seen["wake_ups"] <= WAKE_UPS
    assert hidden["requests"] == 0
    assert hidden["wake_ups"] <= HIDDEN_WAKE_UPS
