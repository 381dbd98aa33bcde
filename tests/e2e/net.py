"""The mobile network between phone and server: a TCP relay on loopback that can be cut at any byte."""

import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress

from tests.e2e.server import HOST, free_port

PUSH = b"POST /api/v1/sync/push"
CARRIED = b"POST /api/v1/sync/import/carried"
REQUEST = b" HTTP/1.1\r\n"
CHUNK = 16_384
#: Closing with this option sends RST: what a phone sees when it drives into a tunnel.
RESET = struct.pack("ii", 1, 0)


class _Pair:
    """One connection of the phone and its twin to the server."""

    def __init__(self, phone: socket.socket, server: socket.socket) -> None:
        self.phone, self.server = phone, server
        self.is_mute = False

    def cut(self) -> None:
        for end in (self.phone, self.server):
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class Net:
    """`up` is whether there is coverage. Counts the pushes that went by."""

    def __init__(self, server_port: int) -> None:
        self.port = free_port()
        self.pushes = 0
        #: Copies carried for a colleague that went by.
        self.carried = 0
        self.lost_requests = 0
        self.lost_answers = 0
        #: Requests and bytes that the phone sent, and bytes that came back, headers and all.
        self.requests = self.bytes_up = self.bytes_down = 0
        #: So many pushes are swallowed on their way: the server never hears of them.
        self.lose_requests = 0
        #: So many answers to pushes are swallowed: the server has committed, the phone does not know.
        self.lose_answers = 0
        #: Called once, when the next push that is not to be lost has been handed to the server.
        self.at_push: Callable[[], None] | None = None
        self._server_port = server_port
        self._up = True
        self._pairs: set[_Pair] = set()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server((HOST, self.port), backlog=64)
        self._start(self._accept)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def up(self) -> None:
        self._up = True

    def cut(self) -> None:
        """Every connection breaks, and no new one is made until `up`."""
        self._up = False
        with self._lock:
            pairs = list(self._pairs)
        for pair in pairs:
            pair.cut()

    def close(self) -> None:
        self.cut()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def _start(self, work: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=work, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                phone, _ = self._listener.accept()
            except OSError:
                return
            self._start(self._relay, phone)

    def _relay(self, phone: socket.socket) -> None:
        with phone:
            if not self._up:
                phone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                return
            with suppress(OSError), socket.create_connection((HOST, self._server_port)) as server:
                pair = _Pair(phone, server)
                with self._lock:
                    self._pairs.add(pair)
                back = threading.Thread(target=self._answers, args=(pair,), daemon=True)
                back.start()
                self._asks(pair)
                pair.cut()
                back.join(5)
                with self._lock:
                    self._pairs.discard(pair)

    def _asks(self, pair: _Pair) -> None:
        with suppress(OSError):
            while data := pair.phone.recv(CHUNK):
                is_push = PUSH in data
                self.carried += CARRIED in data
                self.requests += data.count(REQUEST)
                self.bytes_up += len(data)
                if is_push and self.lose_requests > 0:
                    self.lose_requests -= 1
                    self.lost_requests += 1
                    return
                if is_push and self.lose_answers > 0:
                    self.lose_answers -= 1
                    pair.is_mute = True
                pair.server.sendall(data)
                if is_push:
                    self.pushes += 1
                if is_push and not pair.is_mute:
                    self._handed_over()

    def _handed_over(self) -> None:
        work, self.at_push = self.at_push, None
        if work is not None:
            work()

    def _answers(self, pair: _Pair) -> None:
        with suppress(OSError):
            while data := pair.server.recv(CHUNK):
                if pair.is_mute:
                    self.lost_answers += 1
                    break
                self.bytes_down += len(data)
                pair.phone.sendall(data)
        pair.cut()
