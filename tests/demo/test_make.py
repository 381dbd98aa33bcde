"""`lykta demo`: whole evenings that came in through the same doors as real ones."""

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from app.access import accounts
from app.access.context import Context
from app.access.models import Device
from app.briefing.models import Briefing
from app.checkin.models import Checkin
from app.core.db import Database
from app.core.errors import Refused
from app.demo.make import CAST, DemoPeople, make_demo
from app.demo.texts import texts
from app.escalation.models import Escalation, EscalationAttempt
from app.followup.models import Followup
from app.journal.models import JournalTally
from app.journal.rebuild import rebuild
from app.journal.rows import INSTALL, OP
from app.journal.verify import verify
from app.observation.models import Observation, ObservationRevision
from app.place.models import Area, Contact, Place
from app.place.vocabulary import shipped
from app.plan.models import PlannedShift
from app.review.models import Comment, Review
from app.shift.handover import Handover
from app.shift.models import Shift, ShiftEnd, ShiftMember
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.support import on_sqlite
from tests.support.world import EVENING, FakeClock, make_context, make_journal

#: What a reader sees; `seq` differs where other rows lie before them in the journal.
TOLD = (Area, Place, Contact, Shift, ShiftMember, ShiftEnd, Checkin, Observation, ObservationRevision, Escalation,
        EscalationAttempt, Comment, Review, Briefing, Handover, Followup, PlannedShift)  # fmt: skip
#: Reserved by PTS for fiction, and numbers that everybody may call.
FICTION = ("070174", "0846500")
PUBLIC = {"112", "11414", "1177", "11313"}
_numbers = count(1)


class Made:
    def __init__(self, ctx: Context, people: DemoPeople) -> None:
        self.ctx, self.people = ctx, people

    def rows(self, model: Any, *where: Any) -> list[Any]:
        with self.ctx.db.read() as conn:
            return list(conn.execute(select(model.__table__).where(*where)))


def digest(conn: Connection) -> str:
    """One hash over every row that the demo tells of."""
    told: list[str] = []
    for model in TOLD:
        table = getattr(model, "__table__")  # noqa: B009 (declared by SQLModel at run time)
        rows = [dict(row._mapping) for row in conn.execute(select(table))]
        told += sorted(json.dumps(row, sort_keys=True, default=str) for row in rows)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


@pytest.fixture(scope="module")
def made(sqlite_template: Path, fast_dir: Path) -> Iterator[Made]:
    """On a Friday at 21:00: the last evening is still open. Only read by the tests."""
    path = fast_dir / f"demo-{next(_numbers)}.db"
    shutil.copyfile(sqlite_template, path)
    db = Database(f"sqlite:///{path}")
    ctx = make_context(db, make_journal(db, FakeClock()), fast_dir)
    yield Made(ctx, make_demo(ctx, seed=7))
    db.close()


def test_the_same_seed_gives_the_same_rows_on_both_databases(ctx: Context, made: Made) -> None:
    make_demo(ctx, seed=7)
    with ctx.db.read() as mine, made.ctx.db.read() as theirs:
        assert digest(mine) == digest(theirs)


def test_the_journal_holds_and_a_rebuild_gives_the_same_rows(made: Made) -> None:
    with made.ctx.db.read() as conn:
        before, report = digest(conn), verify(conn)
    rebuild(made.ctx.db, REGISTRY, PROJECTIONS)
    with made.ctx.db.read() as conn:
        assert (report.ok, digest(conn)) == (True, before)


@on_sqlite
def test_another_seed_tells_of_other_evenings(ctx: Context, made: Made) -> None:
    make_demo(ctx, seed=8)
    with ctx.db.read() as mine, made.ctx.db.read() as theirs:
        assert digest(mine) != digest(theirs)


@on_sqlite
def test_a_demo_never_mixes_with_an_organisation(ctx: Context, cast: object) -> None:
    assert cast
    with pytest.raises(Refused, match="people"):
        make_demo(ctx)


