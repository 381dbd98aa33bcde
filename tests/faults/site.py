"""A server process with an evening under way, and what its tables hold at the end."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from app.core.db import Database
from app.journal.verify import verify
from tests.e2e import held
from tests.e2e.server import HOST, Server
from tests.e2e.town import settle
from tests.support.client import Phone
from tests.support.factories import a_shift
from tests.support.world import CAST, Person

TIMEOUT_S = 20


@dataclass(frozen=True)
class Site:
    server: Server
    database_url: str

    def ops_of(self, *installs: str) -> list[dict[str, Any]]:
        return [op for op in held.ops_of_phones(self.database_url) if op["install"] in installs]

    def is_whole(self) -> bool:
        db = Database(self.database_url)
        try:
            with db.read() as conn:
                return verify(conn).ok
        finally:
            db.close()


def make_site(template: Path, folder: Path, web_dir: Path) -> Site:
    """Everybody has an account. The server is not yet up."""
    database = folder / "site.db"
    shutil.copyfile(template, database)
    url = f"sqlite:///{database}"
    settle(url)
    return Site(Server(folder, url, web_dir), url)


@contextmanager
def phone_at(port: int, person: Person, install: str | None = None) -> Iterator[Phone]:
    """A Python phone that has signed in."""
    origin = f"http://{HOST}:{port}"
    headers = {"Origin": origin}
    # Without `verify` the certificates of the world are read for each phone, and nothing here is encrypted.
    with httpx2.Client(
        base_url=f"{origin}/api/v1", headers=headers, trust_env=False, timeout=TIMEOUT_S, verify=False
    ) as client:
        phone = Phone(client, install)
        answer = phone.sign_in(person)
        assert answer.status_code == 201, answer.text
        yield phone


def begin_shift(site: Site) -> None:
    """Alva and Cim are out, so that whoever signs in as one of them can write at once."""
    with phone_at(site.server.port, CAST.alva) as phone:
        phone.start(a_shift(CAST.alva, CAST.cim))
