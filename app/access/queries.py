"""Every read of accounts, people and devices."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from app.access.models import ERASED, Account, ApiToken, Device, DeviceReport, DeviceUser, Person, SignIn
from app.access.permission import Role, Scope, Viewer
from app.core.columns import moment
from app.core.direct import run
from app.core.ids import secret_hash

PERSON = Person.__table__  # type: ignore[attr-defined]
ACCOUNT = Account.__table__  # type: ignore[attr-defined]
DEVICE = Device.__table__  # type: ignore[attr-defined]
DEVICE_USER = DeviceUser.__table__  # type: ignore[attr-defined]
REPORT = DeviceReport.__table__  # type: ignore[attr-defined]
SIGN_IN = SignIn.__table__  # type: ignore[attr-defined]
TOKEN = ApiToken.__table__  # type: ignore[attr-defined]

#: For each push.
_DEVICE_AND_AUTHORS = """
SELECT d.id, d.label, d.install, d.revoked_at, u.person_id FROM device d
LEFT JOIN device_user u ON u.device_id = d.id WHERE d.token_hash = ?
"""


class KnownDevice(NamedTuple):
    """A phone that somebody has signed in on."""

    id: str
    label: str
    install: str
    revoked_at: datetime | None


def by_username(conn: Connection, username: str) -> Any | None:
    """A person's row with password_hash, or None."""
    return conn.execute(
        select(PERSON, ACCOUNT.c.password_hash)
        .join(ACCOUNT, ACCOUNT.c.person_id == PERSON.c.id)
        .where(PERSON.c.username == username)
    ).one_or_none()


def person(conn: Connection, person_id: str) -> Any | None:
    return conn.execute(select(PERSON).where(PERSON.c.id == person_id)).one_or_none()


def is_erased() -> ColumnElement[bool]:
    """Of a person: only a row without a name is left (retention)."""
    found: ColumnElement[bool] = PERSON.c.username.startswith(ERASED, autoescape=True)
    return found


def persons(conn: Connection) -> list[Any]:
    return list(conn.execute(select(PERSON).where(~is_erased()).order_by(PERSON.c.username)))


def names(conn: Connection, ids: Iterable[str]) -> dict[str, str]:
    wanted = sorted({i for i in ids if i})
    if not wanted:
        return {}
    found = conn.execute(select(PERSON.c.id, PERSON.c.name).where(PERSON.c.id.in_(wanted)))
    return {row.id: row.name for row in found}


def active_among(conn: Connection, person_ids: Iterable[str]) -> set[str]:
    """Those of these people who were not disabled."""
    stmt = select(PERSON.c.id).where(PERSON.c.id.in_(list(person_ids)), PERSON.c.active)
    return set(conn.execute(stmt).scalars())


def supervised(conn: Connection, person_ids: Iterable[str]) -> set[str]:
    """Those of these people whose role lets them correct what others wrote down."""
    roles = (Role.SUPERVISOR.value, Role.ADMIN.value)
    stmt = select(PERSON.c.id).where(PERSON.c.id.in_(list(person_ids)), PERSON.c.role.in_(roles))
    return set(conn.execute(stmt).scalars())


def session_viewer(conn: Connection, token: str, now: datetime) -> tuple[Viewer, str | None, bool] | None:
    """The person of a live session, the phone it was opened on, and whether that phone was revoked since."""
    row = conn.execute(
        select(PERSON, SIGN_IN.c.device_id, DEVICE.c.revoked_at)
        .join(SIGN_IN, SIGN_IN.c.person_id == PERSON.c.id)
        .outerjoin(DEVICE, DEVICE.c.id == SIGN_IN.c.device_id)
        .where(SIGN_IN.c.token_hash == secret_hash(token), SIGN_IN.c.expires_at > now, PERSON.c.active)
    ).one_or_none()
    return None if row is None else (viewer_of(row), row.device_id, row.revoked_at is not None)


def is_revoked(conn: Connection, token: str) -> bool:
    """Is this the cookie of a phone that was revoked?"""
    found = conn.execute(select(DEVICE.c.revoked_at).where(DEVICE.c.token_hash == secret_hash(token))).scalar()
    return found is not None


def viewer_of(row: Any) -> Viewer:
    return Viewer(row.id, row.name, Role(row.role), username=row.username)


def token_viewer(conn: Connection, token: str) -> Viewer | None:
    row = conn.execute(
        select(TOKEN).where(TOKEN.c.token_hash == secret_hash(token), TOKEN.c.revoked_at.is_(None))
    ).one_or_none()
    return None if row is None else Viewer(row.id, row.name, None, frozenset(Scope(s) for s in row.scopes.split()))


def tokens(conn: Connection) -> list[Any]:
    return list(conn.execute(select(TOKEN).order_by(TOKEN.c.created_at)))


def devices(conn: Connection) -> list[Any]:
    used = func.max(DEVICE_USER.c.signed_in_at).label("signed_in_at")
    return list(
        conn.execute(
            select(DEVICE, used)
            .outerjoin(DEVICE_USER, DEVICE_USER.c.device_id == DEVICE.c.id)
            .group_by(DEVICE.c.id)
            .order_by(DEVICE.c.created_at)
        )
    )


def device_and_authors(conn: Connection, token: str) -> tuple[KnownDevice | None, frozenset[str]]:
    """The phone with this token, and everybody who ever signed in on it."""
    found = run(conn, _DEVICE_AND_AUTHORS, (secret_hash(token),))
    if not found:
        return None, frozenset()
    id_, label, install, revoked_at, _ = found[0]
    device = KnownDevice(id_, label, install, None if revoked_at is None else moment(revoked_at))
    return device, frozenset(author for *_, author in found if author)


def device_by_id(conn: Connection, device_id: str) -> tuple[Any | None, frozenset[str]]:
    """The same by the phone's id."""
    found = conn.execute(
        select(DEVICE, DEVICE_USER.c.person_id)
        .outerjoin(DEVICE_USER, DEVICE_USER.c.device_id == DEVICE.c.id)
        .where(DEVICE.c.id == device_id)
    ).all()
    return (found[0], frozenset(row.person_id for row in found if row.person_id)) if found else (None, frozenset())


def signed_in_at(conn: Connection, device_id: str, person_id: str) -> datetime | None:
    """When this person last typed the password on that phone."""
    same = (DEVICE_USER.c.device_id == device_id) & (DEVICE_USER.c.person_id == person_id)
    found: datetime | None = conn.execute(select(DEVICE_USER.c.signed_in_at).where(same)).scalar()
    return found


def wire(row: Any) -> dict[str, Any]:
    """A colleague as everybody may see them: no user name."""
    return {"id": row.id, "name": row.name, "role": row.role, "active": row.active}
