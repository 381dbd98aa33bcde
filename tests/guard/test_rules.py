"""The rules against the table that the phone's are held to, the official test numbers, and real notices."""

import json
import time
from pathlib import Path

import pytest

from app.guard.rules import IDENTITIES, Kind, find
from tests.guard import words
from tests.support.shared import shared_json

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))
TEXT = "Mannen uppgav {} och gick sedan mot stationen."


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_the_shared_table_holds(case: dict[str, object]) -> None:
    """`pwa/src/guard/find.test.ts` reads the same table."""
    assert [[found.kind.value, found.words] for found in find(str(case["text"]))] == case["found"]


def test_found_parts_lie_where_they_are_said_to_lie() -> None:
    for case in CASES:
        text = case["text"]
        found = find(text)
        assert [text[one.start : one.end] for one in found] == [one.words for one in found]
        assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


@pytest.mark.parametrize(
    ("file", "kind"),
    [("official_test_numbers_even_years", Kind.PERSONNUMMER),
     ("official_test_coordination_numbers_a", Kind.SAMORDNINGSNUMMER)],
)  # fmt: skip
def test_every_official_test_number_is_found_however_it_is_written(file: str, kind: Kind) -> None:
    numbers = shared_json(f"corpora/personnummer/{file}.json")
    assert len(numbers) > 1000
    for i, number in enumerate(numbers):
        every = words.forms(number)
        for form in every if i % 10 == 0 else (every[i % len(every)],):
            assert [(one.kind, one.words) for one in find(TEXT.format(form))] == [(kind, form)], form


def test_look_alikes_of_the_corpus_are_left_alone() -> None:
    listed = shared_json("corpora/personnummer/list.json")
    #: Its last one is right but for a space, which people do write.
    for one in [one for one in listed if " " not in one["separated_long"]]:
        for form in ("long_format", "short_format", "separated_format", "separated_long"):
            is_found = any(found.kind in IDENTITIES for found in find(TEXT.format(one[form])))
            assert is_found == one["valid"], one[form]


def test_real_notices_hold_hardly_anything_that_is_marked() -> None:
    """Persons were taken out of these before they came here: what is marked is marked wrongly."""
    told = words.false_positives()
    assert sum(told.texts.values()) > 15_000
    assert told.marked[Kind.PERSONNUMMER] == told.marked[Kind.SAMORDNINGSNUMMER] == 0
    assert sum(told.marked.values()) <= 10


def test_a_long_text_of_digits_takes_no_time() -> None:
    """As long as a text may be. Processor time: other work on the machine does not count."""
    hostile = ("0123456789" * 2000, "07 " * 6600, "ab1" * 6600, "a@" * 10_000, "Aa " * 6600, "a" * 19_999 + "@",
               "a B" + "A" * 19_000)  # fmt: skip
    for text in hostile:
        assert _took_s(text) < 2, text[:10]


def _took_s(text: str) -> float:
    began = time.process_time()
    find(text)
    return time.process_time() - began


@pytest.mark.parametrize("said", ["ABC123 ", "a@b.se ", "811218-9876 "])
def test_much_that_is_found_takes_no_longer_for_each(said: str) -> None:
    """It is looked for while nobody else can write."""
    many = 19_000 // len(said)
    few_s, many_s = (min(_took_s(said * times) for _ in range(5)) for times in (many // 8, many))
    assert many_s < 20 * few_s
