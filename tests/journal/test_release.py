"""Quarantine ends by itself: when the target, the author or the type arrives (§4.3)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import Connection

from app.journal import rows
from app.journal.append import Journal
from app.journal.ops import Accepted, Body, Data, OpKind, Receipt, Refusal, Registry, Status, Why
from app.journal.read import Sender, read
from app.sync.registry import REGISTRY
from tests.support.client import DEVICE, Outbox, new_id
from tests.support.factories import (
    a_close,
    a_comment,
    a_retraction,
    a_shift,
    a_shift_end,
    an_amendment,
    an_attempt,
    an_escalation,
    an_observation,
)
from tests.support.tables import journalled, projected
from tests.support.world import CAST, hire


def told(receipts: Sequence[Receipt]) -> list[tuple[str, str | None]]:
    return [(r.status.value, r.why) for r in receipts]


def test_what_misses_its_target_waits_and_is_applied_when_it_comes(journal: Journal) -> None:
    outbox = Outbox(author=CAST.alva.id)
    seen = outbox.seal("observation.create", an_observation(text="Först"))
    mended = outbox.seal("observation.amend", an_amendment(seen["id"], text="Rättat"))
    taken = outbox.seal("observation.retract", a_retraction(seen["id"]))
    assert told(journal.append(outbox.read(mended, taken))) == [("quarantined", "target")] * 2
    assert _waiting(journal) == 2
    (arrived,) = journal.append(outbox.read(seen))
    assert _waiting(journal) == 0
    with journal.db.read() as conn:
        (observation,) = projected(conn)["observation"]
        assert (observation["text"], observation["status"]) == ("Rättat", "retracted")
        assert observation["changed_seq"] == arrived.seq
        assert [r.released_seq for r in journalled(conn) if r.op_id in (mended["id"], taken["id"])] == [arrived.seq] * 2


def test_one_release_leads_to_the_next(journal: Journal) -> None:
    """A comment on a comment on an escalation whose op comes last."""
    outbox = Outbox(author=CAST.alva.id)
    called = outbox.seal("escalation.create", an_escalation())
    first = outbox.seal("comment.add", a_comment(called["id"]))
    second = outbox.seal("comment.add", a_comment(first["id"]))
    third = outbox.seal("comment.add", a_comment(second["id"]))
    for op in (third, second, first):
        assert told(journal.append(outbox.read(op))) == [("quarantined", "target")]
    assert told(journal.append(outbox.read(called))) == [("applied", None)]
    with journal.db.read() as conn:
        assert len(projected(conn)["comment"]) == 3


def test_what_is_released_in_the_same_transaction_is_told_as_applied(journal: Journal) -> None:
    outbox = Outbox(author=CAST.alva.id)
    called = outbox.seal("escalation.create", an_escalation())
    first = outbox.seal("comment.add", a_comment(called["id"]))
    second = outbox.seal("comment.add", a_comment(first["id"]))
    assert told(journal.append(outbox.read(called, first, second))) == [("applied", None)] * 3
    assert _waiting(journal) == 0


def test_a_released_op_that_meets_another_obstacle_waits_for_that_one(journal: Journal) -> None:
    """Cim corrects what Alva saw, in a shift that he joins later: first the target is missing, then the permission."""
    alva, cim = Outbox(author=CAST.alva.id), Outbox(author=CAST.cim.id)
    shift = alva.seal("shift.start", a_shift(CAST.alva))
    seen = alva.seal("observation.create", an_observation(), shift=shift["id"])
    mended = cim.seal("observation.amend", an_amendment(seen["id"], text="Cims"), shift=shift["id"])
    joined = cim.seal("shift.join", {}, shift=shift["id"])
    assert told(journal.append(cim.read(mended))) == [("quarantined", "target")]
    journal.append(alva.read(shift, seen))
    assert told(journal.append(cim.read(mended))) == [("duplicate", "permission")]
    journal.append(cim.read(joined))
    assert told(journal.append(cim.read(mended))) == [("duplicate", None)]
    with journal.db.read() as conn:
        assert [o["text"] for o in projected(conn)["observation"]] == ["Cims"]


ABOUT: dict[str, Callable[..., dict[str, Any]]] = {
    "escalation.attempt": an_attempt, "escalation.close": a_close, "comment.add": a_comment,
}  # fmt: skip


@pytest.mark.parametrize("op_type", ABOUT)
def test_who_has_no_part_in_a_shift_waits_until_they_join_it(journal: Journal, op_type: str) -> None:
    alva, cim, bo = (Outbox(author=person.id) for person in (CAST.alva, CAST.cim, CAST.bo))
    hire(journal.db, journal, CAST.bo)
    shift = alva.seal("shift.start", a_shift(CAST.alva))
    called = alva.seal("escalation.create", an_escalation(), shift=shift["id"])
    data = ABOUT[op_type]
    journal.append(alva.read(shift, called))
    meddled = cim.seal(op_type, data(called["id"]), shift=shift["id"])
    assert told(journal.append(cim.read(meddled))) == [("quarantined", "permission")]
    for known in (alva, bo):
        op = known.seal(op_type, data(called["id"]), shift=shift["id"])
        assert told(journal.append(known.read(op))) == [("applied", None)]
    journal.append(cim.read(cim.seal("shift.join", {}, shift=shift["id"])))
    assert told(journal.append(cim.read(meddled))) == [("duplicate", None)]


def test_shift_ops_wait_for_their_shift(journal: Journal) -> None:
    outbox = Outbox(author=CAST.alva.id)
    shift = outbox.seal("shift.start", a_shift(CAST.alva))
    joined = Outbox(author=CAST.cim.id)
    others = [joined.seal("shift.join", {}, shift=shift["id"]), joined.seal("shift.leave", {}, shift=shift["id"])]
    ended = outbox.seal("shift.end", a_shift_end(2), shift=shift["id"])
    assert told(journal.append(joined.read(*others) + outbox.read(ended))) == [("quarantined", "target")] * 3
    journal.append(outbox.read(shift))
    with journal.db.read() as conn:
        now = projected(conn)
    assert [s["status"] for s in now["shift"]] == ["ended"]
    assert {m["user_id"] for m in now["shift_member"]} == {CAST.alva.id, CAST.cim.id}


def test_an_attempt_waits_for_its_escalation(journal: Journal) -> None:
    outbox = Outbox(author=CAST.alva.id)
    called = outbox.seal("escalation.create", an_escalation())
    tried = outbox.seal("escalation.attempt", an_attempt(called["id"]))
    assert told(journal.append(outbox.read(tried))) == [("quarantined", "target")]
    journal.append(outbox.read(called))
    with journal.db.read() as conn:
        assert len(projected(conn)["escalation_attempt"]) == 1


def test_an_op_of_an_unknown_type_is_applied_once_the_server_learns_it(journal: Journal) -> None:
    applied: list[str] = []

    class Later(Data):
        pass

    def project(_conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
        applied.extend(op.id for op in ops)
        return {}

    outbox = Outbox(author=CAST.alva.id)
    op = outbox.seal("later.invention", {})
    assert told(journal.append(outbox.read(op))) == [("quarantined", "type")]
    learned = Registry({**REGISTRY.kinds, ("later.invention", 1): OpKind("later.invention", Body[Later], project, 50)})
    Journal(journal.db, learned, journal.clock).wake_known()
    assert applied == [op["id"]]
    assert _waiting(journal) == 0


def test_a_later_version_of_a_known_type_waits_for_that_version(journal: Journal) -> None:
    outbox = Outbox(author=CAST.alva.id)
    op = outbox.seal("checkin.create", {"kind": "ok"}, v=99)
    assert told(journal.append(outbox.read(op))) == [("quarantined", "version")]
    with journal.db.read() as conn:
        assert [r.waits_for for r in rows.copies(conn, op["id"])] == ["type:checkin.create:99"]


def test_a_phone_cannot_push_what_only_the_server_writes(journal: Journal) -> None:
    outbox = Outbox(author=CAST.alva.id)
    forged = outbox.seal("user.put", {"id": new_id(), "username": "evil", "name": "Evil", "role": "admin"})
    ops = [read(forged, REGISTRY, Sender(outbox.install, DEVICE))]
    assert told(journal.append(ops)) == [("quarantined", "type")]
    journal.wake_known()
    with journal.db.read() as conn:
        assert projected(conn)["person"] == []
        (stored,) = rows.copies(conn, forged["id"])
        assert stored.status == Status.QUARANTINED


def test_a_start_without_anything_new_writes_nothing(journal: Journal) -> None:
    outbox = Outbox(author=CAST.alva.id)
    journal.append(outbox.read(outbox.seal("user.put", {}), outbox.seal("later.invention", {})))
    with journal.db.read() as conn:
        before = rows.head(conn).seq
    journal.wake_known()
    with journal.db.read() as conn:
        assert rows.head(conn).seq == before


def test_a_body_that_does_not_fit_waits_for_nothing(journal: Journal) -> None:
    outbox = Outbox(author=CAST.alva.id)
    (receipt,) = journal.append(outbox.read(outbox.seal("observation.create", {"category": "S2"})))
    assert (receipt.status, receipt.why) == (Status.QUARANTINED, Why.BODY)
    assert _waiting(journal) == 0


def _waiting(journal: Journal) -> int:
    with journal.db.read() as conn:
        return rows.head(conn).waiting
