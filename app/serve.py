"""Running the server process: uvicorn, a clean stop, the address in words."""

import os
import sys

import uvicorn

from app.blob.clean import clear_unfinished
from app.blob.store import open_store
from app.core.clock import now
from app.core.db import Database
from app.core.errors import Refused
from app.core.settings import Settings

STOP_S = 3


def made_ready(settings: Settings, db: Database) -> None:
    """Says which database it is, and closes it. Raises Refused where what is answered for could be lost."""
    found = db.durability()
    clear_unfinished(db, open_store(settings), now())
    db.close()
    sys.stdout.write(f"Database: {found.told}.\n")
    sys.stdout.flush()
    if not found.waits:
        raise Refused("The database does not wait for its disk at a commit: what was answered for could be lost.")
    if found.warning is not None:
        sys.stderr.write(f"Warning: {found.warning}\n")


def run(settings: Settings, host: str, port: int, workers: int) -> None:
    """Open streams are ended first (see live); what still runs after STOP_S is cut, and its client tries again."""
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::1", "::") else host
    if port:
        sys.stdout.write(f"Lykta: {settings.base_url or f'http://{shown}:{port}'}" + "\n")
        sys.stdout.flush()
    os.environ["LYKTA_DATA_DIR"] = str(settings.data_dir.resolve())
    uvicorn.run(
        "app.main:create_app", factory=True, host=host, port=port, workers=workers, access_log=False,
        log_level="warning", timeout_graceful_shutdown=STOP_S, server_header=False, proxy_headers=True,
        timeout_keep_alive=30,
    )  # fmt: skip
