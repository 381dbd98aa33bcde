"""A notice by text message through a gateway that takes `from`, `to` and `message` as a form (46elks and its like)."""

import base64
from urllib.parse import urlencode

from app.core.outside import gateway
from app.core.settings import Settings
from app.notify import reach
from app.notify.mail import link
from app.notify.notice import TAKEN, Notice, Outcome, Why

SECONDS_MAX = 10.0
#: Three text messages in one, with letters outside the phones' own alphabet.
CHARS_MAX = 201
_BY_STATUS = {429: Why.SLOWED}


def send_sms(number: str, notice: Notice, settings: Settings) -> Outcome:
    """Never tried twice: a gateway that took it and did not answer would send two."""
    assert settings.sms_url is not None
    to = gateway(settings.sms_url.get_secret_value())
    headers = {"Host": to.url.split("/")[2], "Content-Type": "application/x-www-form-urlencoded"}
    if to.username is not None:
        pair = base64.b64encode(f"{to.username}:{to.password}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
    form = {"from": settings.sms_from, "to": number, "message": text(notice, settings.base_url)}
    try:
        answer = reach.post(to.url, urlencode(form).encode(), headers, seconds=SECONDS_MAX, only_public=False)
    except reach.Late:
        return Outcome(False, Why.LATE)
    except reach.Unreachable:
        return Outcome(False, Why.UNREACHABLE)
    if answer.status < 300:
        return TAKEN
    return Outcome(False, _BY_STATUS.get(answer.status) or (Why.FAILED if answer.status >= 500 else Why.REFUSED))


def text(notice: Notice, base_url: str | None) -> str:
    """The link whole or not at all."""
    said = notice.short()
    words = f"{said.title}. {said.body}" if not said.title.endswith((".", "!", "?")) else f"{said.title} {said.body}"
    tail = link(base_url, said.url)
    room = CHARS_MAX - (len(tail) + 1 if tail else 0)
    words = words if len(words) <= room else words[: max(0, room - 1)] + "…"
    return f"{words} {tail}" if tail else words
