"""The chain, recomputed by code that shares nothing with the application, and what `verify` finds."""

import hashlib
import struct
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from app.core.ids import uuid7
from app.journal import chain, rows
from app.journal.append import Journal
from app.journal.verify import verify
from tests.support.client import Outbox
from tests.support.factories import a_checkin, an_amendment, an_observation
from tests.support.tables import journalled
from tests.support.world import CAST, EVENING


@pytest.fixture
def written(journal: Journal) -> Journal:
    """Five ops, one of them in quarantine, over two transactions and two moments."""
    outbox = Outbox(author=CAST.alva.id)
    ops = [outbox.seal("checkin.create", a_checkin()) for _ in range(3)]
    journal.append(outbox.read(*ops))
    journal.clock.advance(seconds=61.007)  # type: ignore[attr-defined]
    journal.append(outbox.read(outbox.seal("observation.create", an_observation()),
                               outbox.seal("observation.amend", an_amendment(outbox.install))))  # fmt: skip
    return journal


def test_chain_can_be_recomputed_by_anyone(written: Journal) -> None:
    """As `app/journal/chain.py` and protocol I21 describe it: each part with its length as four bytes, big-endian."""
    link = b"\0" * 32
    with written.db.read() as conn:
        stored, head = journalled(conn), rows.head(conn)
    for row in stored:
        at = row.received_at
        received = f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"
        parts = (link, row.op_id.encode("ascii"), bytes(row.hash), b"%d" % row.seq, received.encode("ascii"))
        link = hashlib.sha256(b"".join(struct.pack(">I", len(p)) + p for p in parts)).digest()
        assert link == bytes(row.chain)
    assert (head.seq, head.chain) == (len(stored), link)


def test_stored_hash_is_that_of_the_stored_body(written: Journal) -> None:
    with written.db.read() as conn:
        for row in journalled(conn):
            assert hashlib.sha256(bytes(row.body)).digest() == bytes(row.hash)


def test_a_whole_journal_verifies(written: Journal) -> None:
    with written.db.read() as conn:
        report = verify(conn)
        assert (report.ok, report.ops, report.head_seq) == (True, rows.head(conn).seq, rows.head(conn).seq)


def test_a_body_that_was_erased_by_decision_is_told_and_leaves_the_chain_whole(written: Journal) -> None:
    """One that somebody took without a word is found: tests/retention."""
    run = {"run": uuid7(), "cls": "shift", "before": "2024-11-20", "months": 24, "reference": "KS 2026/7",
           "roots": [], "seqs": "3", "things": 1, "photos": 0}  # fmt: skip
    written.write("retention.erase", run, author=None)
    with written.db.read() as conn:
        assert conn.execute(select(rows.OP.c.body).where(rows.OP.c.seq == 3)).scalar_one() is None
        assert (verify(conn).ok, verify(conn).erased) == (True, 1)


def _run(journal: Journal, statement: str, **values: object) -> None:
    with journal.db.write() as conn:
        conn.execute(text(statement), values)


def _rewrite(journal: Journal, **values: object) -> None:
    with journal.db.write() as conn:
        conn.execute(update(rows.OP).where(rows.OP.c.seq == 3).values(values))


TAMPERINGS: dict[str, tuple[Callable[[Journal], None], list[tuple[int, str]]]] = {
    "body altered": (lambda j: _run(j, "UPDATE journal_op SET body = :b WHERE seq = 3", b=b"{}"), [(3, "body")]),
    "body and hash altered": (
        lambda j: _run(j, "UPDATE journal_op SET body = :b, hash = :h WHERE seq = 3", b=b"{}", h=chain.of(b"{}")),
        [(3, "chain")],
    ),
    "time altered": (
        lambda j: _rewrite(j, received_at=EVENING + timedelta(hours=9)),
        [(3, "chain")],
    ),
    "id altered": (
        lambda j: _run(j, "UPDATE journal_op SET op_id = :i WHERE seq = 3", i=CAST.alva.id), [(3, "chain")],
    ),
    "middle deleted": (lambda j: _run(j, "DELETE FROM journal_op WHERE seq = 3"), [(3, "missing"), (4, "chain")]),
    "first deleted": (lambda j: _run(j, "DELETE FROM journal_op WHERE seq = 1"), [(1, "missing"), (2, "chain")]),
    "tail deleted": (lambda j: _run(j, "DELETE FROM journal_op WHERE seq >= 5"), [(6, "head")]),
    "all deleted": (lambda j: _run(j, "DELETE FROM journal_op"), [(6, "head")]),
    "head moved": (lambda j: _run(j, "UPDATE journal_head SET seq = 5"), [(5, "head")]),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
def test_verify_finds(written: Journal, name: str) -> None:
    tamper, expected = TAMPERINGS[name]
    tamper(written)
    with written.db.read() as conn:
        report = verify(conn)
    assert [(f.seq, f.what) for f in report.faults] == expected


def test_verify_finds_a_time_that_is_none(written: Journal) -> None:
    if not written.db.is_sqlite:  # PostgreSQL takes nothing else into such a column
        return
    _run(written, "UPDATE journal_op SET received_at = 'igår' WHERE seq = 3")
    with written.db.read() as conn:
        assert [(f.seq, f.what) for f in verify(conn).faults] == [(3, "chain")]


def test_verify_tells_a_limited_number_of_faults_but_counts_every_op(written: Journal) -> None:
    outbox = Outbox(author=CAST.alva.id)
    written.append(outbox.read(*[outbox.seal("checkin.create", a_checkin()) for _ in range(150)]))
    _run(written, "UPDATE journal_op SET body = :b", b=b"{}")
    with written.db.read() as conn:
        report = verify(conn)
    assert (len(report.faults), report.ops) == (100, 156)


@pytest.mark.parametrize("wrong", ["", "sha256:", "sha256:" + "A" * 64, "sha256:" + "g" * 64, "md5:" + "a" * 64, None])
def test_only_the_one_written_form_of_a_hash_is_read(wrong: object) -> None:
    assert chain.parse(wrong) is None
