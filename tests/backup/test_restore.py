"""`lykta restore`: the same rows under a new epoch, on either database; and nothing destroyed by a wrong file."""

import multiprocessing
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from app.access.context import Context
from app.backup import restore as restoring
from app.backup.make import take
from app.backup.pour import pour
from app.backup.restore import restore
from app.core.clock import now
from app.core.db import Database
from app.core.errors import Refused
from app.core.migrate import config, to_head
from app.core.settings import Settings
from app.find import filling
from tests.backup.conftest import rows_in, rows_of
from tests.backup.served import served
from tests.support import on_sqlite
from tests.support.lykta import Lykta
from tests.support.tables import Rows
from tests.support.world import FakeClock, make_journal

FORK = multiprocessing.get_context("fork")
RESTORED_ANEW = ("journal_head", "journal_epoch")


def without_epochs(rows: Rows) -> Rows:
    return {name: found for name, found in rows.items() if name not in RESTORED_ANEW}


@pytest.fixture
def backup(evening: Context, share: Path, tmp_path: Path) -> Path:
    return take(evening.db, share / "a.db", data_dir=tmp_path).file


@pytest.fixture
def target(empty_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=empty_url, data_dir=tmp_path / "new")


@pytest.mark.parametrize("db_url", ["sqlite", "postgresql"], indirect=True)
def test_every_row_comes_back_under_a_new_epoch(backup: Path, target: Settings, evening: Context) -> None:
    done = restore(target, backup, now())
    db = Database(target.url)
    rows = rows_of(db)
    assert without_epochs(rows) == without_epochs(rows_of(evening.db))
    (head,) = rows["journal_head"]
    assert (head["epoch"], [e["cause"] for e in rows["journal_epoch"]].count("restore")) == (done.epoch, 1)
    assert head["epoch"] != rows_of(evening.db)["journal_head"][0]["epoch"]
    make_journal(db, FakeClock()).write(
        "contact.put", {"id": "019a0000-0000-7000-8000-000000000001", "service": "FEL", "name": "Åsa"}, author=None
    )
    db.close()


def test_over_ops_it_is_refused_and_with_replace_they_are_kept(
    backup: Path, evening: Context, lykta: Lykta, db: Database
) -> None:
    contact = {"id": "019a0000-0000-7000-8000-000000000001", "service": "FEL", "name": "Åsa"}
    evening.journal.write("contact.put", contact, author=None)
    before = rows_of(db)
    db.close()
    said = lykta("restore", str(backup))
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "ops already; --replace" in said.err
    assert rows_of(db) == before
    db.close()
    kept = [lykta("restore", str(backup), "--replace", "--json").json["kept"] for _ in range(2)]
    assert rows_in(Path(kept[0])) == before
    assert len(rows_in(Path(kept[1]))["journal_epoch"]) == len(before["journal_epoch"]) + 1
    assert len(rows_of(db)["journal_epoch"]) == len(before["journal_epoch"]) + 1
    assert lykta("journal", "verify").code == 0


def _killed(settings: Settings, backup: Path) -> None:
    """Just before the change of name, or before the commit."""

    def _die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def _poured(source: Connection, target: Connection) -> None:
        pour(source, target)
        _die()

    patch = pytest.MonkeyPatch()
    patch.setattr(os, "link", _die)
    patch.setattr(restoring, "pour", _poured)
    restore(settings, backup, now(), replace=True)


def test_a_killed_restore_leaves_the_old_database(
    backup: Path, evening: Context, db_url: str, tmp_path: Path, lykta: Lykta
) -> None:
    contact = {"id": "019a0000-0000-7000-8000-000000000001", "service": "FEL", "name": "Åsa"}
    evening.journal.write("contact.put", contact, author=None)
    before = rows_of(evening.db)
    evening.db.close()
    settings = Settings(database_url=db_url, data_dir=tmp_path)
    process = FORK.Process(target=_killed, args=(settings, backup))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert rows_of(evening.db) == before
    evening.db.close()
    assert lykta("restore", str(backup), "--replace").code == 0


