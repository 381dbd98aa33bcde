"""People and phones over HTTP: overseers see who is there, administrators change it."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel

from app.access import people
from app.access.context import Ctx, PeopleEditor, PeopleReader
from app.access.people import ContactChange, Invited, Newcomer, PersonChange
from app.core import answers
from app.core.asking import PathId
from app.core.body import described, json_body
from app.core.clock import stamp

router = APIRouter(tags=["access"])


class PeopleOut(BaseModel):
    people: list[dict[str, Any]]


class PhonesOut(BaseModel):
    phones: list[dict[str, Any]]


class HistoryOut(BaseModel):
    """The newest first."""

    edits: list[dict[str, Any]]


class InvitedOut(BaseModel):
    """`code` belongs behind `#/valkommen/` of the app's own address; it is told this once and works once."""

    id: str
    code: str
    expires_at: str


@router.get("/people", summary="Everybody who has an account", response_model=PeopleOut)
def listed(viewer: PeopleReader, ctx: Ctx) -> Response:
    """Addresses for administrators alone."""
    with ctx.db.read() as conn:
        return answers.as_json({"people": people.listed(conn, viewer)})


@router.post("/people", status_code=201, summary="Invite a person", openapi_extra=described(Newcomer))
def add(viewer: PeopleEditor, body: Annotated[Newcomer, json_body(Newcomer)], ctx: Ctx) -> InvitedOut:
    return _told(people.add(ctx, viewer, body))


@router.put("/people/{id}", status_code=204, summary="Change name or role, disable or enable",
            openapi_extra=described(PersonChange))  # fmt: skip
def change(id: PathId, viewer: PeopleEditor, body: Annotated[PersonChange, json_body(PersonChange)], ctx: Ctx) -> None:
    """409 `changed` with what is there, where somebody else was first; 409 `last-admin`."""
    people.change(ctx, viewer, id, body)


@router.put("/people/{id}/contact", status_code=204, summary="Where alarms reach a person outside the app",
            openapi_extra=described(ContactChange))  # fmt: skip
def contact(
    id: PathId, viewer: PeopleEditor, body: Annotated[ContactChange, json_body(ContactChange)], ctx: Ctx
) -> None:
    people.change_contact(ctx, viewer, id, body)


@router.post("/people/{id}/invitation", status_code=201, summary="A new one-time code")
def invite(id: PathId, viewer: PeopleEditor, ctx: Ctx) -> InvitedOut:
    """The old password and all sessions end."""
    return _told(people.invite_again(ctx, viewer, id))


@router.get("/people/{id}/history", summary="Who changed what of a person, and when", response_model=HistoryOut)
def history(id: PathId, viewer: PeopleReader, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        return answers.as_json({"edits": people.past(conn, viewer, id)})


@router.get("/phones", summary="Phones that have been signed in on", response_model=PhonesOut)
def phones(_viewer: PeopleReader, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        return answers.as_json({"phones": people.phones(conn)})


@router.post("/phones/{id}/revoke", status_code=204, summary="Revoke a phone")
def revoke(id: PathId, viewer: PeopleEditor, ctx: Ctx) -> None:
    """It reads nothing more. What it still holds can leave it, and waits for a supervisor to take it in."""
    people.revoke_phone(ctx, viewer, id)


def _told(invited: Invited) -> InvitedOut:
    return InvitedOut(id=invited.person_id, code=invited.code, expires_at=stamp(invited.expires_at))
