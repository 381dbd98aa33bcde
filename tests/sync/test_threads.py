"""A call for help finds a free thread, however many phones hand in a shift's worth at once (I20)."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from app.access.context import Context
from app.sync.frame import Raw
from app.sync.threads import BULK_AT_ONCE, threads_for
from tests.support import on_sqlite
from tests.support.client import Phone
from tests.support.factories import a_checkin, an_escalation

#: More than the server has threads for all that is asked of it.
PHONES = 50
OPS = 60
LONG_S = 20


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONG_S
    while not is_so():
        assert time.monotonic() < deadline, "It never came to be."
        time.sleep(0.005)


def _asking(phone: Phone, zipped: bool, *ops: dict[str, Any]) -> threading.Thread:
    return threading.Thread(target=phone.send, args=ops, kwargs={"zipped": zipped}, daemon=True)


@on_sqlite
@pytest.mark.parametrize("zipped", [False, True], ids=["plain", "packed"])
def test_a_call_for_help_is_not_kept_out_by_the_bulk_of_fifty_phones(alva: Phone, ctx: Context, zipped: bool) -> None:
    pushes = [[alva.seal("checkin.create", a_checkin()) for _ in range(OPS)] for _ in range(PHONES)]
    call = alva.seal("escalation.create", an_escalation())
    asked = [_asking(alva, zipped, *ops) for ops in pushes]
    with ctx.journal._turn:  # as while a transaction is under way that takes long
        for thread in asked:
            thread.start()
        _until(lambda: len(ctx.journal._queue) >= BULK_AT_ONCE)
        asked.append(_asking(alva, zipped, call))
        asked[-1].start()
        _until(lambda: [op.id for op in ctx.journal._queue[-1].ops] == [call["id"]])
        waiting = len(ctx.journal._queue)
    for thread in asked:
        thread.join(LONG_S)
    assert waiting == BULK_AT_ONCE + 1
    assert len(alva.pulled("checkin")) == PHONES * OPS


@pytest.mark.parametrize(("size", "encoding"), [(8_192, "identity"), (2_048, "gzip")])
def test_what_is_small_shares_the_threads_of_everything_else(size: int, encoding: str) -> None:
    assert threads_for(Raw(bytes(size), encoding)) is None
