"""Row 62: fifty phones come home at dawn with ten thousand ops, and some of them call for help meanwhile."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import pytest

from tests.faults.sender import Sender, agree
from tests.faults.site import Site, make_site, phone_at
from tests.support.factories import an_escalation
from tests.support.places import new_folder
from tests.support.world import CAST

PHONES, OPS, BATCH = 50, 200, 50
CALLERS = 8
#: So many ops may be numbered between a call's sending and its own number: what is worked on at once, thrice.
AHEAD_MAX = 1_200
TRIES_MAX = 50
LONG_S = 60


@pytest.fixture
def dawn(sqlite_template: Path, web_dir: Path) -> Iterator[Site]:
    """A server of its own: ten thousand ops more would make every other test's look at its journal long."""
    made = make_site(sqlite_template, new_folder(), web_dir)
    made.server.start()
    yield made
    made.server.stop()


class Flood:
    """Everybody begins at once; calls are made once the first answers are there, with all the rest under way."""

    def __init__(self, senders: Sequence[Sender]) -> None:
        self.gate = threading.Barrier(len(senders))
        self.is_under_way = threading.Event()
        self.newest = 0

    def drain(self, sender: Sender) -> None:
        ids = list(sender.kept)
        self.gate.wait(LONG_S)
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            _until_received(sender, batch)
            self.newest = max(self.newest, *(sender.receipts[key]["seq"] for key in batch))
            self.is_under_way.set()

    def call(self, sender: Sender) -> int:
        """How many ops went before it that were not yet answered when it was sent."""
        assert self.is_under_way.wait(LONG_S)
        call = sender.seal("escalation.create", an_escalation())["id"]
        before = self.newest
        _until_received(sender, [call])
        return int(sender.receipts[call]["seq"]) - before


def _until_received(sender: Sender, ids: Sequence[str]) -> None:
    for _ in range(TRIES_MAX):
        if all(key in sender.receipts for key in ids):
            return
        sender.offer(*ids)
    raise AssertionError("Offered again and again without a receipt.")


def test_row_62_fifty_phones_hand_in_ten_thousand_ops_at_once_and_no_call_for_help_waits_for_them(dawn: Site) -> None:
    with ExitStack() as stack:
        people = (CAST.alva, CAST.cim, CAST.elin)
        senders = [Sender(stack.enter_context(phone_at(dawn.server.port, people[n % 3]))) for n in range(PHONES)]
        for sender in senders:
            sender.write(OPS)
        flood = Flood(senders)
        with ThreadPoolExecutor(PHONES + CALLERS) as pool:
            draining = [pool.submit(flood.drain, sender) for sender in senders]
            calling = [pool.submit(flood.call, sender) for sender in senders[:CALLERS]]
            for one in draining:
                one.result()
            ahead = [one.result() for one in calling]
        assert median(ahead) < AHEAD_MAX, f"Calls for help waited for so many ops: {ahead}"
        agree(senders, dawn)
        told = [receipt["status"] for sender in senders for receipt in sender.receipts.values()]
        assert told == ["applied"] * (PHONES * OPS + CALLERS)
    verified = dawn.server.command("journal", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
