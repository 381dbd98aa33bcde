"""Whose turn it is to be written: an alarm does not wait behind bulk (I20), and bulk is not kept waiting for ever."""

import threading
import time
from collections.abc import Sequence

from sqlalchemy import Connection

from app.journal.append import SMALL_OPS_MAX, Journal, Waiting
from app.journal.ops import Op
from tests.support.client import Outbox
from tests.support.factories import a_checkin, an_escalation
from tests.support.world import CAST

BULK = SMALL_OPS_MAX + 1
LONG_S = 20


def _bulk() -> list[Op]:
    outbox = Outbox(author=CAST.alva.id)
    return outbox.read(*[outbox.seal("checkin.create", a_checkin()) for _ in range(BULK)])


def _alarm() -> list[Op]:
    outbox = Outbox(author=CAST.alva.id)
    return outbox.read(outbox.seal("escalation.create", an_escalation()))


def _seqs(journal: Journal, waiting: Sequence[Sequence[Op]]) -> list[int]:
    """The first seq of each that came while the writer was busy, in the order given."""
    seqs: dict[int, int] = {}

    def hand_in(number: int) -> None:
        seqs[number] = journal.append(waiting[number])[0].seq or 0

    threads = [threading.Thread(target=hand_in, args=(n,)) for n in range(len(waiting))]

    def meanwhile(_conn: Connection) -> None:
        for number, thread in enumerate(threads):
            thread.start()
            deadline = time.monotonic() + LONG_S
            while len(journal._queue) <= number and time.monotonic() < deadline:
                time.sleep(0.001)

    journal.hand_in(_bulk(), guard=meanwhile)
    for thread in threads:
        thread.join(LONG_S)
    return [seqs[number] for number in range(len(waiting))]


def test_an_alarm_goes_before_the_bulk_that_waits(journal: Journal) -> None:
    first, second, alarm = _seqs(journal, [_bulk(), _bulk(), _alarm()])
    assert alarm < first < second


def test_bulk_has_its_turn_though_the_small_never_cease(journal: Journal) -> None:
    bulk = Waiting(_bulk(), None)
    journal._queue = [bulk]
    turns = []
    for _ in range(4):
        journal._queue.append(Waiting(_alarm(), None))
        turns.append(bulk in journal._take())
    assert turns == [False, True, False, False]
