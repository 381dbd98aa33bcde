"""Signing in and out, and choosing a password with a one-time code."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.access import accounts
from app.access.context import DEVICE_COOKIE, SESSION_COOKIE, Ctx, Owner, find_viewer, same_origin
from app.core import errors
from app.core.body import json_body
from app.core.clock import stamp
from app.core.errors import Problem
from app.journal.ops import Id

router = APIRouter(tags=["access"])
DAY_S = 86_400


class SignInRequest(BaseModel):
    model_config = ConfigDict(extra="ignore")
    #: NUL is in nobody's name, and PostgreSQL would refuse the question.
    username: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]
    password: Annotated[str, Field(min_length=1, max_length=1000)]
    install: Id | None = None
    label: Annotated[str, Field(max_length=80)] | None = None
    #: True where this browser's store was empty a moment ago: nothing of an earlier install is held in it.
    fresh: bool = False


class Invitation(BaseModel):
    code: Annotated[str, Field(min_length=1, max_length=200)]
    password: Annotated[str, Field(max_length=1000)]


class PasswordChange(BaseModel):
    current: Annotated[str, Field(min_length=1, max_length=1000)]
    password: Annotated[str, Field(max_length=1000)]


class UserOut(BaseModel):
    id: str
    username: str
    name: str
    role: str


class EmptiedOut(BaseModel):
    """What this phone held before its browser emptied it, as far as was last known."""

    install: str
    pending: int | None
    seen_at: str


class DeviceOut(BaseModel):
    id: str
    #: At signing in only, and only where this phone has come back with an empty store.
    emptied: EmptiedOut | None = None


class SessionOut(BaseModel):
    user: UserOut
    device: DeviceOut | None


@router.post("/sessions", status_code=201, summary="Sign in", dependencies=[Depends(same_origin)])
def sign_in(body: SignInRequest, request: Request, response: Response, ctx: Ctx) -> SessionOut:
    """Sets the session cookie, and on a phone (`install` given) the device cookie too."""
    address = request.client.host if request.client else "?"
    signed = accounts.sign_in(
        ctx, body.username, body.password, address=address, install=body.install,
        label=(body.label or "")[:80], device_token=request.cookies.get(DEVICE_COOKIE), fresh=body.fresh,
    )  # fmt: skip
    if before := request.cookies.get(SESSION_COOKIE):
        accounts.sign_out(ctx, before)
    _cookie(response, SESSION_COOKIE, signed.session_token, ctx.settings.session_hours * 3600)
    if signed.device_token is not None:
        _cookie(response, DEVICE_COOKIE, signed.device_token, ctx.settings.device_days * DAY_S)
    return _session(signed.viewer, signed.device_id, signed.emptied)


@router.get("/session", summary="Who am I")
def who(request: Request, ctx: Ctx) -> SessionOut:
    found = find_viewer(request, ctx)
    if found is None or found[0].role is None:
        raise Problem(errors.SESSION)
    return _session(*found)


@router.delete("/session", status_code=204, summary="Sign out", dependencies=[Depends(same_origin)])
def sign_out(request: Request, response: Response, ctx: Ctx) -> None:
    """Ends the person's session. The phone stays known, so what it still holds can leave it (I16)."""
    cookie = request.cookies.get(SESSION_COOKIE)
    if cookie:
        accounts.sign_out(ctx, cookie)
    response.delete_cookie(SESSION_COOKIE, path="/", secure=True, httponly=True, samesite="strict")


@router.post("/invitations", status_code=204, summary="Choose a password", dependencies=[Depends(same_origin)])
def accept(body: Invitation, request: Request, ctx: Ctx) -> None:
    """The code is used up; sign in afterwards."""
    accounts.accept_invitation(ctx, body.code, body.password, request.client.host if request.client else "?")


@router.put("/session/password", status_code=204, summary="Change one's own password")
def change_password(
    viewer: Owner, body: Annotated[PasswordChange, json_body(PasswordChange)], request: Request, ctx: Ctx
) -> None:
    """All other sessions of the person end. 422 with `wrong` at `/current`, or `length` at `/password`."""
    accounts.change_password(ctx, viewer, body.current, body.password, kept=request.cookies.get(SESSION_COOKIE, ""))


def _session(viewer: Any, device_id: str | None, emptied: Any | None = None) -> SessionOut:
    user = UserOut(id=viewer.id, username=viewer.username, name=viewer.name, role=viewer.role)
    before = None if emptied is None else EmptiedOut(
        install=emptied.install, pending=emptied.pending, seen_at=stamp(emptied.seen_at)
    )  # fmt: skip
    return SessionOut(user=user, device=DeviceOut(id=device_id, emptied=before) if device_id else None)


def _cookie(response: Response, name: str, value: str, max_age_s: int) -> None:
    response.set_cookie(name, value, max_age=max_age_s, path="/", secure=True, httponly=True, samesite="strict")
