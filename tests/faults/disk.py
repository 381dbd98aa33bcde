"""A disk that forgets what was not synced: every write of a server is recorded, and the files are laid out again as a
power cut at any moment might have left them.

Recorded by strace. A file's creation and its length count as kept; its bytes only once a sync of it has returned.
"""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.faults.tools import TRACED, strace_path

CALLS = "pwrite64,fsync,fdatasync,ftruncate"
SECTOR = 512
_CALL = re.compile(r"^(?P<name>\w+)\(\d+<(?P<path>[^>]*)>(?P<rest>.*)$")
_WRITE = re.compile(r'^, "(?P<data>(?:\\x[0-9a-f]{2})*)", \d+, (?P<at>\d+)')
_DONE = re.compile(r"^<\.\.\. (?P<name>fsync|fdatasync) resumed>.*= 0")


@dataclass(frozen=True)
class Event:
    """`data` at `offset` of a file, a cut to `offset` (no data), or a sync that returned."""

    at: float
    kind: str
    name: str
    offset: int = 0
    data: bytes = b""


def recorder(log: Path) -> tuple[str, ...]:
    """The command that watches a process and records its writes."""
    return (strace_path(), "-f", "-qq", "-ttt", "-y", "-xx", "-s", "4194304",
            "-e", f"trace={CALLS}", "-o", str(log))  # fmt: skip


def events(log: Path, folder: Path) -> Iterator[Event]:
    """Those of files in `folder`, in order."""
    syncing: dict[str, str] = {}
    for line in log.read_text("ascii").splitlines():
        told = TRACED.match(line)
        if told is None:
            continue
        pid, at, rest = told["pid"], float(told["at"]), told["rest"]
        if _DONE.match(rest) and pid in syncing:
            yield Event(at, "sync", syncing.pop(pid))
            continue
        call = _CALL.match(rest)
        if call is None:
            continue
        path = Path(re.sub(r"\\x([0-9a-f]{2})", lambda hexed: chr(int(hexed[1], 16)), call["path"]))
        if path.parent == folder:
            yield from _event(at, call["name"], path.name, call["rest"], syncing, pid)


def _event(at: float, call: str, name: str, rest: str, syncing: dict[str, str], pid: str) -> Iterator[Event]:
    if call == "pwrite64":
        written = _WRITE.match(rest)
        assert written is not None, f"A write that cannot be read: {rest[:80]}"
        yield Event(at, "write", name, int(written["at"]), bytes.fromhex(written["data"].replace("\\x", "")))
    elif call == "ftruncate":
        yield Event(at, "cut", name, int(rest.split(",")[1].split(")")[0]))
    elif "unfinished" in rest:
        syncing[pid] = name
    elif rest.endswith("= 0"):
        yield Event(at, "sync", name)


class Disk:
    """Files as they were synced, and what was written to each since."""

    def __init__(self, before: Mapping[str, bytes]) -> None:
        self.kept = {name: bytearray(content) for name, content in before.items()}
        self.loose: dict[str, list[Event]] = {}

    def take(self, event: Event) -> None:
        if event.kind == "sync":
            for one in self.loose.pop(event.name, []):
                _write(self.kept.setdefault(event.name, bytearray()), one)
        else:
            self.loose.setdefault(event.name, []).append(event)

    def after_a_cut(self, dice: random.Random | None) -> dict[str, bytes]:
        """Nothing unsynced is there; with `dice` any of its sectors may be, in any mixture."""
        left = {name: bytearray(content) for name, content in self.kept.items()}
        for name, loose in self.loose.items():
            for one in loose if dice is not None else ():
                for piece in _sectors(one):
                    if dice is not None and dice.random() < 0.5:
                        _write(left.setdefault(name, bytearray()), piece)
        return {name: bytes(content) for name, content in left.items()}


def _sectors(event: Event) -> Iterator[Event]:
    if event.kind == "cut":
        yield event
    for start in range(0, len(event.data), SECTOR):
        yield Event(event.at, "write", event.name, event.offset + start, event.data[start : start + SECTOR])


def _write(content: bytearray, event: Event) -> None:
    if event.kind == "cut":
        del content[event.offset :]
        return
    end = event.offset + len(event.data)
    content.extend(bytes(max(0, end - len(content))))
    content[event.offset : end] = event.data


def files_in(folder: Path, stem: str) -> dict[str, bytes]:
    """The database and its log; what the processes share beside them is made anew."""
    found = {name: folder / name for name in (stem, f"{stem}-wal")}
    return {name: path.read_bytes() for name, path in found.items() if path.exists()}
