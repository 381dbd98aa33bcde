"""The timer for as long as the process lives: looks every few seconds, and outlives a database that is away."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import structlog

from app.access.context import Context
from app.alert.timer import Job, Sender, Timer
from app.core.repeat import repeated

log = structlog.get_logger("lykta.alert")
LOOK_S = 2.0
#: Slow gateways: so many steps are told side by side, and the timer waits for none.
TELLERS = 4


@asynccontextmanager
async def ticking(ctx: Context, send: Sender) -> AsyncIterator[None]:
    """What was taken and not told when the process ends is told by another, or after the next start."""
    tellers = ThreadPoolExecutor(TELLERS, thread_name_prefix="lykta-tell")

    def _later(job: Job) -> None:
        tellers.submit(_telling, job)

    timer = Timer(ctx, send, _later)
    try:
        async with repeated("timer", lambda _stopped: timer.tick(), LOOK_S):
            yield
    finally:
        tellers.shutdown(wait=False, cancel_futures=True)


def _telling(job: Job) -> None:
    try:
        job()
    except Exception as error:  # taken again when its outcome stays away
        log.error("telling failed", error=type(error).__name__)
