"""Decisions carried out by themselves, once a day, in hours in which hardly anybody patrols."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import date

import structlog

from app.access.context import Context
from app.blob.clean import clear_unnamed
from app.blob.store import Away, open_store
from app.core.repeat import repeated
from app.followup.rules import today
from app.photo.named import named_by_any
from app.retention.erase import Done, run
from app.retention.rules import Cls
from app.shift.rules import STOCKHOLM

log = structlog.get_logger("lykta.retention")
#: From this hour to before that one, in Stockholm.
HOURS = (7, 12)
LOOK_S = 600.0
Stop = Callable[[], bool]


class Keeper:
    """One day's work is done once by each process; what another has done leaves nothing to do."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._done_on: date | None = None

    def look(self, stopped: Stop = lambda: False) -> None:
        now = self._ctx.journal.clock()
        if self._done_on == today(now) or not HOURS[0] <= now.astimezone(STOCKHOLM).hour < HOURS[1]:
            return
        for cls in Cls:
            if stopped():
                return
            carry_out(self._ctx, cls, stopped=stopped)
        self._done_on = today(now)


def carry_out(ctx: Context, cls: Cls, author: str | None = None, stopped: Stop = lambda: False) -> Done | None:
    """With the files of its photos. None where there was nothing to erase, or no decision in force."""
    done = run(ctx.journal, cls, ctx.journal.clock(), author, stopped)
    if done is not None and done.photos:
        try:
            clear_unnamed(ctx.db, open_store(ctx.settings), ctx.journal.clock(), named_by_any)
        except Away as error:  # no record names them any more: the next run clears them away, or `lykta clean`
            log.error("photos not cleared", error=type(error).__name__)
    return done


def keeping(ctx: Context) -> AbstractAsyncContextManager[None]:
    return repeated("retention", Keeper(ctx).look, LOOK_S)
