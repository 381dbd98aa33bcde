"""`lykta serve` as it must not be: it does not wait for the disk at a commit (synchronous=NORMAL)."""

from typing import Any

from sqlalchemy import Engine, event

from app import cli
from app.core import db

_plain = db._sqlite_engine


def _hasty(*given: Any, **named: Any) -> Engine:
    """After the settings of its own."""
    engine = _plain(*given, **named)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=NORMAL"))
    return engine


def _unasked(self: db.Database) -> db.Durability:
    return db.Durability(self.url, True, None)


def main() -> None:
    db._sqlite_engine = _hasty
    # It would refuse to start like this.
    db.Database.durability = _unasked  # type: ignore[method-assign]
    cli.main()
