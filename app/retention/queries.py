"""Every read of retention: the decisions, what is held, and the protocol."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from app.access.permission import Viewer
from app.access.queries import PERSON
from app.core.clock import stamp
from app.guard.veil import seen
from app.journal.erased import parts
from app.retention.models import RetentionRule, RetentionRun
from app.retention.roots import HOLD
from app.retention.rules import MONTHS_MAX, MONTHS_MIN, Cls, in_force_at
from app.shift.queries import SHIFT

RULE = RetentionRule.__table__  # type: ignore[attr-defined]
RUN = RetentionRun.__table__  # type: ignore[attr-defined]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    months: int | None
    reference: str
    stated_at: datetime
    version: int


def rule(conn: Connection, cls: Cls) -> Rule | None:
    row = conn.execute(select(RULE).where(RULE.c.cls == cls.value)).one_or_none()
    return None if row is None else Rule(row.months, row.reference, row.stated_at, row.changed_seq)


def rules(conn: Connection, viewer: Viewer) -> list[Json]:
    """Each class, decided or not, in the order of `Cls`."""
    joined = RULE.outerjoin(PERSON, PERSON.c.id == RULE.c.author_id)
    rows = conn.execute(select(RULE, PERSON.c.name.label("author_name")).select_from(joined))
    found = {row.cls: row for row in rows}
    return [_rule(viewer, cls, found.get(cls.value)) for cls in Cls]


def _rule(viewer: Viewer, cls: Cls, row: Any) -> Json:
    told: Json = {"cls": cls.value, "months_min": MONTHS_MIN[cls], "months_max": MONTHS_MAX, "decision": None}
    if row is not None:
        told["decision"] = {
            "months": row.months, "author": _author(row), "stated_at": stamp(row.stated_at), "version": row.changed_seq,
            "in_force_at": stamp(in_force_at(row.stated_at)), **seen(viewer, row.flagged, reference=row.reference),
        }  # fmt: skip
    return told


def terms(conn: Connection) -> dict[str, tuple[int, datetime]]:
    """class → (months, in force from), of those that are decided."""
    found = conn.execute(select(RULE.c.cls, RULE.c.months, RULE.c.stated_at).where(RULE.c.months.is_not(None)))
    return {row.cls: (row.months, in_force_at(row.stated_at)) for row in found}


def holds(conn: Connection, viewer: Viewer, *where: Any) -> list[Json]:
    """Those in force, the newest first."""
    joined = HOLD.outerjoin(PERSON, PERSON.c.id == HOLD.c.author_id).outerjoin(SHIFT, SHIFT.c.id == HOLD.c.shift_id)
    columns = (HOLD, PERSON.c.name.label("author_name"), SHIFT.c.shift_date)
    rows = conn.execute(
        select(*columns).select_from(joined).where(HOLD.c.active, *where).order_by(HOLD.c.stated_at.desc())
    )
    return [_hold(viewer, row) for row in rows]


def hold(conn: Connection, shift_id: str) -> Any | None:
    """The newest word on a shift, be it that it is lifted."""
    return conn.execute(select(HOLD).where(HOLD.c.shift_id == shift_id)).one_or_none()


def _hold(viewer: Viewer, row: Any) -> Json:
    day = None if row.shift_date is None else row.shift_date.isoformat()
    return {
        "shift_id": row.shift_id, "shift_date": day, "version": row.changed_seq, "author": _author(row),
        "stated_at": stamp(row.stated_at), **seen(viewer, row.flagged, reason=row.reason),
    }  # fmt: skip


def runs(conn: Connection, viewer: Viewer, *, limit: int, offset: int) -> tuple[list[Json], int]:
    """(the protocol, the newest first; total)"""
    total = conn.execute(select(func.count()).select_from(RUN)).scalar_one()
    joined = RUN.outerjoin(PERSON, PERSON.c.id == RUN.c.author_id)
    stmt = select(RUN, PERSON.c.name.label("author_name")).select_from(joined)
    rows = conn.execute(stmt.order_by(RUN.c.at.desc(), RUN.c.id.desc()).limit(limit).offset(offset))
    return [_run(viewer, row) for row in rows], total


def _run(viewer: Viewer, row: Any) -> Json:
    counts: Mapping[str, int] = {name: getattr(row, name) for name in ("months", "things", "ops", "photos")}
    return {"id": row.id, "cls": row.cls, "before": row.before.isoformat(), "at": stamp(row.at), **counts,
            "author": _author(row), "kept": row.kept, **seen(viewer, row.flagged, reference=row.reference)}  # fmt: skip


def _author(row: Any) -> Json | None:
    """None: by itself."""
    return None if row.author_id is None else {"id": row.author_id, "name": row.author_name or ""}


def days_of(conn: Connection, shift_ids: Collection[str]) -> list[str] | None:
    """The first and the last day of these shifts; None where none of them ever began."""
    days: list[date] = []
    for part in parts(shift_ids):
        days += conn.execute(select(SHIFT.c.shift_date).where(SHIFT.c.id.in_(part))).scalars()
    return [min(days).isoformat(), max(days).isoformat()] if days else None
