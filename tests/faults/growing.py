"""What a browser's disk has of the files that only grow, which is how its databases write: all that was synced, and
nothing after it. Recorded by strace, in the browser's processes.
"""

import re
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.tools import TRACED, strace_path

CALLS = "write,fsync,fdatasync"
ATTACH_S = 20
#: What it has written is in the file by then: each line is flushed.
END_S = 5
_BEGUN = re.compile(r"^(?P<call>\w+)\(\d+<(?P<path>[^>]*)>")
_ENDED = re.compile(r"= (?P<value>-?\d+)\b[^=]*$")


@dataclass(frozen=True)
class Event:
    """So many bytes at the end of a file, or (0) a sync of it that has returned."""

    at: float
    path: Path
    count: int


@contextmanager
def recording(pids: Sequence[int], log: Path) -> Iterator[None]:
    """Once it has begun, nothing that these processes write is missed."""
    asked = [strace_path(), "-f", "-qq", "-ttt", "-y", "-s", "0", "-e", f"trace={CALLS}", "-o", str(log)]
    with subprocess.Popen([*asked, *(word for pid in pids for word in ("-p", str(pid)))]) as watcher:
        try:
            deadline = time.monotonic() + ATTACH_S
            while not all(_is_traced(task) for pid in pids for task in Path(f"/proc/{pid}/task").iterdir()):
                assert watcher.poll() is None, "Nobody watches."
                assert time.monotonic() < deadline, "Nobody watches."
                time.sleep(0.05)
            yield
        finally:
            watcher.terminate()
            try:
                watcher.wait(END_S)
            except subprocess.TimeoutExpired:  # it waits for a thread that died with its browser and that nobody reaps
                watcher.kill()


def _is_traced(task: Path) -> bool:
    try:
        return "TracerPid:\t0\n" not in (task / "status").read_text("utf-8")
    except OSError:  # it has ended
        return True


def sizes(profile: Path) -> dict[Path, int]:
    """Of its files that only grow."""
    return {path: path.stat().st_size for path in profile.rglob("*.log")}


def events(log: Path, profile: Path) -> Iterator[Event]:
    """Those of files in the profile that only grow, in the order in which they ended."""
    begun: dict[str, tuple[str, Path]] = {}
    for line in log.read_text("utf-8", "replace").splitlines():
        told = TRACED.match(line)
        if told is None:
            continue
        pid, rest = told["pid"], told["rest"]
        if (call := _BEGUN.match(rest)) is not None:
            begun[pid] = (call["call"], Path(call["path"]))
        ended = _ENDED.search(rest)
        if ended is None or pid not in begun:
            continue
        name, path = begun.pop(pid)
        if path.suffix == ".log" and profile in path.parents and int(ended["value"]) >= 0:
            yield Event(float(told["at"]), path, int(ended["value"]) if name == "write" else 0)


def synced(before: Mapping[Path, int], recorded: Sequence[Event], cut_at: float) -> dict[Path, int]:
    """How much of each file was on the disk at that moment for certain; what was there at first counts as kept."""
    kept, long = dict(before), dict(before)
    for event in recorded:
        if event.at >= cut_at:
            break
        long[event.path] = long.get(event.path, 0) + event.count
        kept.setdefault(event.path, 0)
        if event.count == 0:
            kept[event.path] = long[event.path]
    return kept
