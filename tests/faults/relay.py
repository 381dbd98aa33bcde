"""A relay on loopback that can be cut: what is open breaks, what is new is refused, until it is up again."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR, create_server, socket

HOST = "127.0.0.1"
CHUNK = 65_536


class Relay(ABC):
    def __init__(self) -> None:
        self.is_up = True
        self._ends: set[socket] = set()
        self._lock = threading.Lock()
        self._listener = create_server((HOST, 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def up(self) -> None:
        self.is_up = True

    def cut(self) -> None:
        self.is_up = False
        with self._lock:
            ends = list(self._ends)
        for end in ends:
            self.end(end)

    def close(self) -> None:
        self.cut()
        end(self._listener)
        self._listener.close()

    def end(self, one: socket) -> None:
        """How one of a pair goes when the line is cut."""
        end(one)

    @abstractmethod
    def relay(self, app: socket) -> None:
        """In a thread of its own, for each that connects; also while the relay is cut."""

    @contextmanager
    def held(self, *ends: socket) -> Iterator[None]:
        """These break when the relay is cut."""
        with self._lock:
            self._ends |= set(ends)
        try:
            yield
        finally:
            with self._lock:
                self._ends -= set(ends)

    def _accept(self) -> None:
        while True:
            try:
                app, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self.relay, args=(app,), daemon=True).start()


def end(one: socket) -> None:
    with suppress(OSError):
        one.shutdown(SHUT_RDWR)
