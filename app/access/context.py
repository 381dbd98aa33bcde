"""What a route needs of the running process, and who is asking: the dependencies that make signatures readable."""

from dataclasses import dataclass, field
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlsplit

from fastapi import Depends, Request

from app.access import queries
from app.access.passwords import Passwords
from app.access.permission import Right, Viewer
from app.backup.durable import Durable
from app.core import errors
from app.core.db import Database
from app.core.errors import Problem
from app.core.settings import Settings
from app.journal.append import Journal

SESSION_COOKIE = "lykta_session"
DEVICE_COOKIE = "lykta_device"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass
class Context:
    """One per process; made by main, found on app.state."""

    settings: Settings
    db: Database
    journal: Journal
    passwords: Passwords
    durable: Durable = field(init=False)

    def __post_init__(self) -> None:
        self.durable = Durable(self.settings.backup_dir, self.db)


async def context(request: Request) -> Context:
    """Async although it waits for nothing: FastAPI sends a plain function through a worker thread, at each request."""
    found: Context = request.app.state.context
    return found


Ctx = Annotated[Context, Depends(context)]


def same_origin(request: Request) -> None:
    """State-changing requests with cookies must come from our own pages (§4.1). Raises Problem(ORIGIN)."""
    if request.headers.get("sec-fetch-site") == "same-origin":
        return
    origin = request.headers.get("origin")
    base = request.app.state.context.settings.base_url
    if origin and (origin == base or _host_of(origin) == request.headers.get("host")):
        return
    raise Problem(errors.ORIGIN)


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc or None
    except ValueError:  # "http://[" and the like
        return None


def bearer(request: Request) -> str | None:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" and value.strip() else None


def find_viewer(request: Request, ctx: Context) -> tuple[Viewer, str | None] | None:
    """The viewer and the phone of the session, from a bearer token or the session cookie.

    Raises Problem(TOKEN), and Problem(DEVICE_REVOKED) on a phone that was revoked, also when its session is over.
    """
    token, cookie = bearer(request), request.cookies.get(SESSION_COOKIE)
    # Typed into the address bar of a phone that is locked with a PIN, or was left without network: the app asks itself.
    if request.headers.get("sec-fetch-mode") == "navigate":
        cookie = None
    with ctx.db.read() as conn:
        if token is not None:
            program = queries.token_viewer(conn, token)
            if program is None:
                raise Problem(errors.TOKEN, headers={"WWW-Authenticate": "Bearer"})
            return program, None
        found = queries.session_viewer(conn, cookie, ctx.journal.clock()) if cookie else None
        device = request.cookies.get(DEVICE_COOKIE)
        if found[2] if found else device and queries.is_revoked(conn, device):
            raise Problem(errors.DEVICE_REVOKED)
    return None if found is None else found[:2]


def needs(right: Right) -> Any:
    """A dependency that gives the viewer, or refuses: 401 for strangers, 403 for the wrong role or scope."""

    def _viewer(request: Request, ctx: Ctx) -> Viewer:
        found = find_viewer(request, ctx)
        if found is None:
            raise Problem(errors.SESSION)
        viewer, _ = found
        if not viewer.may(right):
            raise Problem(errors.FORBIDDEN)
        if request.method not in SAFE_METHODS and viewer.role is not None:
            same_origin(request)
        return viewer

    _viewer.right = right  # type: ignore[attr-defined]
    return Depends(_viewer)


class Phone(NamedTuple):
    """A phone that pushes, and everybody who ever signed in on it."""

    id: str
    label: str
    authors: frozenset[str]
    #: It may still hand in what it holds, ops and blobs, and ask what is missing (I16).
    is_revoked: bool = False


def pushing_phone(request: Request, ctx: Context) -> Phone:
    """Its cookie alone is enough: neither an expired sign-in nor a revocation strands what it holds. Raises Problem."""
    cookie = request.cookies.get(DEVICE_COOKIE)
    if not cookie:
        raise Problem(errors.DEVICE)
    same_origin(request)
    with ctx.db.read() as conn:
        row, authors = queries.device_and_authors(conn, cookie)
    if row is None:
        raise Problem(errors.DEVICE)
    return Phone(row.id, row.label, authors, row.revoked_at is not None)


ReferenceReader = Annotated[Viewer, needs(Right.REFERENCE_READ)]
RecordReader = Annotated[Viewer, needs(Right.RECORD_READ)]
RecordWriter = Annotated[Viewer, needs(Right.RECORD_WRITE)]
Reviewer = Annotated[Viewer, needs(Right.REVIEW_READ)]
ReviewWriter = Annotated[Viewer, needs(Right.REVIEW_WRITE)]
QuarantineReader = Annotated[Viewer, needs(Right.QUARANTINE_READ)]
Releaser = Annotated[Viewer, needs(Right.QUARANTINE_RELEASE)]
EpochKeeper = Annotated[Viewer, needs(Right.EPOCH_KEEP)]
Listener = Annotated[Viewer, needs(Right.LIVE)]
Tellable = Annotated[Viewer, needs(Right.NOTICE_OWN)]
Owner = Annotated[Viewer, needs(Right.DATA_OWN)]
SituationReader = Annotated[Viewer, needs(Right.SITUATION_READ)]
SituationWriter = Annotated[Viewer, needs(Right.SITUATION_WRITE)]
AlertReader = Annotated[Viewer, needs(Right.ALERT_READ)]
FollowupWorker = Annotated[Viewer, needs(Right.FOLLOWUP)]
AlertAnswerer = Annotated[Viewer, needs(Right.ALERT_ANSWER)]
Finder = Annotated[Viewer, needs(Right.FIND)]
OwnFinder = Annotated[Viewer, needs(Right.FIND_OWN)]
Exporter = Annotated[Viewer, needs(Right.EXPORT)]
Discloser = Annotated[Viewer, needs(Right.DISCLOSE)]
PeopleReader = Annotated[Viewer, needs(Right.PEOPLE_READ)]
PeopleEditor = Annotated[Viewer, needs(Right.PEOPLE_EDIT)]
ReferenceEditor = Annotated[Viewer, needs(Right.REFERENCE_EDIT)]
CategoryEditor = Annotated[Viewer, needs(Right.CATEGORY_EDIT)]
LadderEditor = Annotated[Viewer, needs(Right.LADDER_EDIT)]
Planner = Annotated[Viewer, needs(Right.PLAN_EDIT)]
Planned = Annotated[Viewer, needs(Right.PLAN_OWN)]
Unlocker = Annotated[Viewer, needs(Right.LOCK_OPEN)]
RetentionReader = Annotated[Viewer, needs(Right.RETENTION_READ)]
RetentionHolder = Annotated[Viewer, needs(Right.RETENTION_HOLD)]
RetentionDecider = Annotated[Viewer, needs(Right.RETENTION_DECIDE)]
