"""`STEP serve …`: a server that is killed at the first call of this step of an upload."""

import os
import signal
import sys

from app import cli
from app.blob import upload


def die_at(step: str) -> None:
    assert callable(getattr(upload, step))
    setattr(upload, step, lambda *_: os.kill(os.getpid(), signal.SIGKILL))


def main() -> None:
    die_at(sys.argv.pop(1))
    cli.main()
