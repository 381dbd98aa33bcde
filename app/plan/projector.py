"""Plans → the shifts to come. Instants are in the op: what a clock on the wall will show is not reckoned twice."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Connection, delete, select, update

from app.core.insert import put
from app.journal.history import kept
from app.journal.ops import Accepted, Body, Code, Data, Id, Instant, OpKind, Refusal, Why
from app.plan.models import Plan, PlannedHost, PlannedShift
from app.plan.rules import OCCURRENCES_MAX

PLANNED = PlannedShift.__table__  # type: ignore[attr-defined]
HOST = PlannedHost.__table__  # type: ignore[attr-defined]
HOSTS_MAX = 12
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Hosts = Annotated[list[Id], Field(max_length=HOSTS_MAX)]


class RuleSaid(Data):
    first: Day
    until: Day | None = None
    weekdays: Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(max_length=7)] = []
    starts: Clock
    ends: Clock


class EveningSaid(Data):
    id: Id
    day: Day
    starts_at: Instant
    ends_at: Instant


class PlanPut(Data):
    id: Id
    rule: RuleSaid
    area_id: Id | None = None
    hosts: Hosts
    active: bool = True
    #: What ended before this stays as it was.
    since: Instant
    evenings: Annotated[list[EveningSaid], Field(max_length=OCCURRENCES_MAX)]


class PlanShift(Data):
    """One evening by itself."""

    id: Id
    starts_at: Instant
    ends_at: Instant
    area_id: Id | None = None
    hosts: Hosts
    status: Code


def plan_put(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    for op in ops:
        said: PlanPut = op.data
        row = {"id": said.id, "rule": said.rule.model_dump(), "area_id": said.area_id, "hosts": said.hosts,
               "active": said.active, "changed_seq": op.applied_seq}  # fmt: skip
        put(conn, Plan, [row], ["id"])
        own = _leave_or_remove(conn, said, op.applied_seq)
        rows = [_planned(said, one, op.applied_seq) for one in said.evenings if one.id not in own]
        put(conn, PlannedShift, rows, ["id"])
        _set_hosts(conn, {row["id"]: said.hosts for row in rows})
    return {}


def plan_shift(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    refused = {}
    for op in ops:
        said: PlanShift = op.data
        told = {"starts_at": said.starts_at, "ends_at": said.ends_at, "area_id": said.area_id, "hosts": said.hosts,
                "status": said.status, "is_own": True, "changed_seq": op.applied_seq}  # fmt: skip
        if conn.execute(update(PLANNED).where(PLANNED.c.id == said.id), told).rowcount == 0:
            refused[op.id] = Refusal(Why.TARGET, said.id)
        else:
            _set_hosts(conn, {said.id: said.hosts})
    return refused


def _leave_or_remove(conn: Connection, said: PlanPut, seq: int) -> set[str]:
    """Ids to leave alone; what the series no longer has is marked as removed."""
    coming = (PLANNED.c.plan_id == said.id, PLANNED.c.ends_at > said.since)
    there = {row.id: row.is_own for row in conn.execute(select(PLANNED.c.id, PLANNED.c.is_own).where(*coming))}
    listed = {one.id for one in said.evenings}
    gone = [planned_id for planned_id in there if planned_id not in listed]
    if gone:
        removed = {"status": "removed", "is_own": False, "changed_seq": seq}
        conn.execute(update(PLANNED).where(PLANNED.c.id.in_(gone)), removed)
    return {planned_id for planned_id, is_own in there.items() if is_own and planned_id in listed}


def _planned(said: PlanPut, one: EveningSaid, seq: int) -> dict[str, Any]:
    return {"id": one.id, "plan_id": said.id, "day": date.fromisoformat(one.day), "starts_at": one.starts_at,
            "ends_at": one.ends_at, "area_id": said.area_id, "hosts": said.hosts, "status": "planned",
            "is_own": False, "changed_seq": seq}  # fmt: skip


def _set_hosts(conn: Connection, hosts: Mapping[str, Sequence[str]]) -> None:
    conn.execute(delete(HOST).where(HOST.c.planned_id.in_(list(hosts))))
    rows = [{"planned_id": planned_id, "person_id": person} for planned_id, people in hosts.items()
            for person in people]  # fmt: skip
    put(conn, PlannedHost, rows, ["planned_id", "person_id"])


OPS = (
    kept(OpKind("plan.put", Body[PlanPut], plan_put, rank=3, pushed=False)),
    kept(OpKind("plan.shift", Body[PlanShift], plan_shift, rank=4, pushed=False)),
)
TABLES = (Plan, PlannedShift, PlannedHost)
