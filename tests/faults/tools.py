"""What the fault tests borrow from the system: strace to spoil system calls, a small disk that can be filled."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SYNCS = "fsync,fdatasync"


def lacking(reason: str) -> None:
    """In a CI nothing may be left out; elsewhere the report says what was not shown."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


#: Of what `strace -f -ttt` writes.
TRACED = re.compile(r"^(?P<pid>\d+) +(?P<at>\d+\.\d+) (?P<rest>.*)$")


def strace_path() -> str:
    found = shutil.which("strace")
    if found is None:
        lacking("strace is not installed: run make tools (Debian: apt-get install strace).")
    return str(found)


def strace(inject: str) -> tuple[str, ...]:
    """The command that watches a process whose syncs go as `inject` says, such as `error=EIO:when=3`."""
    spoil = ("-e", f"trace={SYNCS}", "-e", f"inject={SYNCS}:{inject}")
    return (strace_path(), "-f", "-qq", "-o", "/dev/null", *spoil)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of its own, of that size."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if mounted.returncode != 0:
        lacking(f"A small disk cannot be mounted here (it needs root): {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
