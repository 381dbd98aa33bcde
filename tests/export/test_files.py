"""What a spreadsheet would take for a formula."""

import pytest

from app.export.files import harmless


@pytest.mark.parametrize("text", [
    "=HYPERLINK(1)", "+46", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\n@x",
])  # fmt: skip
def test_no_text_becomes_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_what_is_no_formula_is_left_alone() -> None:
    assert [harmless(text) for text in ("3-5 personer", "a=b", "")] == ["3-5 personer", "a=b", ""]
