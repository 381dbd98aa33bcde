"""Rows 45, 47, 48 and 49: the server killed at its syncs, on a failing disk, on a full one, and two on one file."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.core.db import _sqlite_driver  # type: ignore[attr-defined]
from app.core.errors import BUSY, TYPE_BASE
from tests.e2e.server import Server
from tests.faults.sender import Sender, agrees
from tests.faults.site import Site, make_site, phone_at
from tests.faults.tools import small_disk, strace
from tests.support.places import new_folder
from tests.support.world import CAST

KILLS_MAX = 12
OPS = 6
#: Pushes of one life of the server: as many syncs at least, and each is once the last.
SYNCS = 3
WRITERS = 4
ROUNDS = 12
LONG = "Lugnt vid stationen. " * 150


@pytest.fixture
def own(sqlite_template: Path, web_dir: Path) -> Iterator[Site]:
    """A server of this test's own, not yet up."""
    site = make_site(sqlite_template, new_folder(), web_dir)
    yield site
    site.server.stop()


def test_row_45_killed_at_any_sync_nothing_that_was_answered_is_missing(own: Site) -> None:
    own.server.start()
    with phone_at(own.server.port, CAST.alva) as phone:
        own.server.stop()
        sender = Sender(phone)
        kills = 0
        for nth in range(1, KILLS_MAX):
            own.server.watch = strace(f"signal=SIGKILL:when={nth}")
            own.server.start()
            said = []
            for _ in range(SYNCS):
                sender.write()
                said.append(sender.offer())
            held = {op["id"] for op in own.ops_of(phone.install)}
            assert set(sender.receipts) <= held, f"Answered, and gone after the kill at sync {nth}."
            if "no answer" not in said:
                break
            own.server.kill()
            kills += 1
        assert kills >= SYNCS, "The server was hardly ever killed."
        sender.offer_until_all_is_received()
        agrees(sender, own)


def test_row_47_a_disk_that_fails_to_sync_is_told_and_nothing_is_lost(own: Site) -> None:
    own.server.start()
    with phone_at(own.server.port, CAST.alva) as phone:
        own.server.stop()
        own.server.watch = strace("error=EIO:when=2+2")
        own.server.start()
        sender = Sender(phone)
        said = []
        for _ in range(OPS):
            sender.write()
            said.append(sender.offer())
        assert set(said) == {"answered", str(BUSY.status)}
        own.server.kill()
        own.server.watch = ()
        own.server.start()
        assert set(sender.receipts) <= {op["id"] for op in own.ops_of(phone.install)}
        sender.offer_until_all_is_received()
        agrees(sender, own)


def test_row_48_on_a_full_disk_reading_goes_on_and_writing_comes_back(
    sqlite_template: Path, web_dir: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, megabytes=4):
        site = make_site(sqlite_template, disk, web_dir)
        site.server.data_dir = tmp_path
        site.server.start()
        try:
            with phone_at(site.server.port, CAST.alva) as phone:
                _fill_and_free(disk, site, Sender(phone))
        finally:
            site.server.stop()


def _fill_and_free(disk: Path, site: Site, sender: Sender) -> None:
    sender.write(OPS)
    sender.offer_until_all_is_received()
    filler = disk / "filler"
    _fill(filler)
    refused = None
    for _ in range(200):
        sender.write(note=LONG)
        answer = sender.phone.push(list(sender.kept.values()))
        if answer.status_code != 200:
            refused = answer
            break
        sender.offer()
    assert refused is not None, "The disk was never full."
    assert (refused.status_code, refused.json()["type"]) == (BUSY.status, TYPE_BASE + BUSY.code)
    assert "Retry-After" in refused.headers
    for path in ("/sync/pull", "/sync/hello", "/observations"):
        assert sender.phone.get(path).status_code == 200, path
    filler.unlink()
    sender.offer_until_all_is_received()
    agrees(sender, site)


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as out:
        try:
            while True:
                out.write(bytes(4096))
        except OSError:
            return


def test_row_49_two_servers_on_one_file_answer_and_the_feed_misses_nothing(own: Site, web_dir: Path) -> None:
    own.server.start()
    other = Server(new_folder(), own.database_url, web_dir)
    other.start()
    try:
        senders, seen = _storm(own, other)
    finally:
        other.stop()
    for sender in senders:
        agrees(sender, own)
        assert set(sender.written) <= seen, "The feed missed a row."


def _storm(own: Site, other: Server) -> tuple[list[Sender], set[str]]:
    """Writers at both servers, a reader, a backup and a checkpoint, all at once."""
    over = threading.Event()
    errors: list[BaseException] = []
    senders: list[Sender] = []
    seen: set[str] = set()
    path = own.database_url.removeprefix("sqlite:///")

    def write(port: int) -> None:
        with phone_at(port, CAST.alva) as phone:
            sender = Sender(phone)
            senders.append(sender)
            for _ in range(ROUNDS):
                sender.write(2)
                assert sender.offer() in ("answered", str(BUSY.status))
            sender.offer_until_all_is_received()

    def read() -> None:
        with phone_at(other.port, CAST.bo) as phone:
            cursor = None
            while True:
                last = over.is_set()
                changes, cursor = phone.pull_all(cursor=cursor)
                seen.update(change["id"] for change in changes)
                if last:
                    return

    def disturb() -> None:
        while not over.is_set():
            with closing(_opened(":memory:")) as copy, closing(_opened(path)) as source:
                source.backup(copy)
                assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                source.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    ports = [own.server.port, other.port] * (WRITERS // 2)
    writers = [_thread(errors, write, port) for port in ports]
    others = [_thread(errors, read), _thread(errors, disturb)]
    for thread in writers:
        thread.join()
    over.set()
    for thread in others:
        thread.join()
    assert errors == []
    assert len(senders) == WRITERS
    return senders, seen


def _opened(path: str) -> Any:
    """By the driver that the server uses: the machine's own SQLite may be one that corrupts a log."""
    return _sqlite_driver.connect(path, timeout=1)


def _thread(errors: list[BaseException], work: Callable[..., None], *given: Any) -> threading.Thread:
    def _work() -> None:
        try:
            work(*given)
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=_work)
    thread.start()
    return thread
