"""Changing a thing that others may be changing too: an op that is stored only if nobody was here first."""

import threading
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from app.core import errors
from app.core.errors import Problem
from app.core.turns import Turns
from app.journal.append import Journal
from app.journal.ops import Op, Status

TURNS = Turns()
#: The row as it is now and how it is told; None where there is none yet.
Current = Callable[[Connection], tuple[int, Mapping[str, Any]] | None]


def turn(about: str) -> threading.Lock:
    """Held by whoever looks at what `about` names and then changes it."""
    return TURNS.of(about)


def edit(
    journal: Journal, op: Op, *, about: str, based_on: int | None, current: Current,
    rule: Callable[[Connection], None] = lambda _: None,
) -> None:  # fmt: skip
    """Stores `op` if the thing is still at the version that it was `based_on` (None: there is none yet).

    `about`: one at a time of what says the same here, whatever it is. Raises Problem(CHANGED) with what is there now,
    Problem(INVALID) for what the server itself could not apply, and whatever `rule` raises.
    """
    if op.parsed is None:
        raise Problem(errors.INVALID, errors=[{"pointer": "", "code": str(op.why)}])

    def _guard(conn: Connection) -> None:
        there = current(conn)
        if (None if there is None else there[0]) != based_on:
            raise Problem(errors.CHANGED, extra={"current": None if there is None else dict(there[1])})
        rule(conn)

    # Hand-ins that share a transaction are all guarded before any is stored, so one thing takes its turns here.
    with turn(about):
        receipt = journal.hand_in([op], _guard).receipts[0]
    if receipt.status is Status.QUARANTINED:
        raise Problem(errors.INVALID, errors=[{"pointer": "", "code": str(receipt.why)}])
