"""What a decision erases is gone from every table and from the bytes of the file; what is left stands by itself."""

from typing import Any

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from app.access import people
from app.access.context import Context
from app.access.permission import Role, Viewer
from app.audit import readings
from app.core.db import Database
from app.find import filling
from app.followup import queries as followups
from app.journal.append import Journal
from app.journal.erased import packed, unpacked
from app.journal.rows import OP
from app.journal.verify import verify
from app.retention.erase import run
from app.retention.reach import OF_RECORDS
from app.retention.rules import Cls
from app.shift.models import Shift
from app.sync.pull import pull
from app.sync.registry import PROJECTIONS
from tests.journal.test_rebuild import rebuilt
from tests.retention.acts import (
    MONTHS,
    WEEK,
    close_followups,
    decide,
    decided_long_ago,
    erase,
    play_everything,
)
from tests.support import on_sqlite
from tests.support.client import Outbox, new_id
from tests.support.evening import an_evening
from tests.support.factories import a_checkin, a_comment, a_shift, an_amendment, an_observation
from tests.support.tables import everything, projected
from tests.support.world import EVENING, Cast, FakeClock

#: What says something of a shift and stays: registers, frozen counts, what is planned, people and reference data.
KEPT_TABLES = {
    "person", "person_contact", "person_language", "area", "place", "contact", "category", "vocabulary", "ladder",
    "plan", "planned_shift", "planned_host", "briefing", "briefing_reading", "find_saved", "situation_week",
    "situation_edition", "situation_edition_record", "disclosure", "disclosure_record", "retention_rule",
    "retention_run", "entity_edit", "epoch_acknowledgement",
}  # fmt: skip


def test_every_table_goes_with_a_shift_or_stays_by_decision() -> None:
    reached = {column.table.name for column in OF_RECORDS}
    tables = {str(table.__tablename__) for table in PROJECTIONS}
    assert tables - reached - {"duplicate_pair", "duplicate_event"} <= KEPT_TABLES


def test_all_that_was_ever_released_goes_and_a_rebuild_agrees(
    api: TestClient, ctx: Context, clock: FakeClock, cast: Cast
) -> None:
    """Every type and version of op, those that were refused, too."""
    assert cast
    play_everything(api, ctx)
    close_followups(ctx)
    filling.catch_up(ctx.db)
    decided_long_ago(ctx.journal, clock, Cls.SHIFT)
    done = erase(ctx.journal, clock, Cls.SHIFT)
    assert done.things > 20
    with ctx.db.read() as conn:
        left = {name for name, rows in projected(conn).items() if rows}
        assert verify(conn).faults == ()
        assert verify(conn).erased == done.ops
        blank = list(conn.execute(select(OP).where(OP.c.body.is_(None))))
        assert {(row.author, row.shift, row.envelope, row.waits_for) for row in blank} == {(None, None, None, None)}
        assert [row.type for row in conn.execute(select(OP).where(OP.c.install.is_not(None), OP.c.body.is_not(None)))
                if row.type not in {"briefing.acknowledge"}] == []  # fmt: skip
    assert left <= KEPT_TABLES
    now, anew = rebuilt(ctx.db)
    assert anew == now