@on_sqlite
def test_by_day_no_shift_is_open(ctx: Context) -> None:
    make_demo(ctx, now=EVENING - timedelta(hours=10))
    with ctx.db.read() as conn:
        assert set(conn.execute(select(Shift.__table__.c.status)).scalars()) == {"ended"}  # type: ignore[attr-defined]


def test_everybody_can_sign_in_and_no_password_is_fixed(made: Made) -> None:
    assert [(p.username, p.name, p.role) for p in made.people.people] == list(CAST)
    for person in made.people.people:
        signed = accounts.sign_in(made.ctx, person.username, person.password, address="198.51.100.7", install=None,
                                  label="", device_token=None)  # fmt: skip
        assert signed.viewer.id == person.id
        assert len(person.password) >= 15
        assert person.password in made.people.text()
    assert len({p.password for p in made.people.people}) == len(CAST)


def test_every_op_was_applied_and_came_from_a_phone_that_is_known(made: Made) -> None:
    with made.ctx.db.read() as conn:
        assert set(conn.execute(select(OP.c.status)).scalars()) == {"applied"}
        pushed = set(conn.execute(select(OP.c.device).where(OP.c.client_seq.is_not(None))).scalars())
    assert pushed == {device.id for device in made.rows(Device)}


def test_receipts_follow_the_clock(made: Made) -> None:
    """Seq 1 is the vocabulary, which the server stored when it was made."""
    with made.ctx.db.read() as conn:
        times = list(conn.execute(select(OP.c.received_at).where(OP.c.seq > 1).order_by(OP.c.seq)).scalars())
    assert times == sorted(times)
    assert times[-1] <= EVENING


def test_an_evening_has_five_to_twelve_observations_over_many_categories(made: Made) -> None:
    observations = made.rows(Observation)
    per_shift = Counter(o.shift_id for o in observations)
    ended = {s.id for s in made.rows(Shift) if s.status == "ended"}
    assert all(5 <= per_shift[shift] <= 14 for shift in ended)
    assert len({o.category for o in observations}) >= 20
    assert Counter(o.category for o in observations).most_common(1)[0][0] == "E2"
    assert sum(o.category == "K1" for o in observations) >= 8


def test_some_of_what_was_written_is_corrected_and_some_taken_back(made: Made) -> None:
    statuses = Counter(o.status for o in made.rows(Observation))
    assert statuses["amended"] >= 2
    assert statuses["retracted"] >= 1


def test_help_was_called_with_attempts_and_outcomes(made: Made) -> None:
    attempts = made.rows(EscalationAttempt)
    assert len({e.service for e in made.rows(Escalation)}) >= 3
    assert len(attempts) > len({a.escalation_id for a in attempts})
    assert {a.attempted["kind"] for a in attempts} == {"point"}
    assert {a.arrived["kind"] for a in attempts if a.arrived} <= {"point", "about"}


def test_one_evening_came_late_from_a_phone_without_coverage(made: Made) -> None:
    lag = Counter(row.shift_id for row in [*made.rows(Checkin), *made.rows(Observation)]
                  if row.received_at - row.estimated_at > timedelta(minutes=10))  # fmt: skip
    assert len(lag) == 1
    assert sum(lag.values()) >= 3


def test_one_phone_broke_and_left_a_gap(made: Made) -> None:
    with made.ctx.db.read() as conn:
        holes = [r for r in conn.execute(select(INSTALL)) if r.contiguous_seq < r.max_seq]
    tally = {(t.shift, t.install): t.received for t in made.rows(JournalTally)}
    short = [e for e in made.rows(ShiftEnd) if tally[e.shift_id, e.install] < e.ops]
    assert len(holes) == 1
    assert [e.install for e in short] == [holes[0].install]
    assert short[0].ops - tally[short[0].shift_id, short[0].install] == 2


