"""Migrations that go wrong: rows lost, killed midway. The old schema and its rows stay, and the next start goes on."""

import multiprocessing
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from app.core import migrate
from app.core.db import Database
from app.core.errors import Refused
from app.core.migrate import config, to_head

FORK = multiprocessing.get_context("fork")
ROWS = 7
Migration = Callable[[str], None]


@pytest.fixture
def filled(db: Database) -> Database:
    with db.write() as conn:
        for number in range(ROWS):
            conn.execute(text("INSERT INTO device_user VALUES ('a', :b, '2026-01-01 00:00:00')"), {"b": str(number)})
    return db


@pytest.fixture
def migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Migration:
    """`migration("op.drop_table('device_user')")`: one more step, after all that are there."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    monkeypatch.setattr(migrate, "LOCATIONS", (*migrate.LOCATIONS, tmp_path))

    def _add(steps: str) -> None:
        top, _, body = steps.rpartition("\n")
        (tmp_path / "next.py").write_text(
            f"import os, signal\nfrom alembic import op\nimport sqlalchemy as sa\nrevision = 'next'\n"
            f"down_revision = {head!r}\nbranch_labels = depends_on = None\n{top}\n\ndef upgrade():\n"
            + "".join(f"    {step.strip()}\n" for step in body.split(";"))
        )

    return _add


def state(db: Database) -> tuple[str, int, set[str]]:
    with db.read() as conn:
        revision = conn.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        count = conn.execute(text("SELECT count(*) FROM device_user")).scalar_one()
        return revision, count, set(inspect(conn).get_table_names())


ADD = "op.create_table('extra', sa.Column('n', sa.Integer))"


@pytest.mark.parametrize("step", [
    "op.execute(\"DELETE FROM device_user WHERE person_id > '3'\")", "op.drop_table('device_user')",
    "op.rename_table('device_user', 'device_person')",
])  # fmt: skip
def test_a_migration_that_loses_rows_is_refused_and_undone(filled: Database, migration: Migration, step: str) -> None:
    before = state(filled)
    migration(f"{ADD}; {step}")
    with pytest.raises(Refused, match=r"would lose \d of 7 rows of device_user"):
        to_head(filled)
    assert state(filled) == before


def test_rows_may_go_where_the_migration_says_so(filled: Database, migration: Migration) -> None:
    migration("loses_rows = ('device_user',)\nop.execute('DELETE FROM device_user')")
    assert to_head(filled)
    assert state(filled)[:2] == ("next", 0)


def test_a_migration_that_fails_midway_is_undone(filled: Database, migration: Migration) -> None:
    before = state(filled)
    migration(f"{ADD}; op.execute('DELETE FROM device_user'); raise ZeroDivisionError")
    with pytest.raises(ZeroDivisionError):
        to_head(filled)
    assert state(filled) == before


def _migrate(url: str) -> None:
    to_head(Database(url))


def test_a_migration_killed_midway_leaves_the_old_schema_and_the_next_start_goes_on(
    filled: Database, migration: Migration
) -> None:
    before = state(filled)
    filled.close()
    migration(f"{ADD}; op.execute('UPDATE device_user SET device_id = 1'); os.kill(os.getpid(), signal.SIGKILL)")
    process = FORK.Process(target=_migrate, args=(filled.url,))
    process.start()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    assert state(filled) == before
    migration(ADD)
    assert to_head(filled)
    revision, count, tables = state(filled)
    assert (revision, count, tables - before[2]) == ("next", ROWS, {"extra"})
