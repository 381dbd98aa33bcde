"""A JSON document to a system that the operator named, signed so that it can tell whose it is."""

import base64
import hashlib
import hmac
from datetime import datetime

from app.core.outside import gateway
from app.notify import reach
from app.notify.notice import TAKEN, Outcome, Why

SECONDS_MAX = 10.0
SIGNATURE = "Lykta-Signature"
_BY_STATUS = {429: Why.SLOWED}


def send_document(url: str, secret: str, body: bytes, op_id: str, now: datetime) -> Outcome:
    """Never tried twice: a system that took it and did not answer would have two. `Idempotency-Key` is the op's id."""
    to = gateway(url)
    headers = {"Host": to.url.split("/")[2], "Content-Type": "application/json", "Idempotency-Key": op_id,
               SIGNATURE: signature(secret, body, now)}  # fmt: skip
    if to.username is not None:
        pair = base64.b64encode(f"{to.username}:{to.password}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
    try:
        answer = reach.post(to.url, body, headers, seconds=SECONDS_MAX, only_public=False)
    except reach.Late:
        return Outcome(False, Why.LATE)
    except reach.Unreachable:
        return Outcome(False, Why.UNREACHABLE)
    if answer.status < 300:
        return TAKEN
    return Outcome(False, _BY_STATUS.get(answer.status) or (Why.FAILED if answer.status >= 500 else Why.REFUSED))


def signature(secret: str, body: bytes, now: datetime) -> str:
    """`t`: Unix seconds; `v1`: HMAC-SHA256 over them, a full stop and the body. An old `t` is somebody's repeat."""
    at = str(int(now.timestamp()))
    made = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={made}"
