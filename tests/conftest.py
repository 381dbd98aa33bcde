"""Fixtures for every test: a fresh migrated database of each kind, a process on it, people, browsers and phones.

A test that takes `db` (or anything on top of it) runs on SQLite and on PostgreSQL. One that does not touch the
journal, sync or queries marks itself `@on_sqlite` from `tests.support` and runs once.
"""

import functools
import itertools
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Playwright, sync_playwright
from starlette.testclient import TestClient

import app.main
from app.access.context import Context
from app.access.queries import persons
from app.core.db import Database
from app.core.migrate import to_head
from app.core.settings import PROJECT_DIR
from app.journal.append import Journal
from tests.support import pg
from tests.support.client import BASE_URL, ORIGIN, Browser, Phone
from tests.support.factories import a_shift
from tests.support.lykta import lykta  # noqa: F401
from tests.support.places import new_folder
from tests.support.world import CAST, Cast, FakeClock, Person, hire, make_context, make_journal

#: Property tests: the same examples on every machine that says it is a CI, else new ones that can be repeated.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
hypothesis.settings.register_profile("local", deadline=None, database=None, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")

SignIn = Callable[..., Browser]
PhoneOf = Callable[[Person], Phone]
_numbers = itertools.count(1)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if not os.environ.get("CI") and config.getoption("hypothesis_seed") is None:
        config.option.hypothesis_seed = str(secrets.randbelow(2**32))


def pytest_report_header(config: pytest.Config) -> str:
    seed = config.getoption("hypothesis_seed")
    return "property tests: derandomised" if seed is None else f"property tests: --hypothesis-seed={seed}"


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


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def journal(db: Database, clock: FakeClock) -> Journal:
    """With its first epoch and the shipped vocabulary."""
    return make_journal(db, clock)


@pytest.fixture
def ctx(db: Database, journal: Journal, tmp_path: Path) -> Context:
    return make_context(db, journal, tmp_path)


@pytest.fixture
def cast(db: Database, journal: Journal) -> Cast:
    """Everybody has an account; nobody has signed in."""
    with db.read() as conn:
        is_there = {person.id for person in persons(conn)} == {person.id for person in CAST.everybody}
    assert is_there, "The database was not made from the template with the cast."
    assert journal
    return CAST


@pytest.fixture(scope="session")
def _one_api() -> Iterator[None]:
    """Building the routes takes longer than most tests; what differs between tests is only their context."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app.main, "make_api", functools.cache(app.main.make_api))
        yield


@pytest.fixture
def api(ctx: Context, _one_api: None) -> Iterator[TestClient]:
    """The whole application, asked from our own origin."""
    made = app.main.create_app(ctx)
    with TestClient(made, base_url=BASE_URL, headers={"Origin": ORIGIN}, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def stranger(api: TestClient) -> Browser:
    """Somebody who has not signed in."""
    return Browser(api)


@pytest.fixture
def sign_in(api: TestClient, cast: Cast) -> SignIn:
    """`sign_in(cast.bo)`: a desktop; `sign_in(cast.alva, install=…)`: that browser profile as a phone."""
    assert cast

    def _sign_in(person: Person, install: str | None = None) -> Browser:
        browser = Browser(api) if install is None else Phone(api, install)
        answer = browser.sign_in(person)
        assert answer.status_code == 201, answer.text
        return browser

    return _sign_in


@pytest.fixture
def phone_of(api: TestClient, cast: Cast) -> PhoneOf:
    """`phone_of(cast.alva)`: a new phone on which she has signed in."""
    assert cast

    def _phone(person: Person) -> Phone:
        phone = Phone(api)
        answer = phone.sign_in(person)
        assert answer.status_code == 201, answer.text
        return phone

    return _phone


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def web_dir() -> Path:
    """The built app: pwa/dist, or another build that LYKTA_WEB_DIR names."""
    found = Path(os.environ.get("LYKTA_WEB_DIR", PROJECT_DIR / "pwa" / "dist"))
    assert (found / "sw.js").is_file(), f"No built app in {found}: run make build."
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests last: their driver leaves an event loop in the thread, and no other can be run beside it."""
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)


@pytest.fixture
def alva(phone_of: PhoneOf, cast: Cast) -> Phone:
    return phone_of(cast.alva)


@pytest.fixture
def bo(sign_in: SignIn, cast: Cast) -> Browser:
    """The supervisor's desk."""
    return sign_in(cast.bo)


@pytest.fixture
def shift_id(alva: Phone, cast: Cast) -> str:
    """Started by Alva, with Cim."""
    return alva.start(a_shift(cast.alva, cast.cim))
