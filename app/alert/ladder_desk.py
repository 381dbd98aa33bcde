"""Ladders as the desk reads and changes them: each change an op, based on what was seen."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema
from sqlalchemy import Connection

from app.access.context import Context
from app.access.permission import Right, Viewer
from app.access.queries import persons
from app.alert import ladder, queries
from app.alert.ladder import Order
from app.alert.rules import REPEATS_MAX, ladder_id
from app.core import errors
from app.core.clock import stamp
from app.core.errors import Problem
from app.core.settings import Settings
from app.journal.edit import edit
from app.journal.ops import Code
from app.notify import standing

TYPES = frozenset({"ladder.put"})
Version = Annotated[int, Field(ge=1, lt=2**63)]
#: What the rules then judge; more than this was typed by no person.
LONG = 100
Minutes = Annotated[int, Field(ge=-(2**31), lt=2**31)]


def _told(low: int, high: int) -> WithJsonSchema:
    """What the rules take, as the API's description says it."""
    return WithJsonSchema({"type": "integer", "minimum": low, "maximum": high})


class StepSaid(BaseModel):
    model_config = ConfigDict(extra="forbid")
    after_min: Annotated[Minutes, _told(0, ladder.AFTER_MIN_MAX)]
    #: host, partner, supervisors, admins, or the id of an active person.
    whom: Annotated[list[Code], Field(max_length=LONG, json_schema_extra={"maxItems": ladder.WHOM_MAX})]
    #: push, email, sms: tried first; whom none of them reaches is told by the others.
    via: Annotated[list[Code], Field(max_length=LONG)]


class LadderSaid(BaseModel):
    model_config = ConfigDict(extra="forbid")
    #: Null while the settings hold and nobody has changed them here.
    based_on: Version | None
    #: Minutes after a promised check-in before it counts as missed; null for calls for help. May be longer where it is.
    grace_min: Annotated[Minutes, _told(0, ladder.GRACE_MIN_MAX)] | None
    repeat_min: Annotated[Minutes, _told(1, ladder.REPEAT_MIN_MAX)]
    steps: Annotated[list[StepSaid], Field(max_length=LONG, json_schema_extra={"maxItems": ladder.STEPS_MAX})]


class LadderBack(BaseModel):
    model_config = ConfigDict(extra="forbid")
    based_on: Version


def told(ctx: Context, viewer: Viewer) -> dict[str, Any]:
    """Both ladders, and whom they would reach today."""
    with ctx.db.read() as conn:
        rows, people = queries.ladders(conn), [row for row in persons(conn) if row.active]
        ways = standing.reached(conn, ctx.settings, [row.id for row in people])
    return {
        "ladders": [_wire(kind, rows, ctx.settings, people) for kind in ladder.KINDS],
        "channels": standing.set_up(ctx.settings), "groups": _groups(people, ways), "repeats_max": REPEATS_MAX,
        # Whether one person has an address is for administrators, as the address is.
        "people": [{"id": row.id, "name": row.name, "role": row.role,
                    "ways": ways[row.id] if viewer.may(Right.CONTACT_READ_ALL) else None} for row in people],
    }  # fmt: skip


def put(ctx: Context, viewer: Viewer, kind: str, said: LadderSaid) -> None:
    """What changes nothing is no op. Raises Problem: INVALID, CHANGED."""
    wanted = said.model_dump(exclude={"based_on"})
    with ctx.db.read() as conn:
        people = [row for row in persons(conn) if row.active]
        there = _now(kind, ctx.settings, conn)
    grace_min = ctx.settings.checkin_grace_min if there is None else there[1]["grace_min"]
    faults = ladder.faults(kind, Order(is_own=True, **wanted), {row.id for row in people}, grace_min)
    if faults:
        raise Problem(errors.INVALID, errors=[{"pointer": where, "in": "body", "code": code} for where, code in faults])
    if there is not None and there[1]["own"] and {name: there[1][name] for name in wanted} == wanted:
        return
    _edit(ctx, viewer, kind, wanted, said.based_on)


def give_back(ctx: Context, viewer: Viewer, kind: str, said: LadderBack) -> None:
    """What the settings say holds again. Raises Problem: CHANGED."""
    with ctx.db.read() as conn:
        there = _now(kind, ctx.settings, conn)
    if there is None or there[1]["own"] or there[0] != said.based_on:
        _edit(ctx, viewer, kind, {"active": False}, said.based_on)


def check_kind(kind: str) -> str:
    """What is no kind is not here."""
    if kind not in ladder.KINDS:
        raise Problem(errors.NOT_FOUND)
    return kind


def _edit(ctx: Context, viewer: Viewer, kind: str, said: Mapping[str, Any], based_on: int | None) -> None:
    op = ctx.journal.make("ladder.put", {"kind": kind, **said}, author=viewer.id)
    current = partial(_now, kind, ctx.settings)
    edit(ctx.journal, op, about=ladder_id(kind), based_on=based_on, current=current)


def _now(kind: str, settings: Settings, conn: Connection) -> tuple[int, dict[str, Any]] | None:
    rows = queries.ladders(conn)
    row = ladder.newest(rows, kind)
    return None if row is None else (row.seq, _wire(kind, rows, settings, persons(conn)))


def _wire(kind: str, rows: Sequence[Any], settings: Settings, people: Iterable[Any]) -> dict[str, Any]:
    """Whom the settings name by username is told by id, as whom the desk names."""
    row = ladder.newest(rows, kind)
    order = ladder.of_row(row, kind, settings)
    ids = {f"@{person.username}": person.id for person in people}
    steps = [{**step, "whom": [ids.get(who, who) for who in step["whom"]]} for step in order.steps]
    return {"kind": kind, "own": order.is_own, "version": None if row is None else row.seq,
            "since": None if row is None else stamp(row.at), "grace_min": order.grace_min,
            "repeat_min": order.repeat_min, "steps": steps}  # fmt: skip


def _groups(people: Sequence[Any], ways: Mapping[str, list[str]]) -> dict[str, list[list[str]]]:
    """For each word of a step the ways to each of those it may mean, without saying who."""
    by_role: dict[str, list[list[str]]] = {}
    for row in people:
        by_role.setdefault(row.role, []).append(ways[row.id])
    hosts = sorted(by_role.get("host", []))
    roles = {word: sorted(by_role.get(role.value, [])) for word, role in queries.ROLES.items()}
    return {"host": hosts, "partner": hosts, **roles}
