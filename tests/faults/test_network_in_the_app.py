"""Rows 1 to 8, 10 to 12 and 42 as a host meets them: the built app in Chromium behind a network that spoils."""

import gzip
import re
import string
from random import Random

import orjson
import pytest
from playwright.sync_api import expect

from tests.e2e.calls import call_for_help
from tests.faults import faults
from tests.faults.host import Host, agrees
from tests.faults.proxy import API, Fault, Proxy
from tests.faults.site import Site
from tests.faults.wire import Request

pytestmark = pytest.mark.e2e

NO_COVERAGE = "Ingen täckning. Allt sparas i telefonen."
NOT_LYKTA = "Nätet svarar, men inte Lykta."
STUCK = "Fel: tryck för att se"
DAY_MS = 25 * 3_600_000


def types_in(request: Request) -> list[str]:
    body = gzip.decompress(request.body) if request.body[:2] == b"\x1f\x8b" else request.body
    return [op["type"] for op in orjson.loads(body)["ops"]]


def test_row_01_written_without_coverage_is_sent_when_it_comes_back(site: Site, host: Host) -> None:
    host.browser.context.set_offline(True)
    host.write(3)
    host.unsent_is(3)
    host.page.reload()
    host.unsent_is(3)
    host.browser.context.set_offline(False)
    host.all_is_sent()
    agrees(host, site)


@pytest.mark.parametrize("bytes_", [1, 400, 1200])
def test_row_02_a_push_cut_on_its_way_up_goes_again(site: Site, air: Proxy, host: Host, bytes_: int) -> None:
    rule = air.spoil(faults.cut_up(bytes_), times=2)
    host.write(2)
    host.all_is_sent()
    assert rule.hits == 2
    agrees(host, site)


def test_row_03_a_push_whose_answer_is_lost_is_a_duplicate(site: Site, air: Proxy, host: Host) -> None:
    rule = air.spoil(faults.drop_answer, times=1)
    host.write()
    host.all_is_sent()
    assert rule.hits == 1
    told = {row["id"]: row["receipt"]["status"] for row in host.kept()}
    assert told[str(host.ledger.said[-1].id)] == "duplicate"
    agrees(host, site)


@pytest.mark.parametrize("bytes_", [0, 1, 250])
def test_row_04_an_answer_cut_in_the_middle_is_none(site: Site, air: Proxy, host: Host, bytes_: int) -> None:
    rule = air.spoil(faults.cut_down(bytes_), times=2)
    host.write(2)
    host.all_is_sent()
    assert rule.hits == 2
    agrees(host, site)


def test_row_05_with_every_third_connection_reset_all_is_sent(site: Site, air: Proxy, host: Host) -> None:
    air.reset_every = 3
    host.write(5)
    host.all_is_sent()
    assert air.connections > len(air.seen)
    agrees(host, site)


def test_row_06_on_a_slow_line_a_call_for_help_goes_first_and_alone(site: Site, air: Proxy, host: Host) -> None:
    """2 kbit/s and five seconds each way, at a twentieth of the time, as all of this phone's time limits are."""
    host.browser.context.set_offline(True)
    host.write(3)
    host.lets_out()
    call_for_help(host, "POL114", "Polis ej akut, tips", "Bråk som har lugnat sig")
    air.spoil(faults.slow(bytes_per_s=5_000, delay_s=0.25))
    host.browser.context.set_offline(False)
    host.all_is_sent()
    assert [types_in(push) for push in air.pushes] == [["escalation.create"], ["observation.create"] * 3]
    agrees(host, site)


def test_row_07_a_black_hole_is_given_up_and_tried_again(site: Site, air: Proxy, host: Host) -> None:
    rule = air.spoil(faults.stall, path=API)
    host.write(2)
    host.lets_out()
    host.unsent_is(2)
    expect(host.page.get_by_text(NO_COVERAGE)).to_be_visible(timeout=20_000)
    assert rule.hits > 0
    air.heal()
    host.all_is_sent()
    agrees(host, site)


@pytest.mark.parametrize("portal", [faults.captive_portal, faults.portal_redirect])
def test_row_08_a_portal_is_no_answer(site: Site, air: Proxy, host: Host, portal: Fault) -> None:
    rule = air.spoil(portal, path=API)
    host.write(2)
    host.lets_out()
    host.unsent_is(2)
    expect(host.page.get_by_text(re.compile(f"{NOT_LYKTA}|{NO_COVERAGE}"))).to_be_visible()
    assert rule.hits > 0
    air.heal()
    host.all_is_sent()
    agrees(host, site)


def test_row_10_another_requests_answer_is_none(site: Site, air: Proxy, host: Host) -> None:
    rule = air.spoil(faults.hold_for_next())
    host.write(3)
    host.time_passes_until(lambda: rule.hits >= 3)
    host.unsent_is(3)
    air.heal()
    host.all_is_sent()
    agrees(host, site)


@pytest.mark.parametrize(
    "change",
    [
        lambda body: re.sub(rb"sha256:[0-9a-f]{8}", b"sha256:00000000", body),
        lambda body: body.replace(b'"applied"', b'"stored"').replace(b'"duplicate"', b'"stored"'),
        lambda body: re.sub(rb'"id":"[0-9a-f]{8}', b'"id":"00000000', body),
    ],
    ids=["hash", "status", "id"],
)
def test_row_11_an_altered_answer_sends_nothing_off_the_phone(
    site: Site, air: Proxy, host: Host, change: faults.Change
) -> None:
    rule = air.spoil(faults.rewrite_answer(change))
    host.write(2)
    host.time_passes_until(lambda: rule.hits >= 2)
    host.unsent_is(2)
    air.heal()
    host.all_is_sent()
    agrees(host, site)


def test_row_12_flapping_neither_loses_nor_doubles_nor_storms(site: Site, air: Proxy, host: Host) -> None:
    before = air.connections
    air.flap(up_s=0.5, down_s=0.5)
    host.write(6)
    air.heal()
    host.all_is_sent()
    assert air.connections - before < 80
    agrees(host, site)


def test_row_42_an_op_too_big_for_a_proxy_is_shown_and_holds_up_no_other(site: Site, air: Proxy, host: Host) -> None:
    host.browser.context.set_offline(True)
    host.write(2)
    dice = Random(42)
    big = host.observe("S1", "".join(dice.choices(string.ascii_letters, k=3500)))
    host.write(2)
    air.spoil(faults.refuse_above(2_000))
    host.browser.context.set_offline(False)
    host.time_passes_until(lambda: STUCK in host.card(str(big.id)).inner_text(), step_ms=60_000)
    host.unsent_is(1)
    air.heal()
    host.page.evaluate("ms => lyktaPasses(ms)", DAY_MS)
    host.all_is_sent()
    agrees(host, site)
