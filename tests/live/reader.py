"""A served application in a thread, and a reader of its event stream."""

import json
import queue
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

import httpx2
import uvicorn
from starlette.applications import Starlette

from app.access import accounts
from app.access.context import SESSION_COOKIE, Context
from tests.e2e.server import HOST, free_port
from tests.support.world import Person

WAIT_S = 10.0


class Event(NamedTuple):
    name: str
    id: str
    data: Any


def session_of(ctx: Context, person: Person) -> str:
    """The cookie header of a signed-in person."""
    signed = accounts.sign_in(ctx, person.username, person.password, address="test", install=None, label="",
                              device_token=None)  # fmt: skip
    return f"{SESSION_COOKIE}={signed.session_token}"


class Served:
    def __init__(self, app: Starlette) -> None:
        self.base = f"http://{HOST}:{(port := free_port())}/api/v1"
        self._server = uvicorn.Server(uvicorn.Config(app, host=HOST, port=port, log_level="critical", access_log=False))
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def start(self) -> None:
        self._thread.start()
        for _ in range(500):
            if self._server.started:
                return
            threading.Event().wait(0.02)
        raise AssertionError("the server did not start")

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(WAIT_S)
        assert not self._thread.is_alive()


class Reader:
    """Reads in a thread of its own; `next()` waits for an event, pings and bare ids left out."""

    def __init__(self, base: str, cookie: str, last_id: str | None = None) -> None:
        headers = {"Cookie": cookie} | ({} if last_id is None else {"Last-Event-ID": last_id})
        self._client = httpx2.Client(timeout=WAIT_S, headers=headers)
        self._events: queue.Queue[Event | None] = queue.Queue()
        self.last_id = last_id or ""
        self._is_open = threading.Event()
        self.status = 0
        self._socket: socket.socket | None = None
        self._thread = threading.Thread(target=self._read, args=(f"{base}/live",), daemon=True)
        self._thread.start()
        assert self._is_open.wait(WAIT_S)

    def next(self) -> Event:
        event = self._events.get(timeout=WAIT_S)
        assert event is not None, "the stream has ended"
        return event

    def close(self) -> None:
        """The page is closed: the connection goes, the server is told nothing else."""
        if self._socket is not None and not self.has_ended(0):
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
        assert self.has_ended()

    def has_ended(self, within_s: float = WAIT_S) -> bool:
        self._thread.join(within_s)
        return not self._thread.is_alive()

    def _read(self, url: str) -> None:
        name, data = "", ""
        try:
            with self._client, self._client.stream("GET", url) as answer:
                self.status = answer.status_code
                self._socket = answer.extensions["network_stream"].get_extra_info("socket")
                for line in answer.iter_lines():
                    field, _, value = line.partition(": ")
                    if field == "id":
                        self.last_id = value
                        self._is_open.set()
                    name = value if field == "event" else name
                    data = value if field == "data" else data
                    if line == "" and data:
                        self._events.put(Event(name, self.last_id, json.loads(data)))
                        name, data = "", ""
        except httpx2.HTTPError:
            pass
        finally:
            self._is_open.set()
            self._events.put(None)


@contextmanager
def served(app: Starlette) -> Iterator[Served]:
    server = Served(app)
    server.start()
    try:
        yield server
    finally:
        server.stop()
