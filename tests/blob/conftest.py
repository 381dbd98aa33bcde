import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.access.context import Context
from app.blob.store import LocalStore, Part

Hook = Callable[[], object]


def nothing() -> None:
    pass


class Held(LocalStore):
    """A store whose next write is held up: `before` it reaches the disk, or `after`, before anything is recorded."""

    def __init__(self, root: Path, *, before: Hook = nothing, after: Hook = nothing) -> None:
        super().__init__(root)
        self.before, self.after = before, after

    def write(self, part: Part, at: int, chunk: bytes) -> None:
        before, self.before = self.before, nothing
        after, self.after = self.after, nothing
        before()
        super().write(part, at, chunk)
        after()


@pytest.fixture
def store(ctx: Context) -> LocalStore:
    return LocalStore(ctx.settings.blobs_dir)


def left_over(store: LocalStore) -> list[str]:
    """The names of all files."""
    return sorted(path.name for path in store.root.rglob("*") if os.path.isfile(path))
