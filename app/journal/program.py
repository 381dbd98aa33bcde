"""Writing for programs: one op from a plain JSON body, once per id, and only if it can be applied."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from pydantic import ConfigDict
from sqlalchemy import Connection

from app.core import errors
from app.core.clock import stamp
from app.core.errors import Problem
from app.core.turns import Turns
from app.journal import rows
from app.journal.append import Guard, Journal
from app.journal.ops import Body, Data, Id, Instant, Op, Position, Status
from app.journal.read import BODY_BYTES_MAX, lifted, parse_body
from app.journal.record import as_json


class Given(Data):
    """What a program may say beside an op's data. Unknown members are kept, as they are in a push."""

    model_config = ConfigDict(extra="allow", frozen=True)
    id: Id | None = None
    author: Id | None = None
    position: Position | None = None
    #: When it was stated; now, if left out.
    at: Instant | None = None

    def data(self) -> dict[str, Any]:
        """The op's data as JSON: just what was said, nothing filled in."""
        said = self.model_dump(by_alias=True, exclude_unset=True, exclude=set(OWN))
        plain: dict[str, Any] = as_json(said)
        return plain


class GivenInShift(Given):
    shift_id: Id | None = None


OWN = frozenset(GivenInShift.model_fields)
TURNS = Turns()


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One op to be written."""

    type: str
    data: Mapping[str, Any]
    author: str | None
    id: str | None = None
    shift: str | None = None
    position: Position | None = None
    at: datetime | None = None
    #: Members of `data` that the server filled in; a repeat may fill them in otherwise.
    filled_in: frozenset[str] = field(default_factory=frozenset)
    #: Runs inside the transaction before the op is stored, unless its id is known; what it raises stops the op.
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class Written:
    id: str
    is_new: bool


def write_guarded(journal: Journal, op: Op, key: str, guard: Callable[[Connection], None]) -> None:
    """Append an op of ours if `guard` raises nothing, one at a time for this key in this process.

    Hand-ins that share a transaction are all guarded before any is stored; other processes wait for the journal's head.
    """
    with TURNS.of(key):
        receipt = journal.hand_in([op], guard).receipts[0]
    if receipt.status is Status.QUARANTINED:
        raise ValueError(f"{op.type} was quarantined: {receipt.why}")


class _Known(Exception):
    """Leaves the transaction: the id is taken, nothing is to be stored."""


def write_once(journal: Journal, act: Act) -> Written:
    """Raises Problem(INVALID) for what could not be applied, Problem(CONFLICT) for an id used for another content."""
    op = journal.make(act.type, act.data, author=act.author, id=act.id, shift=act.shift, wall=act.at,
                      position=None if act.position is None else act.position.model_dump())  # fmt: skip
    if len(op.body) > BODY_BYTES_MAX:
        raise Problem(errors.TOO_LARGE, extra={"max_bytes": BODY_BYTES_MAX})
    if op.parsed is None:
        raise Problem(errors.INVALID, errors=[{"pointer": "", "code": str(op.why)}])
    try:
        # Hand-ins that share a transaction are all guarded before any is stored, so one id takes its turns here.
        with TURNS.of(op.id):
            receipt = journal.hand_in([op], _guarded(op.id, act)).receipts[0]
    except _Known:
        return _first(journal, op, act)
    if receipt.status is Status.QUARANTINED:
        raise Problem(errors.INVALID, errors=[{"pointer": "", "code": str(receipt.why)}])
    return Written(op.id, is_new=True)


def _guarded(op_id: str, act: Act) -> Guard | None:
    if act.id is None:
        return act.guard

    def _guard(conn: Connection) -> None:
        if rows.known(conn, [op_id]):
            raise _Known
        if act.guard is not None:
            act.guard(conn)

    return _guard


def _first(journal: Journal, op: Op, act: Act) -> Written:
    """The op that was stored first under this id, if it said the same."""
    with journal.db.read() as conn:
        stored = rows.copies(conn, op.id)[0]
    if not _says_the_same(journal, stored, op, act):
        raise Problem(errors.CONFLICT)
    if stored.status == Status.QUARANTINED:
        raise Problem(errors.INVALID, errors=[{"pointer": "", "code": str(stored.why)}])
    return Written(op.id, is_new=False)


def _says_the_same(journal: Journal, stored: Any, op: Op, act: Act) -> bool:
    if (stored.type, stored.author, stored.shift) != (op.type, op.author, op.shift):
        return False
    if stored.body is None:  # blanked: what it said can no longer be compared
        return True
    then, now = (_saying(journal, op.type, v, body, act)
                 for v, body in ((stored.v, bytes(stored.body)), (op.v, op.body)))  # fmt: skip
    return bool(then == now)


def _saying(journal: Journal, op_type: str, v: int, body: bytes, act: Act) -> Any:
    """What a body says, whatever its salt, its clock, its version and its way of writing times."""
    kind = journal.registry.find(op_type, v)
    if kind is not None and v != kind.v:
        body = lifted(kind, v, body)
    parsed: Body[Any] | None = None if kind is None else parse_body(kind, body)
    if parsed is None:
        return body
    data = parsed.data.model_dump(by_alias=True)
    unknown = {k: v for k, v in orjson.loads(body)["data"].items() if k not in data}
    said = {k: v for k, v in (unknown | data).items() if k not in act.filled_in}
    return said, parsed.position, stamp(parsed.at.wall) if act.at is not None else None
