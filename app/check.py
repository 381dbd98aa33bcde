"""Does everything that this server leans on answer? One line each, without secrets."""

import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app import VERSION
from app.alert import ladder, queries
from app.blob.store import Away, open_store
from app.core.clock import now, stamp
from app.core.db import Database
from app.core.errors import Refused
from app.core.migrate import is_at_head
from app.core.settings import Settings
from app.epoch import queries as epochs
from app.notify import channels

FREE_BYTES_MIN = 500_000_000
TOLD_OF_BACK = timedelta(days=30)
#: No photo has it: a store that answers says that there is none.
NO_PHOTO = "0" * 64
LADDERS = {"overdue": "missed check-ins", "help": "calls for help"}


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    ok: bool
    said: str

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "ok": self.ok, "said": self.said}

    def text(self) -> str:
        return f"{'ok' if self.ok else 'TROUBLE'}\t{self.name}\t{self.said}"


def lines(settings: Settings, open_database: Callable[[str], Database]) -> Iterator[Line]:
    """The settings were read already, or the command would have ended with what is wrong in them."""
    yield Line("settings", True, f"read; base URL {settings.base_url or 'not set, so messages carry no links'}")
    yield Line("version", True, f"Lykta {VERSION}, Python {platform.python_version()}")
    try:
        db = open_database(settings.url)
    except Refused as refusal:
        yield Line("database", False, str(refusal))
        return
    try:
        yield _database(db)
        yield _history(db)
        yield _disk(settings)
        yield _store(settings)
        yield _ladders(db)
        yield from (Line(*told) for told in channels.check(settings, db))
    finally:
        db.close()


def _database(db: Database) -> Line:
    try:
        found = db.durability()
        with db.read() as conn:
            at_head = is_at_head(conn)
    except Exception as error:  # whatever a driver throws: it does not answer
        return Line("database", False, f"does not answer ({type(error).__name__})")
    if not found.waits or not at_head:
        return Line("database", False, found.told if not found.waits else "its schema is old: run lykta migrate")
    return Line("database", found.warning is None, found.warning or found.told)


def _history(db: Database) -> Line:
    """A copy that was put back by hand, or a disk that lied: what was answered since is only on the phones.

    Somebody who has acknowledged it at the desk looks after it.
    """
    try:
        with db.read() as conn:
            still = epochs.unacknowledged(epochs.stepped_back(conn))
    except Exception as error:  # an old schema, or a database that does not answer: its own line tells
        return Line("history", False, f"cannot be read ({type(error).__name__})")
    back_at = None if still is None else still.newest.began_at
    if back_at is None or now() - back_at > TOLD_OF_BACK:
        return Line("history", True, "no phone knows more than this database did, but for what was acknowledged")
    return Line("history", False, f"the database went back in time, found out {stamp(back_at)}: phones send again what "
                "they have; compare with the newest backup")  # fmt: skip


def _disk(settings: Settings) -> Line:
    try:
        free = shutil.disk_usage(settings.data_dir).free
    except OSError as error:
        return Line("disk", False, f"the data directory cannot be read ({type(error).__name__})")
    return Line("disk", free >= FREE_BYTES_MIN, f"{free // 1_000_000} MB free in the data directory")


def _ladders(db: Database) -> Line:
    """Where somebody put one at the desk, the settings' is not in force."""
    try:
        with db.read() as conn:
            rows = queries.ladders(conn)
    except Exception as error:  # an old schema, or a database that does not answer: its own line tells
        return Line("ladders", False, f"cannot be read ({type(error).__name__})")
    own = {kind for kind in ladder.KINDS if (row := ladder.newest(rows, kind)) is not None and row.active}
    of = [f"{told} {'as put at the desk' if kind in own else 'as the settings say'}" for kind, told in LADDERS.items()]
    return Line("ladders", True, "; ".join(of))


def _store(settings: Settings) -> Line:
    where = "S3" if settings.store_url else "the data directory"
    try:
        open_store(settings).read(NO_PHOTO)
    except (Away, OSError) as error:
        return Line("photos", False, f"{where} does not answer ({type(error).__name__})")
    return Line("photos", True, f"in {where}")