@pytest.mark.parametrize("order", ["forwards", "backwards"])
def test_one_shift_goes_and_another_stays_as_it_was(journal: Journal, clock: FakeClock, cast: Cast, order: str) -> None:
    """Also where the later one speaks of the earlier: what is about a record follows it, wherever it was written."""
    old = an_evening()
    made = old if order == "forwards" else old[::-1]
    for outbox, op in made:
        journal.append(outbox.read(op))
    decide(journal, Cls.SHIFT)
    clock.advance(days=300)
    alva = Outbox(author=cast.alva.id)
    alva.wall = clock()
    shift = alva.seal("shift.start", a_shift(cast.alva, cast.cim))
    at = {"shift": shift["id"]}
    seen = alva.seal("observation.create", an_observation(text="Ett nytt minne"), **at)
    first = next(op for _, op in old if op["type"] == "observation.create")
    late = alva.seal("observation.amend", an_amendment(first["id"], text="Om det gamla"), **at)
    answer = alva.seal("followup.answer", {"target": first["id"], "answer": "yes"}, **at)
    for op in (shift, seen, late, answer):
        assert journal.append(alva.read(op))[0].status == "applied"
    clock.advance(days=100)
    done = erase(journal, clock, Cls.SHIFT)
    with journal.db.read() as conn:
        rows = projected(conn)
    assert [row["id"] for row in rows["shift"]] == [shift["id"]]
    assert [row["text"] for row in rows["observation"]] == ["Ett nytt minne"]
    assert rows["followup_answer"] == []
    assert done.things == 1
    assert done.ops == len(old) + 2, "With the correction and the answer of the later shift."
    now, anew = rebuilt(journal.db)
    assert anew == now


def test_words_are_gone_from_every_column(journal: Journal, clock: FakeClock, cast: Cast) -> None:
    assert cast
    for outbox, op in an_evening():
        journal.append(outbox.read(op))
    filling.catch_up(journal.db)
    with journal.db.read() as conn:
        before = str(everything(conn))
    words = {"Cims version", "Alvas version", "Vid kiosken", "Han gick", "Skriv mer", "Tack!"}
    assert {word for word in words if word in before} == words
    decided_long_ago(journal, clock, Cls.SHIFT)
    erase(journal, clock, Cls.SHIFT)
    with journal.db.read() as conn:
        after = str(everything(conn))
    assert {word for word in words if word in after} == set()


@on_sqlite
def test_words_are_gone_from_the_bytes_of_the_file(journal: Journal, clock: FakeClock, cast: Cast) -> None:
    """What is deleted lies in the file until its place is used again: in free pages, in the index of words, the log."""
    assert cast
    for outbox, op in an_evening():
        journal.append(outbox.read(op))
    filling.catch_up(journal.db)
    alva = Outbox(author=cast.alva.id)
    journal.append(
        alva.read(alva.seal("observation.create", an_observation(text="Zyxomma quvlxyr"), shift=new_id(EVENING)))
    )
    filling.catch_up(journal.db)
    assert journal.db.path is not None
    files = [journal.db.path, journal.db.path.with_name(journal.db.path.name + "-wal")]
    words = [word.encode() for word in ("Cims version", "Vid kiosken", "Skriv mer", "Zyxomma", "zyxomma", "quvlxyr")]
    told = b"".join(file.read_bytes() for file in files)
    assert [word for word in words if word not in told] == []
    decided_long_ago(journal, clock, Cls.SHIFT)
    erase(journal, clock, Cls.SHIFT)
    told = b"".join(file.read_bytes() for file in files)
    assert [word for word in words if word in told] == []


def test_what_is_about_nothing_that_is_here_goes_with_its_shift(journal: Journal, clock: FakeClock, cast: Cast) -> None:
    """It waits in quarantine for a record that never came; so does a word on it."""
    shift, _ = _an_evening_of(journal, cast)
    alva = Outbox(author=cast.alva.id)
    lost = alva.seal("observation.amend", an_amendment(new_id(EVENING), text="Om det som aldrig kom"), shift=shift)
    word = alva.seal("comment.add", a_comment(lost["id"], "Ett ord om det"), shift=shift)
    assert [one.status for one in journal.append([*alva.read(lost), *alva.read(word)])] == ["quarantined"] * 2
    decided_long_ago(journal, clock, Cls.SHIFT)
    assert erase(journal, clock, Cls.SHIFT).ops == 4
    with journal.db.read() as conn:
        told = str(everything(conn))
    assert [words for words in ("Om det som aldrig kom", "Ett ord om det") if words in told] == []


