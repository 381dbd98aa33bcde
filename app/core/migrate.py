"""Bring the schema to head, one process at a time, with rows counted before and after."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from app.core.db import Database
from app.core.errors import Refused
from app.core.settings import PROJECT_DIR

LOCK_KEY = 0x4C594B54


def config(connection: Connection | None = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(PROJECT_DIR / "migrations"))
    made.set_main_option("file_template", "%%(year)d-%%(month).2d-%%(day).2d-%%(hour).2d%%(minute).2d_%%(slug)s")
    if connection is not None:
        made.attributes["connection"] = connection
    return made


def to_head(db: Database) -> bool:
    """True if something was changed. Raises Refused when the database is newer than this version knows."""
    with alone(db), db.engine.connect() as conn:
        script = ScriptDirectory.from_config(config())
        found = MigrationContext.configure(conn).get_current_revision()
        conn.rollback()
        if found == script.get_current_head():
            return False
        if found is not None and found not in {r.revision for r in script.walk_revisions()}:
            raise Refused("The database was written by a newer version of Lykta; install that version.")
        command.upgrade(config(conn), "head")
        conn.commit()
        return True


def is_at_head(conn: Connection) -> bool:
    found = MigrationContext.configure(conn).get_current_revision()
    return found == ScriptDirectory.from_config(config()).get_current_head()


@contextmanager
def alone(db: Database) -> Iterator[None]:
    """Two servers that start together must not migrate together; nor may one start while its database is exchanged."""
    if (path := db.path) is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    with db.engine.connect() as conn:
        conn.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK_KEY})
        conn.commit()
        try:
            yield
        finally:
            conn.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": LOCK_KEY})
            conn.commit()
