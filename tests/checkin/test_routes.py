"""GET and POST /checkins."""

import pytest

from app.core.ids import uuid7
from app.journal.append import Journal
from tests.conftest import SignIn
from tests.support import on_sqlite
from tests.support.client import Browser, Phone
from tests.support.factories import a_checkin, a_position, a_shift
from tests.support.world import Cast

AREA, PLACE, OTHER = (f"019a0000-0000-7000-8000-0000000001{n}" for n in ("01", "02", "03"))
SQUARE = {"type": "Polygon", "coordinates": [[[14, 56], [15, 56], [15, 57], [14, 56]]]}


@pytest.fixture
def places(journal: Journal) -> None:
    journal.write("area.put", {"id": AREA, "name": "Centrum", "geometry": SQUARE}, author=None)
    station = {"id": PLACE, "name": "Stationen", "area_id": AREA, "lon": 14.86, "lat": 56.16}
    journal.write("place.put", station, author=None)


def _ids(browser: Browser, query: str = "") -> list[str]:
    answer = browser.get(f"/checkins{query}")
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


def test_a_stranger_reads_and_writes_no_checkin(stranger: Browser) -> None:
    assert stranger.get("/checkins").status_code == 401
    assert stranger.post("/checkins", json=a_checkin()).status_code == 401


def test_a_host_writes_no_checkin_as_a_program_does(sign_in: SignIn, cast: Cast) -> None:
    assert sign_in(cast.alva).post("/checkins", json=a_checkin()).status_code == 403


def test_a_host_reads_only_what_belongs_to_their_shifts(alva: Phone, sign_in: SignIn, cast: Cast) -> None:
    shift_id = alva.start(a_shift(cast.alva, cast.cim))
    op = alva.seal("checkin.create", a_checkin(), shift=shift_id)
    alva.send(op)
    assert _ids(sign_in(cast.cim)) == [op["id"]]
    assert _ids(sign_in(cast.elin)) == []
    assert _ids(sign_in(cast.dan)) == [op["id"]]


@pytest.mark.usefixtures("places")
def test_an_area_is_that_of_the_place_or_of_the_shift(alva: Phone, bo: Browser, cast: Cast) -> None:
    inside, outside = alva.start(a_shift(cast.alva, area_id=AREA)), alva.start(a_shift(cast.alva))
    there = alva.seal("checkin.create", a_checkin(place_id=PLACE), shift=outside)
    during = alva.seal("checkin.create", a_checkin(), shift=inside)
    elsewhere = alva.seal("checkin.create", a_checkin(), shift=outside)
    alva.send(there, during, elsewhere)
    assert _ids(bo, f"?area_id={AREA}") == [during["id"], there["id"]]
    assert _ids(bo, f"?area_id={OTHER}") == []
    assert _ids(bo, f"?place_id={PLACE}") == [there["id"]]
    assert _ids(bo, f"?shift_id={inside}") == [during["id"]]


@pytest.mark.usefixtures("places")
def test_a_map_shows_the_position_or_else_the_place_or_else_nothing(alva: Phone, bo: Browser) -> None:
    here = alva.seal("checkin.create", a_checkin(place_id=PLACE), position=a_position(lon=14.9, lat=56.2))
    at_place, nowhere = alva.seal("checkin.create", a_checkin(place_id=PLACE)), alva.seal("checkin.create", a_checkin())
    alva.send(here, at_place, nowhere)
    answer = bo.get("/checkins", headers={"Accept": "application/geo+json"})
    assert answer.headers["content-type"] == "application/geo+json"
    shown = {f["id"]: (f["geometry"], f["properties"]["geometry_from"]) for f in answer.json()["features"]}
    assert shown == {
        here["id"]: ({"type": "Point", "coordinates": [14.9, 56.2]}, "position"),
        at_place["id"]: ({"type": "Point", "coordinates": [14.86, 56.16]}, "place"),
        nowhere["id"]: (None, None),
    }
    assert _ids(bo, "?bbox=14.85,56.15,14.87,56.17") == [at_place["id"]]
    assert _ids(bo, "?bbox=14.8,56.1,15,57") == [at_place["id"], here["id"]]


def test_a_filter_of_another_kind_is_refused(bo: Browser) -> None:
    assert bo.get("/checkins?category=U1").status_code == 422


def test_a_program_writes_a_checkin_in_its_own_name(bo: Browser, cast: Cast) -> None:
    answer = bo.post("/checkins", json={"kind": "ok", "position": a_position(), "at": "2026-11-20T18:00:00+01:00"})
    assert answer.status_code == 201, answer.text
    value = answer.json()
    assert (value["author_id"], value["stated_at"]) == (cast.bo.id, "2026-11-20T17:00:00.000Z")
    assert value["position"] == a_position()


def test_a_repeat_answers_with_the_first_result_and_another_content_is_refused(bo: Browser) -> None:
    body = a_checkin() | {"id": uuid7()}
    codes = [bo.post("/checkins", json=said).status_code for said in (body, body, body | {"note": "Allt lugnt"})]
    assert codes == [201, 200, 409]
    assert _ids(bo) == [body["id"]]


def test_an_unknown_member_is_kept_and_counts_as_content(bo: Browser) -> None:
    body = a_checkin() | {"id": uuid7(), "weather": {"snow": True}}
    assert [bo.post("/checkins", json=said).status_code for said in (body, body)] == [201, 200]
    assert bo.post("/checkins", json=body | {"weather": {"snow": False}}).status_code == 409


def test_one_id_is_not_used_for_two_kinds_of_things(bo: Browser, cast: Cast) -> None:
    op_id = uuid7()
    assert bo.post("/shifts", json=a_shift(cast.alva, cast.cim, id=op_id)).status_code == 201
    assert bo.post("/checkins", json=a_checkin(id=op_id)).status_code == 409


@on_sqlite
@pytest.mark.parametrize(
    ("change", "pointer"),
    [({"kind": ""}, "/kind"), ({"next_due": 5}, "/next_due"), ({"shift_id": OTHER}, "/shift_id"), ({"id": "x"}, "/id"),
     ({"note": "x" * 20_001}, "/note")],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_is_stored(bo: Browser, change: dict[str, object], pointer: str) -> None:
    answer = bo.post("/checkins", json=a_checkin() | change)
    assert (answer.status_code, [e["pointer"] for e in answer.json()["errors"]]) == (422, [pointer])
    assert _ids(bo) == []


def test_another_site_cannot_write_with_a_supervisors_cookie(bo: Browser) -> None:
    answer = bo.post("/checkins", json=a_checkin(), headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