def test_reports_that_hung_together_through_one_that_is_erased_no_longer_do(
    journal: Journal, clock: FakeClock, cast: Cast
) -> None:
    _, old = _an_evening_of(journal, cast)
    decide(journal, Cls.SHIFT)
    clock.advance(days=300)
    (_, one), (_, other), (_, third) = (_an_evening_of(journal, cast, clock) for _ in range(3))
    for pair in ((old, one), (old, other), (other, third)):
        journal.write("duplicate.link", dict(zip(("one", "other"), pair, strict=True)), author=cast.bo.id)
    clock.advance(days=100)
    erase(journal, clock, Cls.SHIFT)
    now, anew = rebuilt(journal.db)
    assert {row["observation_id"] for row in now["duplicate_event"]} == {other, third}
    assert anew == now


def test_nothing_goes_without_a_decision_or_within_its_first_week(
    journal: Journal, clock: FakeClock, cast: Cast
) -> None:
    assert cast
    for outbox, op in an_evening():
        journal.append(outbox.read(op))
    clock.advance(days=1000)
    assert run(journal, Cls.SHIFT, clock()) is None
    decide(journal, Cls.SHIFT)
    assert run(journal, Cls.SHIFT, clock()) is None
    clock.advance(days=6, hours=23)
    assert run(journal, Cls.SHIFT, clock()) is None
    decide(journal, Cls.SHIFT, None)
    clock.advance(days=WEEK.days, hours=1)
    assert run(journal, Cls.SHIFT, clock()) is None
    decide(journal, Cls.SHIFT)
    clock.advance(days=WEEK.days, hours=1)
    assert run(journal, Cls.SHIFT, clock()) is not None


def test_a_shift_that_is_held_or_followed_up_stays_and_is_told_why(
    journal: Journal, clock: FakeClock, cast: Cast
) -> None:
    made = [_an_evening_of(journal, cast) for _ in range(3)]
    (held, _), (followed, seen), _ = made
    journal.write("retention.hold", {"target": held, "reason": "Polisanmälan"}, author=cast.dora.id)
    task = {"observation": seen, "kind": "visit", "owner": cast.bo.id, "due": "2026-12-01"}
    followup = journal.write("followup.create", task, author=cast.bo.id).id
    decided_long_ago(journal, clock, Cls.SHIFT)
    done = erase(journal, clock, Cls.SHIFT)
    assert (done.things, done.kept) == (1, {"held": 1, "followup": 1})
    assert _shifts(journal.db) == {held, followed}
    journal.write("followup.close", {"target": followup, "based_on": followup, "outcome": "fixed"}, author=cast.bo.id)
    journal.write("retention.lift", {"target": held, "reason": "Nedlagd"}, author=cast.dora.id)
    assert erase(journal, clock, Cls.SHIFT).things == 2
    assert _shifts(journal.db) == set()
    now, anew = rebuilt(journal.db)
    assert anew == now
    assert now["retention_hold"] == []


def test_a_phone_found_in_a_drawer_doubles_nothing_and_its_late_words_go_the_next_time(
    journal: Journal, clock: FakeClock, cast: Cast
) -> None:
    alva = Outbox(author=cast.alva.id)
    shift = alva.seal("shift.start", a_shift(cast.alva, cast.cim))
    known = alva.seal("checkin.create", a_checkin(), shift=shift["id"])
    unsent = alva.seal("checkin.create", a_checkin(note="Låg kvar"), shift=shift["id"])
    journal.append([*alva.read(shift), *alva.read(known)])
    decided_long_ago(journal, clock, Cls.SHIFT)
    erase(journal, clock, Cls.SHIFT)
    again = journal.append([*alva.read(shift), *alva.read(known), *alva.read(unsent)])
    assert [receipt.status for receipt in again] == ["duplicate", "duplicate", "applied"]
    assert _shifts(journal.db) == set(), "What is erased does not come back."
    assert run(journal, Cls.SHIFT, clock()) is None, "It has just come: somebody may want to read it."
    clock.advance(days=400)
    assert erase(journal, clock, Cls.SHIFT).ops == 1
    with journal.db.read() as conn:
        assert "Låg kvar" not in str(everything(conn))
        assert verify(conn).ok