def test_tonight_is_open_and_all_others_are_ended_by_every_phone(made: Made) -> None:
    shifts = sorted(made.rows(Shift), key=lambda s: s.started_at)
    assert [s.status for s in shifts] == ["ended"] * (len(shifts) - 1) + ["open"]
    ends = {(e.shift_id, e.install) for e in made.rows(ShiftEnd)}
    wrote = {(t.shift, t.install) for t in made.rows(JournalTally)}
    assert wrote - ends == {(shift, install) for shift, install in wrote if shift == shifts[-1].id}


def test_two_evenings_are_alone_with_a_reason_and_one_is_joined_later(made: Made) -> None:
    shifts = made.rows(Shift)
    members = Counter(m.shift_id for m in made.rows(ShiftMember))
    alone = [s for s in shifts if len(s.hosts) == 1]
    assert sorted(members[s.id] for s in alone) == [1, 1, 2]
    assert all(s.alone_reason for s in alone)


def test_the_town_has_areas_and_places_of_every_kind(made: Made) -> None:
    places = made.rows(Place)
    assert {p.kind for p in places} == {kind["code"] for kind in shipped()["place_kinds"]}
    assert all(p.area_id for p in places)
    assert len(made.rows(Area)) == 3


def test_no_number_of_a_real_subscriber_is_shown(made: Made) -> None:
    for contact in made.rows(Contact):
        digits = "".join(c for c in contact.number if c.isdigit())
        assert digits in PUBLIC or digits.startswith(FICTION)


def test_positions_lie_near_the_place_that_was_chosen(made: Made) -> None:
    places = {p.id: p for p in made.rows(Place)}
    located = [r for r in made.rows(Observation) if r.place_id and r.lat is not None]
    assert len(located) > 30
    assert all(abs(r.lat - places[r.place_id].lat) < 0.001 for r in located)
    assert all(abs(r.lon - places[r.place_id].lon) < 0.002 for r in located)
    assert all(r.lat is None for r in made.rows(Observation) if r.place_id and places[r.place_id].kind == "garage")


def test_every_code_in_the_texts_is_in_the_vocabulary() -> None:
    vocabulary = shipped()
    known = {name: {str(item["code"]) for item in items} for name, items in vocabulary.items()
             if isinstance(items, list)}  # fmt: skip
    found = texts()
    sights = [*found["seen"], *found["meetings"], *found["rounds"], found["restricted"]]
    sights += [scene["observation"] for scene in found["help"]]
    for sight in sights:
        assert sight["category"] in known["categories"]
        assert set(sight["kinds"]) <= known["place_kinds"]
        assert set(sight.get("actions", [])) <= known["actions"]
        for member, name in (("count", "count_bands"), ("ages", "age_bands"), ("certainty", "certainties")):
            assert sight.get(member) is None or sight[member] in known[name]
    for scene in found["help"]:
        assert scene["service"] in known["services"]
        assert {a["outcome"] for a in scene["attempts"]} | {scene["close"]["outcome"]} <= known["outcomes"]


def test_the_desk_has_faults_in_hand_and_evenings_to_come(made: Made) -> None:
    kept = made.rows(Followup)
    today = EVENING.date()
    assert sorted((one.status, one.due < today) for one in kept) == [("closed", False), ("open", False), ("open", True)]
    assert {one.outcome for one in kept if one.status == "closed"} == {"fixed"}
    known = {row.id for row in made.rows(Observation)}
    assert {one.observation_id for one in kept} <= known
    coming = made.rows(PlannedShift)
    assert len(coming) == 4 * 5
    assert all(one.starts_at > EVENING and one.area_id is not None for one in coming)
    assert {one.day.weekday() for one in coming} == {1, 2, 3, 4, 5}
    hosts = {person.id for person in made.people.people if person.role == "host"}
    assert {frozenset(one.hosts) for one in coming} == {frozenset(hosts)}
