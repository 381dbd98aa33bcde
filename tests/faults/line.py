"""The line between Lykta and PostgreSQL: a relay on loopback that is cut, stalls, or breaks at a COMMIT."""

import socket
import struct
import threading
from contextlib import suppress

HOST = "127.0.0.1"
CHUNK = 65_536
#: Closing with this option sends RST, as a network that is gone does at the next byte.
RESET = struct.pack("ii", 1, 0)
#: A simple query, as the driver sends it.
COMMIT = b"COMMIT\0"


class Line:
    """`break_at`: "commit" breaks the next one on its way there, "answer" when it was done, before anybody is told."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.break_at: str | None = None
        self.breaks = 0
        self._is_up = True
        self._is_stalled = False
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server((HOST, 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def up(self) -> None:
        self._is_up, self._is_stalled = True, False

    def cut(self) -> None:
        """What is open breaks, what is new is refused, until `up`."""
        self._is_up = False
        with self._lock:
            ends = list(self._ends)
        for end in ends:
            _reset(end)

    def stall(self) -> None:
        """What is open breaks; what is new is taken, and then not one byte comes."""
        self.cut()
        self._is_up = self._is_stalled = True

    def close(self) -> None:
        self.cut()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                app, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=(app,), daemon=True).start()

    def _relay(self, app: socket.socket) -> None:
        if not self._is_up:
            _reset(app)
            app.close()
            return
        server = socket.socket(socket.AF_UNIX)
        with app, server, suppress(OSError):
            with self._lock:
                self._ends |= {app, server}
            if self._is_stalled:
                while app.recv(CHUNK):
                    pass
                return
            server.connect(self.path)
            back = threading.Thread(target=self._answers, args=(server, app), daemon=True)
            back.start()
            self._asks(app, server)
            back.join(5)
        with self._lock:
            self._ends -= {app, server}

    def _asks(self, app: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := app.recv(CHUNK):
                if COMMIT in data and self.break_at == "commit":
                    self._break(app, server)
                    return
                server.sendall(data)
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)

    def _answers(self, server: socket.socket, app: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(CHUNK):
                if COMMIT in data and self.break_at == "answer":  # its completion carries the same word
                    self._break(app, server)
                    return
                app.sendall(data)
        with suppress(OSError):
            app.shutdown(socket.SHUT_RDWR)

    def _break(self, app: socket.socket, server: socket.socket) -> None:
        self.break_at = None
        self.breaks += 1
        _reset(server)
        _reset(app)


def _reset(end: socket.socket) -> None:
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
