"""What of a class is old enough, and what of that is kept all the same, and why."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection, func, select

from app.access.queries import PERSON, is_erased
from app.audit.readings import READING
from app.briefing.projector import BRIEFING
from app.followup.queries import FOLLOWUP
from app.journal.history import EDIT
from app.journal.rows import OP
from app.plan.models import Plan
from app.plan.projector import PLANNED
from app.retention.models import RetentionHold
from app.retention.rules import Cls
from app.shift.queries import SHIFT
from app.shift.rules import day_begins

HOLD = RetentionHold.__table__  # type: ignore[attr-defined]
PLAN = Plan.__table__  # type: ignore[attr-defined]
HELD, FOLLOWED, NAMED = "held", "followup", "named"


@dataclass(frozen=True)
class Due:
    """`ids`: the oldest first, shifts that never began last."""

    ids: tuple[str, ...] = ()
    #: reason → how many are old enough and stay
    kept: dict[str, int] = field(default_factory=dict)
    #: Ops before this moment that are of no shift at all.
    lone_before: datetime | None = None


def due(conn: Connection, cls: Cls, before: date) -> Due:
    found: Due = {Cls.SHIFT: _shifts, Cls.PLAN: _plans, Cls.ACCOUNT: _people, Cls.READING: _readings}[cls](conn, before)
    return found


def _shifts(conn: Connection, before: date) -> Due:
    dated = select(SHIFT.c.id).where(SHIFT.c.shift_date < before).order_by(SHIFT.c.shift_date, SHIFT.c.id)
    old = list(conn.execute(dated).scalars())
    moment = day_begins(before)
    held = set(conn.execute(select(HOLD.c.shift_id).where(HOLD.c.active)).scalars())
    open_ = set(conn.execute(select(FOLLOWUP.c.shift_id).where(FOLLOWUP.c.status != "closed")).scalars())
    kept = {HELD: len(held & set(old)), FOLLOWED: len((open_ - held) & set(old))}
    orphans = [one for one in _unknown(conn, moment) if one not in held]
    ids = [*(one for one in old if one not in held and one not in open_), *orphans]
    return Due(tuple(ids), {why: n for why, n in kept.items() if n}, moment)


def _unknown(conn: Connection, before: datetime) -> list[str]:
    """Shifts that ops name and that are not here: never begun, or erased before a phone was found in a drawer."""
    named = select(OP.c.shift).where(OP.c.shift.is_not(None), OP.c.body.is_not(None))
    unknown = named.where(OP.c.shift.not_in(select(SHIFT.c.id))).group_by(OP.c.shift)
    return list(conn.execute(unknown.having(func.max(OP.c.received_at) < before)).scalars())


def _plans(conn: Connection, before: date) -> Due:
    """A series as a whole, with its evenings; and what was to be looked at on an evening."""
    moment = day_begins(before)
    coming = select(PLANNED.c.plan_id).where(PLANNED.c.ends_at >= moment)
    until = PLAN.c.rule["until"].as_string()
    over = (~PLAN.c.active) | until.is_(None) | (until < before.isoformat())
    plans = select(PLAN.c.id).where(PLAN.c.id.not_in(coming), over)
    ids = list(conn.execute(plans.order_by(PLAN.c.id)).scalars())
    evenings = conn.execute(select(PLANNED.c.id).where(PLANNED.c.plan_id.in_(plans))).scalars()
    focuses = conn.execute(select(BRIEFING.c.id).where(BRIEFING.c.valid_to < moment)).scalars()
    return Due((*ids, *evenings, *focuses))


def _people(conn: Connection, before: date) -> Due:
    closed = select(EDIT.c.entity_id, func.max(EDIT.c.at).label("at")).where(EDIT.c.type == "user.put")
    newest = closed.group_by(EDIT.c.entity_id).subquery()
    joined = PERSON.join(newest, newest.c.entity_id == PERSON.c.id)
    old = (~PERSON.c.active, newest.c.at < day_begins(before), ~is_erased())
    ids = list(conn.execute(select(PERSON.c.id).select_from(joined).where(*old).order_by(PERSON.c.id)).scalars())
    named = _named(conn, ids) if ids else set()
    left = [one for one in ids if one not in named]
    return Due(tuple(left), {NAMED: len(named)} if named else {})


#: What is said of a person and goes with them.
OF_PERSON = frozenset({"user.put", "user.contact", "user.invite", "user.language"})
OWN_TO = frozenset({"find.put"})


def _named(conn: Connection, people: Collection[str]) -> set[str]:
    """Who is named in something that is kept: wrote it, stands in it, or read it."""
    asked = set(people)
    found = set(conn.execute(select(READING.c.viewer_id).where(READING.c.viewer_id.in_(asked)).distinct()).scalars())
    others = OP.c.type.not_in(sorted(OF_PERSON | OWN_TO))
    wrote = select(OP.c.author).where(OP.c.author.in_(asked), OP.c.body.is_not(None), others)
    found |= set(conn.execute(wrote.distinct()).scalars())
    left = asked - found
    said = select(OP.c.body).where(OP.c.body.is_not(None), others).execution_options(yield_per=1000)
    for body in conn.execute(said).scalars() if left else ():
        found |= {one for one in left if one.encode() in bytes(body)}
    return found


def _readings(conn: Connection, before: date) -> Due:
    """One thing, as they have no numbers: those of earlier days."""
    there = conn.execute(select(func.count()).select_from(READING).where(READING.c.first_at < day_begins(before)))
    return Due(("reading",) if there.scalar_one() else ())


def lone(due: Due) -> sa.ColumnElement[bool]:
    """Ops of phones that are of no shift and no shift themselves."""
    if due.lone_before is None:
        return sa.false()
    return sa.and_(
        OP.c.shift.is_(None), OP.c.install.is_not(None), OP.c.received_at < due.lone_before,
        OP.c.op_id.not_in(select(SHIFT.c.id)),
    )  # fmt: skip
