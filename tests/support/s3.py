"""A server process that speaks S3, on loopback: one for all tests that ask for it."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from tests.e2e.server import HOST, free_port

READY_S, STOP_S = 60, 10
BUCKET = "photos"
#: What the server asks for it does not check.
KEYS = {"AWS_REGION": "eu-north-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


@contextmanager
def running() -> Iterator[int]:
    """Gives its port; the bucket is there."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", "from moto.server import main; main()", "-H", HOST, "-p", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _make_bucket(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(STOP_S)


def _make_bucket(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + READY_S
    asked = urllib.request.Request(f"http://{HOST}:{port}/{BUCKET}", method="PUT")
    while True:
        assert process.poll() is None, "The S3 server did not start."
        try:
            with urllib.request.urlopen(asked, timeout=5) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < deadline
            time.sleep(0.1)
