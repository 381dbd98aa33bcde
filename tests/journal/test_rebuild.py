"""Dropping every projection and making it again from the journal gives the same rows (I23)."""

import pytest
from sqlalchemy import Connection, delete

from app.core.db import Database
from app.journal import rebuild as rebuilding
from app.journal.append import Journal
from app.journal.rebuild import rebuild
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.support.client import Outbox
from tests.support.evening import an_evening
from tests.support.factories import a_comment, a_shift, an_amendment, an_escalation, an_observation
from tests.support.tables import Rows, projected
from tests.support.world import Cast


def rebuilt(db: Database) -> tuple[Rows, Rows]:
    """(before, after); all projections are emptied in between, as `lykta journal rebuild` does."""
    with db.read() as conn:
        before = projected(conn)
    rebuild(db, REGISTRY, PROJECTIONS)
    with db.read() as conn:
        return before, projected(conn)


def test_an_evening_comes_out_the_same(journal: Journal, cast: Cast) -> None:
    assert cast
    for outbox, op in an_evening():
        journal.append(outbox.read(op))
    before, after = rebuilt(journal.db)
    assert before["observation_revision"]
    assert before["escalation_attempt"]
    assert after == before


def test_an_evening_that_came_backwards_comes_out_the_same(journal: Journal, cast: Cast) -> None:
    """Everything waits for its target, its shift or its permission at some time."""
    assert cast
    for outbox, op in reversed(an_evening()):
        journal.append(outbox.read(op))
    before, after = rebuilt(journal.db)
    assert len(before["shift_member"]) == 2
    assert after == before


@pytest.mark.parametrize("chunk", [1, 3, 7])
def test_size_of_the_steps_changes_nothing(
    journal: Journal, cast: Cast, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    assert cast
    for outbox, op in reversed(an_evening()):
        journal.append(outbox.read(op))
    monkeypatch.setattr(rebuilding, "CHUNK", chunk)
    before, after = rebuilt(journal.db)
    assert after == before


def test_a_role_that_was_taken_away_later_still_had_its_permission_then(journal: Journal, cast: Cast) -> None:
    """Bo corrected as a supervisor; that he is a host today must not undo it."""
    alva, bo = Outbox(author=cast.alva.id), Outbox(author=cast.bo.id)
    seen = alva.seal("observation.create", an_observation())
    journal.append(alva.read(seen))
    journal.append(bo.read(bo.seal("observation.amend", an_amendment(seen["id"], text="Bos"))))
    journal.write("user.put", {"id": cast.bo.id, "username": "bo", "name": "Bo", "role": "host"}, author=None)
    before, after = rebuilt(journal.db)
    assert [o["text"] for o in before["observation"]] == ["Bos"]
    assert after == before


def test_comments_on_comments_come_out_the_same(journal: Journal, cast: Cast) -> None:
    outbox = Outbox(author=cast.alva.id)
    called = outbox.seal("escalation.create", an_escalation())
    first = outbox.seal("comment.add", a_comment(called["id"]))
    second = outbox.seal("comment.add", a_comment(first["id"]))
    for op in (called, first, second):
        journal.append(outbox.read(op))
    before, after = rebuilt(journal.db)
    assert len(before["comment"]) == 2
    assert after == before


def test_what_is_in_quarantine_stays_there(journal: Journal, cast: Cast) -> None:
    alva, elin = Outbox(author=cast.alva.id), Outbox(author=cast.elin.id)
    shift = alva.seal("shift.start", a_shift(cast.alva, cast.cim))
    seen = alva.seal("observation.create", an_observation(text="Alvas"), shift=shift["id"])
    journal.append(alva.read(shift, seen))
    journal.append(elin.read(elin.seal("observation.amend", an_amendment(seen["id"], text="Elins"))))
    before, after = rebuilt(journal.db)
    assert [o["text"] for o in after["observation"]] == ["Alvas"]
    assert after == before


def test_a_rebuild_that_diverges_changes_nothing(journal: Journal, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cast
    for outbox, op in an_evening():
        journal.append(outbox.read(op))
    with journal.db.read() as conn:
        before = projected(conn)

    def lose_people(conn: Connection, *_: object) -> None:
        for table in PROJECTIONS:
            conn.execute(delete(table))
        raise rebuilding.Diverged("as if")

    monkeypatch.setattr(rebuilding, "_replay", lose_people)
    with pytest.raises(rebuilding.Diverged):
        rebuild(journal.db, REGISTRY, PROJECTIONS)
    with journal.db.read() as conn:
        assert projected(conn) == before


def test_progress_is_told_up_to_the_whole(journal: Journal, cast: Cast) -> None:
    assert cast
    seen: list[tuple[int, int]] = []
    count = rebuild(journal.db, REGISTRY, PROJECTIONS, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (count, count)
