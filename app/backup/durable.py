"""`durable_seq` (protocol §4.2): how far a proved backup off the machine covers the journal of this database.

The folder may lie on a share that does not answer. So it is looked at beside the requests and seldom, and a push
never waits for it longer than once.
"""

import threading
import time
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from app.backup.folder import recorded
from app.core.db import Database
from app.journal import chain, epoch

FRESH_S = 5.0
WAIT_S = 1.0
#: Configured, but nothing is known to be covered: phones keep everything.
NOTHING = 0


class Durable:
    """One per process. Thread-safe."""

    def __init__(self, folder: Path | None, db: Database, fresh_s: float = FRESH_S) -> None:
        self._folder, self._db, self._fresh_s = folder, db, fresh_s
        self._known = NOTHING
        self._looked_at: float | None = None
        self._looking: threading.Event | None = None
        self._lock = threading.Lock()

    def seq(self) -> int | None:
        """None where no folder is configured."""
        if self._folder is None:
            return None
        began = self._begin(self._folder)
        if began is not None:
            began.wait(WAIT_S)
        return self._known

    def _begin(self, folder: Path) -> threading.Event | None:
        """Look again, unless that was done just now or is still being waited for."""
        now = time.monotonic()
        with self._lock:
            fresh = self._looked_at is not None and now - self._looked_at < self._fresh_s
            if fresh or (self._looking is not None and not self._looking.is_set()):
                return None
            self._looked_at, self._looking = now, threading.Event()
            threading.Thread(target=self._look, args=(folder, self._looking), daemon=True).start()
            return self._looking

    def _look(self, folder: Path, done: threading.Event) -> None:
        try:
            self._known = self._covered(folder)
        except (OSError, ValueError, TypeError, SQLAlchemyError):
            self._known = NOTHING
        finally:
            done.set()

    def _covered(self, folder: Path) -> int:
        """A backup of another history (restored since, or of another organisation) covers nothing here."""
        found = recorded(folder)
        if found is None:
            return NOTHING
        with self._db.read() as conn:
            return found.seq if epoch.knows(conn, found.seq, chain.parse(found.chain) or b"") else NOTHING
