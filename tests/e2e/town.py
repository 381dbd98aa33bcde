"""A town with people, a real server on it and a network to be cut; and browsers whose every request is watched."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright

from app.core.clock import now
from app.core.db import Database
from app.core.settings import PROJECT_DIR
from app.journal import epoch
from app.journal.append import Journal
from app.place import vocabulary
from app.sync.registry import REGISTRY
from tests.e2e.browser import Browser
from tests.e2e.held import places
from tests.e2e.net import Net
from tests.e2e.server import Server
from tests.e2e.walk import TRACK, Walk, last_night, write_town
from tests.support.shared import shared
from tests.support.world import CAST, hire

RESULTS = PROJECT_DIR / "test-results"
Browse = Callable[..., Browser]


@dataclass
class Town:
    """What there is before anybody goes out."""

    server: Server
    net: Net
    database_url: str
    walk: Walk
    #: Name → id.
    places: dict[str, str]


def settle(database_url: str) -> None:
    """Everybody has an account; the vocabulary is there."""
    db = Database(database_url)
    try:
        journal = Journal(db, REGISTRY)
        epoch.ensure(db, now())
        vocabulary.ensure(db, journal)
        hire(db, journal, *CAST.everybody)
    finally:
        db.close()


def make_town(stack: ExitStack, database_url: str, folder: Path, web_dir: Path) -> Town:
    settle(database_url)
    walk = Walk(shared(TRACK), last_night())
    file = folder / "town.geojson"
    write_town(walk, file)
    server = Server(folder, database_url, web_dir)
    imported = server.command("place", "import", str(file), "--strict")
    assert imported.returncode == 0, imported.stderr
    server.start()
    stack.callback(server.stop)
    net = Net(server.port)
    stack.callback(net.close)
    return Town(server, net, database_url, walk, places(database_url))


def browser_maker(stack: ExitStack, playwright: Playwright, base_url: str, folder: Path) -> Browse:
    """At the end: no browser is left, none asked another host for anything, and no page broke."""

    def _browse(name: str, **options: Any) -> Browser:
        profile = folder / f"profile-{name}"
        browser = Browser(playwright, profile, base_url, **options)

        def _end() -> None:
            browser.picture(RESULTS / f"last-{name}.png")
            browser.close()
            shutil.rmtree(profile, ignore_errors=True)
            assert browser.foreign == [], "The app asked another host."
            assert browser.broken == [], f"A page broke: {browser.broken}"

        stack.callback(_end)
        return browser

    return _browse
