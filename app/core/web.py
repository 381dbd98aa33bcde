"""HTTP around every route: request ids, security headers, problems, logs without content."""

import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from types import SimpleNamespace
from typing import Any

import orjson
import structlog
from fastapi import HTTPException as BodyRefused
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match, Route

from app.core import errors
from app.core.errors import Kind, Problem
from app.core.ids import is_uuid, uuid7

log = structlog.get_logger("lykta.http")
PROBLEM_TYPE = "application/problem+json"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "worker-src 'self' blob:; manifest-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
#: An answer of the API is no document and loads nothing. Short: a phone that only waits asks every two minutes.
API_CSP = "default-src 'none'; frame-ancestors 'none'"
API_HEADERS = {
    "Content-Security-Policy": API_CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


def _encoded(headers: Mapping[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name.lower().encode(), value.encode()) for name, value in headers.items())


ENCODED_HEADERS, ENCODED_API_HEADERS = _encoded(SECURITY_HEADERS), _encoded(API_HEADERS)
HSTS = b"max-age=31536000"
BY_STATUS = {400: errors.FRAME, 403: errors.FORBIDDEN, 404: errors.NOT_FOUND, 405: errors.METHOD,
             413: errors.TOO_LARGE, 415: errors.MEDIA}  # fmt: skip

#: No request of ours is larger, but for the paths that say so; a push says so earlier and by its own limit.
BODY_BYTES_MAX = 2 * 1024 * 1024

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def problem_response(problem: Problem) -> Response:
    return Response(orjson.dumps(problem.body()), status_code=problem.kind.status, media_type=PROBLEM_TYPE,
                    headers=problem.headers)  # fmt: skip


def install_handlers(app: Starlette) -> None:
    """Every error of this app is a problem; none quotes what was sent. Plain functions would take a worker thread."""
    for kind, handler in ((Problem, _problem), (RequestValidationError, _invalid), (DBAPIError, _database),
                          (NoConnection, _database), (HTTPException, _http), (Exception, _unexpected)):  # fmt: skip
        app.add_exception_handler(kind, handler)


async def _problem(_request: Request, error: Any) -> Response:
    return problem_response(error)


async def _invalid(_request: Request, error: Any) -> Response:
    found = error.errors()
    if any(e["type"] == "json_invalid" for e in found):
        return problem_response(Problem(errors.FRAME))
    return problem_response(Problem(errors.INVALID, errors=[_place(e) for e in found]))


async def _database(_request: Request, error: Any) -> Response:
    """A full disk, a lost connection, none left: nothing was promised, so the client may try again."""
    log.error("database", error=type(getattr(error, "orig", error)).__name__, where=_where(error))
    return problem_response(Problem(errors.BUSY, headers={"Retry-After": "5"}))


async def _unexpected(_request: Request, _error: Exception) -> Response:
    return problem_response(Problem(errors.INTERNAL))


async def _http(_request: Request, error: Any) -> Response:
    if isinstance(error, _Beyond):
        return problem_response(too_large(error.limit))
    kind = BY_STATUS.get(error.status_code) or Kind("http", error.status_code, "The request was refused")
    return problem_response(Problem(kind, headers=dict(error.headers or {})))


def _place(error: Mapping[str, Any]) -> dict[str, str]:
    """The name of a member that is none of ours was typed by somebody: its parent is pointed at instead."""
    where, *path = error["loc"]
    ours = path[:-1] if error["type"] == "extra_forbidden" else path
    return {"pointer": errors.pointer(ours), "in": str(where), "code": error["type"]}


class Straight(Route):
    """An endpoint of the API that is reached without its routers; logged under its path there."""

    def __init__(
        self, prefix: str, path: str, endpoint: Callable[[Request], Awaitable[Response]], *, methods: Sequence[str]
    ) -> None:
        super().__init__(prefix + path, endpoint, methods=methods)
        self.told = SimpleNamespace(path=path)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, child = super().matches(scope)
        return match, {**child, "route": self.told} if match is Match.FULL else child


class Envelope:
    """Pure ASGI: binds a request id for logs, sets headers, answers a crash with a problem, writes one line a request.

    Only the route's pattern is logged, never the path itself, a query or a body: they may hold what somebody typed.
    """

    def __init__(self, app: Any, larger: Mapping[str, int] | None = None) -> None:
        self.app = app
        #: path → bytes, where more than BODY_BYTES_MAX may come.
        self.larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = _header(scope, b"x-request-id").decode("latin-1")
        request_id = given if is_uuid(given) else uuid7()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        began, status, whole = time.perf_counter(), 0, False

        async def _send(message: MutableMapping[str, Any]) -> None:
            nonlocal status, whole
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *_headers(scope, request_id, message["headers"])]
            elif message["type"] == "http.response.body":
                whole = not message.get("more_body", False)
            await send(message)

        try:
            limit = self.larger.get(scope["path"], BODY_BYTES_MAX)
            if _announces_too_much(scope, limit):
                await problem_response(too_large(limit))(scope, receive, _send)
            else:
                await self.app(scope, _limited(receive, limit), _send)
        except ClientDisconnect:  # a phone that lost its coverage in the middle of a request: nothing is wrong here
            log.info("gone")
        except Exception as error:  # the last resort: told to the log by its kind, to the client as a problem
            log.error("unhandled", error=type(error).__name__, where=_where(error))
            if not status:
                await problem_response(Problem(errors.INTERNAL))(scope, receive, _send)
            elif not whole:
                raise
        took_ms = round((time.perf_counter() - began) * 1000, 1)
        log.info("request", method=scope["method"], route=_route(scope), status=status, ms=took_ms)


def too_large(limit: int) -> Problem:
    return Problem(errors.TOO_LARGE, f"At most {limit // 1024} KiB may be sent here.", extra={"max_bytes": limit})


class _Beyond(BodyRefused):
    """FastAPI takes any other error for a body that is not well formed."""

    def __init__(self, limit: int) -> None:
        super().__init__(errors.TOO_LARGE.status)
        self.limit = limit


def _announces_too_much(scope: Scope, limit: int) -> bool:
    announced = _header(scope, b"content-length")
    return announced.isdigit() and int(announced) > limit


def _header(scope: Scope, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key == name), b"")


def _limited(receive: Receive, limit: int) -> Receive:
    """A body without an announced length ends where the limit does."""
    count = 0

    async def _receive() -> MutableMapping[str, Any]:
        nonlocal count
        message = await receive()
        count += len(message.get("body", b""))
        if count > limit:
            raise _Beyond(limit)
        return message

    return _receive


def _headers(scope: Scope, request_id: str, present: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    there = {name.lower() for name, _ in present}
    own = ENCODED_API_HEADERS if scope["path"].startswith("/api/") else ENCODED_HEADERS
    wanted = [*own, (b"x-request-id", request_id.encode())]
    if scope.get("scheme") == "https":
        wanted.append((b"strict-transport-security", HSTS))
    return [pair for pair in wanted if pair[0] not in there]


def _route(scope: Scope) -> str:
    route = scope.get("route")
    return str(getattr(route, "path", "")) or ("api" if scope["path"].startswith("/api/") else "static")


def _where(error: BaseException) -> str:
    """File and line of the innermost frame: enough to find the fault, nothing that was typed."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_code.co_filename.rsplit('/app/', 1)[-1]}:{trace.tb_lineno}"
