"""How a person can be told outside the app: an e-mail address, a mobile number. For them and administrators alone."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.access import queries
from app.access.context import Context
from app.access.models import PersonContact
from app.access.permission import Right, Viewer
from app.core import errors
from app.core.errors import Problem, Refused

CONTACT = PersonContact.__table__  # type: ignore[attr-defined]
_SEPARATORS = re.compile(r"[\s()\u2010-\u2015-]+")


@dataclass(frozen=True, slots=True)
class Contact:
    email: str | None
    mobile: str | None

    def as_json(self) -> dict[str, str | None]:
        return {"email": self.email, "mobile": self.mobile}

    def text(self) -> str:
        return "\n".join(filter(None, [self.email, self.mobile])) or "Neither e-mail nor mobile."


NOBODYS = Contact(None, None)


def of(conn: Connection, person_ids: Collection[str]) -> dict[str, Contact]:
    """For sending alone; what is shown to people goes through `read`."""
    rows = conn.execute(select(CONTACT).where(CONTACT.c.person_id.in_(list(person_ids))))
    return {row.person_id: Contact(row.email, row.mobile) for row in rows}


def read(conn: Connection, viewer: Viewer, person_id: str) -> Contact:
    """Raises Problem(FORBIDDEN) for anybody but the person and administrators."""
    if viewer.id != person_id and not viewer.may(Right.CONTACT_READ_ALL):
        raise Problem(errors.FORBIDDEN)
    return of(conn, [person_id]).get(person_id, NOBODYS)


def change(ctx: Context, username: str, email: str | None, mobile: str | None) -> Contact:
    """None leaves a member as it is, an empty text takes it away. Raises Refused."""
    with ctx.db.read() as conn:
        person = queries.by_username(conn, username)
        if person is None:
            raise Refused("There is no such user.")
        before = of(conn, [person.id]).get(person.id, NOBODYS)
    after = Contact(before.email if email is None else email.strip() or None,
                    before.mobile if mobile is None else international(mobile))  # fmt: skip
    if after == before:
        return before
    op = ctx.journal.make("user.contact", {"id": person.id, **after.as_json()}, author=None)
    if op.parsed is None:
        raise Refused("An e-mail address is like asa@example.se, a mobile number like 070-123 45 67 or +46701234567.")
    ctx.journal.append([op])
    return after


def international(number: str) -> str | None:
    """As gateways want it: +46701234567 for 070-123 45 67 and 0046 70 123 45 67."""
    digits = _SEPARATORS.sub("", number)
    if digits.startswith("00"):
        return "+" + digits[2:]
    return "+46" + digits[1:] if digits.startswith("0") else digits or None
