"""Several writers at one blob: at once, late, or gone in the middle. The offset never runs ahead of the bytes (I14)."""

import threading

import pytest

from app.access.context import Context
from app.blob import upload
from app.blob.queries import find
from app.blob.store import LocalStore, Part
from app.blob.upload import Chunk, Progress
from app.core.errors import BLOB_OFFSET, Problem
from tests.blob.conftest import Held, left_over
from tests.support.blobs import name_of, some_bytes

PHOTO = some_bytes(3000)
NAME = name_of(PHOTO)
FIRST, SECOND = Chunk(0, PHOTO[:1000], False), Chunk(1000, PHOTO[1000:], True)
WHOLE = Progress(3000, True)
#: As a stale writer may have them: the same length, checked by a digest of their own, and wrong.
SPOILT = some_bytes(3000, seed=2)


class PowerCut(Exception):
    """The process is gone."""


def cut() -> None:
    raise PowerCut


def refused(ctx: Context, store: LocalStore, chunk: Chunk) -> str:
    """The offset that was told instead."""
    with pytest.raises(Problem) as told:
        upload.receive(ctx, store, NAME, chunk)
    assert told.value.kind is BLOB_OFFSET
    return told.value.headers["Upload-Offset"]


def synced(ctx: Context, store: LocalStore) -> tuple[int, bytes]:
    """(recorded offset, what the store holds of it)"""
    with ctx.db.read() as conn:
        row = find(conn, NAME)
    assert row is not None
    return row.synced_bytes, store.content(Part(NAME, row.synced_generation))[: row.synced_bytes]


@pytest.mark.parametrize("content", [PHOTO, SPOILT], ids=["same bytes", "other bytes"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_writer_that_was_held_up_spoils_nothing(ctx: Context, store: LocalStore, content: bytes, when: str) -> None:
    """Another goes on, before the late one has written or before it has recorded; then the late one comes back."""
    held = Held(store.root, **{when: lambda: upload.receive(ctx, store, NAME, FIRST)})
    assert refused(ctx, held, Chunk(0, content[:2000], False)) == "1000"
    assert synced(ctx, store) == (1000, PHOTO[:1000])
    assert upload.receive(ctx, store, NAME, SECOND) == WHOLE
    assert (store.read(NAME), left_over(store)) == (PHOTO, ["original"])


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_writer_held_up_in_the_middle_spoils_nothing(ctx: Context, store: LocalStore, when: str) -> None:
    upload.receive(ctx, store, NAME, FIRST)
    held = Held(store.root, **{when: lambda: upload.receive(ctx, store, NAME, Chunk(1000, PHOTO[1000:2000], False))})
    assert refused(ctx, held, Chunk(1000, SPOILT[1000:], False)) == "2000"
    assert synced(ctx, store) == (2000, PHOTO[:2000])
    assert upload.receive(ctx, store, NAME, Chunk(2000, PHOTO[2000:], True)) == WHOLE
    assert store.read(NAME) == PHOTO


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_writer_held_up_until_the_blob_is_complete(ctx: Context, store: LocalStore, when: str) -> None:
    def others() -> None:
        upload.receive(ctx, store, NAME, FIRST)
        upload.receive(ctx, store, NAME, SECOND)

    assert refused(ctx, Held(store.root, **{when: others}), Chunk(0, SPOILT[:2000], False)) == "3000"
    assert store.read(NAME) == PHOTO
    assert upload.progress(ctx, NAME) == WHOLE


def test_a_late_last_chunk_of_wrong_bytes_does_not_begin_it_again(ctx: Context, store: LocalStore) -> None:
    held = Held(store.root, after=lambda: upload.receive(ctx, store, NAME, FIRST))
    with pytest.raises(Problem):
        upload.receive(ctx, held, NAME, Chunk(0, SPOILT, True))
    assert synced(ctx, store) == (1000, PHOTO[:1000])


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_cut_between_write_and_record_loses_that_chunk_alone(ctx: Context, store: LocalStore, when: str) -> None:
    upload.receive(ctx, store, NAME, FIRST)
    for _ in range(3):
        with pytest.raises(PowerCut):
            upload.receive(ctx, Held(store.root, **{when: cut}), NAME, Chunk(1000, SPOILT[1000:], False))
        assert synced(ctx, store) == (1000, PHOTO[:1000])
    assert upload.receive(ctx, store, NAME, SECOND) == WHOLE
    assert (store.read(NAME), left_over(store)) == (PHOTO, ["original"])


def test_a_blob_that_was_finished_but_not_recorded_is_found(
    ctx: Context, store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload.receive(ctx, store, NAME, FIRST)
    with monkeypatch.context() as patch:
        patch.setattr(upload, "_complete", lambda *_: cut())
        with pytest.raises(PowerCut):
            upload.receive(ctx, store, NAME, SECOND)
    assert upload.progress(ctx, NAME) == Progress(1000, False)
    assert upload.receive(ctx, store, NAME, Chunk(1000, PHOTO[1000:1001], False)) == WHOLE
    assert (store.read(NAME), left_over(store)) == (PHOTO, ["original"])


def test_a_store_that_lost_bytes_begins_again(ctx: Context, store: LocalStore) -> None:
    """As after a restore of the database without its blobs."""
    upload.receive(ctx, store, NAME, FIRST)
    for path in store.root.rglob("*.part"):
        path.write_bytes(PHOTO[:10])
    assert refused(ctx, store, SECOND) == "0"
    assert upload.receive(ctx, store, NAME, Chunk(0, PHOTO, True)) == WHOLE


def test_what_lies_behind_the_offset_is_cut_off(ctx: Context, store: LocalStore) -> None:
    upload.receive(ctx, store, NAME, FIRST)
    (path,) = store.root.rglob("*.part")
    path.write_bytes(PHOTO[:1000] + SPOILT * 2)
    assert upload.receive(ctx, store, NAME, SECOND) == WHOLE
    assert store.read(NAME) == PHOTO


def _until_complete(ctx: Context, store: LocalStore, together: threading.Barrier, step: int) -> None:
    together.wait()
    now = upload.progress(ctx, NAME)
    while not now.is_complete:
        end = min(now.offset + step, len(PHOTO))
        try:
            now = upload.receive(ctx, store, NAME, Chunk(now.offset, PHOTO[now.offset : end], end == len(PHOTO)))
        except Problem:
            now = upload.progress(ctx, NAME)


def test_many_writers_at_once_end_in_the_right_bytes(ctx: Context, store: LocalStore) -> None:
    together = threading.Barrier(6)
    writers = [threading.Thread(target=_until_complete, args=(ctx, store, together, 300 + 70 * n)) for n in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert not any(writer.is_alive() for writer in writers)
    assert upload.progress(ctx, NAME) == WHOLE
    assert store.read(NAME) == PHOTO
