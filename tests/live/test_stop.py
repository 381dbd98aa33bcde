"""Real server processes: they stop with streams open, and every worker hears what any process commits."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.access.context import Context
from app.core.clock import now
from app.journal.append import Journal
from tests.e2e.server import HOST, Server, lykta
from tests.live.reader import Reader, session_of
from tests.support.factories import a_shift
from tests.support.world import Cast, FakeClock

STOP_S = 2.0


@pytest.fixture
def process(db_url: str, tmp_path: Path, ctx: Context, clock: FakeClock) -> Iterator[Server]:
    """Not yet up. It has its own clock, so sessions must begin by the real one."""
    assert ctx
    clock.at = now()
    server = Server(tmp_path, db_url, tmp_path / "web")
    yield server
    server.stop()


def _readers(process: Server, ctx: Context, cast: Cast, count: int) -> list[Reader]:
    cookie = session_of(ctx, cast.bo)
    readers = [Reader(f"http://{HOST}:{process.port}/api/v1", cookie) for _ in range(count)]
    assert {reader.status for reader in readers} == {200}
    return readers


def test_a_server_stops_soon_with_streams_open(process: Server, ctx: Context, cast: Cast) -> None:
    process.program = [lykta()]  # as an operator starts it
    process.start()
    readers = _readers(process, ctx, cast, 5)
    began = time.monotonic()
    process.stop()
    assert time.monotonic() - began < STOP_S
    assert all(reader.has_ended() for reader in readers)


def test_the_commit_of_another_process_is_heard(process: Server, ctx: Context, journal: Journal, cast: Cast) -> None:
    process.start()
    readers = _readers(process, ctx, cast, 4)
    shift = a_shift(cast.alva, cast.cim)
    journal.write("shift.start", shift, author=cast.alva.id)
    assert {reader.next().data["kinds"][0] for reader in readers} == {"shift"}
