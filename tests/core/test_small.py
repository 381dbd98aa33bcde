"""Ids, times and positions: the small pure parts."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.core import clock, errors, geo, ids


def test_uuid7_carries_its_time_and_its_version() -> None:
    made = ids.uuid7(0x0123456789AB)
    assert made.startswith("01234567-89ab-7")
    assert made[19] in "89ab"
    assert ids.is_uuid(made)


@pytest.mark.parametrize("wrong", [
    "", "x", "019A0000-0000-7000-8000-000000000001", "{019a}", 7, None, "019a0000-0000-7000-8000-000000000001\n",
    "019a000000007000800000000000000100",
])  # fmt: skip
def test_only_the_canonical_form_is_an_id(wrong: object) -> None:
    assert not ids.is_uuid(wrong)


def test_secrets_are_long_and_never_the_same() -> None:
    made = {ids.secret("lykta_") for _ in range(100)}
    assert len(made) == 100
    assert all(len(s) == 49 for s in made)


def test_times_are_told_in_utc_with_milliseconds() -> None:
    stockholm = timezone(timedelta(hours=1))
    assert clock.stamp(datetime(2026, 11, 20, 22, 40, 0, 123999, stockholm)) == "2026-11-20T21:40:00.123Z"
    assert clock.now().tzinfo is UTC
    assert clock.now().microsecond % 1000 == 0


@pytest.mark.parametrize("wrong", ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "10,60,5,61", "5,61,10,60", "nan,1,2,3",
                                   "0,0,181,1", "inf,0,1,1"])  # fmt: skip
def test_a_box_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        geo.parse_box(wrong)


def test_a_feature_without_a_position_has_a_null_geometry() -> None:
    assert geo.feature("a", None, None, {"n": 1})["geometry"] is None
    assert geo.feature("a", 14.8654, 56.1612, {})["geometry"]["coordinates"] == [14.8654, 56.1612]


def test_codes_of_problems_are_unique() -> None:
    codes = [kind.code for kind in errors.CATALOGUE]
    assert len(codes) == len(set(codes))


def test_a_pointer_escapes_as_rfc_6901_says() -> None:
    assert errors.pointer(["a/b", 0, "c~d"]) == "/a~1b/0/c~0d"
