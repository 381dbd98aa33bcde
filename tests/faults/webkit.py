"""WebKitGTK behind its own driver, on a screen that nobody sees: the one WebKit that runs where these tests do."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2

from tests.e2e.server import HOST, free_port
from tests.faults.tools import lacking

BROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"
READY_S = 30
PATIENCE_S = 60
#: The name under which WebDriver speaks of an element.
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
SCREEN = ("-screen", "0", "480x900x24", "-nolisten", "tcp")


class WebKit:
    """One session; what it keeps is gone with it, as in a private window."""

    def __init__(self, client: httpx2.Client, session: str) -> None:
        self._client = client
        self._session = session

    def open(self, url: str) -> None:
        self._ask("url", url=url)

    def run(self, script: str) -> Any:
        """The value that the promise of this expression comes to; an error of it as a text."""
        wrapped = f"const done = arguments[arguments.length - 1]; ({script}).then(done, (e) => done(String(e)));"
        return self._ask("execute/async", script=wrapped, args=[])

    def tap(self, xpath: str) -> None:
        """As soon as it is there, and no part of the frame lies over it."""
        found = self._find(xpath)
        middle = "arguments[0].scrollIntoView({ block: 'center' })"
        self._ask("execute/sync", script=middle, args=[{ELEMENT: found}])
        self._ask(f"element/{found}/click")

    def write(self, xpath: str, text: str) -> None:
        self._ask(f"element/{self._find(xpath)}/value", text=text)

    def words(self) -> str:
        return str(self.run("(async () => document.body.innerText)()"))

    def says(self, *words: str) -> None:
        self.wait_for(lambda: all(one in self.words() for one in words), " and ".join(words))

    def wait_for(self, is_so: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not is_so():
            assert time.monotonic() < deadline, f"Not within {PATIENCE_S} s: {what}\n{self.words()}"
            time.sleep(0.1)

    def _find(self, xpath: str) -> str:
        found: list[str] = []

        def _is_there() -> bool:
            answer = self._client.post(f"/session/{self._session}/element", json={"using": "xpath", "value": xpath})
            if answer.status_code == 200:
                found.append(answer.json()["value"][ELEMENT])
            return bool(found)

        self.wait_for(_is_there, xpath)
        return found[0]

    def _ask(self, what: str, **members: Any) -> Any:
        answer = self._client.post(f"/session/{self._session}/{what}", json=members)
        assert answer.status_code == 200, answer.text
        return answer.json()["value"]


@contextmanager
def webkit() -> Iterator[WebKit]:
    browser = next((str(found) for found in sorted(Path("/").glob(BROWSERS.lstrip("/")))), None)
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    if browser is None or driver is None or screen is None:
        lacking("WebKit is not installed: run make tools (Debian: apt-get install webkit2gtk-driver xvfb).")
    port = free_port()
    with _display(str(screen)) as display:
        shown = {**os.environ, "DISPLAY": display, "LIBGL_ALWAYS_SOFTWARE": "1"}
        with _process(str(driver), f"--port={port}", f"--host={HOST}", env=shown), _session(port, str(browser)) as made:
            yield made


@contextmanager
def _display(screen: str) -> Iterator[str]:
    reads, writes = os.pipe()
    with _process(screen, "-displayfd", str(writes), *SCREEN, pass_fds=(writes,)):
        os.close(writes)
        with os.fdopen(reads) as told:
            yield f":{told.readline().strip()}"


@contextmanager
def _process(*command: str, **given: Any) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **given)
    try:
        yield
    finally:
        process.terminate()
        process.wait(READY_S)


@contextmanager
def _session(port: int, browser: str) -> Iterator[WebKit]:
    options = {"binary": browser, "args": ["--automation"]}
    wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options, "acceptInsecureCerts": True}}}
    with httpx2.Client(base_url=f"http://{HOST}:{port}", timeout=READY_S * 2, trust_env=False) as client:
        session = _begin(client, wanted)
        try:
            yield WebKit(client, session)
        finally:
            client.delete(f"/session/{session}")


def _begin(client: httpx2.Client, wanted: dict[str, Any]) -> str:
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline:
        with suppress(httpx2.ConnectError):
            answer = client.post("/session", json=wanted)
            assert answer.status_code == 200, answer.text
            return str(answer.json()["value"]["sessionId"])
        time.sleep(0.1)
    raise AssertionError(f"WebKit's driver did not answer within {READY_S} s.")
