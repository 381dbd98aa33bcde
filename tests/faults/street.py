"""One phone with the built app and the network around it, shared by tests that each leave it with all sent."""

import shutil
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Error, Playwright, expect

from tests.e2e.ledger import Ledger
from tests.e2e.screen import CONTROLLED
from tests.e2e.town import browser_maker
from tests.faults.host import Host
from tests.faults.proxy import Proxy
from tests.faults.site import Site
from tests.support.world import CAST


class Street:
    """A phone that a failed test left behind with something unsent is given up for a new one."""

    def __init__(self, playwright: Playwright, site: Site, folder: Path) -> None:
        self.proxy = Proxy(site.server.port)
        self._playwright = playwright
        self._folder = folder
        self._phones = 0
        self._stack = ExitStack()
        self._host: Host | None = None

    def host(self) -> Host:
        if self._host is None:
            self._host = self._new()
        self._host.home()
        self.proxy.seen.clear()
        return self._host

    def heal(self) -> None:
        self.proxy.heal()
        try:
            assert self._host is not None
            self._host.browser.context.set_offline(False)
            is_home = self._host.unsent() == 0
        except (Error, AssertionError, ValueError):  # a count that the screen does not know is no number
            is_home = False
        if not is_home:
            self.gives_up()

    def gives_up(self) -> None:
        """The next test gets a phone of its own."""
        self._host = None
        self._stack.close()

    def another(self, host: Host) -> Host:
        """A phone with the same profile, to the last byte, as after a move to new hardware. Both are off then."""
        host.switch_off()
        self._phones += 1
        browse = browser_maker(self._stack, self._playwright, self.proxy.url, self._folder)
        browser = browse(f"host-{self._phones}")
        shutil.copytree(host.browser.profile, browser.profile, symlinks=True)
        return Host(browser, Ledger())

    def close(self) -> None:
        try:
            self._stack.close()
        finally:
            self.proxy.close()

    def _new(self) -> Host:
        self._phones += 1
        browse = browser_maker(self._stack, self._playwright, self.proxy.url, self._folder)
        host = Host(browse(f"host-{self._phones}"), Ledger())
        host.switch_on()
        host.sign_in(CAST.alva)
        expect(host.button("Vi är ok")).to_be_visible()
        host.wait_for(CONTROLLED)
        return host
