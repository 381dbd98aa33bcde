"""Bring the schema to head, one process at a time, with rows counted before and after."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from app.core.db import Database
from app.core.errors import Refused
from app.core.settings import PROJECT_DIR

LOCK_KEY = 0x4C594B54
LOCATIONS = (PROJECT_DIR / "migrations" / "versions",)
VERSIONS = "alembic_version"


def config(connection: Connection | None = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(PROJECT_DIR / "migrations"))
    made.set_main_option("version_locations", os.pathsep.join(map(str, LOCATIONS)))
    made.set_main_option("path_separator", "os")
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
        before = _counts(conn)  # this begins the transaction, so Alembic leaves its end to us
        command.upgrade(config(conn), "head")
        _refuse_losses(before, _counts(conn), _announced(script, found))
        conn.commit()
        return True


def _counts(conn: Connection) -> dict[str, int]:
    quoted = conn.dialect.identifier_preparer.quote
    names = set(inspect(conn).get_table_names()) - {VERSIONS}
    return {n: conn.execute(text(f"SELECT count(*) FROM {quoted(n)}")).scalar_one() for n in sorted(names)}


def _announced(script: ScriptDirectory, found: str | None) -> set[str]:
    """Tables of which one of the migrations to come says, by `loses_rows = ("name", …)`, that rows go on purpose."""
    steps = script.iterate_revisions("head", found or "base")
    return {table for step in steps for table in getattr(step.module, "loses_rows", ())}


def _refuse_losses(before: dict[str, int], after: dict[str, int], announced: set[str]) -> None:
    """All migrations to head are one transaction on either database, and this is inside it."""
    for table, count in before.items():
        left = after.get(table, 0)
        if left < count and table not in announced:
            raise Refused(f"A migration would lose {count - left} of {count} rows of {table}; nothing was changed.")


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
