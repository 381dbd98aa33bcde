"""Lykta's commands in this process: what they say, and their exit codes."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import app.main
from app import cli
from app.core.db import Database


class Said(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Lykta = Callable[..., Said]


@pytest.fixture
def lykta(db_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lykta:
    """`lykta("user", "list")` on the test's database, in this process."""
    monkeypatch.setenv("LYKTA_DATABASE_URL", db_url)
    monkeypatch.setenv("LYKTA_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LYKTA_PASSWORD_COST", "cheapest")

    opened: list[Database] = []

    def _opening(url: str) -> Database:
        """A command leaves its connections to the end of its process; here the process lives on."""
        opened.append(Database(url))
        return opened[-1]

    monkeypatch.setattr(cli, "Database", _opening)
    monkeypatch.setattr(app.main, "Database", _opening)

    def _run(*words: str, stdin: str = "") -> Said:
        monkeypatch.setattr(sys, "argv", ["lykta", *words])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = 0
        try:
            cli.main()
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        finally:
            while opened:
                opened.pop().close()
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return _run
