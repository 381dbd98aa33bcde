"""The process's one reader of the journal and the queues of its streams."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from app.core.db import Database
from app.core.errors import Problem
from app.journal import epoch
from app.journal.append import Journal
from app.live import hub as hubs
from app.live.changes import Batch, Mark
from app.live.hub import End, Hub, Stream
from tests.support import on_sqlite
from tests.support.factories import a_checkin, a_shift
from tests.support.world import Cast

WAIT_S = 10


def run(scenario: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(scenario, 30))


async def _next(stream: Stream) -> Batch | End:
    return await asyncio.wait_for(stream.queue.get(), WAIT_S)


async def _batch(stream: Stream) -> Batch:
    item = await _next(stream)
    assert isinstance(item, Batch)
    return item


async def _write(journal: Journal, cast: Cast) -> None:
    await asyncio.to_thread(journal.write, "shift.start", a_shift(cast.alva, cast.cim), author=cast.alva.id)


def test_a_reader_that_is_too_slow_is_cut_off_and_others_are_not(
    db: Database, journal: Journal, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "BEHIND_MAX", 2)

    async def _scenario() -> None:
        hub = Hub(db)
        slow = await hub.join()
        slow.queue = asyncio.Queue(2)
        quick = await hub.join()
        quick.queue = asyncio.Queue(64)
        for _ in range(4):
            await _write(journal, cast)
            await _batch(quick)
        assert isinstance(await _next(slow), End)
        await hub.stop()

    run(_scenario())


def test_what_a_cut_stream_was_not_told_it_is_told_when_it_resumes(db: Database, journal: Journal, cast: Cast) -> None:
    async def _scenario() -> None:
        hub = Hub(db)
        stream = await hub.join()
        await _write(journal, cast)
        told = await _batch(stream)
        stream.cut()
        hub.leave(stream)
        for _ in range(3):
            await _write(journal, cast)
        again = await hub.join()
        missed = await hub.missed(told.mark, again)
        assert missed is not None
        assert [change.seq - told.mark.seq for batch in missed for change in batch.changes] == [1, 2, 3]
        await hub.stop()

    run(_scenario())


def test_after_very_much_a_stream_is_asked_to_begin_anew(
    db: Database, journal: Journal, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "RESUME_MAX", 2)

    async def _scenario() -> None:
        hub = Hub(db)
        stream = await hub.join()
        hub.leave(stream)
        for _ in range(3):
            await _write(journal, cast)
        assert await hub.missed(stream.mark, await hub.join()) is None
        await hub.stop()

    run(_scenario())


def test_a_new_epoch_is_told_to_open_streams(db: Database, journal: Journal) -> None:
    async def _scenario() -> None:
        hub = Hub(db)
        stream = await hub.join()
        minted = await asyncio.to_thread(epoch.mint, db, journal.clock(), "restore")
        told = await _batch(stream)
        assert (told.mark.epoch, told.changes) == (minted, ())
        await hub.stop()

    run(_scenario())


def test_whole_journals_are_told_in_batches_without_a_hole(db: Database, journal: Journal, cast: Cast) -> None:
    async def _scenario() -> None:
        hub = Hub(db)
        stream = await hub.join()
        start = Mark(stream.mark.epoch, 0)
        made = [journal.make("checkin.create", a_checkin(), author=cast.alva.id) for _ in range(1200)]
        await asyncio.to_thread(journal.append, made)
        seqs: list[int] = []
        while not seqs or seqs[-1] < stream.mark.seq + 1200:
            seqs += [change.seq for change in (await _batch(stream)).changes]
        assert seqs == list(range(stream.mark.seq + 1, stream.mark.seq + 1201))
        missed = await hub.missed(start, await hub.join())
        assert missed is not None
        assert [change.seq for batch in missed for change in batch.changes] == list(range(1, seqs[-1] + 1))
        await hub.stop()

    run(_scenario())


@on_sqlite
def test_one_stream_too_many_is_refused_for_now(db: Database, journal: Journal) -> None:
    assert journal

    async def _scenario() -> None:
        hub = Hub(db, streams_max=1)
        first = await hub.join()
        with pytest.raises(Problem) as refused:
            await hub.join()
        assert (refused.value.kind.status, refused.value.headers) == (503, {"Retry-After": "5"})
        hub.leave(first)
        await hub.join()
        await hub.stop()

    run(_scenario())


@on_sqlite
def test_nobody_joins_a_process_that_stops(db: Database, journal: Journal) -> None:
    assert journal

    async def _scenario() -> None:
        hub = Hub(db)
        stream = await hub.join()
        hub.end_streams()
        assert isinstance(await _next(stream), End)
        with pytest.raises(Problem):
            await hub.join()
        await hub.stop()

    run(_scenario())


@on_sqlite
def test_the_journal_is_read_only_while_somebody_listens(db: Database, journal: Journal) -> None:
    assert journal

    async def _scenario() -> None:
        hub = Hub(db)
        stream = await hub.join()
        assert len(_readers()) == 1
        hub.leave(stream)
        await asyncio.sleep(0)
        await asyncio.sleep(0.3)
        assert _readers() == []
        await hub.stop()

    def _readers() -> list[str]:
        return [task.get_name() for task in asyncio.all_tasks() if task.get_name() == "live-reader"]

    run(_scenario())
