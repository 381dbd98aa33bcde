"""Places and areas, edited at the desk: added, moved, retired, told to phones, taken in from a file, by two at once."""

import json
from typing import Any

import pytest

from app.access.context import Context
from app.core.ids import uuid7
from tests.place.files import SQUARE, a_place, an_area
from tests.support.canary import assert_problem
from tests.support.client import Browser, Phone
from tests.support.sql import statements
from tests.support.world import Cast

PLACE, AREA = uuid7(), uuid7()
SAID = {"based_on": None, "name": "Torget", "kind": "square", "area_id": None, "lon": 14.865, "lat": 56.17,
        "note": None, "active": True}  # fmt: skip
OUTLINE = {"type": "Polygon", "coordinates": [SQUARE]}
DRAWN = {"based_on": None, "name": "Centrum", "geometry": OUTLINE, "active": True}


def put(browser: Browser, place_id: str = PLACE, **more: Any) -> Any:
    return browser.request("PUT", f"/places/{place_id}", json=SAID | more)


def draw(browser: Browser, area_id: str = AREA, **more: Any) -> Any:
    return browser.request("PUT", f"/areas/{area_id}", json=DRAWN | more)


def place(browser: Browser) -> dict[str, Any]:
    (found,) = browser.get("/places").json()["places"]
    return dict(found)


def area(browser: Browser) -> dict[str, Any]:
    (found,) = browser.get("/places").json()["areas"]
    return dict(found)


def file(browser: Browser, based_on: int | None, *features: Any) -> Any:
    text = json.dumps({"type": "FeatureCollection", "features": list(features)}, ensure_ascii=False)
    return browser.request("POST", "/places/import", json={"based_on": based_on, "text": text})


def test_a_place_is_added_moved_and_told_to_phones(bo: Browser, alva: Phone, cast: Cast) -> None:
    assert put(bo).status_code == 204
    assert put(bo, based_on=place(bo)["version"], lon=14.866).status_code == 204
    assert alva.pulled("place")[PLACE]["lon"] == 14.866
    (moved, added) = bo.get(f"/places/{PLACE}/history").json()["edits"]
    assert moved["changes"] == [{"member": "lon", "from": 14.865, "to": 14.866}]
    assert (added["is_first"], added["author"]["name"]) == (True, cast.bo.name)


def test_the_outlines_decide_where_no_area_is_said(bo: Browser) -> None:
    draw(bo)
    put(bo)
    assert place(bo)["area_id"] == AREA
    put(bo, based_on=place(bo)["version"], lon=14.9)
    assert place(bo)["area_id"] is None


def test_an_area_that_is_not_there_is_refused_but_one_retired_since_is_kept(bo: Browser) -> None:
    fault = put(bo, area_id=uuid7())
    assert_problem(fault, 422, "invalid")
    assert fault.json()["errors"] == [{"pointer": "/area_id", "in": "body", "code": "area"}]
    draw(bo)
    put(bo)
    draw(bo, based_on=area(bo)["version"], active=False)
    assert put(bo, based_on=place(bo)["version"], area_id=AREA, note="grind").status_code == 204
    assert (place(bo)["area_id"], place(bo)["note"]) == (AREA, "grind")


@pytest.mark.parametrize(("lon", "lat", "code"), [(56.17, 14.865, "swapped"), (500_000, 6_200_000, "metres"),
                                                  (0.0, 51.5, "outside"), (14.8, 91.0, "range")])  # fmt: skip
def test_a_position_is_checked_as_an_import_does(bo: Browser, lon: float, lat: float, code: str) -> None:
    fault = put(bo, lon=lon, lat=lat)
    assert_problem(fault, 422, "invalid")
    assert [(e["pointer"], e["code"]) for e in fault.json()["errors"]] == [("/lon", code)]
    assert bo.get("/places").json()["places"] == []


@pytest.mark.parametrize(
    ("geometry", "code"),
    [({"type": "Point", "coordinates": [14.865, 56.17]}, "geometry-type"), ({"type": "Polygon"}, "coordinates"),
     ({"type": "Polygon", "coordinates": [SQUARE[:-1]]}, "ring-open"),
     ({"type": "Polygon", "coordinates": [[SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[0]]]}, "ring-flat")],
)  # fmt: skip
def test_an_outline_is_checked_as_an_import_does(bo: Browser, geometry: Any, code: str) -> None:
    fault = draw(bo, geometry=geometry)
    assert_problem(fault, 422, "invalid")
    assert [(e["pointer"], e["code"]) for e in fault.json()["errors"]] == [("/geometry", code)]


