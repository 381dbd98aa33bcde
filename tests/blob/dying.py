"""`python -m tests.blob.dying STEP serve …`: a server that is killed at the first call of this step of an upload."""

import os
import signal
import sys

from app.blob import upload
from app.cli import main


def die_at(step: str) -> None:
    assert callable(getattr(upload, step))
    setattr(upload, step, lambda *_: os.kill(os.getpid(), signal.SIGKILL))


if __name__ == "__main__":
    die_at(sys.argv.pop(1))
    main()
