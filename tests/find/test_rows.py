"""Rows of what can be found: the same live, in a rebuild, and for records that are older than the search."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from app.access.context import Context
from app.core.db import Database
from app.find import entries, filling, running
from app.find.entries import ENTRY, note
from app.find.rules import end_before, findable, first_of, place_in_time
from app.find.running import LATE_S, Follower, following
from app.journal.rebuild import rebuild
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.find.conftest import Find, See
from tests.support.client import Phone
from tests.support.factories import a_close, a_retraction, a_shift_end, an_amendment, an_attempt, an_escalation
from tests.support.world import EVENING


def _rows(db: Database) -> list[tuple[object, ...]]:
    with db.read() as conn:
        return [tuple(row) for row in conn.execute(select(ENTRY).order_by(ENTRY.c.nth))]


def test_a_rebuild_and_a_filling_give_the_same_rows(
    ctx: Context, see: See, find: Find, alva: Phone, shift_id: str
) -> None:
    seen, closed, gone = see(shift=shift_id), see(category="X1", text="Kniv 18900101-9802"), see(text="Borta")
    alva.send(alva.seal("observation.amend", an_amendment(closed, category="U1", text="Nej"), shift=None))
    alva.send(alva.seal("observation.retract", a_retraction(gone)))
    call = alva.seal("escalation.create", an_escalation(observation_id=seen), shift=shift_id)
    alva.send(call, alva.seal("escalation.attempt", an_attempt(call["id"], note="Upptaget")))
    alva.send(alva.seal("escalation.close", a_close(call["id"]), shift=shift_id))
    alva.send(alva.seal("shift.end", a_shift_end(5), shift=shift_id))
    assert find("klotter") == [seen]
    live = _rows(ctx.db)
    assert len(live) == 5
    rebuild(ctx.db, REGISTRY, PROJECTIONS)
    filling.start_over(ctx.db)
    assert _rows(ctx.db) == []
    assert (filling.catch_up(ctx.db), filling.catch_up(ctx.db)) == (5, 0)
    assert _rows(ctx.db) == live
    assert find("klotter") == [seen]


def test_a_record_is_filled_by_steps_that_can_be_stopped_between(
    ctx: Context, see: See, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "STEP", 1)
    told = [see(text=f"Lampa {n}") for n in range(3)]
    stops = iter([False] * 3)
    filling.catch_up(ctx.db, until=lambda: next(stops, True))
    with ctx.db.read() as conn:
        standing = filling.standing(conn)
    assert standing.is_behind
    assert len(_rows(ctx.db)) < len(told)
    assert sorted(find("lampa")) == sorted(told)


def test_what_was_corrected_is_found_anew_by_the_next_search(see: See, find: Find, alva: Phone) -> None:
    one = see(text="Trasig lampa")
    assert find("lampa") == [one]
    alva.send(alva.seal("observation.amend", an_amendment(one, text="Klotter")))
    assert (find("lampa"), find("klotter")) == ([], [one])


def test_a_record_that_no_row_can_be_made_of_keeps_no_other_from_being_found(
    see: See, find: Find, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def _odd(*said: Any) -> str:
        if "odd" in str(said):
            raise ValueError("odd")
        return findable(*said)

    monkeypatch.setattr(entries, "findable", _odd)
    told = [see(text="Trasig lampa"), see(text="odd lampa"), see(text="Ny lampa")]
    assert sorted(find("lampa")) == sorted([told[0], told[2]])
    said = [line for line in "".join(capsys.readouterr()).splitlines() if "find left out" in line]
    assert len(said) == 1
    assert told[1] in said[0]


def test_the_follower_waits_for_quiet_but_not_for_ever(ctx: Context, see: See) -> None:
    now = 0.0
    follower = Follower(ctx.db, lambda: now)
    follower.look()
    see()
    assert (follower.look(), follower.look()) == (0, 1)
    see()
    assert follower.look() == 0
    see()
    assert follower.look() == 0
    now += LATE_S
    see()
    assert follower.look() == 3
    assert follower.look() == 0


@pytest.mark.anyio
async def test_a_server_fills_by_itself(ctx: Context, see: See, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LOOK_S", 0.01)
    see()
    async with following(ctx.db):
        for _ in range(500):
            await asyncio.sleep(0.01)
            if _rows(ctx.db):
                break
    assert len(_rows(ctx.db)) == 1


def test_two_that_would_stand_in_one_place_stand_side_by_side(db: Database) -> None:
    ids = ["019a0000-0000-7000-8000-000000000001", "019a0000-0000-7000-9000-000000000001"]
    rows = [
        {"nth": place_in_time(EVENING, one), "id": one, "kind": "observation", "status": "current", "code": "S2",
         "severity": 0, "shift_id": None, "place_id": None, "lon": None, "lat": None, "about_id": None,
         "is_restricted": False, "words": f"ord{number}"}
        for number, one in enumerate(ids)
    ]  # fmt: skip
    assert rows[0]["nth"] == rows[1]["nth"]
    for row in rows:
        with db.write() as conn:
            note(conn, [row])
            note(conn, [row])
    assert [(row[0], row[1]) for row in _rows(db)] == [
        (place_in_time(EVENING, ids[0]), ids[0]), (place_in_time(EVENING, ids[0]) + 1, ids[1]),
    ]  # fmt: skip


def test_every_time_that_an_op_may_tell_has_its_place() -> None:
    one = "019a0000-0000-7000-8000-000000000001"
    times = [datetime(1, 12, 31, tzinfo=UTC), EVENING, EVENING + timedelta(seconds=1), datetime(9999, 1, 2, tzinfo=UTC)]
    places = [place_in_time(at, one) for at in times]
    assert places == sorted(places)
    assert all(-(1 << 63) < place < 1 << 63 for place in places)
    for at, place in zip(times, places, strict=True):
        assert first_of(at) <= place < end_before(at + timedelta(milliseconds=1))
        assert end_before(at) <= place


def test_the_index_of_words_holds_what_the_rows_hold(db: Database, see: See, alva: Phone) -> None:
    """FTS5's own check, after a row came, was changed and went."""
    one = see()
    filling.catch_up(db)
    alva.send(alva.seal("observation.amend", an_amendment(one, text="Ny text")))
    filling.catch_up(db)
    if not db.is_sqlite:
        return
    with db.write() as conn:
        conn.execute(text("INSERT INTO find_words (find_words, rank) VALUES ('integrity-check', 1)"))
