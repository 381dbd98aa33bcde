"""Files beside the database, in a backup: each once, by the hash of its content, shared by all backups of a folder.

What they are is told by those who hand them in (`Held`): this knows neither photos nor maps.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection

from app.core.errors import Refused
from app.core.files import sync, write_whole

FOLDER = "lykta-files"
LIST = ".files.json"
VERSION = 1
CHUNK_BYTES = 1 << 18
_NAME = re.compile(r"[0-9a-f]{64}\Z")


class Item(NamedTuple):
    sha256: str
    size: int
    #: What else is known of it, as JSON.
    info: Mapping[str, Any]


class Gone(Exception):
    """The file is not there, or cannot be read."""


class Held(Protocol):
    """One kind of files beside the database."""

    @property
    def kind(self) -> str:
        """In a word, for the list and for people: `photo`."""

    def items(self, conn: Connection) -> list[Item]:
        """What belongs to the database that is read."""

    def expected(self, conn: Connection, listed: Sequence[Item]) -> list[Item]:
        """What a backup should bring back; `listed` beside it."""

    def chunks(self, item: Item) -> Iterator[bytes]:
        """Raises Gone."""

    def has(self, item: Item) -> bool:
        """It is here, and its bytes are those of its name."""

    def put(self, item: Item, chunks: Iterable[bytes]) -> None:
        """Synced when this returns. The bytes were compared with the name."""

    def lose(self, conn: Connection, items: Sequence[Item]) -> None:
        """The database that is restored says that they are not here."""


@dataclass
class Files:
    """What came of the files of one backup, or of one restore."""

    #: kind → how many are there now
    counts: dict[str, int] = field(default_factory=dict)
    #: How many of these were not there before.
    new: int = 0
    #: "photo 3f…" of what is damaged or missing.
    faults: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"counts": self.counts, "new": self.new, "faults": self.faults}

    def text(self) -> str:
        told = ", ".join(f"{n} {kind}{'s' if n != 1 else ''}" for kind, n in self.counts.items() if n)
        return f" {told} ({self.new} new)." if told else ""

    def trouble(self) -> str | None:
        """One sentence that names them."""
        if not self.faults:
            return None
        more = f" and {len(self.faults) - 5} more" if len(self.faults) > 5 else ""
        return f"Missing or damaged: {', '.join(self.faults[:5])}{more}."


def gather(conn: Connection, target: Path, held: Sequence[Held], *, reread: bool) -> Files:
    """Everything beside the database of `conn` into the folder beside `target`; then the list of it.

    What an earlier backup left there is skipped; `reread` compares it with its name first. A file that is damaged or
    gone at its source is told, and stops nothing: the database is worth more than that.
    """
    done, listed = Files(), {}
    folder = target.parent / FOLDER
    for kind in held:
        kept = []
        for item in kind.items(conn):
            if _is_whole(_path(folder, item), item, reread=reread):
                kept.append(item)
            elif _copied(folder, item, kind):
                kept.append(item)
                done.new += 1
            else:
                done.faults.append(f"{kind.kind} {item.sha256}")
        done.counts[kind.kind], listed[kind.kind] = len(kept), kept
    if any(listed.values()):
        write_whole(list_of(target), json.dumps({"v": VERSION, "files": listed}).encode())
    return done


def bring_back(conn: Connection, file: Path, held: Sequence[Held]) -> Files:
    """From beside a backup to where they belong; `conn` is the database that is restored, not yet in its place.

    A photo that the backup lacks is lost in that database too, so that phones are asked for it again.
    """
    done, listed = Files(), read_list(file)
    for kind in held:
        items = kind.expected(conn, listed.get(kind.kind, []))
        lost = []
        for item in items:
            if kind.has(item):
                continue
            path = _path(file.parent / FOLDER, item)
            if not _is_whole(path, item, reread=True):
                lost.append(item)
                continue
            kind.put(item, _read(path))
            done.new += 1
        kind.lose(conn, lost)
        done.counts[kind.kind] = len(items) - len(lost)
        done.faults += [f"{kind.kind} {item.sha256}" for item in lost]
    return done


def list_of(file: Path) -> Path:
    return file.with_name(file.name + LIST)


def read_list(file: Path) -> dict[str, list[Item]]:
    """kind → items; empty for a backup without files. Raises Refused for a list that cannot be read."""
    try:
        told = json.loads(list_of(file).read_bytes())
        listed = {kind: [Item(*item) for item in items] for kind, items in told["files"].items()}
        if not all(_NAME.match(item.sha256) for items in listed.values() for item in items):
            raise ValueError
        return listed
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused(f"{list_of(file).name} is damaged: what lies beside the database cannot be told.") from None


def _copied(folder: Path, item: Item, kind: Held) -> bool:
    """It takes its name only when it was read back from the disk and is what its name says."""
    path = _path(folder, item)
    for made in (folder, path.parent):
        made.mkdir(mode=0o700, exist_ok=True)
    part = path.with_name(f".{item.sha256}.part")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            for chunk in kind.chunks(item):
                file.write(chunk)
        sync(part)
        if not _is_whole(part, item, reread=True):
            return False
        part.replace(path)
    except Gone:
        return False
    finally:
        part.unlink(missing_ok=True)
    for changed in (path.parent, folder, folder.parent):
        sync(changed)
    return True


def _is_whole(path: Path, item: Item, *, reread: bool) -> bool:
    if not path.is_file() or path.stat().st_size != item.size:
        return False
    return not reread or digest(_read(path)) == item.sha256


def digest(chunks: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for chunk in chunks:
        found.update(chunk)
    return found.hexdigest()


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _path(folder: Path, item: Item) -> Path:
    return folder / item.sha256[:2] / item.sha256
