"""How each channel stands, and a notice to try them, for whoever runs the server."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.access import queries
from app.access.context import Context
from app.core.db import Database
from app.core.errors import Refused
from app.core.outside import gateway, mail_server
from app.core.settings import Settings
from app.notify import mail, pushkeys, subscriptions
from app.notify.send import Sent, send
from app.notify.texts import trial
from app.notify.webpush import contact_of

Told = tuple[str, bool, str]


def check(settings: Settings, db: Database) -> Iterator[Told]:
    """(channel, in order, what there is to say). Nothing is sent: a gateway is tried by `lykta notify test` alone."""
    yield _push(settings, db)
    yield _email(settings)
    yield _sms(settings)


def _push(settings: Settings, db: Database) -> Told:
    if settings.push == "off":
        return "push", True, "switched off"
    try:
        with db.read() as conn:
            live, dead = subscriptions.counts(conn)
            key = pushkeys.newest(conn)
    except Exception as error:  # an old schema, or a database that does not answer: its own line tells
        return "push", False, f"cannot be read ({type(error).__name__})"
    said = f"{live} live subscriptions, {dead} dead; key {key.kid if key else 'made when the first phone asks'}"
    if contact_of(settings) is None:
        wanted = "set LYKTA_PUSH_CONTACT (or LYKTA_BASE_URL with https): Apple's push service takes nothing without"
        return "push", live == 0, f"{said}; {wanted}"
    return "push", True, said


def _email(settings: Settings) -> Told:
    if settings.smtp_url is None:
        return "email", True, "not set up"
    server = mail_server(settings.smtp_url.get_secret_value())
    where = f"{server.host}:{server.port}, from {settings.smtp_from}"
    trouble = mail.try_server(settings)
    return "email", trouble is None, f"{where}: {trouble or 'answers'}"


def _sms(settings: Settings) -> Told:
    if settings.sms_url is None:
        return "sms", True, "not set up"
    to = gateway(settings.sms_url.get_secret_value())
    return "sms", True, f"{to.host}, from {settings.sms_from}; tried by `lykta notify test` alone, since a text costs"


@dataclass(frozen=True, slots=True)
class Trial:
    sent: list[Sent]

    @property
    def ok(self) -> bool:
        return any(one.ok for one in self.sent)

    def as_json(self) -> list[dict[str, Any]]:
        return [{"channel": one.channel, "ok": one.ok, "why": one.why} for one in self.sent]

    def text(self) -> str:
        return "\n".join(f"{one.channel}\t{'sent' if one.ok else one.why}" for one in self.sent)


def try_on(ctx: Context, username: str) -> Trial:
    """By every channel that the person has. Raises Refused."""
    with ctx.db.read() as conn:
        person = queries.by_username(conn, username)
    if person is None:
        raise Refused("There is no such user.")
    return Trial(send(ctx, [person.id], trial()))
