"""The server of the machine: the application in this process, begun anew for each evening and restarted at will."""

from starlette.testclient import TestClient

from app.access.context import Context
from app.core.db import Database
from app.journal import epoch
from app.journal.append import Journal
from app.sync.registry import REGISTRY
from tests.machine.past import put_back, taken
from tests.support.world import CAST, EVENING, FakeClock, hire


class Place:
    """Without the vocabulary: each reading would begin with it, and nothing here looks into it."""

    def __init__(self, api: TestClient, ctx: Context, clock: FakeClock) -> None:
        self.api = api
        self.ctx = ctx
        self.clock = clock
        self.restart()
        hire(self.db, ctx.journal, *CAST.everybody)
        with self.db.read() as conn:
            self._pristine = taken(conn)

    @property
    def db(self) -> Database:
        return self.ctx.db

    def begin_anew(self) -> None:
        """Everybody has an account, nobody has signed in."""
        self.clock.at = EVENING
        put_back(self.db, self._pristine, keep=frozenset())
        self.restart()

    def restart(self) -> None:
        """As `app.main.make_context` does at a start: nothing in memory is left of before."""
        journal = Journal(self.db, REGISTRY, self.clock)
        epoch.ensure(self.db, self.clock())
        journal.wake_known()
        self.ctx.journal = journal
