"""Running the server process: uvicorn, a clean stop, the address in words."""

import os
import sys

import uvicorn

from app.core.settings import Settings

STOP_S = 3


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
