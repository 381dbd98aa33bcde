"""The database: durability, one door for writing, one for reading."""

import contextlib
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.core import db as core_db
from app.core.db import Database
from app.core.errors import Refused
from tests.support import on_postgresql, on_sqlite


@on_sqlite
def test_sqlite_waits_for_the_disk_at_every_commit(db: Database) -> None:
    with db.write() as conn:
        found = [conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    assert found == ["wal", 2]
    durability = db.durability()
    assert (durability.waits, durability.warning) == (True, None)
    assert re.fullmatch(r"SQLite 3\.\d+\.\d+, journal_mode=wal, synchronous=2 .*", durability.told)


@on_sqlite
def test_a_sqlite_that_does_not_wait_is_told_apart(db: Database) -> None:
    with db.engine.connect() as conn:
        conn.exec_driver_sql("COMMIT")
        conn.exec_driver_sql("PRAGMA synchronous=NORMAL")
        conn.exec_driver_sql("BEGIN")
    assert not db.durability().waits


#: Whatever SQLite this Python has: those before 3.51 ask for the file's own lock alone.
LOOKS = """import sqlite3, sys
file = sqlite3.connect(sys.argv[1])
file.execute("SELECT count(*) FROM head").fetchall()
file.close()
"""


def test_another_program_that_looks_into_the_file_takes_no_log_away(tmp_path: Path) -> None:
    """Opening a second connection once dropped the first one's locks: an onlooker then thought itself alone."""
    file = tmp_path / "looked-at.db"
    db = Database(f"sqlite:///{file}")
    try:
        with db.write() as conn:
            conn.exec_driver_sql("CREATE TABLE head (seq INTEGER)")
        with db.read() as one, db.read() as other:
            assert [one.exec_driver_sql("SELECT 1").scalar(), other.exec_driver_sql("SELECT 1").scalar()] == [1, 1]
            assert str(file.stat().st_ino) in re.findall(r":(\d+) ", Path("/proc/locks").read_text("utf-8"))
        subprocess.run([sys.executable, "-c", LOOKS, str(file)], check=True)  # noqa: S603
        with db.write() as conn:
            conn.exec_driver_sql("INSERT INTO head VALUES (1)")
        # As after a SIGKILL: what was committed is in the files that have a name.
        copy = tmp_path / "copy.db"
        for end in ("", "-wal"):
            shutil.copyfile(f"{file}{end}", f"{copy}{end}")
        with contextlib.closing(sqlite3.connect(copy)) as after:
            assert after.execute("SELECT seq FROM head").fetchall() == [(1,)]
    finally:
        db.close()


@on_postgresql
def test_a_server_that_does_not_wait_for_its_disk_is_named(db: Database) -> None:
    """The tests' own server runs with fsync=off; a session cannot turn that on."""
    durability = db.durability()
    assert "fsync and full_page_writes off" in str(durability.warning)
    assert "synchronous_commit=on" in durability.told
    assert durability.waits


@on_postgresql
@pytest.mark.parametrize("whose", ["DATABASE {0}", "ROLE {1}", "ROLE {1} IN DATABASE {0}"])
def test_a_database_or_role_told_not_to_wait_is_made_to_wait_and_noticed(
    db: Database, whose: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core_db, "_POSTGRES_SYNC", ("synchronous_commit",))
    assert db.durability().warning is None
    with db.write() as conn:
        names = conn.execute(text("SELECT current_database(), current_user")).one()
        subject = whose.format(*names)
        conn.execute(text(f"ALTER {subject} SET synchronous_commit = off"))
    db.close()
    try:
        durability = db.durability()
        assert durability.waits
        assert "turn it on" in str(durability.warning)
    finally:
        with db.write() as conn:
            conn.execute(text(f"ALTER {subject} RESET synchronous_commit"))


@on_postgresql
def test_a_pooler_that_drops_our_word_is_found_out(db: Database) -> None:
    """What a session says at its start may be lost on the way; then the database's own setting holds."""
    with db.engine.connect() as conn:
        conn.execute(text("SET synchronous_commit = off"))
        conn.commit()
    assert not db.durability().waits


@on_sqlite
def test_a_reader_cannot_write(db: Database) -> None:
    with db.read() as conn, pytest.raises(DBAPIError):
        conn.execute(text("DELETE FROM journal_op"))


def test_a_reader_sees_one_moment(db: Database) -> None:
    with db.read() as conn:
        before = conn.execute(text("SELECT count(*) FROM device")).scalar()
        with db.write() as other:
            other.execute(text("INSERT INTO device_user VALUES ('a', 'b', '2026-01-01 00:00:00')"))
        assert conn.execute(text("SELECT count(*) FROM device_user")).scalar() == before == 0


def test_what_raises_inside_a_write_is_not_stored(db: Database) -> None:
    def fail() -> None:
        with db.write() as conn:
            conn.execute(text("INSERT INTO device_user VALUES ('a', 'b', '2026-01-01 00:00:00')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with db.read() as conn:
        assert conn.execute(text("SELECT count(*) FROM device_user")).scalar() == 0


def test_errors_of_the_database_do_not_quote_what_was_written(db: Database) -> None:
    with pytest.raises(DBAPIError) as caught, db.write() as conn:
        conn.execute(text("INSERT INTO no_such_table VALUES (:said)"), {"said": "hemligt"})
    assert "hemligt" not in str(caught.value)


def test_a_sqlite_that_can_corrupt_its_log_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        core_db, "_sqlite_driver", SimpleNamespace(sqlite_version="3.40.1", Connection=sqlite3.Connection)
    )
    with pytest.raises(Refused, match=r"3\.40\.1"):
        Database("sqlite:////nowhere/at/all.db")
