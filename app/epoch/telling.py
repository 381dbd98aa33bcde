"""Telling those who look after the server that its database went back in time: once for each time that it happens.

A copy that runs beside the true one, or a phone that insists, makes it happen again and again: while nobody has
acknowledged the last, people are told once a day at most. Whoever takes it first tells; a process that dies meanwhile
leaves it to another.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import or_, select, update

from app.access.context import Context
from app.access.permission import OVERSEERS
from app.access.queries import PERSON
from app.core.repeat import repeated
from app.epoch import queries
from app.epoch.texts import notice
from app.journal.rows import EPOCH
from app.notify.send import Sent, Spoken, Why

log = structlog.get_logger("lykta.epoch")
Sender = Callable[[Context, Sequence[str], Spoken], list[Sent]]
LOOK_S = 15.0
#: Told again to people at the earliest.
QUIET = timedelta(days=1)
#: Whoever took it and has not told of it by then has died, or reached nobody.
TAKEN = timedelta(minutes=10)
#: After that the desk and `lykta check` tell of it, nobody's phone.
TRIED = timedelta(days=2)


@asynccontextmanager
async def watching(ctx: Context, send: Sender) -> AsyncIterator[None]:
    async with repeated("epochs", lambda _stopped: tell(ctx, send), LOOK_S):
        yield


def tell(ctx: Context, send: Sender) -> None:
    """Looks once. Two statements where nothing is to be told."""
    now = ctx.journal.clock()
    with ctx.db.read() as conn:
        still = queries.unacknowledged(queries.stepped_back(conn))
        if still is None or not _is_due(still.times, now):
            return
        overseers = [role.value for role in OVERSEERS]
        people = list(conn.execute(select(PERSON.c.id).where(PERSON.c.active, PERSON.c.role.in_(overseers))).scalars())
    epochs = [row.epoch for row in still.times]
    if not _take(ctx, still.first.epoch, now):
        return
    sent = send(ctx, people, notice(still.newest.epoch))
    if any(one.ok for one in sent) or all(one.why == Why.NO_CHANNEL for one in sent):
        _mark(ctx, epochs, told_at=ctx.journal.clock())
    else:
        log.error("nobody was told that the database went back in time")


def _is_due(times: Sequence[Any], now: datetime) -> bool:
    told = [row.told_at for row in times if row.told_at is not None]
    untold = [row for row in times if row.told_at is None and now - row.began_at < TRIED]
    return bool(untold) and (not told or now - max(told) >= QUIET)


def _take(ctx: Context, first: str, now: datetime) -> bool:
    """By the first of them: it is noticed again while somebody tells of it."""
    free = or_(EPOCH.c.taken_at.is_(None), EPOCH.c.taken_at < now - TAKEN)
    with ctx.db.write() as conn:
        return bool(conn.execute(update(EPOCH).where(EPOCH.c.epoch == first, free), {"taken_at": now}).rowcount)


def _mark(ctx: Context, epochs: Sequence[str], *, told_at: datetime) -> None:
    with ctx.db.write() as conn:
        conn.execute(update(EPOCH).where(EPOCH.c.epoch.in_(epochs), EPOCH.c.told_at.is_(None)), {"told_at": told_at})