def test_an_area_is_drawn_anew_renamed_and_retired(bo: Browser, alva: Phone) -> None:
    draw(bo)
    wider = {"type": "Polygon", "coordinates": [[*SQUARE[:2], [14.88, 56.18], *SQUARE[3:]]]}
    draw(bo, based_on=area(bo)["version"], geometry=wider, name="  Stan ")
    draw(bo, based_on=area(bo)["version"], geometry=wider, name="Stan", active=False)
    assert (alva.pulled("area")[AREA]["name"], alva.pulled("area")[AREA]["active"]) == ("Stan", False)
    edits = bo.get(f"/areas/{AREA}/history").json()["edits"]
    assert [sorted(c["member"] for c in e["changes"]) for e in edits][:2] == [["active"], ["geometry", "name"]]


def test_the_same_again_is_no_op(bo: Browser) -> None:
    put(bo)
    version = place(bo)["version"]
    assert put(bo, based_on=version).status_code == 204
    assert place(bo)["version"] == version


def test_who_comes_second_is_told_what_is_there(bo: Browser) -> None:
    put(bo)
    version = place(bo)["version"]
    put(bo, based_on=version, name="Stortorget")
    late = put(bo, based_on=version, note="vid brunnen")
    assert_problem(late, 409, "changed")
    assert (late.json()["current"]["name"], late.json()["current"]["note"]) == ("Stortorget", None)
    draw(bo)
    assert_problem(draw(bo, name="Annan"), 409, "changed")


def test_a_file_is_looked_at_before_it_is_taken_in(bo: Browser, cast: Cast) -> None:
    features = (an_area(), a_place("Torget"), a_place("London", 0.1, 51.5))
    look = file(bo, None, *features).json()
    assert (look["added"], look["refused"], look["version"]) == (2, 1, 0)
    assert [(f["index"], f["name"], f["code"]) for f in look["findings"]] == [(3, "London", "outside")]
    assert bo.get("/places").json()["places"] == []
    taken = file(bo, look["version"], *features).json()
    assert (taken["added"], taken["refused"]) == (2, 1)
    assert (place(bo)["name"], place(bo)["area_id"]) == ("Torget", area(bo)["id"])
    (edit,) = bo.get(f"/places/{place(bo)['id']}/history").json()["edits"]
    assert edit["author"]["name"] == cast.bo.name
    again = file(bo, None, *features).json()
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 2)


def test_a_file_is_not_taken_in_over_what_somebody_changed_since_the_look(bo: Browser) -> None:
    version = file(bo, None, a_place("Torget")).json()["version"]
    put(bo)
    assert_problem(file(bo, version, a_place("Torget")), 409, "changed")
    assert len(bo.get("/places").json()["places"]) == 1


@pytest.mark.parametrize(("text", "code"), [("{", "not-json"), ('{"a":1,"a":2}', "unsound"), ("[]", "not-collection"),
    ('{"type":"FeatureCollection","features":[],"crs":{"name":"EPSG:3006"}}', "other-crs")])  # fmt: skip
def test_a_file_that_cannot_be_used_says_why(bo: Browser, text: str, code: str) -> None:
    fault = bo.request("POST", "/places/import", json={"based_on": None, "text": text})
    assert_problem(fault, 422, "invalid")
    assert [(e["pointer"], e["code"]) for e in fault.json()["errors"]] == [("/text", code)]


def test_a_large_file_comes_through(bo: Browser) -> None:
    padding = " " * 3_000_000
    text = f'{{"type":"FeatureCollection","features":[]{padding}}}'
    assert bo.request("POST", "/places/import", json={"based_on": None, "text": text}).status_code == 200


def test_a_list_costs_the_same_whatever_it_holds(bo: Browser, ctx: Context) -> None:
    costs = []
    for _ in range(2):
        put(bo, uuid7())
        draw(bo, uuid7())
        with statements() as asked:
            found = bo.get("/places").json()
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 4
    assert found["bounds"] == list(ctx.settings.bounds)
