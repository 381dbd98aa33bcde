"""A document as a PDF, made beside the server, one at a time and within a time."""

import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
import structlog

from app.core import errors
from app.core.errors import Problem

PRESS, REPORT = (Path(__file__).with_name(name) for name in ("press.py", "report.typ"))
WAIT_S, TIME_S = 20, 30
PDF_BYTES_MAX = 32 * 1024 * 1024
_TURN = threading.Semaphore(1)
log = structlog.get_logger("lykta.review")


def typeset(document: Mapping[str, Any], form: Path = REPORT) -> bytes:
    """`form`: a file of typst that sets it. Raises Problem(BUSY) where it took too long, or could not be made."""
    if not _TURN.acquire(timeout=WAIT_S):
        raise Problem(errors.BUSY)
    try:
        # No setting of the server's goes along: the press reads nothing but the document.
        done = subprocess.run([sys.executable, "-I", str(PRESS), str(form)], input=orjson.dumps(document),
                              capture_output=True, timeout=TIME_S, env={}, check=False)  # fmt: skip
    except subprocess.TimeoutExpired:
        log.warning("report", why="timeout")
        raise Problem(errors.BUSY) from None
    finally:
        _TURN.release()
    if done.returncode != 0 or len(done.stdout) > PDF_BYTES_MAX:
        # What it said on the way out may quote the document: only that it failed is noted.
        log.error("report", why="press", code=done.returncode)
        raise Problem(errors.BUSY)
    return done.stdout
