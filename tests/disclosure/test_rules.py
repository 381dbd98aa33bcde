"""What is masked of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.disclosure.rules import found_in, pieces, year_of
from tests.support.world import EVENING

SAID = "👩‍🚒 Ring 070-174 06 05 nu"


@pytest.mark.parametrize(
    ("spans", "left"),
    [
        ([], [SAID]),
        ([[0, len(SAID)]], [None]),
        ([[9, 22]], ["👩‍🚒 Ring ", None, " nu"]),
        ([[4, 8], [9, 22]], ["👩‍🚒 ", None, " ", None, " nu"]),
        ([[9, 12], [12, 22]], ["👩‍🚒 Ring ", None, " nu"]),
        ([[9, 22], [10, 14]], ["👩‍🚒 Ring ", None, " nu"]),
        ([[9, 9], [20, 10]], [SAID]),
        ([[22, 9_000]], [SAID[:22], None]),
    ],
)
def test_spans_are_of_code_points_in_any_order(spans: list[list[int]], left: list[str | None]) -> None:
    assert pieces(SAID, spans) == left
    assert pieces(SAID, reversed(spans)) == left


def test_nothing_is_no_piece() -> None:
    assert pieces("", [[0, 4]]) == []


@given(st.text(max_size=40), st.lists(st.lists(st.integers(0, 50), min_size=2, max_size=2), max_size=6))
def test_no_masked_sign_is_left_and_no_other_is_lost(said: str, spans: list[list[int]]) -> None:
    masked = {at for start, end in spans for at in range(start, end)}
    left = pieces(said, spans)
    assert "".join(one for one in left if one is not None) == "".join(
        sign for at, sign in enumerate(said) if at not in masked
    )
    assert (None in left) == bool(masked & set(range(len(said))))


def test_numbers_plates_and_names_are_proposed() -> None:
    said = "Anna Lindqvist, 18900101-9802, ABC 123"
    assert [said[start:end] for start, end in found_in(said)] == ["Anna Lindqvist", "18900101-9802", "ABC 123"]


def test_a_year_ends_at_midnight_in_stockholm() -> None:
    assert year_of(EVENING.replace(month=12, day=31, hour=23, minute=30)) == EVENING.year + 1
