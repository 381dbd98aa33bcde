"""The life of a process's streams: begun with the server, ended by its signals before it waits for open connections."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import FrameType

from fastapi import FastAPI

from app.live.hub import Hub

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@asynccontextmanager
async def running(api: FastAPI) -> AsyncIterator[Hub]:
    """`api.state.live` for as long as the application lives."""
    hub = Hub(api.state.context.db)
    api.state.live = hub
    try:
        with _ended_by_signals(hub):
            yield hub
    finally:
        await hub.stop()


@contextmanager
def _ended_by_signals(hub: Hub) -> Iterator[None]:
    """A server waits for its open connections before it tells the application to stop: streams would never end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def _end(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(hub.end_streams)
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)
        elif handler == signal.SIG_DFL:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

    for number in SIGNALS:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is _end:
                signal.signal(number, handler)
