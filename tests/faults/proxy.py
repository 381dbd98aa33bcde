"""A proxy on loopback that spoils what it is told to spoil. It has a thread and a loop of its own.

Without a rule every request goes through as it is. Each connection carries one request, so "every third connection"
is every third request.
"""

import asyncio
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from tests.faults.wire import HEAD_BYTES_MAX, Request, read_request

HOST = "127.0.0.1"
CHUNK = 16_384
RUN_S = 20
#: Closing with this option sends RST instead of FIN.
RESET = struct.pack("ii", 1, 0)
PUSH = "/api/v1/sync/push"
API = "/api/"
T = TypeVar("T")


class Exchange:
    """One request of a phone, read whole, and the connection that waits for its answer."""

    def __init__(self, proxy: "Proxy", request: Request, reader: asyncio.StreamReader, phone: asyncio.StreamWriter):
        self.proxy = proxy
        self.request = request
        self.reader = reader
        self.phone = phone

    async def pass_on(self, request: Request | None = None) -> None:
        """Answers stream: an event stream has no end."""
        server_reader, server = await self._connect((request or self.request).raw)
        try:
            while data := await server_reader.read(CHUNK):
                await self.answer(data)
        finally:
            server.close()

    async def ask(self, request: Request | None = None) -> bytes:
        """The server's whole answer; the phone sees nothing of it."""
        return await self.proxy.asked((request or self.request).raw)

    async def hand_over(self, raw: bytes) -> None:
        """Some bytes to the server, which then finds the connection broken."""
        _, server = await self._connect(raw)
        reset(server)

    async def answer(self, raw: bytes) -> None:
        self.phone.write(raw)
        await self.phone.drain()

    def reset(self) -> None:
        reset(self.phone)

    async def _connect(self, raw: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        server_reader, server = await asyncio.open_connection(HOST, self.proxy.server_port)
        server.write(raw)
        await server.drain()
        return server_reader, server


Fault = Callable[[Exchange], Awaitable[None]]


@dataclass
class Rule:
    """Meets requests whose path begins with `path`; `left` is how often it still does, None for always."""

    fault: Fault
    path: str
    left: int | None
    hits: int = 0

    def takes(self, request: Request) -> bool:
        if self.left == 0 or not request.path.startswith(self.path):
            return False
        self.left = None if self.left is None else self.left - 1
        self.hits += 1
        return True


class Proxy:
    """`seen`: every request that came in whole. `reset_every`: that connection of so many is reset unread."""

    def __init__(self, server_port: int) -> None:
        self.server_port = server_port
        self.seen: list[Request] = []
        self.connections = 0
        self.reset_every = 0
        self.is_up = True
        self._is_flapping = False
        self._rules: list[Rule] = []
        self._phones: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._listener = self.run(asyncio.start_server(self._accept, HOST, 0, limit=HEAD_BYTES_MAX))
        self.port: int = self._listener.sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def pushes(self) -> list[Request]:
        return [request for request in list(self.seen) if request.path == PUSH]

    def spoil(self, fault: Fault, path: str = PUSH, times: int | None = None) -> Rule:
        """The first rule that takes a request decides. Its `hits` tell whether the fault ever happened."""
        rule = Rule(fault, path, times)
        self._rules = [*self._rules, rule]
        return rule

    def heal(self) -> None:
        """From the next connection on. What hangs now still hangs, as in a real network."""
        self.run(self._heal())

    def cut(self) -> None:
        """No coverage: what is open breaks, what is new is refused, until `heal`."""
        self.is_up = False
        self._loop.call_soon_threadsafe(self._reset_all)

    def flap(self, *, up_s: float, down_s: float) -> None:
        """Coverage comes and goes, and takes with it what is under way, until `heal`."""
        self._is_flapping = True
        asyncio.run_coroutine_threadsafe(self._flap(up_s, down_s), self._loop)

    def replay(self, request: Request) -> bytes:
        """The same bytes to the server once more, long after; what it answered."""
        return self.run(self.asked(request.raw))

    async def asked(self, raw: bytes) -> bytes:
        reader, server = await asyncio.open_connection(HOST, self.server_port)
        try:
            server.write(raw)
            return await reader.read()
        finally:
            server.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(RUN_S)

    def close(self) -> None:
        self.is_up = False
        self.run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(RUN_S)
        self._loop.close()

    async def _accept(self, reader: asyncio.StreamReader, phone: asyncio.StreamWriter) -> None:
        self.connections += 1
        if not self.is_up or (self.reset_every and self.connections % self.reset_every == 0):
            reset(phone)
            return
        self._phones.add(phone)
        try:
            request = await read_request(reader)
            if request is not None:
                self.seen.append(request)
                rule = next((rule for rule in self._rules if rule.takes(request)), None)
                await (Exchange.pass_on if rule is None else rule.fault)(Exchange(self, request, reader, phone))
        except (OSError, asyncio.CancelledError):
            reset(phone)  # the server's trouble becomes the phone's
        finally:
            self._phones.discard(phone)
            phone.close()

    async def _heal(self) -> None:
        self._rules, self.reset_every, self._is_flapping = [], 0, False
        self.is_up = True

    async def _flap(self, up_s: float, down_s: float) -> None:
        while self._is_flapping:
            self.is_up = not self.is_up
            if not self.is_up:
                self._reset_all()
            await asyncio.sleep(up_s if self.is_up else down_s)
        self.is_up = True

    def _reset_all(self) -> None:
        for phone in list(self._phones):
            reset(phone)

    async def _end(self) -> None:
        self._listener.close()
        mine = asyncio.current_task()
        tasks = [task for task in asyncio.all_tasks() if task is not mine]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def reset(writer: asyncio.StreamWriter) -> None:
    """What a phone sees when it drives into a tunnel."""
    end: socket.socket | None = writer.get_extra_info("socket")
    if end is not None:
        with suppress(OSError):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()
