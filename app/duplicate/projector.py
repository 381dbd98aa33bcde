"""duplicate.link and duplicate.unlink → pairs, and the events that come of them. No report is changed by it."""

from collections.abc import Collection, Mapping, Sequence

from pydantic import model_validator
from sqlalchemy import Connection, delete, select

from app.core.insert import insert_new, put
from app.duplicate.models import DuplicateEvent, DuplicatePair
from app.duplicate.rules import groups
from app.journal.erased import parts
from app.journal.ops import Accepted, Body, Data, Id, OpKind, Refusal, Why
from app.journal.record import present
from app.observation.models import Observation

OBSERVATION = Observation.__table__  # type: ignore[attr-defined]
PAIR = DuplicatePair.__table__  # type: ignore[attr-defined]
EVENT = DuplicateEvent.__table__  # type: ignore[attr-defined]


class Pair(Data):
    """Two reports, in whichever order."""

    one: Id
    other: Id

    @model_validator(mode="after")
    def _two(self) -> "Pair":
        if self.one == self.other:
            raise ValueError("two reports")
        return self


def link(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    return _say(conn, ops, is_same=True)


def unlink(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """Also of two that never were linked: then the hint is answered."""
    return _say(conn, ops, is_same=False)


def _say(conn: Connection, ops: Sequence[Accepted], *, is_same: bool) -> Mapping[str, Refusal]:
    known = present(conn, OBSERVATION, [target for op in ops for target in (op.data.one, op.data.other)])
    refused: dict[str, Refusal] = {}
    for op in ops:
        one, other = sorted((op.data.one, op.data.other))
        missing = next((target for target in (one, other) if target not in known), None)
        if missing is not None:
            refused[op.id] = Refusal(Why.TARGET, missing)
            continue
        row = {"one": one, "other": other, "is_same": is_same, "author_id": op.author, "stated_at": op.at.wall,
               "version": op.id, "changed_seq": op.applied_seq}  # fmt: skip
        put(conn, DuplicatePair, [row], ["one", "other"])
        _regroup(conn, {one, other})
    return refused


def forget(conn: Connection, ids: Collection[str]) -> None:
    """What was said of reports that are erased. Those that hung together through one of them no longer do."""
    left: set[str] = set()
    for part in parts(ids):
        named = PAIR.c.one.in_(part) | PAIR.c.other.in_(part)
        left |= {target for row in conn.execute(select(PAIR).where(named)) for target in (row.one, row.other)}
        conn.execute(delete(PAIR).where(named))
    if left:
        conn.execute(delete(EVENT).where(EVENT.c.observation_id.in_(sorted(left))))
        _regroup(conn, left - set(ids))


def _regroup(conn: Connection, ids: set[str]) -> None:
    """All that hung together with these, or do now: those of a link that was taken away are found from either end."""
    pairs: set[tuple[str, str]] = set()
    reached, new = set(ids), set(ids)
    while new:
        found = select(PAIR.c.one, PAIR.c.other).where(
            PAIR.c.is_same, PAIR.c.one.in_(sorted(new)) | PAIR.c.other.in_(sorted(new))
        )
        met = {(row.one, row.other) for row in conn.execute(found)}
        new = {target for pair in met for target in pair} - reached
        pairs, reached = pairs | met, reached | new
    conn.execute(delete(EVENT).where(EVENT.c.observation_id.in_(sorted(reached))))
    rows = [{"observation_id": one, "event_id": event} for one, event in sorted(groups(sorted(pairs)).items())]
    insert_new(conn, DuplicateEvent, rows, ["observation_id"])


OPS = (
    OpKind("duplicate.link", Body[Pair], link, rank=36, pushed=False),
    OpKind("duplicate.unlink", Body[Pair], unlink, rank=36, pushed=False),
)
TABLES = (DuplicatePair, DuplicateEvent)