def test_a_database_that_a_server_has_is_left_alone(
    backup: Path, evening: Context, lykta: Lykta, db_url: str, tmp_path: Path
) -> None:
    filling.catch_up(evening.db)  # or the server does, meanwhile
    before = rows_of(evening.db)
    evening.db.close()
    with served(db_url, tmp_path):
        said = lykta("restore", str(backup), "--replace")
    assert (said.code, said.out) == (1, "")
    assert "stop it first" in said.err
    assert rows_of(evening.db) == before
    evening.db.close()
    assert lykta("restore", str(backup), "--replace").code == 0


@on_sqlite
def test_a_backup_of_an_older_version_is_migrated(backup: Path, target: Settings, evening: Context) -> None:
    old = Database(f"sqlite:///{backup}")
    with old.engine.connect() as conn:
        command.downgrade(config(conn), "0001")
        conn.commit()
    old.close()
    restore(target, backup, now())
    db = Database(target.url)
    with closing(db):
        kept = without_epochs(rows_of(evening.db))
        for unknown in ("copy_key", "alert"):  # there were none then
            assert kept.pop(unknown)
            kept[unknown] = []
        assert without_epochs(rows_of(db)) == kept


@on_sqlite
def test_a_backup_of_a_newer_version_is_refused(backup: Path, target: Settings) -> None:
    with closing(sqlite3.connect(backup)) as file:
        file.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
        file.commit()
    with pytest.raises(Refused, match="newer version"):
        restore(target, backup, now())


@on_sqlite
@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"PK\3\4" * 1000], ids=["empty", "magic", "zip"])
def test_a_foreign_file_is_refused(evening: Context, lykta: Lykta, share: Path, content: bytes) -> None:
    (share / "x.db").write_bytes(content)
    before = rows_of(evening.db)
    evening.db.close()
    said = lykta("restore", str(share / "x.db"), "--replace")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "x.db is" in said.err
    assert rows_of(evening.db) == before


@on_sqlite
def test_another_programs_database_is_refused(lykta: Lykta, share: Path) -> None:
    with closing(sqlite3.connect(share / "x.db")) as file:
        file.execute("CREATE TABLE place (id)")
    assert "no journal of Lykta's" in lykta("restore", str(share / "x.db"), "--replace").err


@on_sqlite
def test_a_broken_journal_is_restored_only_when_asked_for(backup: Path, target: Settings) -> None:
    with closing(sqlite3.connect(backup)) as file:
        file.execute("DELETE FROM journal_op WHERE seq = 3")
        file.commit()
    with pytest.raises(Refused, match="missing at 3"):
        restore(target, backup, now())
    assert restore(target, backup, now(), unverified=True).report.faults


@on_sqlite
def test_a_raw_copy_comes_with_its_log(evening: Context, share: Path, empty_url: str, tmp_path: Path) -> None:
    path = evening.db.path
    assert path is not None
    for ending in ("", "-wal"):
        (share / f"raw.db{ending}").write_bytes(Path(f"{path}{ending}").read_bytes())
    done = restore(Settings(database_url=empty_url, data_dir=tmp_path / "new"), share / "raw.db", now())
    assert done.report.ops == len(rows_of(evening.db)["journal_op"])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("whole")
    db = Database(f"sqlite:///{folder / 'a.db'}")
    to_head(db)
    make_journal(db, FakeClock())
    made = take(db, folder / "b.db", data_dir=folder)
    db.close()
    return made.file.read_bytes()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_refused_or_proved(whole: bytes, tmp_path: Path, data: st.DataObject) -> None:
    """Cut short, or bytes written over: a sentence, or a journal that holds; never half a database in the place."""
    spoilt = bytearray(whole[: data.draw(st.integers(0, len(whole)))] if data.draw(st.booleans()) else whole)
    if spoilt:
        at = data.draw(st.integers(0, len(spoilt) - 1))
        junk = data.draw(st.binary(max_size=64))
        spoilt[at : at + len(junk)] = junk
    file = tmp_path / "x.db"
    file.write_bytes(spoilt)
    path = tmp_path / "new" / "lykta.db"
    path.unlink(missing_ok=True)
    refusal = ""
    try:
        assert restore(Settings(database_url=f"sqlite:///{path}", data_dir=path.parent), file, now()).report.ok
    except Refused as refused:
        refusal = str(refused)
    assert path.exists() == (refusal == "")
    assert "\n" not in refusal
