"""Fixtures of the browser tests: a town with its server, browsers, and a stage to look at."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.e2e.stage import Stage, make_stage
from tests.e2e.town import Browse, Town, browser_maker, make_town


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture
def town(db_url: str, tmp_path: Path, web_dir: Path) -> Iterator[Town]:
    """On each kind of database: people, places along a real walk, a server that is up, and coverage."""
    with ExitStack() as stack:
        yield make_town(stack, db_url, tmp_path, web_dir)


@pytest.fixture
def browse(playwright: Playwright, town: Town, tmp_path: Path) -> Iterator[Browse]:
    """`browse("phone", viewport=…)`: a browser with a profile of that name, not yet open."""
    with ExitStack() as stack:
        yield browser_maker(stack, playwright, town.net.url, tmp_path)


@pytest.fixture(scope="session")
def stage(
    playwright: Playwright, sqlite_template: Path, web_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """Made once: what takes it only looks, or adds a record."""
    folder = tmp_path_factory.mktemp("stage")
    database = folder / "demo.db"
    shutil.copyfile(sqlite_template, database)
    with ExitStack() as stack:
        yield make_stage(stack, playwright, f"sqlite:///{database}", folder, web_dir)
