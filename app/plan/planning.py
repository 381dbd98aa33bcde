"""What a supervisor says of coming shifts → ops."""

from datetime import date, datetime, time
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from app.access import queries as access
from app.access.context import Context
from app.access.permission import Viewer
from app.core import errors
from app.core.clock import stamp
from app.core.errors import Problem
from app.journal.edit import edit
from app.journal.ops import Id
from app.place import queries as places
from app.plan import queries, rules
from app.plan.projector import Clock, Day, Hosts, RuleSaid

Version = Annotated[int, Field(ge=1, lt=2**63)]


class PlanSaid(BaseModel):
    model_config = ConfigDict(extra="forbid")
    #: Null for a new one.
    based_on: Version | None
    rule: RuleSaid
    area_id: Id | None
    hosts: Hosts
    #: False takes away all that has not begun.
    active: bool = True


class ShiftSaid(BaseModel):
    model_config = ConfigDict(extra="forbid")
    based_on: Version
    starts: Clock
    ends: Clock
    area_id: Id | None
    hosts: Hosts
    cancelled: bool


def put(ctx: Context, viewer: Viewer, plan_id: str, said: PlanSaid) -> None:
    """Raises Problem: INVALID with the member, CHANGED."""
    rule = _rule(said.rule)
    if found := rules.faults(rule):
        raise Problem(errors.INVALID, errors=[{"pointer": f"/rule/{name}", "code": code} for name, code in found])
    now = ctx.journal.clock()
    evenings = [one for one in rules.evenings(plan_id, rule) if one.ends_at > now] if said.active else []
    _check_length(said.rule.starts, said.rule.ends)
    if said.active and not evenings:
        raise Problem(errors.INVALID, errors=[{"pointer": "/rule/first", "code": "over"}])
    with ctx.db.read() as conn:
        _check_names(conn, said.area_id, said.hosts)
    data = {
        "id": plan_id, "rule": said.rule.model_dump(), "area_id": said.area_id, "hosts": list(said.hosts),
        "active": said.active, "since": stamp(now),
        "evenings": [{"id": e.id, "day": e.day.isoformat(), "starts_at": stamp(e.starts_at),
                      "ends_at": stamp(e.ends_at)} for e in evenings],
    }  # fmt: skip
    op = ctx.journal.make("plan.put", data, author=viewer.id)
    edit(ctx.journal, op, about=plan_id, based_on=said.based_on, current=partial(_plan_now, plan_id))


def change(ctx: Context, viewer: Viewer, planned_id: str, said: ShiftSaid) -> None:
    """One evening of a series. Raises Problem: NOT_FOUND, INVALID, CHANGED."""
    with ctx.db.read() as conn:
        row = queries.planned(conn, planned_id)
        if row is None:
            raise Problem(errors.NOT_FOUND)
        _check_names(conn, said.area_id, said.hosts)
    _check_length(said.starts, said.ends)
    starts_at, ends_at = rules.instants(row.day, _time(said.starts), _time(said.ends))
    data = {"id": planned_id, "starts_at": stamp(starts_at), "ends_at": stamp(ends_at), "area_id": said.area_id,
            "hosts": list(said.hosts), "status": "cancelled" if said.cancelled else "planned"}  # fmt: skip
    op = ctx.journal.make("plan.shift", data, author=viewer.id)
    edit(ctx.journal, op, about=row.plan_id, based_on=said.based_on, current=partial(_shift_now, planned_id))


def _rule(said: RuleSaid) -> rules.Rule:
    try:
        first, until = date.fromisoformat(said.first), said.until and date.fromisoformat(said.until)
    except ValueError:
        raise Problem(errors.INVALID, errors=[{"pointer": "/rule/first", "code": "date"}]) from None
    return rules.Rule(first, until or None, frozenset(said.weekdays), _time(said.starts), _time(said.ends))


def _time(said: str) -> time:
    return time.fromisoformat(said)


def _check_length(starts: str, ends: str) -> None:
    """By the clock on the wall, so that the same times are right on every night."""
    day = date(2026, 1, 1)
    starts_at, ends_at = rules.instants(day, _time(starts), _time(ends))
    if ends_at - starts_at > rules.LENGTH_MAX:
        raise Problem(errors.INVALID, errors=[{"pointer": "/ends", "code": "too-long"}])


def _check_names(conn: Connection, area_id: str | None, hosts: list[str]) -> None:
    if not hosts or len(set(hosts)) < len(hosts) or access.active_among(conn, hosts) != set(hosts):
        raise Problem(errors.INVALID, errors=[{"pointer": "/hosts", "code": "unknown"}])
    if area_id is not None and not places.is_area(conn, area_id):
        raise Problem(errors.INVALID, errors=[{"pointer": "/area_id", "code": "unknown"}])


def _plan_now(plan_id: str, conn: Connection) -> tuple[int, dict[str, Any]] | None:
    row = queries.plan(conn, plan_id)
    return None if row is None else (row.changed_seq, queries.plan_wire(row))


def _shift_now(planned_id: str, conn: Connection) -> tuple[int, dict[str, Any]] | None:
    row = queries.planned(conn, planned_id)
    return None if row is None else (row.changed_seq, queries.desk_wire(row))


def span(start: Day, end: Day) -> tuple[datetime, datetime]:
    """From midnight to midnight in Stockholm, the last day included. Raises Problem(INVALID)."""
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        raise Problem(errors.INVALID, errors=[{"pointer": "/from", "code": "date"}]) from None
    if not 0 <= (last - first).days <= 100:
        raise Problem(errors.INVALID, errors=[{"pointer": "/to", "code": "span"}])
    return rules.instants(first, time.min, time.min)[0], rules.instants(last, time.min, time.min)[1]
