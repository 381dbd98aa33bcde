"""Files that must not be lost or half there: synced, private while they are made, faults told in one sentence."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.errors import Refused


@contextmanager
def refusing(what: str) -> Iterator[None]:
    """A fault of the file system becomes a sentence that begins with `what`."""
    try:
        yield
    except OSError as error:
        raise Refused(f"{what}: {error.strerror or error}.") from error


def sync(path: Path) -> None:
    """A file's bytes, or the names in a folder, are on the disk when this returns."""
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
        if path.is_file():  # what is read next comes from where it lies, not from memory
            os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(fd)


def write_whole(path: Path, content: bytes) -> None:
    """The old content or the new, whatever happens meanwhile; only the owner may read it."""
    part = path.with_name(f".{path.name}.part")
    with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    sync(part)
    part.replace(path)
    sync(path.parent)


@contextmanager
def workspace(parent: Path) -> Iterator[Path]:
    """An empty folder for one command at a time; what a killed one left there is cleared away. Raises Refused."""
    parent.mkdir(parents=True, exist_ok=True)
    folder = parent / "aside"
    with (parent / "aside.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("Another backup, restore or demo is at work in this data directory.") from None
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
