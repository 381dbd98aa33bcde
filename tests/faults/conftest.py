"""Fixtures of the fault tests: one server for each file, phones behind a proxy."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.faults.host import Host
from tests.faults.proxy import Proxy
from tests.faults.sender import Sender
from tests.faults.site import Site, begin_shift, make_site, phone_at
from tests.faults.street import Street
from tests.support.places import new_folder
from tests.support.world import CAST


@pytest.fixture(scope="module")
def site(sqlite_template: Path, web_dir: Path) -> Iterator[Site]:
    """Up, with a shift under way. Of its own for each file: some move a phone's clock ahead, and what others write
    then is no longer the newest. In the end its journal must hold together, by the operator's own command."""
    made = make_site(sqlite_template, new_folder(), web_dir)
    made.server.start()
    begin_shift(made)
    yield made
    made.server.stop()
    verified = made.server.command("journal", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


@pytest.fixture
def proxy(site: Site) -> Iterator[Proxy]:
    made = Proxy(site.server.port)
    yield made
    made.close()


@pytest.fixture
def sender(proxy: Proxy) -> Iterator[Sender]:
    """A Python phone behind the proxy."""
    with phone_at(proxy.port, CAST.alva) as phone:
        yield Sender(phone)


@pytest.fixture(scope="module")
def street(playwright: Playwright, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    made = Street(playwright, site, tmp_path_factory.mktemp("street"))
    yield made
    made.close()


@pytest.fixture
def host(street: Street) -> Iterator[Host]:
    """Signed in, in a shift, kept for offline use, all sent. The same phone as in the test before, if it came home."""
    yield street.host()
    street.heal()


@pytest.fixture
def air(street: Street, host: Host) -> Proxy:
    """The network between that phone and the server."""
    assert host
    return street.proxy
