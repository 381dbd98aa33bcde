"""The schema: models and migrations say the same, there and back again, one process at a time."""

import json
import multiprocessing
from datetime import UTC, datetime
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select, text

from app.access.models import Device, SignInFailure
from app.core.db import Database
from app.core.errors import Refused
from app.core.migrate import config, to_head
from tests.support.tables import projected
from tests.support.world import CAST, FakeClock, hire, make_journal

FAILURE = SignInFailure.__table__  # type: ignore[attr-defined]
DEVICE = Device.__table__  # type: ignore[attr-defined]
FORK = multiprocessing.get_context("fork")


def tables(db: Database) -> set[str]:
    with db.engine.connect() as conn:
        return set(inspect(conn).get_table_names()) - {"alembic_version"}


def run(db: Database, what: Any, *given: Any) -> None:
    with db.engine.connect() as conn:
        what(config(conn), *given)
        conn.commit()


def test_models_and_migrations_say_the_same(db: Database) -> None:
    """Raises, and names what differs, where a model changed without a migration."""
    run(db, command.check)


def test_migrations_go_back_to_nothing_and_up_again(empty_url: str) -> None:
    db = Database(empty_url)
    assert to_head(db)
    whole = tables(db)
    assert {"journal_op", "shift", "person"} <= whole
    run(db, command.downgrade, "base")
    assert tables(db) == set()
    assert to_head(db)
    assert tables(db) == whole
    run(db, command.check)
    db.close()


def test_a_database_at_head_is_left_alone(db: Database) -> None:
    assert not to_head(db)


def test_a_database_of_a_later_version_is_refused(db: Database) -> None:
    with db.write() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = 'from_the_future'"))
    with pytest.raises(Refused, match="newer version"):
        to_head(db)


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory.from_config(config()).get_heads()) == 1


def _migrate(url: str, answers: Any) -> None:
    db = Database(url)
    answers.put(to_head(db))
    db.close()


def test_two_servers_that_start_together_migrate_once(empty_url: str) -> None:
    answers = FORK.SimpleQueue()
    processes = [FORK.Process(target=_migrate, args=(empty_url, answers)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(30)
    assert [p.exitcode for p in processes] == [0, 0]
    assert sorted(answers.get() for _ in processes) == [False, True]


def test_every_row_survives_a_migration_to_head(db: Database) -> None:
    """SQLite rebuilds tables when it alters them; with foreign keys on, that deleted children in other projects."""
    with db.engine.connect() as conn:
        assert _foreign_keys(conn) == []


def _foreign_keys(conn: Connection) -> list[str]:
    """None are used: ops arrive in any order, so a row may name what is not there yet."""
    found = inspect(conn)
    return [table for table in found.get_table_names() if found.get_foreign_keys(table)]


TIMES = ("2026-11-20 22:40:00.123456", "1969-12-31 23:59:59.000001", "9998-12-31 23:59:59.999999")


def test_times_written_as_text_are_the_same_instants_as_numbers(empty_url: str) -> None:
    db = Database(empty_url)
    if not db.is_sqlite:  # PostgreSQL has times of its own, which stay
        db.close()
        return
    run(db, command.upgrade, "0001")
    with db.write() as conn:
        for number, told in enumerate(TIMES):
            conn.execute(text("INSERT INTO sign_in_failure VALUES (:key, 1, :at)"), {"key": str(number), "at": told})
        conn.execute(text("INSERT INTO device VALUES ('d', 't', 'i', 'l', :at, NULL)"), {"at": TIMES[0]})
    assert to_head(db)
    with db.read() as conn:
        found = conn.execute(select(FAILURE.c.last_at).order_by(FAILURE.c.key_hash)).scalars().all()
        assert list(found) == [datetime.fromisoformat(told).replace(tzinfo=UTC) for told in TIMES]
        assert conn.execute(select(DEVICE.c.revoked_at)).scalars().all() == [None]
    run(db, command.downgrade, "0001")
    with db.read() as conn:
        back = conn.execute(text("SELECT last_at FROM sign_in_failure ORDER BY key_hash")).scalars().all()
    assert tuple(back) == TIMES
    db.close()


NAMED = ("a" * 64, "b" * 64)


def test_photos_that_records_already_name_are_found_by_their_name(empty_url: str) -> None:
    db = Database(empty_url)
    run(db, command.upgrade, "0002")
    photos = [
        json.dumps([{"sha256": name, "size": 1, "mime": "image/jpeg", "caption": None}]) for name in (*NAMED, "x")
    ]
    row = (
        "INSERT INTO observation (id, stated_at, received_at, seq, changed_seq, status, category, happened_kind, "
        "happened_from, actions, attachments) VALUES (:id, :at, :at, 1, 1, 'current', 'S2', 'point', :at, '[]', :named)"
    )
    version = ("INSERT INTO observation_revision (id, observation_id, stated_at, content) "
               "VALUES ('r', '2', :at, :said)")  # fmt: skip
    at = 0 if db.is_sqlite else datetime(2026, 11, 20, tzinfo=UTC)
    with db.write() as conn:
        for number, named in enumerate((photos[0], photos[2], "[]")):
            conn.execute(text(row), {"id": str(number), "at": at, "named": named})
        conn.execute(text(version), {"at": at, "said": f'{{"attachments": {photos[1]}}}'})
    assert to_head(db)
    with db.read() as conn:
        found = conn.execute(text("SELECT sha256, observation_id FROM observation_blob ORDER BY sha256")).all()
    assert [tuple(one) for one in found] == [(NAMED[0], "0"), (NAMED[1], "2")]
    db.close()


def test_history_begins_with_what_was_said_before_there_was_one(empty_url: str) -> None:
    """The migration fills it as a rebuild would."""
    db = Database(empty_url)
    to_head(db)
    journal = make_journal(db, FakeClock())
    hire(db, journal, CAST.alva, CAST.ada)
    place = {"id": CAST.bo.id, "name": "Bryggan", "kind": "other", "area_id": None, "lon": 14.8, "lat": 56.1,
             "note": None, "active": True}  # fmt: skip
    journal.write("place.put", place, author=CAST.ada.id)
    with db.read() as conn:
        before = projected(conn)["entity_edit"]
    run(db, command.downgrade, "0014")
    assert to_head(db)
    with db.read() as conn:
        assert projected(conn)["entity_edit"] == before
    assert len(before) == 3
    db.close()
