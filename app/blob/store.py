"""Where the bytes lie: an interface, and a local directory behind it. It knows no database and no HTTP."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import uuid4

from app.core.settings import Settings

ORIGINAL, READING = "original", "reading.jpg"


class Part(NamedTuple):
    """What has come of a blob so far. Generations share no file: a writer that was held up spoils nobody's."""

    sha256: str
    generation: int


class Short(Exception):
    """The store holds less than was recorded: the upload must begin again."""


class Away(Exception):
    """What lies elsewhere cannot be reached now. Nothing is lost by it."""


class Damaged(Away):
    """It answers, but with other bytes than were put there."""


class Store(Protocol):
    """Whatever returns has been synced. Raises OSError where there is no room, and Away."""

    def write(self, part: Part, at: int, chunk: bytes) -> None:
        """What lies behind `at` is cut off first. Raises Short where less than `at` bytes are there."""

    def copy(self, source: Part, target: Part, length: int) -> None:
        """The first `length` bytes, of whoever wrote before. Raises Short."""

    def content(self, part: Part) -> bytes:
        """Raises Short."""

    def finish(self, part: Part) -> None:
        """The part becomes the blob, in one step. Its hash must have been compared with the name. Raises Short."""

    def read(self, sha256: str) -> bytes | None:
        """A finished blob, or None."""

    def unrecorded(self, sha256: str) -> bytes | None:
        """A finished blob whose part is gone, though that it is complete may never have been recorded."""

    def put(self, sha256: str, content: bytes) -> None:
        """A finished blob as a whole, in one step. Its hash must have been compared with the name."""

    def sweep(self, sha256: str, below: int | None = None) -> None:
        """Drop the parts of earlier generations; of all, where the blob is finished."""

    def drop(self, sha256: str) -> None:
        """All that is here of a blob, or nothing where nothing is."""

    def read_image(self, sha256: str) -> bytes | None:
        """The re-encoded image beside the blob, or None where none was made yet."""

    def keep_image(self, sha256: str, image: bytes) -> None: ...


class LocalStore:
    """`<root>/<first two digits>/<sha256>/`: a file per generation, then `original`, and `reading.jpg` beside it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, part: Part, at: int, chunk: bytes) -> None:
        if at == 0:
            self._folder(part.sha256).mkdir(parents=True, exist_ok=True)
        with _opened(self._path(part), os.O_RDWR | (os.O_CREAT if at == 0 else 0)) as file:
            if os.fstat(file).st_size < at:
                raise Short
            os.ftruncate(file, at)
            _write_all(file, chunk, at)
            os.fsync(file)
        if at == 0:
            self._sync_folders(part.sha256)

    def copy(self, source: Part, target: Part, length: int) -> None:
        with _opened(self._path(source), os.O_RDONLY) as file:
            begun = os.pread(file, length, 0)
        if len(begun) < length:
            raise Short
        self.write(target, 0, begun)

    def content(self, part: Part) -> bytes:
        found = _read(self._path(part))
        if found is None:
            raise Short
        return found

    def finish(self, part: Part) -> None:
        try:
            os.replace(self._path(part), self._folder(part.sha256) / ORIGINAL)
        except FileNotFoundError:
            raise Short from None
        self._sync_folders(part.sha256)

    def read(self, sha256: str) -> bytes | None:
        return _read(self._folder(sha256) / ORIGINAL)

    def put(self, sha256: str, content: bytes) -> None:
        self._place(sha256, content, ORIGINAL)
        self._sync_folders(sha256)

    def unrecorded(self, sha256: str) -> bytes | None:
        return self.read(sha256)

    def sweep(self, sha256: str, below: int | None = None) -> None:
        for path in self._folder(sha256).glob("*.part"):
            if below is None or int(path.stem) < below:
                path.unlink(missing_ok=True)

    def drop(self, sha256: str) -> None:
        with suppress(FileNotFoundError):
            shutil.rmtree(self._folder(sha256))

    def read_image(self, sha256: str) -> bytes | None:
        return _read(self._folder(sha256) / READING)

    def keep_image(self, sha256: str, image: bytes) -> None:
        self._place(sha256, image, READING)

    def _place(self, sha256: str, content: bytes, name: str) -> None:
        self._folder(sha256).mkdir(parents=True, exist_ok=True)
        made = self._folder(sha256) / f"{uuid4()}.new"
        try:
            with _opened(made, os.O_WRONLY | os.O_CREAT) as file:
                _write_all(file, content, 0)
                os.fsync(file)
            os.replace(made, self._folder(sha256) / name)
        finally:
            made.unlink(missing_ok=True)

    def _folder(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256

    def _path(self, part: Part) -> Path:
        return self._folder(part.sha256) / f"{part.generation}.part"

    def _sync_folders(self, sha256: str) -> None:
        """A file that was synced is lost all the same where its name was not."""
        folder = self._folder(sha256)
        for path in (folder, folder.parent, self.root, self.root.parent):
            with _opened(path, os.O_RDONLY | os.O_DIRECTORY) as opened:
                os.fsync(opened)


def open_store(settings: Settings) -> Store:
    if settings.store_url is None:
        return LocalStore(settings.blobs_dir)
    from app.blob.objects import open_objects  # its library is loaded only where it is used

    return open_objects(settings.store_url, settings.blobs_dir)


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    try:
        file = os.open(path, flags | os.O_CLOEXEC, 0o600)
    except FileNotFoundError:
        raise Short from None
    try:
        yield file
    finally:
        os.close(file)


def _write_all(file: int, content: bytes, at: int) -> None:
    left = memoryview(content)
    while left:
        done = os.pwrite(file, left, at)
        left, at = left[done:], at + done


def _read(path: Path) -> bytes | None:
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return None
