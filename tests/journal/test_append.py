"""The one door in: numbers without holes, repeats, conflicts, and bad ops that stop nobody else."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import Connection, event, select
from sqlalchemy.exc import OperationalError

from app.core import errors
from app.core.db import Database
from app.core.errors import Problem
from app.journal import rows
from app.journal.append import Journal
from app.journal.ops import Accepted, Body, Data, OpKind, Refusal, Registry, Status, Why
from app.journal.read import Sender, read
from app.sync.registry import REGISTRY
from tests.support.client import DEVICE, Outbox
from tests.support.factories import a_checkin, a_shift, an_amendment, an_observation
from tests.support.tables import journalled, projected
from tests.support.world import CAST


@pytest.fixture
def outbox() -> Outbox:
    return Outbox(author=CAST.alva.id)


def test_ops_are_numbered_without_holes_in_the_order_given(journal: Journal, outbox: Outbox) -> None:
    start = _head(journal).seq
    first = journal.append(outbox.read(*[outbox.seal("checkin.create", a_checkin()) for _ in range(3)]))
    second = journal.append(outbox.read(*[outbox.seal("checkin.create", a_checkin()) for _ in range(2)]))
    assert [r.seq for r in first + second] == list(range(start + 1, start + 6))
    with journal.db.read() as conn:
        assert [row.seq for row in journalled(conn)] == list(range(1, start + 6))


def test_a_repeat_answers_with_the_first_receipt(journal: Journal, outbox: Outbox) -> None:
    ops = outbox.read(outbox.seal("checkin.create", a_checkin()))
    (first,) = journal.append(ops)
    journal.clock.advance(hours=1)  # type: ignore[attr-defined]
    (again,) = journal.append(ops)
    assert (again.status, again.seq, again.received_at) == (Status.DUPLICATE, first.seq, first.received_at)


def test_a_repeat_inside_one_batch_is_stored_once(journal: Journal, outbox: Outbox) -> None:
    ops = outbox.read(outbox.seal("checkin.create", a_checkin()))
    first, again = journal.append(ops + ops)
    assert (first.status, again.status) == (Status.APPLIED, Status.DUPLICATE)
    assert again.seq == first.seq


def test_a_repeat_inside_one_batch_tells_why_the_first_waits(journal: Journal, outbox: Outbox) -> None:
    ops = outbox.read(outbox.seal("observation.amend", an_amendment(target=DEVICE)))
    first, again = journal.append(ops + ops)
    assert (first.status, first.why) == (Status.QUARANTINED, Why.TARGET)
    assert (again.status, again.why) == (Status.DUPLICATE, Why.TARGET)


def test_same_id_with_other_bytes_keeps_both_and_quarantines_the_later(journal: Journal, outbox: Outbox) -> None:
    one = outbox.seal("observation.create", an_observation(text="Först"))
    other = outbox.seal("observation.create", an_observation(text="Sedan"), id=one["id"], seq=one["seq"])
    first, later = journal.append(outbox.read(one, other))
    assert (first.status, later.status, later.why) == (Status.APPLIED, Status.QUARANTINED, Why.CONFLICT)
    with journal.db.read() as conn:
        assert [bytes(r.body) for r in rows.copies(conn, one["id"])] == [one["body"].encode(), other["body"].encode()]
        assert [o["text"] for o in projected(conn)["observation"]] == ["Först"]


def test_a_conflicting_copy_sent_again_is_a_duplicate(journal: Journal, outbox: Outbox) -> None:
    one = outbox.seal("checkin.create", a_checkin())
    other = outbox.seal("checkin.create", a_checkin(note="annan"), id=one["id"], seq=one["seq"])
    _, later = journal.append(outbox.read(one, other))
    (again,) = journal.append(outbox.read(other))
    assert (again.status, again.seq, again.why) == (Status.DUPLICATE, later.seq, Why.CONFLICT)


def test_a_conflict_is_no_fork(journal: Journal, outbox: Outbox) -> None:
    one = outbox.seal("checkin.create", a_checkin())
    other = outbox.seal("checkin.create", a_checkin(note="annan"), id=one["id"], seq=one["seq"])
    journal.append(outbox.read(one, other))
    assert _install(journal, outbox) == (1, 1, False)


@pytest.mark.parametrize("together", [True, False])
def test_two_ops_with_one_number_mark_the_install_as_forked(journal: Journal, outbox: Outbox, together: bool) -> None:
    one, other = (outbox.seal("checkin.create", a_checkin(), seq=1) for _ in range(2))
    for batch in ([one, other],) if together else ([one], [other]):
        journal.append(outbox.read(*batch))
    assert _install(journal, outbox) == (1, 1, True)


def test_watermark_stops_at_the_first_hole_and_moves_on_when_it_is_filled(journal: Journal, outbox: Outbox) -> None:
    ops = [outbox.seal("checkin.create", a_checkin()) for _ in range(5)]
    journal.append(outbox.read(ops[0], ops[1], ops[4]))
    assert _install(journal, outbox) == (2, 5, False)
    journal.append(outbox.read(ops[3]))
    assert _install(journal, outbox) == (2, 5, False)
    journal.append(outbox.read(ops[2]))
    assert _install(journal, outbox) == (5, 5, False)


def test_ops_of_one_batch_may_come_in_any_order(journal: Journal, outbox: Outbox) -> None:
    shift = outbox.seal("shift.start", a_shift(CAST.alva, CAST.cim))
    seen = outbox.seal("observation.create", an_observation(), shift=shift["id"])
    mended = outbox.seal("observation.amend", an_amendment(seen["id"], text="Rättat"), shift=shift["id"])
    receipts = journal.append(outbox.read(mended, seen, shift))
    assert [r.status for r in receipts] == [Status.APPLIED] * 3
    with journal.db.read() as conn:
        assert [o["text"] for o in projected(conn)["observation"]] == ["Rättat"]


def test_a_guard_that_refuses_stores_nothing(journal: Journal, outbox: Outbox) -> None:
    before = _head(journal)

    def refuse(_conn: Connection) -> None:
        raise Problem(errors.EPOCH)

    with pytest.raises(Problem):
        journal.hand_in(outbox.read(outbox.seal("checkin.create", a_checkin())), guard=refuse)
    assert _head(journal) == before


def test_receipts_are_given_only_after_the_commit(journal: Journal, outbox: Outbox) -> None:
    order: list[str] = []
    event.listen(journal.db.engine, "commit", lambda _conn: order.append("commit"))
    journal.hand_in(outbox.read(outbox.seal("checkin.create", a_checkin())), guard=lambda _conn: order.append("begun"))
    order.append("receipt")
    assert order == ["begun", "commit", "receipt"]


def test_a_commit_that_fails_gives_no_receipt_and_stores_nothing(journal: Journal, outbox: Outbox) -> None:
    before = _head(journal)

    def fail(_conn: Connection) -> None:
        raise OperationalError("COMMIT", None, Exception("disk I/O error"))

    event.listen(journal.db.engine, "commit", fail)
    with pytest.raises(OperationalError):
        journal.append(outbox.read(outbox.seal("checkin.create", a_checkin())))
    event.remove(journal.db.engine, "commit", fail)
    assert _head(journal) == before


def test_identical_batches_from_many_threads_are_stored_once(journal: Journal, outbox: Outbox) -> None:
    ops = outbox.read(*[outbox.seal("checkin.create", a_checkin()) for _ in range(5)])
    start, answers, gate = _head(journal).seq, [], threading.Barrier(6)

    def push() -> None:
        gate.wait()
        answers.append(journal.append(ops))

    threads = [threading.Thread(target=push) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(r.status for receipts in answers for r in receipts) == ["applied"] * 5 + ["duplicate"] * 25
    assert {tuple(r.seq for r in receipts) for receipts in answers} == {tuple(range(start + 1, start + 6))}
    assert _head(journal).seq == start + 5


# --- bad ops stop nobody else (I7) ---


class Poison(Data):
    pass


def _raising(error: Exception) -> Registry:
    def project(_conn: Connection, _ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
        raise error

    return Registry({**REGISTRY.kinds, ("test.poison", 1): OpKind("test.poison", Body[Poison], project, rank=15)})


def _breaking_a_rule() -> Registry:
    def project(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
        conn.execute(rows.EPOCH.insert(), [{"epoch": "same", "after_seq": 0, "began_at": ops[0].received_at,
                                            "cause": "test"}] * 2)  # fmt: skip
        return {}

    return Registry({**REGISTRY.kinds, ("test.poison", 1): OpKind("test.poison", Body[Poison], project, rank=15)})


@pytest.mark.parametrize("registry", [_raising(ZeroDivisionError("hemligt")), _breaking_a_rule()],
                         ids=["raises", "breaks a constraint"])  # fmt: skip
def test_a_projector_that_fails_quarantines_only_its_own_op(
    journal: Journal, outbox: Outbox, registry: Registry
) -> None:
    poisoned = Journal(journal.db, registry, journal.clock)
    raw = [outbox.seal(t, d) for t, d in (("checkin.create", a_checkin()), ("test.poison", {}),
                                          ("test.poison", {}), ("observation.create", an_observation()))]  # fmt: skip
    ops = [read(op, registry, Sender(outbox.install, DEVICE)) for op in raw]
    receipts = poisoned.append(ops)
    assert [(r.status, r.why) for r in receipts] == [
        (Status.APPLIED, None), (Status.QUARANTINED, Why.PROJECTOR), (Status.QUARANTINED, Why.PROJECTOR),
        (Status.APPLIED, None)]  # fmt: skip
    with journal.db.read() as conn:
        now = projected(conn)
        assert (len(now["checkin"]), len(now["observation"])) == (1, 1)
        assert not conn.execute(select(rows.EPOCH.c.epoch).where(rows.EPOCH.c.epoch == "same")).all()


def test_a_disk_that_fails_under_a_projector_fails_the_whole_append(journal: Journal, outbox: Outbox) -> None:
    before, full = _head(journal), OperationalError("INSERT", None, Exception("database or disk is full"))
    registry = _raising(full)
    poisoned = Journal(journal.db, registry, journal.clock)
    raw = [outbox.seal("checkin.create", a_checkin()), outbox.seal("test.poison", {})]
    with pytest.raises(OperationalError):
        poisoned.append([read(op, registry, Sender(outbox.install, DEVICE)) for op in raw])
    assert _head(journal) == before
    with journal.db.read() as conn:
        assert projected(conn)["checkin"] == []


def test_an_op_that_cannot_be_stored_fails_only_its_own_request(journal: Journal) -> None:
    """Requests that wait for the writer share a transaction; each must still stand alone."""
    outboxes = [Outbox(author=CAST.alva.id) for _ in range(4)]
    ops = [o.read(o.seal("checkin.create", a_checkin())) for o in outboxes]
    ops[2] = [ops[2][0]._replace(client_seq=2**70)]  # as if `read` had let through what no column holds
    outcomes: dict[int, Any] = {}

    def hand_in(number: int) -> None:
        try:
            outcomes[number] = journal.append(ops[number])[0].status
        except Exception:
            outcomes[number] = "failed"

    def wait_for_others(_conn: Connection) -> None:
        for thread in threads:
            thread.start()
        while len(journal._queue) < len(threads):
            threading.Event().wait(0.001)

    threads = [threading.Thread(target=hand_in, args=(n,)) for n in (1, 2, 3)]
    journal.hand_in(ops[0], guard=wait_for_others)
    for thread in threads:
        thread.join()
    assert outcomes == {1: "applied", 2: "failed", 3: "applied"}


def test_the_server_may_not_quarantine_its_own_op_in_silence(journal: Journal) -> None:
    with pytest.raises(ValueError, match=r"user\.put"):
        journal.write("user.put", {"id": "no uuid"}, author=None)


def test_a_busy_database_is_told_as_such(db: Database, journal: Journal, outbox: Outbox) -> None:
    if not db.is_sqlite:  # PostgreSQL waits for its row lock; there is no time-out to test
        return
    ops = outbox.read(outbox.seal("checkin.create", a_checkin()))
    event.listen(db.engine, "connect", lambda c, _r: c.execute("PRAGMA busy_timeout=50"))
    db.engine.dispose()
    with Database(db.url).write(), pytest.raises(Problem) as caught:
        journal.append(ops)
    assert (caught.value.kind, caught.value.headers["Retry-After"]) == (errors.BUSY, "1")


def _head(journal: Journal) -> rows.Head:
    with journal.db.read() as conn:
        return rows.head(conn)


def _install(journal: Journal, outbox: Outbox) -> tuple[int, int, bool]:
    with journal.db.read() as conn:
        return rows.install_row(conn, outbox.install)
