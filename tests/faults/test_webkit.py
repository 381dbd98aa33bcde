"""Row 23: what the app asks of a browser's databases, asked in WebKit too, which refuses to keep a Blob."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from app.core.settings import PROJECT_DIR
from tests.e2e.browser import ARGS, chromium
from tests.e2e.server import HOST
from tests.faults.webkit import webkit

pytestmark = pytest.mark.e2e

CONFORM = "conformance.conform()"
BLOBS = "conformance.keepsBlobs()"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nobody reads what is asked of two files."""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page that holds the store's own code and nothing else."""
    folder = tmp_path_factory.mktemp("conformance")
    node = shutil.which("node")
    assert node is not None, "Node is missing: run make setup."
    made = subprocess.run(
        [node, "scripts/conformance.mjs", str(folder / "conformance.js")],
        cwd=PROJECT_DIR / "pwa", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    (folder / "index.html").write_text('<!doctype html><title>-</title><script src="conformance.js"></script>')
    server = ThreadingHTTPServer((HOST, 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


def is_met(told: Any) -> None:
    assert isinstance(told, dict), told
    assert len(told) >= 12
    assert {demand: wrong for demand, wrong in told.items() if wrong} == {}


def test_row_23_webkit_keeps_what_the_app_writes_though_it_refuses_a_blob(page: str) -> None:
    with webkit() as browser:
        browser.open(page)
        is_met(browser.run(CONFORM))
        # As it is now (2.50). A WebKit that keeps them would do no harm: the app hands it none.
        assert browser.run(BLOBS) is False


def test_the_same_is_met_in_chromium(page: str, playwright: Playwright, tmp_path: Path) -> None:
    with playwright.chromium.launch_persistent_context(
        tmp_path / "profile", executable_path=chromium(), args=list(ARGS)
    ) as context:
        context.pages[0].goto(page)
        is_met(context.pages[0].evaluate(CONFORM))
