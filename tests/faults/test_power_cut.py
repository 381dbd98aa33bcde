"""Row 46: the server's power goes at any moment, and the disk has forgotten what was not synced."""

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.db import Database
from app.journal.verify import verify
from tests.faults.disk import Disk, Event, events, files_in, recorder
from tests.faults.sender import Sender
from tests.faults.site import Site, make_site, phone_at
from tests.support.places import new_folder
from tests.support.tables import journalled
from tests.support.world import CAST

PUSHES = 8
CUTS_MAX = 40
STEM = "site.db"


@pytest.fixture
def folder() -> Iterator[Path]:
    made = new_folder()
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def own(sqlite_template: Path, web_dir: Path, folder: Path) -> Iterator[Site]:
    site = make_site(sqlite_template, folder, web_dir)
    yield site
    site.server.stop()


def test_row_46_after_a_power_cut_at_any_moment_all_that_was_answered_is_there(own: Site, folder: Path) -> None:
    before, recorded, answered = an_evening(own, folder)
    assert len([event for event in recorded if event.kind == "sync"]) >= PUSHES
    assert list(lost(before, recorded, answered, folder)) == []


def test_row_46_the_same_cuts_show_what_a_server_that_does_not_wait_loses(own: Site, folder: Path) -> None:
    """So that the test above is known to be able to fail."""
    own.server.module = "tests.faults.forgetful"
    before, recorded, answered = an_evening(own, folder)
    assert next(lost(before, recorded, answered, folder), None) is not None


def an_evening(own: Site, folder: Path) -> tuple[dict[str, bytes], list[Event], dict[str, float]]:
    """The files as it began, all writes and syncs since, and when each op was answered for."""
    log = folder / "strace.log"
    own.server.watch = recorder(log)
    own.server.start()
    answered: dict[str, float] = {}
    with phone_at(own.server.port, CAST.alva) as phone:
        sender, began = Sender(phone), time.time()
        before = files_in(folder, STEM)
        for _ in range(PUSHES):
            sender.write(3)
            assert sender.offer() == "answered"
            answered |= dict.fromkeys(sender.receipts.keys() - answered.keys(), time.time())
    ended = time.time()
    own.server.kill()
    whole = [event for event in events(log, folder) if event.at > began and event.name in (STEM, f"{STEM}-wal")]
    return before, [*whole, Event(ended, "write", "end")], answered


def lost(before: dict[str, bytes], recorded: list[Event], answered: dict[str, float], folder: Path) -> Iterator[str]:
    """Answered ops that are missing after a cut, over cuts before each write and sync (at most so many)."""
    disk = Disk(before)
    step = max(1, len(recorded) // CUTS_MAX)
    for number, event in enumerate(recorded):
        if number % step == 0 or number == len(recorded) - 1:
            told = {key for key, at in answered.items() if at < event.at}
            for dice in (None, random.Random(number)):
                yield from told - held(disk.after_a_cut(dice), folder / "cut")
        disk.take(event)


def held(files: dict[str, bytes], folder: Path) -> set[str]:
    """What a server finds that starts on them. The journal must hold together."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    db = Database(f"sqlite:///{folder / STEM}")
    try:
        with db.read() as conn:
            assert verify(conn).ok
            return {row.op_id for row in journalled(conn)}
    finally:
        db.close()
