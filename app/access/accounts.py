"""Accounts and their life: add, invite, sign in, sign out, disable, devices and tokens."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from app.access import passwords, queries
from app.access.context import Context
from app.access.models import Account, ApiToken, Device, DeviceUser, SignIn
from app.access.permission import Role, Scope, Viewer
from app.core import errors
from app.core.errors import Problem, Refused
from app.core.ids import secret, secret_hash, uuid7
from app.core.insert import put
from app.core.turns import Turns

INVITATION_VALID = timedelta(days=7)
TURNS = Turns()
ACCOUNT = queries.ACCOUNT


@dataclass(frozen=True, slots=True)
class SignedIn:
    viewer: Viewer
    session_token: str
    device_id: str | None
    #: New or unchanged cookie of the phone; None on a desktop.
    device_token: str | None
    #: The last word of the install that was in this browser before its store was emptied.
    emptied: Any | None


def add(ctx: Context, username: str, name: str, role: Role, password: str | None) -> tuple[str, str | None]:
    """(person id, one-time code or None where a password was given). Raises Refused."""
    if password is not None and not passwords.acceptable(password):
        raise Refused(f"A password has {passwords.LENGTH_MIN} to {passwords.LENGTH_MAX} characters.")
    with ctx.db.read() as conn:
        if queries.by_username(conn, username) is not None:
            raise Refused("That user name is taken.")
    person_id = uuid7()
    data = {"id": person_id, "username": username, "name": name, "role": role.value, "active": True}
    op = ctx.journal.make("user.put", data, author=None)
    if op.parsed is None:
        raise Refused(
            "A user name has 1 to 60 lower-case letters, digits or . _ @ + -, and the name 1 to 80 characters."
        )
    ctx.journal.append([op])
    if password is None:
        return person_id, invite(ctx, person_id, "new", author=None)
    _set_password(ctx, person_id, password)
    return person_id, None


def reset(ctx: Context, username: str) -> str:
    """A new one-time code; the old password and all sessions end now. Raises Refused."""
    return renew(ctx, _known(ctx, username).id, author=None)


def renew(ctx: Context, person_id: str, *, author: str | None) -> str:
    """The same by the person's id."""
    end_sessions(ctx, person_id)
    return invite(ctx, person_id, "reset", author=author)


def end_sessions(ctx: Context, person_id: str) -> None:
    with ctx.db.write() as conn:
        conn.execute(delete(queries.SIGN_IN).where(queries.SIGN_IN.c.person_id == person_id))


def set_active(ctx: Context, username: str, active: bool) -> None:
    """A disabled person cannot sign in; what their phone still holds can leave it (I16). Raises Refused."""
    person = _known(ctx, username)
    data = {"id": person.id, "username": person.username, "name": person.name, "role": person.role, "active": active}
    ctx.journal.write("user.put", data, author=None)
    end_sessions(ctx, person.id)


def sign_in(
    ctx: Context, username: str, password: str, *, address: str, install: str | None, label: str,
    device_token: str | None, fresh: bool = False,
) -> SignedIn:  # fmt: skip
    """`fresh`: the browser holds nothing of an earlier install.

    Raises Problem(SIGN_IN) or Problem(SLOWED) with Retry-After.
    """
    now = ctx.journal.clock()
    name = username.strip().lower()
    with ctx.db.read() as conn:
        person = queries.by_username(conn, name)
        device, authors = queries.device_and_authors(conn, device_token) if device_token else (None, frozenset())
    # A phone that the person has used before is counted apart, whatever its address: strangers, who may share that,
    # cannot lock a host out of it.
    keys = [f"account:{name}", f"address:{address}"]
    if person is not None and device is not None and person.id in authors:
        keys = [f"account:{name}:{device.id}"]
    viewer = _checked(ctx, person, password, keys, now)
    signed = _open(ctx, viewer, keys[:1], install, label, device, device_token)
    if not fresh or install is None or device is None or device.install == install:
        return signed
    return replace(signed, emptied=_note_emptied(ctx, device.id, install, now))


