"""A reader at a cursor sees every row above it, whatever is being written meanwhile (I9)."""

import multiprocessing
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from app.checkin.queries import CHECKIN
from app.core.db import Database
from app.journal import tail
from app.journal.append import Journal
from app.journal.rows import OP
from app.sync.registry import REGISTRY
from tests.support import on_sqlite, pg
from tests.support.client import Outbox
from tests.support.factories import a_checkin
from tests.support.tables import journalled
from tests.support.world import CAST, FakeClock

WRITERS = 8
BATCHES = 12
FORK = multiprocessing.get_context("fork")


def write(url: str, batches: int = BATCHES) -> None:
    """One writer with connections of its own: small batches, one after the other."""
    db = Database(url)
    journal, outbox = Journal(db, REGISTRY, FakeClock()), Outbox(author=CAST.alva.id)
    for size in range(batches):
        ops = [outbox.seal("checkin.create", a_checkin()) for _ in range(1 + size % 4)]
        journal.append(outbox.read(*ops))
    db.close()


def read_until_quiet(
    db: Database, busy: Callable[[], bool], newer: Callable[[Any, int], Sequence[tuple[int, str]]]
) -> list[str]:
    """What a reader collects that always goes on from the highest seq it has seen."""
    cursor, seen, last_round, breath = 0, [], False, threading.Event()
    while True:
        breath.wait(0.002)
        with db.read() as conn:
            found = newer(conn, cursor)
        for seq, key in found:
            seen.append(key)
            cursor = max(cursor, seq)
        if last_round and not found:
            return seen
        last_round = not busy()


def by_projection(conn: Any, cursor: int) -> Sequence[tuple[int, str]]:
    """As the pull feed asks."""
    stmt = select(CHECKIN.c.changed_seq, CHECKIN.c.id).where(CHECKIN.c.changed_seq > cursor)
    return [(row[0], row[1]) for row in conn.execute(stmt.order_by(CHECKIN.c.changed_seq).limit(5))]


def by_tail(conn: Any, cursor: int) -> Sequence[tuple[int, str]]:
    """As the live stream asks."""
    return [
        (entry.seq, str(entry.seq)) for entry in tail.since(conn, cursor, limit=5) if entry.type == "checkin.create"
    ]


@pytest.mark.parametrize("newer", [by_projection, by_tail])
def test_a_reader_misses_nothing_under_eight_writers(journal: Journal, newer: Any) -> None:
    start = _head(journal)
    writers = [threading.Thread(target=write, args=(journal.db.url,)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    seen = read_until_quiet(journal.db, lambda: any(w.is_alive() for w in writers), newer)
    with journal.db.read() as conn:
        stored = [row for row in journalled(conn) if row.type == "checkin.create"]
    assert len(stored) == WRITERS * sum(1 + size % 4 for size in range(BATCHES))
    assert sorted(seen) == sorted(row.op_id if newer is by_projection else str(row.seq) for row in stored)
    assert [row.seq for row in stored] == list(range(start + 1, start + 1 + len(stored)))


@on_sqlite
def test_a_reader_misses_nothing_under_two_processes(journal: Journal) -> None:
    """Threads of one process take turns by a lock; processes only have SQLite's own."""
    other = FORK.Process(target=write, args=(journal.db.url,))
    own = threading.Thread(target=write, args=(journal.db.url, 60))
    writers: tuple[Any, ...] = (other, own)
    for writer in writers:
        writer.start()
    seen = read_until_quiet(journal.db, lambda: any(w.is_alive() for w in writers), by_projection)
    with journal.db.read() as conn:
        stored = [row.op_id for row in journalled(conn) if row.type == "checkin.create"]
    assert (len(stored), sorted(seen)) == (30 + 150, sorted(stored))


@on_sqlite
def test_a_tail_ends_at_a_whole_seq(journal: Journal) -> None:
    """A seq with several entries (an op and what it released) is told whole or not at all."""
    outbox = Outbox(author=CAST.alva.id)
    journal.append(outbox.read(*[outbox.seal("checkin.create", a_checkin()) for _ in range(7)]))
    with journal.db.read() as conn:
        told = [entry.seq for start in range(0, 8, 2) for entry in tail.since(conn, start, limit=2)]
        assert told == list(conn.execute(select(OP.c.seq).order_by(OP.c.seq)).scalars())


# --- why it is not done with a plain identity column ---


@pytest.fixture
def two_writers(postgres: pg.Server, postgres_template: str) -> Iterator[tuple[Any, Any, Any]]:
    """Two writers and a reader on a table whose order is a sequence, as most feeds have it."""
    postgres.create("plain", postgres_template)
    uri = postgres.uri.replace("/postgres?", "/plain?")
    with psycopg.connect(uri) as one, psycopg.connect(uri) as two, psycopg.connect(uri, autocommit=True) as reader:
        reader.execute("CREATE TABLE plain (seq bigserial PRIMARY KEY, said text)")
        yield one, two, reader
    postgres.drop("plain")


def test_the_same_reader_on_an_identity_column_misses_a_row(two_writers: tuple[Any, Any, Any]) -> None:
    """The fault that the head row cures: numbers are given out in one order and become visible in another."""
    one, two, reader = two_writers
    cursor, seen = 0, []

    def look() -> None:
        nonlocal cursor
        for seq, said in reader.execute("SELECT seq, said FROM plain WHERE seq > %s ORDER BY seq", (cursor,)):
            cursor = seq
            seen.append(said)

    one.execute("INSERT INTO plain (said) VALUES ('first')")
    two.execute("INSERT INTO plain (said) VALUES ('second')")
    two.commit()
    look()
    one.commit()
    look()
    assert seen == ["second"]
    assert [said for (said,) in reader.execute("SELECT said FROM plain ORDER BY seq")] == ["first", "second"]


def test_a_second_writer_waits_for_the_first_to_commit(journal: Journal) -> None:
    """So the same order of events cannot come about in the journal: the head row is locked until the commit."""
    start = _head(journal)
    slow, quick = Outbox(author=CAST.alva.id), Outbox(author=CAST.cim.id)
    holding, go_on = threading.Event(), threading.Event()
    given: dict[str, int | None] = {}

    def hold(_conn: Any) -> None:
        holding.set()
        assert go_on.wait(5)

    def first() -> None:
        ops = slow.read(slow.seal("checkin.create", a_checkin()))
        given["first"] = journal.hand_in(ops, guard=hold).receipts[0].seq

    def second() -> None:
        other = Journal(Database(journal.db.url), REGISTRY, FakeClock())
        given["second"] = other.append(quick.read(quick.seal("checkin.create", a_checkin())))[0].seq
        other.db.close()

    one, two = threading.Thread(target=first), threading.Thread(target=second)
    one.start()
    assert holding.wait(5)
    two.start()
    two.join(0.2)
    assert two.is_alive()
    go_on.set()
    one.join()
    two.join()
    assert given == {"first": start + 1, "second": start + 2}


def _head(journal: Journal) -> int:
    with journal.db.read() as conn:
        return tail.position(conn)[1]
