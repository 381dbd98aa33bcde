"""What the operator says of servers outside, read strictly. A fault is told by what should be there, not by what is."""

import ipaddress
import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\Z")
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}\Z)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\Z")
_SMS_SENDER = re.compile(r"(\+[0-9]{6,15}|[A-Za-z][A-Za-z0-9]{2,10})\Z")
Security = Literal["tls", "starttls", "plain"]
_MAIL_SCHEMES: dict[str, tuple[Security, int]] = {
    "smtps": ("tls", 465), "smtp": ("starttls", 587), "smtp+plain": ("plain", 25),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str
    port: int
    security: Security
    username: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Gateway:
    """`url` holds no credentials."""

    url: str
    host: str
    username: str | None = None
    password: str | None = field(default=None, repr=False)


def mail_server(value: str) -> MailServer:
    """Raises ValueError. A password never goes over a connection that is not encrypted."""
    parts = _split(value)
    if parts.scheme not in _MAIL_SCHEMES or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise ValueError("must be smtps://user:password@host (TLS), smtp://… (STARTTLS) or smtp+plain://host")
    security, port = _MAIL_SCHEMES[parts.scheme]
    if security == "plain" and parts.username:
        raise ValueError("smtp+plain takes no user and password: they would be sent unencrypted")
    username, password = _credentials(parts)
    if not ((username or "") + (password or "")).isascii():
        raise ValueError("takes a user and a password of ASCII letters alone: mail servers know no others")
    return MailServer(parts.hostname, parts.port or port, security, username, password)


def gateway(value: str) -> Gateway:
    """Raises ValueError. Unencrypted only on this machine itself."""
    parts = _split(value)
    if not parts.hostname or not (parts.scheme == "https" or parts.scheme == "http" and is_loopback(parts.hostname)):
        raise ValueError("must be https://user:password@host/path")
    url = parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()
    return Gateway(url, parts.hostname, *_credentials(parts))


def host_names(value: str) -> tuple[str, ...]:
    """Raises ValueError."""
    names = tuple(name.strip().lower() for name in value.split(",") if name.strip())
    if not names or not all(_HOST.match(name) for name in names):
        raise ValueError("must be names of hosts with commas between, such as push.example.se,example.org")
    return names


def contact(value: str) -> str:
    """Raises ValueError."""
    parts = _split(value)
    if not (parts.scheme == "https" and parts.hostname or parts.scheme == "mailto" and _MAIL.match(parts.path)):
        raise ValueError("must be mailto:name@example.se or https://example.se")
    return value


def mail_address(value: str) -> str:
    """Raises ValueError."""
    if not _MAIL.match(value):
        raise ValueError("must be an e-mail address")
    return value


def sms_sender(value: str) -> str:
    """Raises ValueError."""
    if not _SMS_SENDER.match(value):
        raise ValueError("must be 3 to 11 letters and digits, a letter first, or a number such as +46701234567")
    return value


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _split(value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        assert parts.port is None or parts.port > 0
    except (ValueError, AssertionError):
        raise ValueError("must be an address such as https://example.se") from None
    return parts


def _credentials(parts: SplitResult) -> tuple[str | None, str | None]:
    if not parts.username:
        return None, None
    return unquote(parts.username), unquote(parts.password or "")
