"""The database: one door for writing, one for reading, on SQLite and PostgreSQL. The only place that commits."""

import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

from app.core.errors import BUSY, Problem, Refused

try:  # Debian's Python carries a SQLite that can corrupt a WAL; the wheel carries a mended one.
    from pysqlite3 import dbapi2 as _sqlite_driver
except ImportError:  # no wheel for this platform: the standard module, refused below if it is too old
    _sqlite_driver = sqlite3

# The driver looks for an adapter of every NULL and every byte string, and fails at length where it finds none: six
# times slower than binding a text. These change nothing but that.
_sqlite_driver.register_adapter(bytes, bytearray)
_sqlite_driver.register_adapter(type(None), lambda value: value)

SQLITE_MIN = (3, 51, 3)
LOCK_WAIT_S = 5
#: PostgreSQL that does not answer at all: a new connection is given up, and an open one whose bytes are not taken.
CONNECT_S, UNHEARD_S = 5, 10
#: As many as the server's worker threads: a connection beyond the pool would be opened anew for each request.
READERS = 40
#: 32 MB of log before it is copied into the database: seldom, since the copy holds up whoever commits.
CHECKPOINT_PAGES = 8000
#: Kept prepared on each connection: an insert of n rows is a statement for each n.
STATEMENTS = 500

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


#: What a commit on PostgreSQL waits for. The first is ours to decide, by session; the others are its administrator's.
_POSTGRES_SYNC = ("synchronous_commit", "fsync", "full_page_writes")
_SYNC_OFF_BY_ROLE = """
SELECT count(*) FROM pg_db_role_setting
WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
  AND setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = current_user))
  AND lower(setconfig::text) ~ 'synchronous_commit=\"?(off|false|no|0)'
"""


@dataclass(frozen=True, slots=True)
class Durability:
    """What was found, in words; whether commits wait for the disk; what else should be known."""

    told: str
    waits: bool
    warning: str | None


