"""Names, ids, outlines and ranges, without a database."""

from typing import Any

import pytest

from app.core.errors import Problem
from app.place import rules
from app.place.routes import byte_range
from tests.place.files import SQUARE

BOUNDS = (10.0, 55.0, 24.5, 69.2)
HOLE = [[14.863, 56.168], [14.863, 56.172], [14.867, 56.172], [14.867, 56.168], [14.863, 56.168]]


def test_a_name_typed_on_a_mac_is_the_same_name() -> None:
    assert rules.clean_text("Bla\u030asippan") == "Blåsippan"
    assert rules.stable_id("place", "Bla\u030asippan") == rules.stable_id("place", "  blåsippan ")


def test_a_and_å_are_different_letters() -> None:
    assert rules.stable_id("place", "Ang") != rules.stable_id("place", "Äng")


@pytest.mark.parametrize("nasty", ["\x00", "\ud800", "\x1b[31m", "\u2028", "a\nb"])
def test_a_cleaned_name_is_one_line_that_a_database_can_store(nasty: str) -> None:
    cleaned = rules.clean_text(f"Torg {nasty} et")
    assert cleaned.encode()
    assert not {"\x00", "\n", "\x1b", "\u2028"} & set(cleaned)


def test_the_stable_id_is_the_same_for_ever() -> None:
    assert rules.stable_id("place", "Järnvägsparken") == "7aaea1d5-6c4b-5bda-a70d-2935bd2b5326"


@pytest.mark.parametrize(
    ("lon", "lat", "inside"),
    [(14.861, 56.166, True), (14.865, 56.170, False), (14.88, 56.17, False), (14.865, 57, False)],
)
def test_a_hole_is_not_inside(lon: float, lat: float, inside: bool) -> None:
    geometry = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}
    assert rules.contains(geometry, lon, lat) is inside


def test_a_place_belongs_to_the_smallest_area_around_it() -> None:
    town = [[14.8, 56.1], [14.9, 56.1], [14.9, 56.2], [14.8, 56.2], [14.8, 56.1]]
    areas: dict[str, dict[str, Any]] = {
        "town": {"type": "MultiPolygon", "coordinates": [[town]]},
        "centre": {"type": "Polygon", "coordinates": [SQUARE]},
    }
    assert rules.area_of(areas, 14.865, 56.17) == "centre"
    assert rules.area_of(areas, 14.82, 56.17) == "town"
    assert rules.area_of(areas, 15.5, 56.17) is None


@pytest.mark.parametrize(
    ("point", "code"),
    [
        ((56.17, 14.865), "swapped"),
        ((2.35, 48.85), "outside"),
        ((200.0, 56.0), "range"),
        ((473_210.0, 6_212_345.0), "metres"),
        ((6_212_345.0, 473_210.0), "metres"),
        ((float("inf"), 56.0), "range"),
    ],
)
def test_a_point_in_the_wrong_place_says_which_mistake_it_looks_like(point: rules.Point, code: str) -> None:
    with pytest.raises(rules.Unfit, match=code):
        rules.located([point], BOUNDS)


@pytest.mark.parametrize(
    ("ring", "code"),
    [
        (SQUARE[:-1], "ring-open"),
        ([SQUARE[0], SQUARE[1], SQUARE[0]], "ring-short"),
        ([SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[1], SQUARE[0]], "ring-flat"),
    ],
)
def test_an_outline_must_close_and_enclose_something(ring: list[list[float]], code: str) -> None:
    with pytest.raises(rules.Unfit, match=code):
        rules.polygons("Polygon", rules.shaped("Polygon", [ring]))


def test_outlines_are_wound_as_the_standard_says() -> None:
    clockwise = SQUARE[::-1]
    [[outer, hole]] = rules.polygons("Polygon", rules.shaped("Polygon", [clockwise, HOLE[::-1]]))
    assert rules.ring_size(outer) > 0 > rules.ring_size(hole)


@pytest.mark.parametrize(
    "coordinates",
    [None, [], 5, [1], ["14", "56"], [True, 56.0], [[14.0, 56.0]], [14.0, None], [14.0] * 5, {"lon": 14}],
)
def test_what_is_no_position_is_refused(coordinates: object) -> None:
    with pytest.raises(rules.Unfit, match="coordinates"):
        rules.shaped("Point", coordinates)


def test_heights_and_noise_digits_are_left_out() -> None:
    assert rules.shaped("Point", [14.86500000000012, 56.17, 12.5]) == (14.865, 56.17)


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (None, None), ("bytes=0-9", (0, 10)), ("bytes=90-", (90, 100)), ("bytes=-10", (90, 100)),
        ("bytes=95-500", (95, 100)), ("bytes=-500", (0, 100)), ("items=0-9", None), ("bytes=0-1,5-6", None),
        ("bytes=-", None), ("bytes=9-3", None), ("bytes=x-y", None), ("bytes=" + "9" * 40 + "-", None),
    ],
)  # fmt: skip
def test_a_range_is_one_part_or_the_whole(header: str | None, part: tuple[int, int] | None) -> None:
    assert byte_range(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused(header: str) -> None:
    with pytest.raises(Problem) as caught:
        byte_range(header, 100)
    assert caught.value.headers == {"Content-Range": "bytes */100"}
