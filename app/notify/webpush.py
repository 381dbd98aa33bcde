"""One message to one subscription: RFC 8030 with VAPID (RFC 8292). Whom to tell is decided elsewhere."""

import base64
import hashlib
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import orjson
from joserfc import jwt

from app.core.settings import Settings
from app.notify import reach
from app.notify.encrypt import encrypt, receiver
from app.notify.notice import TAKEN, Notice, Outcome, Why
from app.notify.pushkeys import Key

SECONDS_MAX = 10.0
PAUSE_S, PAUSE_S_MAX = 0.5, 3.0
JWT_VALID = timedelta(hours=12)
#: All of one length on the wire, whatever they say.
PADDED_BYTES = 2048
#: How long a push service keeps what it cannot deliver: what comes later than this misleads.
TTL_S = {"help": 4 * 3600, "threat": 4 * 3600, "overdue": 2 * 3600, "reminder": 900, "test": 300,
         "report": 24 * 3600, "history": 24 * 3600}  # fmt: skip
TTL_S_ELSE = 3600
_BY_STATUS = {404: Why.GONE, 410: Why.GONE, 429: Why.SLOWED}


@dataclass(frozen=True, slots=True)
class Target:
    endpoint: str
    p256dh: str
    auth: str


def send_push(target: Target, key: Key, notice: Notice, settings: Settings, now: datetime) -> Outcome:
    """Tried a second time where the service is only slow or ill, all within SECONDS_MAX."""
    if not reach.may_be_named(target.endpoint, settings.push_hosts):
        return Outcome(False, Why.FORBIDDEN)
    try:
        to = receiver(target.p256dh, target.auth)
    except ValueError:
        return Outcome(False, Why.REFUSED)
    body = encrypt(payload(notice, settings.own_name), to, padded_to=PADDED_BYTES)
    headers = _headers(target.endpoint, key, notice, settings, now)
    ends = time.monotonic() + SECONDS_MAX
    outcome, pause_s = _once(target.endpoint, body, headers, settings, ends)
    if pause_s is not None and time.monotonic() + pause_s < ends:
        time.sleep(pause_s)
        outcome, _ = _once(target.endpoint, body, headers, settings, ends)
    return outcome


def payload(notice: Notice, organisation: str | None) -> bytes:
    """What the service worker reads; it fits into the padding by the limits of a short notice.

    The organisation's name comes last in the title: who works for two has two apps of one name, and must know which.
    """
    title = notice.title if organisation is None else f"{notice.title} · {organisation}"
    said = replace(notice, title=title).short()
    return orjson.dumps({"kind": said.kind, "id": said.alert_id, "title": said.title, "body": said.body,
                         "url": said.url, "urgent": said.urgent})  # fmt: skip


def contact_of(settings: Settings) -> str | None:
    """Whom the push service may write to when our messages trouble it; Apple's takes nothing without."""
    if settings.push_contact is not None:
        return settings.push_contact
    if settings.base_url is not None and settings.base_url.startswith("https://"):
        return settings.base_url
    return None if settings.smtp_from is None else f"mailto:{settings.smtp_from}"


def _once(
    endpoint: str, body: bytes, headers: dict[str, str], settings: Settings, ends: float
) -> tuple[Outcome, float | None]:
    """(outcome, pause before it is worth another try)"""
    try:
        answer = reach.post(endpoint, body, headers, seconds=max(0.01, ends - time.monotonic()),
                            only_public=not settings.push_hosts)  # fmt: skip
    except reach.Late:
        return Outcome(False, Why.LATE), None
    except reach.Forbidden:
        return Outcome(False, Why.FORBIDDEN), None
    except reach.Unreachable:
        return Outcome(False, Why.UNREACHABLE), PAUSE_S
    if answer.status < 300:
        return TAKEN, None
    why = _BY_STATUS.get(answer.status) or (Why.FAILED if answer.status >= 500 else Why.REFUSED)
    if why in (Why.GONE, Why.REFUSED):
        return Outcome(False, why), None
    pause_s = PAUSE_S if answer.retry_after_s is None else float(answer.retry_after_s)
    return Outcome(False, why), pause_s if pause_s <= PAUSE_S_MAX else None


def _headers(endpoint: str, key: Key, notice: Notice, settings: Settings, now: datetime) -> dict[str, str]:
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int((now + JWT_VALID).timestamp())}
    if (contact := contact_of(settings)) is not None:
        claims["sub"] = contact
    token = jwt.encode({"alg": "ES256", "typ": "JWT"}, claims, key.private)
    return {
        "Host": parts.netloc, "Authorization": f"vapid t={token}, k={key.public}", "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream", "TTL": str(TTL_S.get(notice.kind, TTL_S_ELSE)),
        "Urgency": "high" if notice.urgent else "normal", "Topic": topic(notice.alert_id),
    }  # fmt: skip


def topic(alert_id: str) -> str:
    """What was not delivered yet is replaced by the newer of the same alert; the id itself is not told."""
    return base64.urlsafe_b64encode(hashlib.sha256(alert_id.encode()).digest()).decode()[:32]
