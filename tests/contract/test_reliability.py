"""The table of faults names every row once, and no test that is not there."""

import re

import pytest

from app.core.settings import PROJECT_DIR
from tests.mutants.__main__ import TITLE, table
from tests.mutants.table import MUTANTS, Mutant

PAGE = (PROJECT_DIR / "docs" / "reliability.md").read_text(encoding="utf-8")
ROWS = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in re.findall(r"^\| \d.*$", PAGE, re.M)]
NAMED = sorted(set(re.findall(r"`((?:tests|pwa)/[\w/.-]+)::([^`]+)`", PAGE)))
LAST = 65
VERDICTS = {"shown", "near", "open"}


def test_every_row_is_there_once_and_has_its_verdict() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, LAST + 1))
    assert {row[2] for row in ROWS} <= VERDICTS


def test_what_is_shown_names_its_test() -> None:
    assert [row[0] for row in ROWS if row[2] in ("shown", "near") and "::" not in row[3]] == []


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_named_test_is_there(file: str, name: str) -> None:
    text = (PROJECT_DIR / file).read_text(encoding="utf-8")
    assert f"\ndef {name}(" in text or f'"{name}"' in text


def test_every_fault_test_is_in_the_table() -> None:
    found = {
        (str(path.relative_to(PROJECT_DIR)), name)
        for path in (PROJECT_DIR / "tests" / "faults").glob("test_*.py")
        for name in re.findall(r"^def (test_row_\w+)", path.read_text(encoding="utf-8"), re.M)
    }
    assert found <= set(NAMED)


def test_the_ways_of_breaking_are_told_as_they_are() -> None:
    assert TITLE + table() in PAGE, "python -m tests.mutants --write"


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_a_way_of_breaking_still_fits_the_code(mutant: Mutant) -> None:
    assert (PROJECT_DIR / mutant.file).read_text(encoding="utf-8").count(mutant.text) == 1