def test_a_shift_that_never_began_is_kept_by_words_on_what_is_held(
    journal: Journal, clock: FakeClock, cast: Cast
) -> None:
    """And keeps no run from ending, nor another shift from going."""
    held, seen = _an_evening_of(journal, cast)
    journal.write("retention.hold", {"target": held, "reason": "Polisanmälan"}, author=cast.dora.id)
    alva = Outbox(author=cast.alva.id)
    journal.append(alva.read(alva.seal("observation.amend", an_amendment(seen, text="Kvar"), shift=new_id(EVENING))))
    decide(journal, Cls.SHIFT)
    clock.advance(days=400)
    assert run(journal, Cls.SHIFT, clock()) is None
    _an_evening_of(journal, cast)
    clock.advance(days=400)
    assert erase(journal, clock, Cls.SHIFT).ops == 2
    assert _shifts(journal.db) == {held}
    now, anew = rebuilt(journal.db)
    assert [row["text"] for row in now["observation"]] == ["Kvar"]
    assert anew == now


def test_what_comes_while_it_is_looked_for_is_not_passed_over(
    journal: Journal, clock: FakeClock, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the looking and the erasing somebody corrects a record: nothing goes until it is looked at anew."""
    _, seen = _an_evening_of(journal, cast)
    decided_long_ago(journal, clock, Cls.SHIFT)
    make = journal.make

    def _meanwhile(op_type: str, data: Any, **given: Any) -> Any:
        op = make(op_type, data, **given)
        if op_type == "retention.erase":
            monkeypatch.undo()
            alva = Outbox(author=cast.alva.id)
            journal.append(alva.read(alva.seal("observation.amend", an_amendment(seen, text="Nyss"))))
        return op

    monkeypatch.setattr(journal, "make", _meanwhile)
    assert run(journal, Cls.SHIFT, clock()) is None
    assert len(_shifts(journal.db)) == 1
    assert erase(journal, clock, Cls.SHIFT).things == 1
    now, anew = rebuilt(journal.db)
    assert anew == now


def test_verify_finds_what_was_taken_without_a_protocol(journal: Journal, clock: FakeClock, cast: Cast) -> None:
    """A body that somebody blanks by hand leaves the chain whole."""
    for _ in range(2):
        _an_evening_of(journal, cast)
    decided_long_ago(journal, clock, Cls.SHIFT)
    _an_evening_of(journal, cast, clock)
    erase(journal, clock, Cls.SHIFT)
    with journal.db.write() as conn:
        left = select(OP.c.seq).where(OP.c.type == "observation.create", OP.c.body.is_not(None))
        newest = conn.execute(left).scalar_one()
        conn.execute(update(OP).where(OP.c.seq == newest).values(body=None))
    with journal.db.read() as conn:
        assert [(fault.seq, fault.what) for fault in verify(conn).faults] == [(newest, "blank")]


def test_a_planned_series_goes_when_its_last_evening_is_long_over(
    api: TestClient, ctx: Context, clock: FakeClock, cast: Cast
) -> None:
    assert cast
    play_everything(api, ctx)
    decided_long_ago(ctx.journal, clock, Cls.PLAN)
    assert erase(ctx.journal, clock, Cls.PLAN).ops > 3
    with ctx.db.read() as conn:
        rows = projected(conn)
    planning = ("plan", "planned_shift", "planned_host", "briefing", "briefing_reading")
    assert [name for name in planning if rows[name]] == []
    assert rows["shift"] != []
    now, anew = rebuilt(ctx.db)
    assert anew == now


def test_who_has_left_goes_once_nothing_names_them(journal: Journal, clock: FakeClock, cast: Cast) -> None:
    _an_evening_of(journal, cast)
    gone = {"id": cast.alva.id, "username": "alva", "name": cast.alva.name, "role": "host", "active": False}
    other = {"id": cast.elin.id, "username": "elin", "name": cast.elin.name, "role": "host", "active": False}
    journal.write("user.contact", {"id": cast.elin.id, "email": "elin@example.org"}, author=None)
    for said in (gone, other):
        journal.write("user.put", said, author=cast.ada.id)
    for cls in (Cls.ACCOUNT, Cls.SHIFT):
        decide(journal, cls)
    clock.advance(days=1000)
    done = erase(journal, clock, Cls.ACCOUNT)
    assert (done.things, done.kept) == (1, {"named": 1}), "Alva's shift still names her."
    erase(journal, clock, Cls.SHIFT)
    assert erase(journal, clock, Cls.ACCOUNT).things == 1
    with journal.db.read() as conn:
        told = str(everything(conn))
    assert [name for name in (cast.alva.name, cast.elin.name, "elin@example.org") if name in told] == []
    assert cast.cim.name in told
    now, anew = rebuilt(journal.db)
    assert anew == now
    assert run(journal, Cls.ACCOUNT, clock()) is None, "Nobody is erased twice."
    with journal.db.read() as conn:
        dora = Viewer(cast.dora.id, cast.dora.name, Role.DATA_PROTECTION)
        assert {one["name"] for one in people.listed(conn, dora)} == {
            one.name for one in cast.everybody if one not in (cast.alva, cast.elin)
        }
        assert followups.hosts(conn) == [cast.cim.name], "An empty name would be found in every text."
        users = [one["value"] for one in pull(conn, dora, None, 2000, clock())["changes"] if one["kind"] == "user"]
    assert [(one["name"], one["active"]) for one in users if one["id"] == cast.alva.id] == [("", False)]


def test_the_log_of_readings_goes_by_its_own_time(ctx: Context, clock: FakeClock, cast: Cast) -> None:
    for _ in range(2):
        readings.note(ctx.db, viewer_id=cast.bo.id, what="own", subject=cast.bo.id, at=clock())
        decided_long_ago(ctx.journal, clock, Cls.READING)
    readings.note(ctx.db, viewer_id=cast.bo.id, what="own", subject=cast.bo.id, at=clock())
    assert erase(ctx.journal, clock, Cls.READING).things == 2
    with ctx.db.read() as conn:
        assert len(everything(conn)["audit_reading"]) == 1


def test_more_than_fits_a_transaction_is_one_line_of_the_protocol(
    journal: Journal, clock: FakeClock, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.retention.erase.STEP", 2)
    for _ in range(5):
        _an_evening_of(journal, cast)
    decided_long_ago(journal, clock, Cls.SHIFT)
    erase(journal, clock, Cls.SHIFT)
    with journal.db.read() as conn:
        (told,) = projected(conn)["retention_run"]
    assert (told["cls"], told["things"], told["ops"], told["months"]) == ("shift", 5, 10, MONTHS)
    now, anew = rebuilt(journal.db)
    assert anew == now


@pytest.mark.parametrize("seqs", [[], [1], [3, 1, 2], [9, 1, 2, 7]])
def test_numbers_are_packed_and_come_out_the_same(seqs: list[int]) -> None:
    assert unpacked(packed(seqs)) == sorted(seqs)


def _an_evening_of(journal: Journal, cast: Cast, clock: FakeClock | None = None) -> tuple[str, str]:
    alva = Outbox(author=cast.alva.id)
    alva.wall = clock() if clock else alva.wall
    shift = alva.seal("shift.start", a_shift(cast.alva, cast.cim))
    seen = alva.seal("observation.create", an_observation(), shift=shift["id"])
    journal.append([*alva.read(shift), *alva.read(seen)])
    return str(shift["id"]), str(seen["id"])


def _shifts(db: Database) -> set[str]:
    with db.read() as conn:
        return set(conn.execute(select(Shift.id)).scalars())  # type: ignore[call-overload]
