"""Administration of people and phones from the desk: each change an op, based on what the administrator has seen."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, func, select

from app.access import accounts, contact, queries
from app.access.contact import CONTACT
from app.access.context import Context
from app.access.permission import Right, Role, Viewer
from app.access.projector import MAIL_PATTERN, Name, Username
from app.core import errors
from app.core.clock import stamp, stamp_or_none
from app.core.errors import Problem, Refused
from app.core.ids import uuid7
from app.journal import history
from app.journal.edit import edit

ABOUT = "people"
TYPES = frozenset({"user.put", "user.invite"})
TYPES_WITH_CONTACT = TYPES | {"user.contact"}
#: More than any organisation has.
PHONES_MAX = 500
PERSON, ACCOUNT, DEVICE, DEVICE_USER = queries.PERSON, queries.ACCOUNT, queries.DEVICE, queries.DEVICE_USER
Version = Annotated[int, Field(ge=1, lt=2**63)]


class Newcomer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    username: Username
    name: Name
    role: Role


class PersonChange(BaseModel):
    model_config = ConfigDict(extra="forbid")
    based_on: Version
    name: Name
    role: Role
    active: bool


class ContactChange(BaseModel):
    model_config = ConfigDict(extra="forbid")
    #: Null where there was none yet.
    based_on: Version | None
    email: Annotated[str, Field(max_length=254, pattern=MAIL_PATTERN)] | None
    mobile: Annotated[str, Field(max_length=40)] | None


@dataclass(frozen=True, slots=True)
class Invited:
    """The code is told this once."""

    person_id: str
    code: str
    expires_at: datetime


def listed(conn: Connection, viewer: Viewer) -> list[dict[str, Any]]:
    """Everybody by name, the disabled last; addresses only for those who may read them."""
    columns = (PERSON, ACCOUNT.c.password_hash, ACCOUNT.c.invitation_expires_at, CONTACT.c.email, CONTACT.c.mobile,
               CONTACT.c.changed_seq.label("contact_seq"))  # fmt: skip
    found = (
        select(*columns)
        .outerjoin(ACCOUNT, ACCOUNT.c.person_id == PERSON.c.id)
        .outerjoin(CONTACT, CONTACT.c.person_id == PERSON.c.id)
        .where(~queries.is_erased())
    )
    rows = sorted(conn.execute(found), key=lambda row: (not row.active, row.name.casefold(), row.id))
    return [_person(row, viewer) for row in rows]


def add(ctx: Context, viewer: Viewer, newcomer: Newcomer) -> Invited:
    """Raises Problem(INVALID) for a user name that is taken."""
    person_id = uuid7()
    data = newcomer.model_dump(mode="json") | {"id": person_id, "active": True}
    op = ctx.journal.make("user.put", data, author=viewer.id)
    rule = partial(_name_is_free, newcomer.username)
    edit(ctx.journal, op, about=ABOUT, based_on=None, current=lambda _: None, rule=rule)
    return _invited(ctx, person_id, accounts.invite(ctx, person_id, "new", author=viewer.id))


def change(ctx: Context, viewer: Viewer, person_id: str, asked: PersonChange) -> None:
    """Raises Problem: NOT_FOUND, CHANGED, LAST_ADMIN."""
    person = _known(ctx, person_id)
    said = {"id": person_id, "username": person.username, "name": asked.name, "role": asked.role.value,
            "active": asked.active}  # fmt: skip
    if all(getattr(person, member) == value for member, value in said.items()):
        return
    op = ctx.journal.make("user.put", said, author=viewer.id)
    stays = asked.active and asked.role is Role.ADMIN
    edit(ctx.journal, op, about=ABOUT, based_on=asked.based_on, current=partial(_person_now, person_id),
         rule=lambda conn: None if stays else _somebody_administers(conn, person_id))  # fmt: skip
    if not asked.active:
        accounts.end_sessions(ctx, person_id)


def change_contact(ctx: Context, viewer: Viewer, person_id: str, asked: ContactChange) -> None:
    """Raises Problem: NOT_FOUND, CHANGED, INVALID."""
    _known(ctx, person_id)
    mobile = contact.international(asked.mobile or "")
    data = {"id": person_id, "email": asked.email, "mobile": mobile}
    op = ctx.journal.make("user.contact", data, author=viewer.id)
    if op.parsed is None:
        raise Problem(errors.INVALID, errors=[{"pointer": "/mobile", "code": "string_pattern_mismatch"}])
    edit(ctx.journal, op, about=ABOUT, based_on=asked.based_on, current=partial(_contact_now, person_id))


def invite_again(ctx: Context, viewer: Viewer, person_id: str) -> Invited:
    """The old password and all sessions end now. Raises Problem(NOT_FOUND), also for a disabled person."""
    if not _known(ctx, person_id).active:
        raise Problem(errors.NOT_FOUND)
    return _invited(ctx, person_id, accounts.renew(ctx, person_id, author=viewer.id))


def past(conn: Connection, viewer: Viewer, person_id: str) -> list[dict[str, Any]]:
    """Raises Problem(NOT_FOUND)."""
    if queries.person(conn, person_id) is None:
        raise Problem(errors.NOT_FOUND)
    types = TYPES_WITH_CONTACT if viewer.may(Right.CONTACT_READ_ALL) else TYPES
    return edits_of(conn, person_id, types)


def edits_of(conn: Connection, entity_id: str, types: frozenset[str]) -> list[dict[str, Any]]:
    """Of anything, with the names of those who edited it."""
    rows = history.edits(conn, entity_id, types)
    return history.told(rows, queries.names(conn, (row.author_id for row in rows)))


def phones(conn: Connection) -> list[dict[str, Any]]:
    """Those in use first, then as they were last signed in on; who revoked one is told."""
    used = func.max(DEVICE_USER.c.signed_in_at)
    newest = (
        select(DEVICE, used.label("signed_in_at"))
        .outerjoin(DEVICE_USER, DEVICE_USER.c.device_id == DEVICE.c.id)
        .group_by(DEVICE.c.id)
        .order_by(DEVICE.c.revoked_at.is_not(None), used.desc(), DEVICE.c.id)
        .limit(PHONES_MAX)
    )
    rows = list(conn.execute(newest))
    ids = [row.id for row in rows]
    people: dict[str, list[str]] = {}
    of = (
        select(DEVICE_USER.c.device_id, PERSON.c.name)
        .join(PERSON, PERSON.c.id == DEVICE_USER.c.person_id)
        .where(DEVICE_USER.c.device_id.in_(ids))
        .order_by(DEVICE_USER.c.signed_in_at.desc())
    )
    for row in conn.execute(of):
        people.setdefault(row.device_id, []).append(row.name)
    revoked = history.of_type(conn, ids, "device.revoke")
    names = queries.names(conn, (row.author_id for row in revoked.values()))
    return [_phone(row, people.get(row.id, []), names.get(getattr(revoked.get(row.id), "author_id", None) or ""))
            for row in rows]  # fmt: skip


def revoke_phone(ctx: Context, viewer: Viewer, device_id: str) -> None:
    """Raises Problem(NOT_FOUND) where there is no such phone in use."""
    try:
        accounts.revoke_device(ctx, device_id, author=viewer.id)
    except Refused:
        raise Problem(errors.NOT_FOUND) from None


def _known(ctx: Context, person_id: str) -> Any:
    with ctx.db.read() as conn:
        person = queries.person(conn, person_id)
    if person is None:
        raise Problem(errors.NOT_FOUND)
    return person


def _person_now(person_id: str, conn: Connection) -> tuple[int, dict[str, Any]] | None:
    row = queries.person(conn, person_id)
    if row is None:
        return None
    value = {"name": row.name, "role": row.role, "active": row.active, "version": row.changed_seq}
    return row.changed_seq, value


def _contact_now(person_id: str, conn: Connection) -> tuple[int, dict[str, Any]] | None:
    row = conn.execute(select(CONTACT).where(CONTACT.c.person_id == person_id)).one_or_none()
    if row is None:
        return None
    return row.changed_seq, {"email": row.email, "mobile": row.mobile, "version": row.changed_seq}


def _name_is_free(username: str, conn: Connection) -> None:
    if conn.execute(select(PERSON.c.id).where(PERSON.c.username == username)).first() is not None:
        raise Problem(errors.INVALID, errors=[{"pointer": "/username", "code": "taken"}])


def _somebody_administers(conn: Connection, without: str) -> None:
    """One who can sign in: an administrator who never chose a password administers nothing."""
    others = (
        select(PERSON.c.id)
        .join(ACCOUNT, ACCOUNT.c.person_id == PERSON.c.id)
        .where(PERSON.c.role == Role.ADMIN.value, PERSON.c.active, PERSON.c.id != without,
               ACCOUNT.c.password_hash.is_not(None))
    )  # fmt: skip
    was = select(PERSON.c.id).where(PERSON.c.id == without, PERSON.c.role == Role.ADMIN.value, PERSON.c.active)
    if conn.execute(was).first() is not None and conn.execute(others.limit(1)).first() is None:
        raise Problem(errors.LAST_ADMIN)


def _invited(ctx: Context, person_id: str, code: str) -> Invited:
    return Invited(person_id, code, ctx.journal.clock() + accounts.INVITATION_VALID)


def _person(row: Any, viewer: Viewer) -> dict[str, Any]:
    own = {"id": row.id, "username": row.username, "name": row.name, "role": row.role, "active": row.active,
           "version": row.changed_seq, "has_password": row.password_hash is not None,
           "invited_until": stamp_or_none(row.invitation_expires_at)}  # fmt: skip
    if not viewer.may(Right.CONTACT_READ_ALL):
        return own | {"contact": None}
    return own | {"contact": {"email": row.email, "mobile": row.mobile, "version": row.contact_seq}}


def _phone(row: Any, people: list[str], revoked_by: str | None) -> dict[str, Any]:
    return {"id": row.id, "label": row.label, "people": people, "created_at": stamp(row.created_at),
            "signed_in_at": stamp_or_none(row.signed_in_at), "revoked_at": stamp_or_none(row.revoked_at),
            "revoked_by": revoked_by}  # fmt: skip
