"""Fixtures for every test: a fresh migrated database of each kind, a process on it, people, browsers and phones.

A test that takes `db` (or anything on top of it) runs on SQLite and on PostgreSQL. One that does not touch the
journal, sync or queries marks itself `@on_sqlite` from `tests.support` and runs once.
"""

import functools
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Playwright, expect, sync_playwright
from starlette.testclient import TestClient

import app.main
from app.access.context import Context
from app.access.queries import persons
from app.core.db import Database
from app.core.settings import PROJECT_DIR
from app.journal.append import Journal
from tests.support.client import BASE_URL, ORIGIN, Browser, Phone
from tests.support.factories import a_shift
from tests.support.lykta import lykta  # noqa: F401
from tests.support.places import new_folder
from tests.support.statements import share
from tests.support.world import CAST, Cast, FakeClock, Person, make_context, make_journal

pytest_plugins = ("tests.support.databases",)

#: Property tests: the same examples on every machine that says it is a CI, else new ones that can be repeated.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
hypothesis.settings.register_profile("local", deadline=None, database=None, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")

#: Of this run, for all that it and its programs keep for a while; gone with it.
TEMPORARY = pytest.StashKey[Path]()

#: How long a screen is waited for: what must be there sooner says so itself, and is measured.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)

SignIn = Callable[..., Browser]
PhoneOf = Callable[[Person], Phone]


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.option.basetemp is None and not hasattr(config, "workerinput"):
        config.stash[TEMPORARY] = folder = new_folder()
        # What others make for themselves (browsers, PostgreSQL) is under it too.
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
        config.option.basetemp = folder / "tests"
    if not os.environ.get("CI") and config.getoption("hypothesis_seed") is None:
        config.option.hypothesis_seed = str(secrets.randbelow(2**32))


def pytest_unconfigure(config: pytest.Config) -> None:
    if (folder := config.stash.get(TEMPORARY, None)) is not None:
        shutil.rmtree(folder, ignore_errors=True)


def pytest_report_header(config: pytest.Config) -> str:
    seed = config.getoption("hypothesis_seed")
    return "property tests: derandomised" if seed is None else f"property tests: --hypothesis-seed={seed}"


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


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        share(patch)
        yield


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