def _checked(ctx: Context, person: Any | None, password: str, keys: list[str], now: datetime) -> Viewer:
    """Raises Problem. Guesses at one account take turns: made all at once, each would find none before it."""
    with TURNS.of(keys[0]):
        with ctx.db.read() as conn:
            wait = passwords.longest_wait_s(conn, keys, now)
        if wait:
            raise Problem(errors.SLOWED, headers={"Retry-After": str(wait)})
        if ctx.passwords.fits(person.password_hash if person else None, password) and person and person.active:
            return queries.viewer_of(person)
        with ctx.db.write() as conn:
            passwords.note_failure(conn, keys, now)
    raise Problem(errors.SIGN_IN)


def change_password(ctx: Context, viewer: Viewer, current: str, password: str, *, kept: str) -> None:
    """`kept`: the session that goes on; every other one of theirs ends, in whosever hands it is.

    Raises Problem(INVALID) for a wrong `current` or a `password` too short or long, Problem(SLOWED) with Retry-After.
    """
    if not passwords.acceptable(password):
        raise Problem(errors.INVALID, errors=[{"pointer": "/password", "code": "length"}])
    now, keys = ctx.journal.clock(), [f"password:{viewer.id}"]
    with ctx.db.read() as conn:
        person: Any = queries.by_username(conn, viewer.username)
    try:
        _checked(ctx, person, current, keys, now)
    except Problem as refused:
        if refused.kind is not errors.SIGN_IN:
            raise
        # 401 would tell the app that its session is over.
        raise Problem(errors.INVALID, errors=[{"pointer": "/current", "code": "wrong"}]) from None
    chosen, sessions = ctx.passwords.hash(password), queries.SIGN_IN.c
    # Reset meanwhile by an administrator, the old password opens nothing any more.
    still = ACCOUNT.c.person_id == viewer.id, ACCOUNT.c.password_hash == person.password_hash
    with ctx.db.write() as conn:
        if conn.execute(update(ACCOUNT).where(*still).values(password_hash=chosen)).rowcount == 0:
            raise Problem(errors.SESSION)
        passwords.forget_failures(conn, keys)
        others = sessions.token_hash != secret_hash(kept)
        conn.execute(delete(queries.SIGN_IN).where(sessions.person_id == viewer.id, others))


def sign_out(ctx: Context, token: str) -> None:
    with ctx.db.write() as conn:
        conn.execute(delete(queries.SIGN_IN).where(queries.SIGN_IN.c.token_hash == secret_hash(token)))


def accept_invitation(ctx: Context, code: str, password: str, address: str) -> None:
    """Raises Problem(NOT_FOUND) for a used, old or wrong code, Problem(INVALID) for a password too short or long."""
    if not passwords.acceptable(password):
        raise Problem(errors.INVALID, errors=[{"pointer": "/password", "code": "length"}])
    now, keys = ctx.journal.clock(), [f"invitation:{address}"]
    with ctx.db.read() as conn:
        row = conn.execute(select(ACCOUNT).where(ACCOUNT.c.invitation_hash == secret_hash(code))).one_or_none()
        wait = passwords.longest_wait_s(conn, keys, now)
    if row is None or row.invitation_expires_at < now:
        # Who has the code is let in whoever else has failed from this address: nobody guesses it.
        if wait:
            raise Problem(errors.SLOWED, headers={"Retry-After": str(wait)})
        with ctx.db.write() as conn:
            passwords.note_failure(conn, keys, now)
        raise Problem(errors.NOT_FOUND)
    _set_password(ctx, row.person_id, password)


def add_token(ctx: Context, name: str, scopes: list[Scope]) -> tuple[str, str]:
    """(id, token): the token is told once, only its hash is kept."""
    token, token_id = secret("lykta_"), uuid7()
    row = ApiToken(id=token_id, token_hash=secret_hash(token), name=name, scopes=" ".join(sorted(set(scopes))),
                   created_at=ctx.journal.clock())  # fmt: skip
    with ctx.db.write() as conn:
        put(conn, ApiToken, [row.model_dump()], ["id"])
    return token_id, token


def revoke_token(ctx: Context, token_id: str) -> None:
    """Raises Refused where there is no such live token."""
    table = queries.TOKEN
    with ctx.db.write() as conn:
        live = (table.c.id == token_id) & table.c.revoked_at.is_(None)
        if conn.execute(update(table).where(live), {"revoked_at": ctx.journal.clock()}).rowcount == 0:
            raise Refused("There is no such live token.")


