"""Rows of what can be found, a little behind the records: a search catches up first, and so nobody sees it.

Not beside each record, in the transaction that takes it in: half a phone's evening is words, and an alarm that waited
behind them waited for their index as well. `find_filled` says up to which op the records have their rows.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import structlog
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.exc import OperationalError

from app.core.db import Database
from app.escalation.queries import ESCALATION
from app.find.entries import ENTRY, Make, escalations, note, observations, shifts
from app.find.models import FindFilled
from app.journal.rows import HEAD
from app.observation.queries import OBSERVATION
from app.shift.queries import SHIFT

log = structlog.get_logger("lykta.find")
FILLED = FindFilled.__table__  # type: ignore[attr-defined]
#: Ops a transaction. Whoever wants to write meanwhile, as with an alarm, waits for so many at most.
STEP = 500
SOURCES: tuple[tuple[Any, Make], ...] = ((SHIFT, shifts), (OBSERVATION, observations), (ESCALATION, escalations))


class Standing(NamedTuple):
    """Numbers of ops: up to which the rows are there, and the newest."""

    filled: int
    head: int

    @property
    def is_behind(self) -> bool:
        return self.filled < self.head


def standing(conn: Connection) -> Standing:
    stmt = select(FILLED.c.seq, HEAD.c.seq).join_from(FILLED, HEAD, HEAD.c.id == FILLED.c.id)
    return Standing(*conn.execute(stmt).one())


def catch_up(db: Database, until: Callable[[], bool] = lambda: False) -> int:
    """How many rows were made, new or anew. `until`: asked between two transactions whether to stop."""
    made = 0
    while not until():
        with db.read() as conn:
            if not standing(conn).is_behind:
                break
        with db.write() as conn:
            made += _step(conn)
    return made


def start_over(db: Database) -> None:
    """Nothing can be found until the next `catch_up`."""
    with db.write() as conn:
        conn.execute(delete(ENTRY))
        conn.execute(update(FILLED).values(seq=0))


def _step(conn: Connection) -> int:
    since = conn.execute(select(FILLED.c.seq).with_for_update()).scalar_one()
    # Read after the lock: what another server has filled meanwhile is not filled again.
    upto = min(conn.execute(select(HEAD.c.seq)).scalar_one(), since + STEP)
    count = 0
    for table, make in SOURCES:
        changed = table.c.changed_seq
        ids = conn.execute(select(table.c.id).where(changed > since, changed <= upto)).scalars().all()
        count += _noted(conn, make, ids) if ids else 0
    conn.execute(update(FILLED).values(seq=upto))
    return count


def _noted(conn: Connection, make: Make, ids: Sequence[str]) -> int:
    """A record that no row can be made of keeps no other from being found."""
    try:
        with conn.begin_nested():
            note(conn, make(conn, ids))
        return len(ids)
    except OperationalError:  # the disk, the lock: no record's fault
        raise
    except Exception as error:
        if len(ids) > 1:
            return sum(_noted(conn, make, [one]) for one in ids)
        log.error("find left out", record=ids[0], error=type(error).__name__)
        return 0
