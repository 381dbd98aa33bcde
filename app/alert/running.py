"""The timer for as long as the process lives: looks every few seconds, and outlives a database that is away."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress

import structlog

from app.access.context import Context
from app.alert.timer import Job, Sender, Timer

log = structlog.get_logger("lykta.alert")
LOOK_S = 2.0
#: A stop waits no longer for a look that is under way.
END_S = 3.0
#: Slow gateways: so many steps are told side by side, and the timer waits for none.
TELLERS = 4


@asynccontextmanager
async def ticking(ctx: Context, send: Sender) -> AsyncIterator[None]:
    """What was taken and not told when the process ends is told by another, or after the next start."""
    tellers = ThreadPoolExecutor(TELLERS, thread_name_prefix="lykta-tell")

    def _later(job: Job) -> None:
        tellers.submit(_telling, job)

    timer, stopped = Timer(ctx, send, _later), asyncio.Event()
    task = asyncio.create_task(_tick(timer, stopped), name="alert-timer")
    try:
        yield
    finally:
        stopped.set()
        # A look under way has a connection: the database is closed after it, unless it does not answer.
        with suppress(TimeoutError):
            await asyncio.wait_for(task, END_S)
        tellers.shutdown(wait=False, cancel_futures=True)


async def _tick(timer: Timer, stopped: asyncio.Event) -> None:
    while not stopped.is_set():
        try:
            await asyncio.to_thread(timer.tick)
        except Exception as error:  # the next look may succeed; nothing else looks after the hosts
            log.error("timer failed", error=type(error).__name__, retry_s=LOOK_S)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), LOOK_S)


def _telling(job: Job) -> None:
    try:
        job()
    except Exception as error:  # taken again when its outcome stays away
        log.error("telling failed", error=type(error).__name__)
