"""The line between Lykta and PostgreSQL: a relay on loopback that is cut, stalls, or breaks at a COMMIT."""

import struct
import threading
from contextlib import suppress
from socket import AF_UNIX, SO_LINGER, SOL_SOCKET, socket

from tests.faults.relay import CHUNK, Relay, end

#: Closing with this option sends RST, as a network that is gone does at the next byte.
RESET = struct.pack("ii", 1, 0)
#: A simple query, as the driver sends it.
COMMIT = b"COMMIT\0"


class Line(Relay):
    """`break_at`: "commit" breaks the next one on its way there, "answer" when it was done, before anybody is told."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.break_at: str | None = None
        self.breaks = 0
        self._is_stalled = False
        super().__init__()

    def up(self) -> None:
        super().up()
        self._is_stalled = False

    def stall(self) -> None:
        """What is open breaks; what is new is taken, and then not one byte comes."""
        self.cut()
        self.is_up = self._is_stalled = True

    def end(self, one: socket) -> None:
        _reset(one)

    def relay(self, app: socket) -> None:
        if not self.is_up:
            _reset(app)
            app.close()
            return
        server = socket(AF_UNIX)
        with app, server, self.held(app, server), suppress(OSError):
            if self._is_stalled:
                while app.recv(CHUNK):
                    pass
                return
            server.connect(self.path)
            back = threading.Thread(target=self._answers, args=(server, app), daemon=True)
            back.start()
            self._asks(app, server)
            back.join(5)

    def _asks(self, app: socket, server: socket) -> None:
        with suppress(OSError):
            while data := app.recv(CHUNK):
                if COMMIT in data and self.break_at == "commit":
                    self._break(app, server)
                    return
                server.sendall(data)
        end(server)

    def _answers(self, server: socket, app: socket) -> None:
        with suppress(OSError):
            while data := server.recv(CHUNK):
                if COMMIT in data and self.break_at == "answer":  # its completion carries the same word
                    self._break(app, server)
                    return
                app.sendall(data)
        end(app)

    def _break(self, app: socket, server: socket) -> None:
        self.break_at = None
        self.breaks += 1
        _reset(server)
        _reset(app)


def _reset(one: socket) -> None:
    with suppress(OSError):
        one.setsockopt(SOL_SOCKET, SO_LINGER, RESET)
    end(one)
