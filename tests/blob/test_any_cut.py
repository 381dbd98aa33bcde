"""Whatever is cut, repeated, reordered, damaged or doubled: the right bytes, or an offset that is true (I14)."""

import itertools
from contextlib import suppress
from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access.context import Context
from app.blob import upload
from app.blob.queries import find
from app.blob.store import LocalStore, Part
from app.blob.upload import Chunk, Progress
from app.core.errors import Problem
from tests.blob.conftest import Held
from tests.support import on_postgresql, on_sqlite
from tests.support.blobs import name_of, some_bytes

_seeds = itertools.count(10)
FATES = ("arrives", "arrives", "cut before", "cut after", "overtaken before", "overtaken after", "wrong")


@dataclass(frozen=True)
class Sent:
    """One PATCH. `from_offset`: a phone that asked first; else it sends from anywhere."""

    from_offset: bool
    at: int
    count: int
    is_last: bool
    fate: str


sent = st.builds(Sent, st.booleans(), st.integers(0, 900), st.integers(0, 900), st.booleans(), st.sampled_from(FATES))


class Gone(Exception):
    """The process, in the middle of it."""


def _gone() -> None:
    raise Gone


def _put(ctx: Context, store: LocalStore, name: str, chunk: Chunk) -> None:
    with suppress(Problem, Gone):  # what it has led to is looked at afterwards
        upload.receive(ctx, store, name, chunk)


def _deliver(ctx: Context, store: LocalStore, content: bytes, step: Sent) -> None:
    name = name_of(content)
    at = upload.progress(ctx, name).offset if step.from_offset else step.at
    said = content[at : at + step.count]
    chunk = Chunk(at, said, step.is_last and at + len(said) == len(content))
    what, _, when = step.fate.partition(" ")
    if what == "wrong":
        _put(ctx, store, name, Chunk(at, bytes(byte ^ 1 for byte in said), step.is_last))
    elif what == "cut":
        _put(ctx, Held(store.root, **{when: _gone}), name, chunk)
    elif what == "overtaken":
        faster = Chunk(at, content[at : at + step.count // 2], False)
        _put(ctx, Held(store.root, **{when: lambda: _put(ctx, store, name, faster)}), name, chunk)
    else:
        _put(ctx, store, name, chunk)


def _look(ctx: Context, store: LocalStore, content: bytes, *, is_honest: bool) -> None:
    name = name_of(content)
    with ctx.db.read() as conn:
        row = find(conn, name)
    if row is None:
        return
    finished = store.read(name)
    if row.complete_at is not None:
        assert (finished, row.synced_bytes) == (content, len(content))
        return
    assert finished is None
    if row.synced_bytes:
        there = store.content(Part(name, row.synced_generation))
        assert len(there) >= row.synced_bytes
        if is_honest:
            assert there[: row.synced_bytes] == content[: row.synced_bytes]


def _whole_story(ctx: Context, store: LocalStore, size: int, steps: list[Sent]) -> None:
    content = some_bytes(size, seed=next(_seeds))
    name, is_honest = name_of(content), True
    for step in steps:
        is_honest = is_honest and step.fate != "wrong"
        _deliver(ctx, store, content, step)
        _look(ctx, store, content, is_honest=is_honest)
    for _ in range(2):  # one may end in wrong bytes that came before; then it begins again
        at = upload.progress(ctx, name).offset
        _put(ctx, store, name, Chunk(at, content[at:], True))
    assert upload.progress(ctx, name) == Progress(size, True)
    assert store.read(name) == content


@on_sqlite
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(size=st.integers(12, 900), steps=st.lists(sent, max_size=8))
def test_any_delivery_ends_in_the_right_bytes(ctx: Context, store: LocalStore, size: int, steps: list[Sent]) -> None:
    _whole_story(ctx, store, size, steps)


@on_postgresql
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(size=st.integers(12, 900), steps=st.lists(sent, max_size=8))
def test_on_postgresql_too(ctx: Context, store: LocalStore, size: int, steps: list[Sent]) -> None:
    _whole_story(ctx, store, size, steps)
