"""What a spreadsheet would take for a formula, or for the end of a cell."""

import csv
import io
from typing import Any

import pytest

from app.export.files import DIALECT, harmless, write_csv
from app.export.table import COLUMNS, LIST_SEPARATOR, Language, Names, row
from app.place.vocabulary import shipped


@pytest.mark.parametrize("text", [
    "=HYPERLINK(1)", "+46", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\n@x",
])  # fmt: skip
def test_no_text_becomes_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_what_is_no_formula_is_left_alone() -> None:
    assert [harmless(text) for text in ("3-5 personer", "a=b", "")] == ["3-5 personer", "a=b", ""]


def a_record(**members: Any) -> dict[str, Any]:
    happened = {"kind": "point", "from": "2026-11-20T20:00:00Z", "to": None}
    unsaid = ("severity", "place_id", "place_text", "area_id", "position", "count", "ages", "certainty", "ongoing",
              "text", "ended", "retracted")  # fmt: skip
    return {"id": "o1", "kind": "observation", "happened": happened, "code": "S2", "actions": [], "status": "current",
            "restricted": 0, **dict.fromkeys(unsaid), **members}  # fmt: skip


def written(record: dict[str, Any], names: Names) -> list[list[str]]:
    file = io.BytesIO()
    write_csv(file, [record], names)
    delimiter, _ = DIALECT[names.language]
    text = io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=delimiter, strict=True))


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("words", [
    "a,b;c", 'sa "hej"', '"', "rad\ntvå", "rad\r\ntvå", "rad\rtvå", "a\tb", ' "=1+1",', '=1;"2",3', "-2", "@x\n+1", "'",
])  # fmt: skip
def test_each_text_comes_back_whole_in_its_own_cell(words: str, language: Language) -> None:
    names = Names(shipped(), {"p1": words}, {"a1": words}, {"p1": "a1"}, language)
    retracted = {"reason": words}
    record = a_record(text=words, place_text=words, place_id="p1", retracted=retracted)
    headings, cells = written(record, names)
    assert len(headings) == len(cells) == len(COLUMNS)
    found = {column.en: cell for column, cell in zip(COLUMNS, cells, strict=True)}
    texts = ("Text", "Place", "Place in words", "Area", "Reason of retraction")
    assert {found[name] for name in texts} == {harmless(words)}


def test_a_cell_with_several_values_parts_them_by_what_stands_in_none_of_them() -> None:
    actions = [{"code": "a", "sv": "Samtal, lugnt", "en": "Talk; calm"}, {"code": "b", "sv": "Annat|mer", "en": "x"}]
    names = Names({**shipped(), "actions": actions}, {}, {}, {}, "sv")
    told = dict(zip([column.sv for column in COLUMNS], row(a_record(actions=["a", "b"]), names), strict=True))
    assert str(told["Åtgärder"]).split(LIST_SEPARATOR) == ["Samtal, lugnt", "Annat/mer"]
