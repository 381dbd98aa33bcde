"""Two hosts, one event (scenario 4): hinted, linked, counted once, and taken apart again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access.context import Context
from app.access.permission import Role, Viewer
from app.core.db import Database
from app.duplicate import queries
from app.duplicate.rules import Seen, groups, hint, hints
from app.journal.rebuild import rebuild
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.conftest import PhoneOf, SignIn
from tests.support import on_sqlite
from tests.support.client import Browser, Phone, new_id
from tests.support.factories import a_position, a_retraction, a_shift, an_observation, happened
from tests.support.plans import REVISIONS, scanned
from tests.support.sql import statements
from tests.support.tables import projected
from tests.support.world import EVENING, Cast

BO = Viewer("019a0000-0000-7000-8000-000000000021", "Bo", Role.SUPERVISOR)
DAN = Viewer("019a0000-0000-7000-8000-000000000041", "Dan", Role.ANALYST)
SPAN = (EVENING - timedelta(days=1), EVENING + timedelta(days=1))
See = Callable[..., str]


def seen(**members: Any) -> Seen:
    at = members.pop("at", 0)
    begins = EVENING + timedelta(minutes=at)
    told: dict[str, Any] = {"id": "a", "category": "T1", "author_id": "alva", "shift_id": "s", "begins": begins,
            "ends": begins + timedelta(minutes=members.pop("lasts", 0)), "is_about": False, "place_id": None,
            "lat": 56.16, "lon": 14.86, "within_m": 10.0}  # fmt: skip
    return Seen(**(told | members))


def other(**members: Any) -> Seen:
    return seen(**({"id": "b", "author_id": "cim"} | members))


@pytest.mark.parametrize("second", [
    other(at=5), other(at=-15), other(at=25, is_about=True), other(lat=56.1615), other(lat=None, lon=None),
    other(lat=56.17, within_m=1_000.0), other(at=5, shift_id="t"),
])  # fmt: skip
def test_it_is_hinted(second: Seen) -> None:
    told = hint(seen(), second)
    assert told is not None
    assert (told.one, told.other) == ("a", "b")
    assert hint(second, seen()) == told


@pytest.mark.parametrize("second", [
    other(category="T2"), other(at=16), other(at=31, is_about=True), other(lat=56.165), other(author_id="alva"),
    other(lat=None, lon=None, shift_id="t"), other(id="a"),
])  # fmt: skip
def test_it_is_not_hinted(second: Seen) -> None:
    assert hint(seen(), second) is None


def test_the_same_place_is_near_whatever_the_phones_say() -> None:
    assert hint(seen(place_id="p"), other(place_id="p", lat=57.0)) is not None
    assert hint(seen(lasts=40), other(at=50)) is not None, "from the end of what lasted"


@given(st.lists(st.tuples(st.integers(0, 90), st.sampled_from(["T1", "S2"]), st.sampled_from("xyz")), max_size=12))
def test_the_sweep_finds_what_comparing_all_with_all_finds(told: list[tuple[int, str, str]]) -> None:
    all_ = [seen(id=f"{n:02}", at=at, category=kind, author_id=who) for n, (at, kind, who) in enumerate(told)]
    own, beside = all_[::2], all_[1::2]
    ids = {one.id for one in own}
    wanted = {found for n, a in enumerate(all_) for b in all_[n + 1 :]
              if {a.id, b.id} & ids and (found := hint(a, b)) is not None}  # fmt: skip
    assert set(hints(own, beside)) == wanted


def test_links_of_links_are_one_event() -> None:
    assert groups([("c", "d"), ("b", "c"), ("e", "f")]) == dict.fromkeys("bcd", "b") | dict.fromkeys("ef", "e")


@pytest.fixture
def pair_shift(alva: Phone, cast: Cast) -> str:
    return alva.start(a_shift(cast.alva, cast.cim))


@pytest.fixture
def see(alva: Phone, phone_of: PhoneOf, pair_shift: str, cast: Cast) -> See:
    """`see("cim", minutes)`: a race, reported by one of the pair."""
    phones = {"alva": alva, "cim": phone_of(cast.cim)}

    def _see(who: str, minutes: int, **members: Any) -> str:
        at = happened(EVENING + timedelta(minutes=minutes))
        op = phones[who].seal("observation.create", an_observation(category="T1", happened=at) | members,
                              shift=pair_shift, position=a_position())  # fmt: skip
        assert phones[who].send(op)[0]["status"] == "applied"
        return str(op["id"])

    return _see


@pytest.fixture
def desk(sign_in: SignIn, cast: Cast) -> Browser:
    return sign_in(cast.bo)


def told(desk: Browser, shift_id: str) -> tuple[list[Any], list[Any]]:
    answer = desk.get(f"/duplicates?shift_id={shift_id}")
    assert answer.status_code == 200, answer.text
    return answer.json()["hints"], answer.json()["pairs"]


def say(desk: Browser, what: str, one: str, other_: str, based_on: str | None = None, **more: Any) -> Any:
    return desk.post(f"/duplicates/{what}", json={"one": one, "other": other_, "based_on": based_on} | more)


def counted(ctx: Context, viewer: Viewer = BO) -> tuple[int, int]:
    with ctx.db.read() as conn:
        found = queries.events(conn, viewer, *SPAN)
    return found["events"], found["reports"]


def test_two_reports_of_one_race_become_one_event_and_both_stay(
    desk: Browser, see: See, pair_shift: str, ctx: Context, sign_in: SignIn, cast: Cast
) -> None:
    one, two = sorted((see("alva", 14), see("cim", 19)))
    hinted, _ = told(desk, pair_shift)
    assert [(h["one"]["id"], h["other"]["id"], h["minutes"], h["metres"]) for h in hinted] == [(one, two, 5, 0)]
    assert counted(ctx) == (2, 2)
    linked = say(desk, "link", two, one)
    assert linked.status_code == 200, linked.text
    hinted, pairs = told(desk, pair_shift)
    assert hinted == []
    assert [(p["is_same"], p["author_id"], p["one"]["id"]) for p in pairs] == [(True, cast.bo.id, one)]
    assert counted(ctx) == (1, 2)
    assert {one, two} <= set(desk.pulled("observation"))

    ada = sign_in(cast.ada)
    assert say(ada, "unlink", one, two).status_code == 409, "she had not seen the link"
    apart = say(ada, "unlink", one, two, linked.json()["version"])
    assert apart.json()["is_same"] is False
    assert counted(ctx) == (2, 2)
    assert told(desk, pair_shift)[0] == [], "answered: not hinted again"


@on_sqlite
def test_three_linked_in_a_row_are_one_until_the_middle_goes(desk: Browser, see: See, ctx: Context) -> None:
    a, b, c = see("alva", 0), see("cim", 5), see("alva", 9)
    say(desk, "link", a, b)
    middle = say(desk, "link", b, c).json()["version"]
    assert counted(ctx) == (1, 3)
    say(desk, "unlink", b, c, middle)
    assert counted(ctx) == (2, 3)
    with ctx.db.read() as conn:
        before = projected(conn)
    rebuild(ctx.db, REGISTRY, PROJECTIONS)
    with ctx.db.read() as conn:
        assert projected(conn) == before


@on_sqlite
def test_what_was_retracted_is_neither_hinted_nor_counted(
    desk: Browser, see: See, alva: Phone, pair_shift: str, ctx: Context
) -> None:
    one, _ = see("alva", 0), see("cim", 5)
    alva.send(alva.seal("observation.retract", a_retraction(one), shift=pair_shift))
    assert told(desk, pair_shift)[0] == []
    assert counted(ctx) == (1, 1)


def test_a_restricted_report_is_not_hinted_linked_or_counted_for_others(
    desk: Browser, see: See, pair_shift: str, ctx: Context
) -> None:
    one, two = see("alva", 0, category="X1"), see("cim", 5, category="X1")
    assert len(told(desk, pair_shift)[0]) == 1
    say(desk, "link", one, two)
    with ctx.db.read() as conn:
        assert queries.of_shift(conn, DAN, pair_shift) == {"hints": [], "pairs": []}
        assert queries.of_shift(conn, BO, pair_shift)["pairs"] != []
    assert counted(ctx, DAN) == (0, 0)
    assert counted(ctx) == (1, 2)


@on_sqlite
def test_what_is_not_there_or_the_same_is_refused(desk: Browser, see: See) -> None:
    one = see("alva", 0)
    assert say(desk, "link", one, new_id()).json()["errors"] == [{"pointer": "/other", "code": "unknown"}]
    assert say(desk, "link", one, one).status_code == 422


def test_it_costs_the_same_whatever_there_is_and_reads_no_table_whole(
    desk: Browser, see: See, pair_shift: str, ctx: Context, db: Database
) -> None:
    one, two = see("alva", 0), see("cim", 5)
    say(desk, "link", one, two)
    costs = set()
    for minutes in (2, 4):
        see("alva", minutes)
        with statements() as asked, ctx.db.read() as conn:
            queries.of_shift(conn, BO, pair_shift)
        costs.add(len(asked))
    assert costs == {3}
    for viewer in (BO, DAN):
        found = scanned(db, lambda conn, viewer=viewer: queries.of_shift(conn, viewer, pair_shift))  # type: ignore[misc]
        found |= scanned(db, lambda conn, viewer=viewer: queries.events(conn, viewer, *SPAN))  # type: ignore[misc]
        assert found - REVISIONS == set()
