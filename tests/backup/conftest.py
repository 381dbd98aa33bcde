"""A database with a whole evening in it, and a folder that stands for another machine's."""

import sys
from pathlib import Path

import pytest

from app.access.context import Context
from app.core.db import Database, file_engine
from tests.support.evening import an_evening
from tests.support.tables import Rows, everything
from tests.support.world import Cast

COMMAND = (sys.executable, "-c", "from app.cli import main; main()")


@pytest.fixture
def evening(ctx: Context, cast: Cast) -> Context:
    """People with passwords and a shift of two hosts."""
    assert cast
    for outbox, op in an_evening():
        ctx.journal.append(outbox.read(op))
    return ctx


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """What stands for the folder off the machine."""
    made = tmp_path / "share"
    made.mkdir()
    return made


def rows_of(db: Database) -> Rows:
    with db.read() as conn:
        return everything(conn)


def rows_in(file: Path) -> Rows:
    with file_engine(file, sealed=True).connect() as conn:
        return everything(conn)