def revoke_device(ctx: Context, device_id: str, *, author: str | None = None) -> None:
    """Raises Refused where there is no such live device. It holds from the first of the two transactions on."""
    table = queries.DEVICE
    with ctx.db.write() as conn:
        live = (table.c.id == device_id) & table.c.revoked_at.is_(None)
        if conn.execute(update(table).where(live), {"revoked_at": ctx.journal.clock()}).rowcount == 0:
            raise Refused("There is no such live device.")
        label = conn.execute(select(table.c.label).where(table.c.id == device_id)).scalar_one()
    ctx.journal.write("device.revoke", {"id": device_id, "label": label}, author=author)


def _open(
    ctx: Context, viewer: Viewer, keys: list[str], install: str | None, label: str, device: Any, token: str | None
) -> SignedIn:
    now, session_token = ctx.journal.clock(), secret()
    device_id = None
    with ctx.db.write() as conn:
        passwords.forget_failures(conn, keys)
        if install is not None:
            if device is not None and device.install == install and device.revoked_at is None:
                device_id = device.id
            else:
                device_id, token = uuid7(), secret()
                phone = Device(
                    id=device_id, token_hash=secret_hash(token), install=install, label=label, created_at=now
                )
                put(conn, Device, [phone.model_dump()], ["id"])
            seen = {"device_id": device_id, "person_id": viewer.id, "signed_in_at": now}
            put(conn, DeviceUser, [seen], ["device_id", "person_id"])
        expires_at = now + timedelta(hours=ctx.settings.session_hours)
        row = SignIn(token_hash=secret_hash(session_token), person_id=viewer.id, device_id=device_id,
                     expires_at=expires_at)  # fmt: skip
        conn.execute(delete(queries.SIGN_IN).where(queries.SIGN_IN.c.expires_at <= now))
        put(conn, SignIn, [row.model_dump()], ["token_hash"])
    if device_id is not None:
        ctx.journal.wake([author_key(device_id, viewer.id)])
    return SignedIn(viewer, session_token, device_id, token if install is not None else None, None)


def _note_emptied(ctx: Context, device_id: str, install: str, now: datetime) -> Any | None:
    """The phone's cookie is here and its store is not: the browser has emptied it. None where it never reported.

    Gives its last word. It may have gone on under another name than it signed in with, without a new sign-in.
    """
    table = queries.REPORT
    gone = (table.c.device_id == device_id, table.c.install != install)
    with ctx.db.write() as conn:
        last = conn.execute(select(table).where(*gone).order_by(table.c.seen_at.desc()).limit(1)).one_or_none()
        conn.execute(update(table).where(*gone, table.c.emptied_at.is_(None)), {"emptied_at": now})
    return last


def author_key(device_id: str, person_id: str) -> str:
    """What an op waits for whose author has not yet signed in on its phone."""
    return f"author:{device_id}:{person_id}"


REVOKED_KEY = "revoked:"


def revoked_key(device_id: str) -> str:
    """What an op waits for that came from this phone after it was revoked."""
    return f"{REVOKED_KEY}{device_id}"


def is_revoked_key(key: str) -> bool:
    return key.startswith(REVOKED_KEY)


def invite(ctx: Context, person_id: str, cause: str, *, author: str | None) -> str:
    """A new one-time code; that it was made is in the journal, the code is not."""
    code = secret()
    row = {"person_id": person_id, "password_hash": None, "invitation_hash": secret_hash(code),
           "invitation_expires_at": ctx.journal.clock() + INVITATION_VALID}  # fmt: skip
    with ctx.db.write() as conn:
        put(conn, Account, [row], ["person_id"])
    ctx.journal.write("user.invite", {"id": person_id, "cause": cause}, author=author)
    return code


def _set_password(ctx: Context, person_id: str, password: str) -> None:
    row = {"person_id": person_id, "password_hash": ctx.passwords.hash(password), "invitation_hash": None,
           "invitation_expires_at": None}  # fmt: skip
    with ctx.db.write() as conn:
        put(conn, Account, [row], ["person_id"])


def _known(ctx: Context, username: str) -> Any:
    with ctx.db.read() as conn:
        person = queries.by_username(conn, username)
    if person is None:
        raise Refused("There is no such user.")
    return person
