"""The database: durability, one door for writing, one for reading."""

import sqlite3
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
    assert db.durability_fault() is None


@on_postgresql
def test_a_server_that_does_not_wait_for_its_disk_is_named(db: Database) -> None:
    """The tests' own server runs with fsync=off."""
    assert "fsync=off" in str(db.durability_fault())


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
