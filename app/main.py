"""The web application: routers, errors, the built PWA. No rules live here."""

import gc
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.applications import Starlette
from starlette.types import Scope

from app import VERSION
from app.access import copykeys, people_routes
from app.access import routes as access
from app.access.context import Context
from app.access.passwords import Passwords
from app.alert import ladder_routes
from app.alert import routes as alert
from app.alert.running import ticking
from app.blob import routes as blob
from app.briefing import routes as briefing
from app.checkin import routes as checkin
from app.core import logs, web
from app.core.db import Database
from app.core.settings import Settings, load
from app.debrief import routes as debrief
from app.disclosure import routes as disclosure
from app.duplicate import routes as duplicate
from app.epoch import routes as epoch_routes
from app.epoch.telling import watching
from app.escalation import routes as escalation
from app.export import routes as export
from app.find import routes as find
from app.find.running import following
from app.followup import routes as followup
from app.journal import epoch
from app.journal.append import Journal
from app.live import routes as live
from app.live.running import running
from app.missing import routes as missing
from app.notify import routes as notify
from app.notify.send import send
from app.observation import routes as observation
from app.own import routes as own
from app.photo import routes as photo
from app.place import category_routes, number_routes, place_routes, vocabulary
from app.place import routes as place
from app.plan import routes as plan
from app.retention import routes as retention
from app.retention.running import keeping
from app.review import quarantine_routes, reference
from app.review import routes as review
from app.shift import routes as shift
from app.situation import routes as situation
from app.sync import routes as sync
from app.sync.registry import REGISTRY

API_PATH = "/api/v1"
#: Sync first: routes are tried one after the other, and a push is what comes most often.
ROUTERS: tuple[APIRouter, ...] = (
    sync.router, access.router, place.router, shift.router, checkin.router, observation.router, escalation.router,
    review.router, quarantine_routes.router, reference.router, live.router, blob.router, photo.router,
    briefing.router, situation.router, notify.router, alert.router, own.router, followup.router, duplicate.router,
    debrief.router, missing.router, find.router, export.router, disclosure.router,
    people_routes.router, plan.router, number_routes.router, place_routes.router,
    category_routes.router, ladder_routes.router, retention.router, epoch_routes.router,
)  # fmt: skip
#: Where more may come than elsewhere, in bytes.
LARGER = sync.LARGER | place_routes.LARGER
#: Containers made before a collection of the young; collections before the next older are looked at.
COLLECT_AFTER = (50_000, 50, 100)
SWITCH_S = 0.001
HASHED_ASSETS = "max-age=31536000, immutable"


def make_context(settings: Settings) -> Context:
    """The database must be migrated. Raises Refused on a database engine that cannot be trusted."""
    db = Database(settings.url)
    journal = Journal(db, REGISTRY)
    epoch.ensure(db, journal.clock())
    vocabulary.ensure(db, journal)
    journal.wake_known()
    copykeys.ensure(db, journal.clock)
    return Context(settings, db, journal, Passwords(settings.password_cost))


def create_app(context: Context | None = None) -> Starlette:
    """Without a context (uvicorn's factory call) one is made from the environment."""
    ctx = context or make_context(load())
    logs.configure(ctx.settings.log_format)
    api = make_api()
    api.state.context = ctx

    @asynccontextmanager
    async def _running(_app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as alive:
            if context is None:  # a process of our own; a test that starts an app has its own to look after
                _tune()
                alive.callback(ctx.db.close)
                await alive.enter_async_context(ticking(ctx, send))
                await alive.enter_async_context(following(ctx.db))
                await alive.enter_async_context(keeping(ctx))
                await alive.enter_async_context(watching(ctx, send))
            await alive.enter_async_context(running(api))
            yield

    root = Starlette(lifespan=_running)
    root.state.context = ctx
    # Past the API's own layers, which cost a push as much as reading a dozen of its ops: measured, docs/performance.md.
    root.router.routes.append(web.Straight(API_PATH, "/sync/push", sync.push, methods=["POST"]))
    root.mount(API_PATH, api)
    root.add_route("/healthz", health)
    if (ctx.settings.web_dir / "index.html").is_file():
        root.mount("/", Web(directory=ctx.settings.web_dir, html=True))
    web.install_handlers(root)
    root.add_middleware(web.Envelope, larger={f"{API_PATH}{path}": limit for path, limit in LARGER.items()})
    return root


def _tune() -> None:
    """A push makes thousands of objects and no cycles: at Python's own pace a quarter of its time goes into looking.

    And a thread that works holds the interpreter for 5 ms: an alarm, which needs it a dozen times, waited for each.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    sys.setswitchinterval(SWITCH_S)


def make_api() -> FastAPI:
    api = FastAPI(title="Lykta", version=VERSION, description="Sync and reading of patrol logs.", docs_url=None,
                  redoc_url=None, license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"})  # fmt: skip
    for router in ROUTERS:
        api.include_router(router)
    web.install_handlers(api)
    return api


def describe() -> dict[str, Any]:
    """The OpenAPI document, committed as openapi.json."""
    return make_api().openapi() | {"servers": [{"url": API_PATH}]}


def health(request: Request) -> Response:
    """200 when the database answers."""
    with request.app.state.context.db.read() as conn:
        conn.exec_driver_sql("SELECT 1")
    return Response('{"status":"ok"}', media_type="application/json")


class Web(StaticFiles):
    """The built PWA. Hashed files may be kept for ever; the shell and the service worker are asked for every time."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        hashed = "/assets/" in str(full_path)
        response.headers["Cache-Control"] = HASHED_ASSETS if hashed else "no-cache"
        return response
