"""The demo organisation as it stands at twenty-five to ten in the evening, with one shift out."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.access.context import Context
from app.access.passwords import Passwords
from app.core.clock import now
from app.core.db import Database
from app.core.settings import Settings
from app.demo.make import make_demo
from app.journal import epoch
from app.journal.append import Journal
from app.place import vocabulary
from app.sync.registry import REGISTRY
from tests.e2e.net import Net
from tests.e2e.server import Server
from tests.e2e.walk import STOCKHOLM
from tests.support.world import Person

SEED = 1


class DemoTown:
    """A server with its people by username."""

    def __init__(self, stack: ExitStack, database_url: str, folder: Path, web_dir: Path) -> None:
        self.at = evening()
        self.people = _make(database_url, folder, self.at)
        self.server = Server(folder, database_url, web_dir)
        self.server.start()
        stack.callback(self.server.stop)
        self.net = Net(self.server.port)
        stack.callback(self.net.close)

    @property
    def ahead(self) -> timedelta:
        """What to set a browser's clock to, so that it is that evening."""
        return self.at - datetime.now(UTC)


def evening() -> datetime:
    """The latest 21:35 in Stockholm that has passed."""
    local = datetime.now(STOCKHOLM)
    at = local.replace(hour=21, minute=35, second=0, microsecond=0)
    return (at if at < local else at - timedelta(days=1)).astimezone(UTC)


def _make(database_url: str, folder: Path, at: datetime) -> dict[str, Person]:
    db = Database(database_url)
    try:
        settings = Settings(database_url=database_url, data_dir=folder, password_cost="cheapest")
        journal = Journal(db, REGISTRY)
        epoch.ensure(db, now())
        vocabulary.ensure(db, journal)
        made = make_demo(Context(settings, db, journal, Passwords("cheapest")), SEED, at)
        return {p.username: Person(p.id, p.username, p.name, p.role, p.password) for p in made.people}
    finally:
        db.close()
