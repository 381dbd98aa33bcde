"""People, as the journal tells of them. Passwords are not its business."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import Connection

from app.access.models import Person, PersonContact, PersonLanguage
from app.access.permission import Role
from app.core.insert import put
from app.journal.history import kept, nothing
from app.journal.ops import Accepted, Body, Code, Data, Id, OpKind, Refusal, ShortText

USERNAME_PATTERN = r"^[a-zåäöéü0-9][a-zåäöéü0-9._@+-]{0,59}$"
MAIL_PATTERN = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
MOBILE_PATTERN = r"^\+[1-9][0-9]{6,14}$"
Username = Annotated[str, Field(pattern=USERNAME_PATTERN)]
Name = Annotated[str, Field(min_length=1, max_length=80)]


class UserPut(Data):
    id: Id
    username: Username
    name: Name
    role: Role
    active: bool = True


class UserContact(Data):
    id: Id
    email: Annotated[str, Field(max_length=254, pattern=MAIL_PATTERN)] | None = None
    mobile: Annotated[str, Field(pattern=MOBILE_PATTERN)] | None = None


class UserLanguage(Data):
    id: Id
    language: Literal["sv", "en"]


class UserInvite(Data):
    """A new one-time code was made; the code itself is a secret and never here."""

    id: Id
    cause: Code


class DeviceRevoke(Data):
    id: Id
    label: ShortText


def user_put(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    for op in ops:
        row = op.data.model_dump() | {"role": op.data.role.value, "changed_seq": op.applied_seq}
        put(conn, Person, [row], ["id"])
    return {}


def user_contact(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    for op in ops:
        row = {"person_id": op.data.id, "email": op.data.email, "mobile": op.data.mobile}
        put(conn, PersonContact, [row | {"changed_seq": op.applied_seq}], ["person_id"])
    return {}


def user_language(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    for op in ops:
        row = {"person_id": op.data.id, "language": op.data.language, "changed_seq": op.applied_seq}
        put(conn, PersonLanguage, [row], ["person_id"])
    return {}


def _releases(op: Accepted) -> Iterable[str]:
    """What came by hand before its author was known here."""
    return (op.id, f"person:{op.data.id}")


OPS = (
    kept(OpKind("user.put", Body[UserPut], user_put, rank=0, pushed=False, releases=_releases)),
    kept(OpKind("user.contact", Body[UserContact], user_contact, rank=1, pushed=False)),
    kept(OpKind("user.invite", Body[UserInvite], nothing, rank=1, pushed=False)),
    kept(OpKind("device.revoke", Body[DeviceRevoke], nothing, rank=1, pushed=False)),
    OpKind("user.language", Body[UserLanguage], user_language, rank=1, pushed=False),
)
TABLES = (Person, PersonContact, PersonLanguage)
