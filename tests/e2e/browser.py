"""Chromium with a profile of its own, as a phone keeps it: killed in the middle of things and opened again."""

import os
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    ViewportSize,
)

NAMES = ("chromium", "chromium-browser", "google-chrome")
#: What the driver would turn off by itself, since the last word holds; and the popup pages of an address bar that
#: nobody sees, which cost more of a processor than all else at a start.
WITHOUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "DialMediaRouteProvider",
    "GlobalMediaControls", "HttpsUpgrades", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "Translate", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
)  # fmt: skip
ARGS = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-quic", f"--disable-features={','.join(WITHOUT)}",
    # Whatever else asks for a host, no host is found.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
)  # fmt: skip
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
GONE_S = 15
CLOCK = Path(__file__).with_name("clock.js")


def chromium() -> str:
    """Raises AssertionError with a sentence where there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    assert found is not None, f"The browser tests need Chromium; none of {', '.join(NAMES)} is on PATH."
    return found


class Browser:
    """One profile. What it asked of other hosts, and what broke in its pages, is kept until the end of the test."""

    def __init__(self, playwright: Playwright, profile: Path, base_url: str, **options: Any) -> None:
        self.base_url = base_url
        self.foreign: list[str] = []
        self.broken: list[str] = []
        self.asked: list[str] = []
        self._playwright = playwright
        self.profile = profile
        self._args = [*ARGS, *options.pop("more_args", ())]
        self._options = {
            "viewport": PHONE, "locale": "sv-SE", "timezone_id": "Europe/Stockholm", "color_scheme": "dark", **options
        }  # fmt: skip
        self._context: BrowserContext | None = None

    @property
    def context(self) -> BrowserContext:
        assert self._context is not None, "The browser is not open."
        return self._context

    def open(self, *, offline: bool = False, ahead_ms: float = 0) -> Page:
        """A page, not yet at any address. `ahead_ms`: how far its clocks are ahead of the machine's."""
        self._context = self._playwright.chromium.launch_persistent_context(
            self.profile, executable_path=chromium(), args=self._args, offline=offline,
            permissions=["geolocation"], **self._options,
        )  # fmt: skip
        self._context.set_default_timeout(30_000)
        self._context.on("request", self._watch)
        self._context.on("console", self._hear)
        self._context.add_init_script(f"({CLOCK.read_text(encoding='utf-8')})({ahead_ms})")
        page = self._context.pages[0]
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        return page

    def cdp(self, page: Page) -> CDPSession:
        return self.context.new_cdp_session(page)

    def kill(self) -> None:
        """SIGKILL to every process of this browser: nothing is flushed, no handler runs."""
        pids = self.pids()
        assert pids, "No process of the browser was found."
        groups = {os.getpgid(pid) for pid in pids} - {os.getpgrp()}
        for group in groups:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        deadline = time.monotonic() + GONE_S
        while self.pids() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not self.pids(), "The browser outlived SIGKILL."
        self.close()

    def close(self) -> None:
        """In good order; also forgets a context whose browser was killed."""
        context, self._context = self._context, None
        if context is not None:
            with suppress(Error):
                context.close()

    def picture(self, file: Path) -> None:
        """What was on the screen last; none where the browser is closed or stuck."""
        if self._context is not None and self._context.pages:
            with suppress(Error):
                self._context.pages[0].screenshot(path=file, timeout=5_000)

    def pids(self) -> list[int]:
        """Processes that name this profile on their command line: the browser itself and its children."""
        mark = f"--user-data-dir={self.profile}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            with suppress(OSError):
                if mark in (entry / "cmdline").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
        return found

    def _watch(self, request: Request) -> None:
        self.asked.append(request.url)
        if not request.url.startswith((f"{self.base_url}/", "data:", "blob:")):
            self.foreign.append(request.url)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.broken.append(message.text)
