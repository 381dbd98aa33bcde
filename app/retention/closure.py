"""What goes with what is due: found in the journal itself, since a change to a record may have no row of its own."""

from collections.abc import Collection, Generator
from contextlib import closing

import sqlalchemy as sa
from sqlalchemy import Connection, case, null, select

from app.briefing.projector import BRIEFING
from app.core.ids import is_uuid
from app.journal.about import BARE, data_of, told
from app.journal.erased import TYPE, parts
from app.journal.rows import OP
from app.retention.roots import OF_PERSON, OWN_TO, Due, lone
from app.retention.rules import Cls, Gone, Said

CHUNK = 1000
#: Passes over the journal: a word about a word about a record is as deep as it goes, and one more finds nothing.
PASSES_MAX = 20
#: Types of op that say by a member `id` which thing they are about.
ENTITY = {Cls.PLAN: frozenset({"plan.put", "plan.shift", "briefing.put"}), Cls.ACCOUNT: OF_PERSON}
NEVER = frozenset({TYPE, "retention.decide", "quarantine.release", "blob.complete"})


def gone_with(conn: Connection, cls: Cls, roots: Collection[str], due: Due) -> Gone:
    """All that goes with these roots, and what is due by itself."""
    gone = Gone(set(roots))
    if cls is Cls.READING:
        return gone
    for _ in range(PASSES_MAX):
        more = gone.take(_ops(conn, cls, roots, due))
        if not more and not gone.settle(_known(conn, {name for op in gone.torn.values() for name in op.names})):
            return gone
    raise AssertionError("words about words without end")


def touched_since(conn: Connection, cls: Cls, roots: Collection[str], due: Due, gone: Gone, seq: int) -> bool:
    """Whether an op above `seq` is about what is to go."""
    with closing(_ops(conn, cls, roots, due, above=seq)) as ops:
        return any(op.is_own or op.names & gone.ids for op in ops)


def _ops(conn: Connection, cls: Cls, roots: Collection[str], due: Due, above: int = 0) -> Generator[Said]:
    """Bodies are read where they may be about something."""
    looked_into = case((OP.c.type.in_(sorted(BARE)), null()), else_=OP.c.body).label("body")
    is_lone = sa.type_coerce(lone(due), sa.Boolean).label("is_lone")
    columns = (OP.c.seq, OP.c.op_id, OP.c.type, OP.c.author, OP.c.shift, looked_into, is_lone)
    there = (OP.c.seq > above, OP.c.body.is_not(None), OP.c.type.not_in(sorted(NEVER)))
    found = select(*columns).where(*there).order_by(OP.c.seq).execution_options(yield_per=CHUNK)
    entity, wanted = ENTITY.get(cls, frozenset()), set(roots)
    with conn.execute(found) as rows:
        for row in rows:
            data = data_of(bytes(row.body)) if row.body is not None else {}
            names = {name for name in told(data) if is_uuid(name)}
            if row.type in entity and is_uuid(str(data.get("id"))):
                names.add(str(data["id"]))
            is_own = cls is Cls.SHIFT and (row.shift in wanted or row.op_id in wanted or bool(row.is_lone))
            is_own |= cls is Cls.ACCOUNT and row.type in OWN_TO and row.author in wanted
            yield Said(row.seq, row.op_id, frozenset(names), is_own)


def _known(conn: Connection, names: Collection[str]) -> set[str]:
    """Ops that are here and say something, and focuses: who read one is kept as long as it is."""
    found: set[str] = set()
    for part in parts(names):
        found |= set(conn.execute(select(BRIEFING.c.id).where(BRIEFING.c.id.in_(part))).scalars())
        there = select(OP.c.op_id).where(OP.c.op_id.in_(part), OP.c.body.is_not(None))
        found |= set(conn.execute(there).scalars())
    return found