class Database:
    """`write()` is one transaction, synced when it returns; `read()` sees one moment and never waits for writers."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        if self.is_sqlite:
            _check_sqlite_version(_sqlite_driver)
            self._writer = _sqlite_engine(url, pool_size=1, immediate=True)
            self._reader = _sqlite_engine(url, pool_size=READERS, immediate=False)
        else:
            options: dict[str, Any] = {
                "pool_pre_ping": True,
                "hide_parameters": True,
                "connect_args": {
                    # Four is for disks that turn: it makes the planner read whole tables (docs/performance.md).
                    "options": "-c timezone=UTC -c synchronous_commit=on -c random_page_cost=1.1",
                    # Which of all connections are this one's own: a restore must be alone.
                    "application_name": f"lykta-{secrets.token_hex(8)}",
                    "connect_timeout": CONNECT_S,
                    "tcp_user_timeout": UNHEARD_S * 1000,
                    "keepalives_idle": UNHEARD_S,
                    "keepalives_interval": 2,
                    "keepalives_count": 3,
                },
            }
            self._writer = create_engine(url, pool_size=4, max_overflow=4, **options)
            self._reader = create_engine(url, pool_size=8, max_overflow=8, isolation_level="REPEATABLE READ", **options)
        # Busy-waiting between threads is unfair and slow in SQLite; one lock in the process is neither.
        self._turn = threading.Lock() if self.is_sqlite else nullcontext()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Raises Problem(BUSY) when the lock cannot be had in time; nothing is stored then."""
        try:
            with self._turn, self._writer.begin() as conn:
                yield conn
        except OperationalError as error:
            if _is_busy(error):
                raise Problem(BUSY, headers={"Retry-After": "1"}) from error
            raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self._reader.connect() as conn:
            yield conn

    def watcher(self) -> Any:
        """SQLite: a connection beside the pools that never writes, so `PRAGMA data_version` moves with every commit."""
        connection = self._reader.raw_connection()
        connection.detach()
        return connection

    def fold_log(self) -> None:
        """SQLite: what the log still holds of rows that were overwritten goes, unless somebody reads it just now."""
        with self._turn:
            connection = self._writer.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    @property
    def path(self) -> Path | None:
        """Where SQLite keeps it; None on PostgreSQL."""
        return Path(self.url.removeprefix("sqlite:///")) if self.is_sqlite else None

    def copy_into(self, target: Path) -> None:
        """SQLite: one moment of the whole database as one file, which must be empty; writers go on meanwhile.

        What was deleted is not in it: free pages stay behind. Raises Refused.
        """
        connection = self.watcher()
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA query_only=OFF")  # it would also forbid writing to another file
            cursor.execute("VACUUM INTO ?", (str(target),))
        except _sqlite_driver.Error as error:
            raise Refused(f"The database could not be copied: {error}.") from error
        finally:
            connection.close()

    @property
    def engine(self) -> Engine:
        """For migrations and checks of the database itself."""
        return self._writer

    def durability(self) -> Durability:
        """Would a power cut take a commit that was answered for (I5)? As found on the connection that writes."""
        with self._writer.connect() as conn:
            if self.is_sqlite:
                mode, sync = (conn.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous"))
                told = f"SQLite {_sqlite_driver.sqlite_version}, journal_mode={mode}, synchronous={sync} (2 is FULL)"
                return Durability(told, (mode, sync) == ("wal", 2), None)
            shown = {name: conn.execute(text(f"SHOW {name}")).scalar() for name in _POSTGRES_SYNC}
            told = f"PostgreSQL {conn.execute(text('SHOW server_version_num')).scalar()}"
            overridden = conn.execute(text(_SYNC_OFF_BY_ROLE)).scalar()
        told += "".join(f", {name}={value}" for name, value in shown.items())
        off = [name for name, value in shown.items() if value == "off"]
        warning = f"PostgreSQL runs with {' and '.join(off)} off: a power cut may take what was answered for."
        if not off and overridden:
            warning = "synchronous_commit=off is set for this role or database; Lykta's own connections turn it on."
        return Durability(told, shown["synchronous_commit"] != "off", warning if off or overridden else None)

    def close(self) -> None:
        self._writer.dispose()
        self._reader.dispose()


def file_engine(path: Path, *, sealed: bool = False) -> Engine:
    """A SQLite file that no server uses, opened as it is; `sealed`: read without locks, since nobody writes it."""
    _check_sqlite_version(_sqlite_driver)
    uri = f"{path.resolve().as_uri()}?{'mode=ro&immutable=1' if sealed else 'mode=rw'}"

    def _connect() -> sqlite3.Connection:
        connection: sqlite3.Connection = _sqlite_driver.connect(uri, uri=True, timeout=LOCK_WAIT_S)
        connection.execute("PRAGMA trusted_schema=OFF")
        return connection

    return create_engine("sqlite://", module=_sqlite_driver, poolclass=NullPool, hide_parameters=True, creator=_connect)


def fold(path: Path) -> None:
    """Bring the log into the file, so that it is the whole database. Raises OperationalError if anybody has it open."""
    with file_engine(path).connect() as conn:
        conn.exec_driver_sql("PRAGMA journal_mode=DELETE")


def _check_sqlite_version(driver: ModuleType) -> None:
    found = tuple(int(part) for part in driver.sqlite_version.split("."))
    if found < SQLITE_MIN:
        raise Refused(
            f"SQLite {driver.sqlite_version} can corrupt its log (WAL-reset fault); at least 3.51.3 is needed. "
            "Install the wheel pysqlite3, or a Python with a newer SQLite."
        )


def _sqlite_engine(url: str, *, pool_size: int, immediate: bool) -> Engine:
    path = url.removeprefix("sqlite:///")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, module=_sqlite_driver, hide_parameters=True, pool_size=pool_size, max_overflow=0,
        connect_args={"timeout": LOCK_WAIT_S, "check_same_thread": False, "cached_statements": STATEMENTS},
    )  # fmt: skip

    @event.listens_for(engine, "do_connect")
    def _private(*_given: object) -> None:
        """It holds secrets, and its log takes after it. What cannot be made is told by the driver, in its words.

        Only made, never opened: closing any descriptor of a file drops every lock that this process holds on it, and
        another program, which then believes itself alone, takes the log away on leaving. So was answered data lost.
        """
        with suppress(OSError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # pysqlite's own BEGIN is deferred and fails at once under load
        for pragma in (
            "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF", "mmap_size=0",
            # What is erased, or moved when an index is merged, would lie in the file until its place is used again.
            "secure_delete=ON",
            f"busy_timeout={LOCK_WAIT_S * 1000}", f"cache_size=-{32_000 if immediate else 2_000}",
            f"wal_autocheckpoint={CHECKPOINT_PAGES}",
        ):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")
        if not immediate:
            connection.execute("PRAGMA query_only=ON")

    begin = "BEGIN IMMEDIATE" if immediate else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        try:
            conn.connection.driver_connection.execute(begin)  # type: ignore[union-attr]
        except _sqlite_driver.OperationalError as error:  # what SQLAlchemy's own way, four times slower, would raise
            raise OperationalError(begin, None, error) from error

    return engine


def _is_busy(error: OperationalError) -> bool:
    words = str(error.orig).lower()
    return "locked" in words or "busy" in words or "lock timeout" in words
