"""The API's description is committed, and the app's types are made from it."""

import json
import re
import subprocess
from pathlib import Path

from app.main import describe

ROOT = Path(__file__).parents[2]


def test_the_committed_description_is_that_of_the_code() -> None:
    """`make openapi` writes it."""
    assert json.loads((ROOT / "openapi.json").read_text(encoding="utf-8")) == json.loads(json.dumps(describe()))


def test_the_apps_types_are_made_from_it(tmp_path: Path) -> None:
    maker = ROOT / "pwa" / "node_modules" / ".bin" / "openapi-typescript"
    made = tmp_path / "schema.gen.ts"
    subprocess.run([maker, ROOT / "openapi.json", "-o", made], check=True, capture_output=True, cwd=ROOT / "pwa")
    assert made.read_text() == (ROOT / "pwa" / "src" / "api" / "schema.gen.ts").read_text()


def test_every_operation_says_what_it_does() -> None:
    described = describe()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert operation.get("summary"), (method, path)
            assert len(operation["tags"]) == 1, (method, path)
    ids = [o["operationId"] for methods in described["paths"].values() for o in methods.values()]
    assert len(ids) == len(set(ids))


def test_the_description_names_no_machine() -> None:
    hosts = re.findall(r"https?://[^\s\"/]+", json.dumps(describe()))
    assert set(hosts) <= {"https://spdx.org"}
