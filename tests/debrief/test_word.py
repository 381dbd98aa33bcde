"""A talk afterwards: asked of suicide risk alone, said by supervisors, told to those who may read the record."""

from typing import Any

import pytest

from app.access.context import Context
from app.access.permission import Role, Viewer
from app.core.db import Database
from app.debrief import queries
from app.journal.rebuild import rebuild
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.conftest import PhoneOf, SignIn
from tests.support import on_sqlite
from tests.support.client import Browser, Phone, new_id
from tests.support.factories import a_retraction, a_shift, an_amendment, an_observation
from tests.support.plans import REVISIONS, scanned
from tests.support.readings import noted
from tests.support.sql import statements
from tests.support.tables import projected
from tests.support.world import Cast

BO = Viewer("019a0000-0000-7000-8000-000000000021", "Bo", Role.SUPERVISOR)
DAN = Viewer("019a0000-0000-7000-8000-000000000041", "Dan", Role.ANALYST)
RISK = {"category": "H2", "severity": 4}
Json = dict[str, Any]


@pytest.fixture
def shift_id(alva: Phone, cast: Cast) -> str:
    return alva.start(a_shift(cast.alva, cast.cim))


@pytest.fixture
def cim(phone_of: PhoneOf, cast: Cast) -> Phone:
    return phone_of(cast.cim)


@pytest.fixture
def desk(sign_in: SignIn, cast: Cast) -> Browser:
    return sign_in(cast.bo)


def met(phone: Phone, shift_id: str, **members: Any) -> str:
    op = phone.seal("observation.create", an_observation(**(RISK | members)), shift=shift_id)
    assert phone.send(op)[0]["status"] == "applied"
    return str(op["id"])


def lines(desk: Browser, shift_id: str) -> list[Json]:
    answer = desk.get("/debriefs", params={"shift_id": shift_id})
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["debriefs"]
    return found


def say(desk: Browser, record: str, status: str, based_on: str | None = None, **more: Any) -> Any:
    return desk.request("PUT", f"/debriefs/{record}", json={"status": status, "based_on": based_on} | more)


@on_sqlite
def test_it_is_asked_of_suicide_risk_alone_and_the_newest_word_holds_with_its_author(
    desk: Browser, alva: Phone, shift_id: str, sign_in: SignIn, cast: Cast
) -> None:
    record, other = met(alva, shift_id), met(alva, shift_id, category="H3")
    assert [(line["observation_id"], line["word"]) for line in lines(desk, shift_id)] == [(record, None)]
    assert say(desk, other, "offered").status_code == 404
    offered = say(desk, record, "offered").json()["word"]
    assert (offered["status"], offered["author"]) == ("offered", {"id": cast.bo.id, "name": cast.bo.name})
    held = say(sign_in(cast.ada), record, "held", offered["version"]).json()["word"]
    assert lines(desk, shift_id)[0]["word"] == held
    assert (held["status"], held["author"]["name"]) == ("held", cast.ada.name)


@on_sqlite
def test_a_word_that_one_has_not_seen_is_not_overwritten_and_a_repeat_says_nothing_twice(
    desk: Browser, alva: Phone, shift_id: str
) -> None:
    record, op = met(alva, shift_id), new_id()
    first = say(desk, record, "offered", id=op)
    assert say(desk, record, "offered", id=op).json() == first.json()
    refused = say(desk, record, "not_needed")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/newer")
    assert lines(desk, shift_id)[0]["word"]["version"] == op


@on_sqlite
def test_it_stays_asked_when_the_category_is_corrected_and_goes_with_a_retraction(
    desk: Browser, alva: Phone, shift_id: str
) -> None:
    record = met(alva, shift_id)
    alva.send(alva.seal("observation.amend", an_amendment(record, category="H3"), shift=shift_id))
    assert [line["observation_id"] for line in lines(desk, shift_id)] == [record]
    alva.send(alva.seal("observation.retract", a_retraction(record), shift=shift_id))
    assert lines(desk, shift_id) == []


def test_it_reaches_who_wrote_the_record_and_nobody_who_may_not_read_it(
    desk: Browser, alva: Phone, cim: Phone, shift_id: str, ctx: Context, cast: Cast
) -> None:
    record = met(alva, shift_id)
    say(desk, record, "offered")
    told = alva.pulled("debrief")[record]
    assert (told["status"], told["shift_id"], told["author_id"]) == ("offered", shift_id, cast.bo.id)
    assert cim.pulled("debrief") == {}
    with ctx.db.read() as conn:
        assert queries.of_shift(conn, DAN, shift_id) == []
        assert queries.of_record(conn, DAN, record) is None
        assert len(queries.of_shift(conn, BO, shift_id)) == 1


def test_it_costs_one_statement_reads_no_table_whole_and_a_rebuild_says_the_same(
    desk: Browser, alva: Phone, shift_id: str, ctx: Context, db: Database
) -> None:
    record = met(alva, shift_id)
    say(desk, record, "held")
    for viewer in (BO, DAN):
        with statements() as asked, ctx.db.read() as conn:
            queries.of_shift(conn, viewer, shift_id)
        assert len(asked) == 1
        found = scanned(db, lambda conn, viewer=viewer: queries.of_shift(conn, viewer, shift_id))  # type: ignore[misc]
        assert found - REVISIONS == set()
    with ctx.db.read() as conn:
        before = projected(conn)
    rebuild(ctx.db, REGISTRY, PROJECTIONS)
    with ctx.db.read() as conn:
        assert projected(conn) == before


@on_sqlite
def test_reading_which_records_ask_for_a_talk_is_noted_of_their_shift(
    alva: Phone, desk: Browser, shift_id: str, ctx: Context, cast: Cast
) -> None:
    assert lines(desk, shift_id) == []
    assert noted(ctx) == set()
    met(alva, shift_id)
    lines(desk, shift_id)
    assert noted(ctx) == {(cast.bo.id, "debriefs", shift_id)}
