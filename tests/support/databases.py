"""Fixtures: a database of its own for every test that takes one, on SQLite and on PostgreSQL."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.db import Database
from app.core.migrate import to_head
from tests.support import pg
from tests.support.places import new_folder
from tests.support.world import CAST, FakeClock, hire, make_journal

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def fast_dir() -> Iterator[Path]:
    """SQLite runs with synchronous=FULL here too; in memory it need not wait for a disk."""
    folder = new_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(fast_dir: Path) -> Path:
    path = fast_dir / "template.db"
    made = Database(f"sqlite:///{path}")
    to_head(made)
    _fold(made)
    return path


@pytest.fixture(scope="session")
def sqlite_with_cast(fast_dir: Path, sqlite_template: Path) -> Path:
    """As above, with what `journal` and `cast` would write: to write it for each test takes longer than most tests."""
    path = fast_dir / "with-cast.db"
    shutil.copyfile(sqlite_template, path)
    made = Database(f"sqlite:///{path}")
    hire(made, make_journal(made, FakeClock()), *CAST.everybody)
    _fold(made)
    return path


def _fold(made: Database) -> None:
    with made.engine.connect() as conn:
        conn.exec_driver_sql("COMMIT")
        conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        conn.exec_driver_sql("BEGIN")
    made.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[pg.Server]:
    with pg.running() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: pg.Server) -> str:
    postgres.create(pg.TEMPLATE)
    made = Database(postgres.url(pg.TEMPLATE))
    to_head(made)
    made.close()
    return pg.TEMPLATE


@pytest.fixture(scope="session")
def postgres_spares(postgres: pg.Server, postgres_template: str) -> Iterator[pg.Spares]:
    made = pg.Spares(postgres, postgres_template)
    yield made
    made.close()


@pytest.fixture(scope="session")
def postgres_with_cast(postgres: pg.Server, postgres_template: str) -> Iterator[pg.Spares]:
    postgres.create(pg.WITH_CAST, postgres_template)
    filled = Database(postgres.url(pg.WITH_CAST))
    hire(filled, make_journal(filled, FakeClock()), *CAST.everybody)
    filled.close()
    made = pg.Spares(postgres, pg.WITH_CAST)
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, fast_dir: Path) -> Iterator[str]:
    """URL of a database without any table."""
    number = next(_numbers)
    if request.param == "sqlite":
        yield f"sqlite:///{fast_dir / f'empty-{number}.db'}"
        return
    server: pg.Server = request.getfixturevalue("postgres")
    server.create(f"empty_{number}")
    yield server.url(f"empty_{number}")
    server.drop(f"empty_{number}")


@pytest.fixture(params=["sqlite", "postgresql"])
def db_url(request: pytest.FixtureRequest, fast_dir: Path) -> Iterator[str]:
    """URL of a database at head, without any row; for a test that takes `cast`, with what that fixture is to write."""
    name, with_cast = f"test_{next(_numbers)}", "cast" in request.fixturenames
    if request.param == "sqlite":
        path = fast_dir / f"{name}.db"
        shutil.copyfile(request.getfixturevalue("sqlite_with_cast" if with_cast else "sqlite_template"), path)
        yield f"sqlite:///{path}"
        for left in fast_dir.glob(f"{name}.*"):
            left.unlink()
        return
    server: pg.Server = request.getfixturevalue("postgres")
    spares: pg.Spares = request.getfixturevalue("postgres_with_cast" if with_cast else "postgres_spares")
    name = spares.take()
    yield server.url(name)
    spares.give_back(name)


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    made = Database(db_url)
    yield made
    made.close()


@pytest.fixture
def other_db(postgres: pg.Server, postgres_spares: pg.Spares) -> Iterator[Database]:
    """A database on PostgreSQL beside the one on SQLite, with the same people."""
    name = postgres_spares.take()
    made = Database(postgres.url(name))
    hire(made, make_journal(made, FakeClock()), *CAST.everybody)
    yield made
    made.close()
    postgres_spares.give_back(name)
