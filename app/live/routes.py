"""GET /live: server-sent events that say where something changed, never what."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from starlette.types import Receive, Scope, Send

from app.access.context import Ctx, Listener, find_viewer
from app.access.permission import Viewer
from app.core.errors import Problem
from app.live.changes import Batch, Mark, parse_mark, told
from app.live.hub import End, Hub, Stream

router = APIRouter(tags=["live"])
PING_S = 15.0
#: A session that has ended ends its streams within this time.
RECHECK_S = 60.0
RETRY_MS = 2_000
EVENTS = "text/event-stream"
DESCRIBED: dict[int | str, dict[str, Any]] = {
    200: {"content": {EVENTS: {"schema": {"type": "string"}}}},
    503: {"description": "Too many streams; try again soon"},
}
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class LiveResponse(StreamingResponse):
    """Gives its place back however it ends, also when the reader has gone before the first byte."""

    media_type = EVENTS

    def __init__(self, events: AsyncIterator[bytes], leave: Callable[[], None]) -> None:
        super().__init__(events, headers=HEADERS)
        self._leave = leave

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()


@router.get(
    "/live", summary="Where something changed, as it happens", response_class=StreamingResponse, responses=DESCRIBED
)
async def live(request: Request, viewer: Listener, ctx: Ctx) -> LiveResponse:
    """Events `change` (`{"seq","shifts","kinds"}`) and `reset` (ask for everything again). Resumes by Last-Event-ID."""
    hub: Hub = request.app.state.live
    stream = await hub.join()

    def _is_still_allowed() -> bool:
        try:
            found = find_viewer(request, ctx)
        except Problem:
            return False
        return found is not None and found[0] == viewer

    events = _events(hub, stream, viewer, request.headers.get("last-event-id"), _is_still_allowed)
    return LiveResponse(events, lambda: hub.leave(stream))


async def _events(
    hub: Hub, stream: Stream, viewer: Viewer, last_id: str | None, is_still_allowed: Callable[[], bool]
) -> AsyncIterator[bytes]:
    mark = stream.mark
    backlog: list[Batch] | None = []
    if last_id is not None:
        after = parse_mark(last_id)
        backlog = None if after is None else await hub.missed(after, stream)
        mark = stream.mark if after is None or backlog is None else after
    # An id without data is kept by the browser and shown to nobody: what breaks before its first change resumes.
    yield format_sse_event(id=str(mark), retry=RETRY_MS, comment="lykta")
    if backlog is None:
        yield _reset(mark)
    for batch in backlog or ():
        yield _event(batch, viewer, mark)
        mark = batch.mark
    checked_at = time.monotonic()
    while True:
        try:
            item: Batch | End | None = await asyncio.wait_for(stream.queue.get(), PING_S)
        except TimeoutError:
            item = None
        if isinstance(item, End):
            return
        if time.monotonic() - checked_at >= RECHECK_S:
            if not await asyncio.to_thread(is_still_allowed):
                return
            checked_at = time.monotonic()
        if item is None:
            yield format_sse_event(comment="ping")
        elif item.mark.epoch != mark.epoch or not item.changes:
            mark = item.mark
            yield _reset(mark)
        elif item.mark.seq > mark.seq:
            yield _event(item, viewer, mark)
            mark = item.mark


def _event(batch: Batch, viewer: Viewer, after: Mark) -> bytes:
    """A change; or only the new id, where nothing in it concerns this viewer."""
    data = told(batch, viewer, after)
    if data is None:
        return format_sse_event(id=str(batch.mark))
    return _change("change", data, batch.mark)


def _reset(mark: Mark) -> bytes:
    return _change("reset", {"seq": mark.seq}, mark)


def _change(event: str, data: dict[str, Any], mark: Mark) -> bytes:
    return format_sse_event(event=event, id=str(mark), data_str=json.dumps(data, separators=(",", ":")))
