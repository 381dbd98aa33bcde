"""A real server process on a database, from this clone, until the block ends."""

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.settings import PROJECT_DIR
from tests.backup.conftest import COMMAND
from tests.e2e.server import HOST, free_port

READY_S, STOP_S = 60, 20


@contextmanager
def served(url: str, data_dir: Path) -> Iterator[int]:
    """Gives its port."""
    port = free_port()
    env = os.environ | {"LYKTA_DATABASE_URL": url, "LYKTA_DATA_DIR": str(data_dir)}
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port)], env=env, cwd=PROJECT_DIR, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _ready(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(STOP_S)


def _ready(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline:
        assert process.poll() is None
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("The server was not ready.")
