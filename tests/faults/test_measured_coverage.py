"""Rows 2, 3, 4 and 12 as they come by themselves: an evening on networks that were measured on the road."""

import time

from tests.faults.coverage import Coverage, measured
from tests.faults.proxy import Proxy
from tests.faults.sender import Sender, agrees
from tests.faults.site import Site

FASTER = 400
#: Of the evening's own time: between two records, and between two tries.
WRITE_EVERY_S, TRY_EVERY_S = 30, 5
LONG = "Lugnt vid stationen. " * 60


def test_an_evening_on_measured_coverage_loses_and_doubles_nothing(site: Site, proxy: Proxy, sender: Sender) -> None:
    seconds = measured()
    assert len(seconds) > 7000
    coverage = Coverage(seconds, FASTER)
    rule = proxy.spoil(coverage)
    said: list[str] = []
    written_s = tried_s = 0.0
    while not coverage.is_over:
        if coverage.passed_s - written_s > WRITE_EVERY_S:
            written_s = coverage.passed_s
            sender.write(note=LONG if len(sender.written) % 2 == 0 else "allt väl.")
        if sender.kept and coverage.passed_s - tried_s > TRY_EVERY_S:
            tried_s = coverage.passed_s
            said.append(sender.offer())
        time.sleep(1 / FASTER)
    assert rule.hits > 20
    assert coverage.cut_up + coverage.cut_down > 5, "The network was hardly ever gone: little was shown."
    assert set(said) == {"answered", "no answer"}
    proxy.heal()
    sender.offer_until_all_is_received()
    assert len(sender.written) > 30
    agrees(sender, site)
