"""The shape of the code: layers, sizes, and the one place that commits."""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from importlinter.api import read_configuration
from importlinter.application.use_cases import lint_imports

ROOT = Path(__file__).parents[2]
APP = sorted((ROOT / "app").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
PWA = sorted(p for ending in ("*.ts", "*.tsx") for p in (ROOT / "pwa" / "src").rglob(ending))
FILE_LINES_MAX, FUNCTION_LINES_MAX = 400, 70


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_lower_layers_never_import_higher_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert read_configuration()["contracts_options"]
    assert lint_imports(config_filename="pyproject.toml", cache_dir=None)


def test_every_folder_of_the_app_has_its_layer() -> None:
    there = {p.name for p in (ROOT / "app").iterdir() if p.is_dir() and p.name != "__pycache__"}
    layers = (ROOT / "pyproject.toml").read_text().split("layers = [", 1)[1].split("]", 1)[0]
    assert there <= set(re.findall(r"\w+", layers))


def holding(pattern: str, paths: Sequence[Path]) -> list[str]:
    return [name(path) for path in paths if re.search(pattern, path.read_text(encoding="utf-8"))]


def test_a_file_can_be_read_in_one_go() -> None:
    made = [path for path in [*APP, *TESTS, *PWA] if not path.name.endswith(".gen.ts")]
    long = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in made}
    assert {path: lines for path, lines in long.items() if lines > FILE_LINES_MAX} == {}


def test_a_function_fits_a_screen() -> None:
    found = [(name(path), *function) for path in [*APP, *TESTS] for function in functions(path)]
    assert [function for function in found if function[2] > FUNCTION_LINES_MAX] == []


def test_only_the_core_commits() -> None:
    assert holding(r"\.(commit|rollback)\(", [path for path in APP if "core" not in path.parts]) == []


def test_a_module_says_why_it_is_there() -> None:
    sources = {name(path): path.read_text(encoding="utf-8") for path in APP}
    assert [path for path, text in sources.items() if text.strip() and not ast.get_docstring(ast.parse(text))] == []


def test_nothing_is_left_for_later() -> None:
    assert holding(r"\b(TODO|FIXME|XXX|HACK)\b", [*APP, *PWA]) == []


def test_nothing_is_printed() -> None:
    speaking = ("serve.py", "logs.py", "cli.py", "cli_parts.py", "press.py")
    assert holding(r"\bprint\(|sys\.std(out|err)", [path for path in APP if path.name not in speaking]) == []
