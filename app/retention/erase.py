"""Carrying a decision out: in parts, the oldest first, each one transaction with its own line in the journal."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

import structlog
from sqlalchemy import Connection, func, select

from app.audit.readings import READING
from app.core.db import Database
from app.core.ids import uuid7
from app.followup.rules import today
from app.journal import tail
from app.journal.append import Journal
from app.journal.erased import TYPE, packed
from app.retention import queries, reach
from app.retention.closure import gone_with, touched_since
from app.retention.roots import Due, due
from app.retention.rules import Cls, Gone, before, in_force_at
from app.shift.rules import day_begins

log = structlog.get_logger("lykta.retention")
#: Shifts, plans or people a transaction: whoever writes meanwhile waits for so many at most.
STEP = 20
Stop = Callable[[], bool]


class Moved(Exception):
    """Something was written about what was to go, or the decision was changed: looked at anew the next time."""


@dataclass(frozen=True)
class Plan:
    """What the next run of a class would take."""

    cls: Cls
    before: date
    due: Due
    gone: Gone
    photos: int
    things: int
    seq: int


@dataclass
class Done:
    run: str
    things: int = 0
    ops: int = 0
    photos: int = 0
    kept: dict[str, int] = field(default_factory=dict)
    #: Stopped before all was done.
    more: bool = False


def plan(conn: Connection, cls: Cls, months: int, now: datetime, roots_max: int | None = None) -> Plan:
    day = before(today(now), months)
    seq = tail.position(conn)[1]
    found = due(conn, cls, day)
    ids = found.ids[:roots_max]
    left = len(found.ids) > len(ids)
    here = Due(ids, found.kept, None if left else found.lone_before)
    gone = gone_with(conn, cls, ids, here)
    things = _readings(conn, day) if cls is Cls.READING else len(ids)
    return Plan(cls, day, here, gone, reach.photos(conn, gone.ids) if gone.seqs else 0, things, seq)


def _readings(conn: Connection, day: date) -> int:
    there = select(func.count()).select_from(READING).where(READING.c.first_at < day_begins(day))
    return conn.execute(there).scalar_one()


def run(
    journal: Journal, cls: Cls, now: datetime, author: str | None = None, stopped: Stop = lambda: False
) -> Done | None:
    """None where there was nothing to do, or no decision in force. `stopped` is asked after each part; what it leaves

    is done by the next run.
    """
    done = Done(uuid7())
    while not done.more:
        with journal.db.read() as conn:
            rule = queries.rule(conn, cls)
            if rule is None or rule.months is None or in_force_at(rule.stated_at) > now:
                break
            part = plan(conn, cls, rule.months, now, STEP)
        # A shift that never began may be named by words alone that follow what they are about: those stay.
        if not part.gone.seqs and (not part.things or cls in (Cls.SHIFT, Cls.PLAN)):
            break
        try:
            _erase(journal, part, rule, done, author)
        except Moved:
            log.info("retention moved", cls=cls.value)
            break
        done.more = stopped()
    if done.things == 0 and done.ops == 0:
        return None
    _settle(journal.db, cls)
    log.info("erased", cls=cls.value, things=done.things, ops=done.ops, photos=done.photos)
    return done


def _erase(journal: Journal, part: Plan, rule: queries.Rule, done: Done, author: str | None) -> None:
    said = {
        "run": done.run, "cls": part.cls.value, "before": part.before.isoformat(), "months": rule.months,
        "reference": rule.reference, "seqs": packed(part.gone.seqs), "things": part.things, "photos": part.photos,
        "roots": [] if part.cls is Cls.READING else list(part.due.ids), "kept": part.due.kept,
    }  # fmt: skip
    op = journal.make(TYPE, said, author=author)

    def _unmoved(conn: Connection) -> None:
        now = queries.rule(conn, part.cls)
        again = due(conn, part.cls, part.before)
        if now is None or now.version != rule.version or not set(part.due.ids) <= set(again.ids):
            raise Moved
        if touched_since(conn, part.cls, part.due.ids, part.due, part.gone, part.seq):
            raise Moved

    receipt = journal.hand_in([op], _unmoved).receipts[0]
    if receipt.why is not None:
        raise ValueError(f"{TYPE} was quarantined: {receipt.why}")
    done.things += part.things
    done.ops += len(part.gone.seqs)
    done.photos += part.photos
    done.kept = part.due.kept


def _settle(db: Database, cls: Cls) -> None:
    """SQLite: what was overwritten leaves the log beside the file, too; words of shifts leave their index."""
    if not db.is_sqlite:
        return
    if cls is Cls.SHIFT:
        with db.write() as conn:
            conn.exec_driver_sql("INSERT INTO find_words(find_words) VALUES('optimize')")
    db.fold_log()
