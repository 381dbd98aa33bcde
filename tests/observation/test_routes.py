"""GET and POST /observations, and their amendments."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from app.access import accounts
from app.access.context import Context
from app.access.permission import Scope
from app.audit.readings import READING
from app.core.clock import stamp
from app.core.db import Database
from app.core.ids import uuid7
from tests.conftest import SignIn
from tests.support import on_postgresql, on_sqlite
from tests.support.client import Browser, Phone
from tests.support.factories import a_position, a_retraction, an_amendment, an_observation, happened
from tests.support.sql import statements
from tests.support.world import EVENING, Cast

RESTRICTED = "X1"


def _see(phone: Phone, shift_id: str | None = None, **members: object) -> str:
    position = members.pop("position", None)
    op = phone.seal("observation.create", an_observation(**members), shift=shift_id, position=position)
    phone.send(op)
    return str(op["id"])


def _ids(browser: Browser, query: str = "") -> list[str]:
    answer = browser.get(f"/observations{query}")
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


def test_a_stranger_reads_and_writes_no_observation(stranger: Browser) -> None:
    assert stranger.get("/observations").status_code == 401
    assert stranger.get(f"/observations/{uuid7()}").status_code == 401
    assert stranger.post("/observations", json=an_observation()).status_code == 401
    assert stranger.post(f"/observations/{uuid7()}/amendments", json={}).status_code == 401


def test_a_host_writes_no_observation_as_a_program_does(sign_in: SignIn, cast: Cast) -> None:
    alva = sign_in(cast.alva)
    assert alva.post("/observations", json=an_observation()).status_code == 403
    body = {"reason": "Fel", "observation": an_observation()}
    assert alva.post(f"/observations/{uuid7()}/amendments", json=body).status_code == 403


def test_a_host_reads_only_what_belongs_to_their_shifts(
    alva: Phone, shift_id: str, sign_in: SignIn, cast: Cast
) -> None:
    seen = _see(alva, shift_id)
    assert _ids(sign_in(cast.cim)) == [seen]
    elin = sign_in(cast.elin)
    assert _ids(elin) == []
    assert elin.get(f"/observations/{seen}").status_code == 404


def test_a_restricted_record_is_for_its_author_and_for_overseers(
    alva: Phone, shift_id: str, bo: Browser, sign_in: SignIn, cast: Cast
) -> None:
    seen = _see(alva, shift_id, category=RESTRICTED)
    assert (_ids(bo), _ids(sign_in(cast.alva))) == ([seen], [seen])
    for colleague in (sign_in(cast.cim), sign_in(cast.dan)):
        assert _ids(colleague) == []
        assert colleague.get(f"/observations/{seen}").status_code == 404


def test_correcting_the_category_does_not_open_a_restricted_record(
    alva: Phone, shift_id: str, sign_in: SignIn, cast: Cast
) -> None:
    seen = _see(alva, shift_id, category=RESTRICTED)
    alva.send(alva.seal("observation.amend", an_amendment(seen, category="U1"), shift=shift_id))
    assert _ids(sign_in(cast.dan)) == []


def test_time_is_when_it_happened_half_open(alva: Phone, bo: Browser) -> None:
    early = _see(alva, happened=happened(EVENING))
    late = _see(alva, happened=happened(EVENING + timedelta(hours=1), "about"))
    assert _ids(bo) == [late, early]
    assert _ids(bo, f"?from={stamp(EVENING)}&to={stamp(EVENING + timedelta(hours=1))}") == [early]
    assert _ids(bo, "?from=2026-11-20T22:00:00%2B01:00") == [late]


def test_filters_narrow_together(alva: Phone, shift_id: str, bo: Browser) -> None:
    graffiti, youths = _see(alva, shift_id, category="S2"), _see(alva, shift_id, category="U1")
    outside = _see(alva, category="U1")
    alva.send(alva.seal("observation.retract", a_retraction(graffiti), shift=shift_id))
    assert _ids(bo, "?category=U1&category=S2") == [outside, youths, graffiti]
    assert _ids(bo, f"?category=U1&shift_id={shift_id}") == [youths]
    assert _ids(bo, "?status=retracted") == [graffiti]


def test_a_box_is_west_south_east_north(alva: Phone, bo: Browser) -> None:
    here = _see(alva, position=a_position(lon=14.86, lat=56.16))
    _see(alva, position=a_position(lon=15.5, lat=56.16))
    assert _ids(bo, "?bbox=14.8,56.1,14.9,56.2") == [here]
    assert bo.get("/observations?bbox=56.1,14.9,56.2,14.8").status_code == 422


def test_a_list_costs_the_same_whatever_it_holds(alva: Phone, shift_id: str, bo: Browser) -> None:
    costs = set()
    for _ in range(3):
        seen = _see(alva, shift_id)
        alva.send(alva.seal("observation.amend", an_amendment(seen), shift=shift_id))
        with statements() as asked:
            _ids(bo)
        costs.add(len(asked))
    assert costs == {4}


BOX_AND_TIME = """SELECT * FROM observation WHERE happened_from >= '2026-11-20' AND happened_from < '2026-11-21' AND (
(lon BETWEEN 14 AND 15 AND lat BETWEEN 56 AND 57) OR (lon IS NULL AND place_id IN (SELECT id FROM place)))"""


@on_sqlite
def test_box_and_time_use_the_index_on_sqlite(db: Database) -> None:
    with db.read() as conn:
        plan = " ".join(row.detail for row in conn.execute(text(f"EXPLAIN QUERY PLAN {BOX_AND_TIME}")))
    assert "ix_observation_happened_from" in plan


@on_postgresql
def test_box_and_time_use_the_index_on_postgresql(db: Database) -> None:
    with db.read() as conn:
        conn.execute(text("SET LOCAL enable_seqscan = off"))
        plan = " ".join(row[0] for row in conn.execute(text(f"EXPLAIN {BOX_AND_TIME}")))
    assert "ix_observation_happened_from" in plan


def test_a_program_writes_an_observation(bo: Browser, shift_id: str, cast: Cast) -> None:
    body = an_observation(shift_id=shift_id, author=cast.cim.id, text="Glas på gången.")
    answer = bo.post("/observations", json=body)
    assert answer.status_code == 201, answer.text
    value = answer.json()
    assert (value["author_id"], value["shift_id"], value["text"]) == (cast.cim.id, shift_id, "Glas på gången.")
    assert bo.get(answer.headers["location"].removeprefix("/api/v1")).json() == value


def test_a_repeat_answers_with_the_first_result_and_another_content_is_refused(bo: Browser) -> None:
    body = an_observation(id=uuid7())
    codes = [bo.post("/observations", json=said).status_code for said in (body, body, body | {"severity": 4})]
    assert codes == [201, 200, 409]
    assert bo.get(f"/observations/{body['id']}").json()["severity"] == 2


def test_a_program_corrects_and_the_first_words_stay(alva: Phone, shift_id: str, bo: Browser, cast: Cast) -> None:
    seen = _see(alva, shift_id)
    body = {"id": uuid7(), "reason": "Fel vägg", "observation": an_observation(text="Södra väggen.")}
    answer, again = (bo.post(f"/observations/{seen}/amendments", json=body) for _ in range(2))
    assert (answer.status_code, again.status_code) == (201, 200)
    value = answer.json()
    assert (value["id"], value["status"], value["text"]) == (seen, "amended", "Södra väggen.")
    assert [(v["author_id"], v["observation"]["text"]) for v in value["revisions"]] == [
        (cast.alva.id, "Klotter på norra väggen."), (cast.bo.id, "Södra väggen."),
    ]  # fmt: skip
    assert bo.post(f"/observations/{seen}/amendments", json=body | {"reason": "Annat"}).status_code == 409


def test_what_is_not_here_cannot_be_corrected(bo: Browser) -> None:
    body = {"reason": "Fel", "observation": an_observation()}
    assert bo.post(f"/observations/{uuid7()}/amendments", json=body).status_code == 404


def test_a_correction_is_made_by_somebody_with_a_part_in_it(
    alva: Phone, shift_id: str, bo: Browser, cast: Cast
) -> None:
    seen = _see(alva, shift_id)
    body = {"reason": "Fel", "observation": an_observation()}
    path = f"/observations/{seen}/amendments"
    answer = bo.post(path, json=body | {"author": cast.elin.id})
    assert answer.json()["errors"] == [{"pointer": "/author", "code": "no-part-in-it"}]
    assert bo.post(path, json=body | {"author": cast.cim.id}).status_code == 201


def test_a_program_without_the_restricted_scope_sees_no_restricted_record(
    stranger: Browser, ctx: Context, alva: Phone, shift_id: str
) -> None:
    seen = _see(alva, shift_id, category=RESTRICTED)
    _, token = accounts.add_token(ctx, "schema", [Scope.READ, Scope.WRITE])
    program = Browser(stranger.api, token)
    assert _ids(program) == []
    body = {"reason": "Fel", "observation": an_observation()}
    assert program.post(f"/observations/{seen}/amendments", json=body).status_code == 404


@on_sqlite
@pytest.mark.parametrize(
    ("change", "pointer"),
    [({"severity": 9}, "/severity"), ({"happened": {"kind": "point"}}, "/happened/from"),
     ({"category": None}, "/category"), ({"actions": [3]}, "/actions/0"),
     ({"happened": {"kind": "point", "from": 5}}, "/happened/from")],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_is_stored(bo: Browser, change: dict[str, object], pointer: str) -> None:
    answer = bo.post("/observations", json=an_observation() | change)
    assert (answer.status_code, [e["pointer"] for e in answer.json()["errors"]]) == (422, [pointer])
    assert _ids(bo) == []


@on_sqlite
def test_wrong_members_of_a_correction_are_named_where_they_stand(bo: Browser, alva: Phone, shift_id: str) -> None:
    seen = _see(alva, shift_id)
    body = {"reason": "", "observation": an_observation(severity=0)}
    answer = bo.post(f"/observations/{seen}/amendments", json=body)
    assert [e["pointer"] for e in answer.json()["errors"]] == ["/reason", "/observation/severity"]


def _at(browser: Browser, seen: str) -> tuple[object, object]:
    found = browser.get(f"/observations/{seen}").json()["position"]
    return found and (found["lat"], found["source"])


def test_a_correction_that_sets_a_point_on_the_map_moves_the_record(alva: Phone, shift_id: str, bo: Browser) -> None:
    seen = _see(alva, shift_id, position=a_position())
    pin = a_position(lat=56.2, accuracy_m=None, age_ms=0, source="map")
    alva.send(alva.seal("observation.amend", an_amendment(seen), shift=shift_id, position=pin))
    assert _at(bo, seen) == (56.2, "map")
    alva.send(alva.seal("observation.amend", an_amendment(seen, text="Andra ord"), shift=shift_id))
    assert _at(bo, seen) == (56.2, "map")
    place = a_position(lat=56.3, accuracy_m=None, age_ms=0, source="place")
    alva.send(alva.seal("observation.amend", an_amendment(seen), shift=shift_id, position=place))
    assert _at(bo, seen) == (56.3, "place")
    told = [version["observation"].get("position") for version in bo.get(f"/observations/{seen}").json()["revisions"]]
    assert [where and (where["lat"], where["source"]) for where in told] == [
        (56.1612, "gnss"), (56.2, "map"), None, (56.3, "place")]  # fmt: skip


def test_where_a_phone_was_when_it_corrected_moves_nothing(alva: Phone, shift_id: str, bo: Browser) -> None:
    seen = _see(alva, shift_id, position=a_position())
    alva.send(alva.seal("observation.amend", an_amendment(seen), shift=shift_id, position=a_position(lat=57.0)))
    assert _at(bo, seen) == (56.1612, "gnss")


@on_sqlite
def test_who_was_shown_somebody_elses_restricted_record_is_noted(
    stranger: Browser, ctx: Context, alva: Phone, shift_id: str, sign_in: SignIn, cast: Cast
) -> None:
    once = _see(alva, shift_id, category=RESTRICTED)
    alva.send(alva.seal("observation.amend", an_amendment(once, category="S2"), shift=shift_id))
    closed, _ = _see(alva, shift_id, category="H2"), _see(alva, shift_id)
    token_id, token = accounts.add_token(ctx, "schema", [Scope.READ, Scope.RESTRICTED])
    program, reads = Browser(stranger.api, token), ("/observations", f"/observations/{closed}", "/sync/pull")
    for reader, who in ((sign_in(cast.bo), cast.bo.id), (sign_in(cast.dora), cast.dora.id), (program, token_id)):
        for path in reads:
            with ctx.db.write() as conn:
                conn.execute(READING.delete())
            assert reader.get(path).status_code == 200
            with ctx.db.read() as conn:
                noted = {(row.viewer_id, row.what, row.subject) for row in conn.execute(READING.select())}
            assert noted == {(who, "restricted", one) for one in ({closed} if closed in path else {closed, once})}
    for own in (alva, sign_in(cast.cim), sign_in(cast.dan)):
        own.pull_all()
    with ctx.db.read() as conn:
        assert {row.viewer_id for row in conn.execute(READING.select())} == {token_id}
