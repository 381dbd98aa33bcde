"""The way back into a locked phone whose PIN was forgotten: the server opens the key that the phone sealed to it.

Whoever has the phone alone gets nowhere: it takes somebody who has used it before, and who has just typed their
password on it. Who had which phone opened, and when, is noted where readings are.
"""

import re
from datetime import timedelta

import orjson

from app.access import copykeys
from app.access import queries as access
from app.access.context import Context
from app.access.permission import Viewer
from app.audit import readings
from app.core import errors
from app.core.errors import Problem
from app.core.ids import is_uuid
from app.sync.sealed import unseal

FORMAT, VERSION = "lykta-key", 1
#: A sign-in older than this may be somebody else's, left open on a phone that was found.
FRESH = timedelta(minutes=10)
PLAIN_MAX = 4096
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")


def open_lock(ctx: Context, viewer: Viewer, device_id: str | None, jwe: bytes) -> str:
    """`device_id`: where the viewer is signed in.

    Raises Problem: what `unseal` raises, COPY_FOREIGN, COPY_ORIGIN for a lock of a phone that is unknown or revoked,
    FORBIDDEN for somebody who never used it, SIGN_IN_OLD.
    """
    key, device, proof = _read(unseal(ctx, jwe, PLAIN_MAX))
    now = ctx.journal.clock()
    with ctx.db.read() as conn:
        row, users = access.device_by_id(conn, device)
        if row is None or row.revoked_at is not None or not copykeys.is_proof(conn, device, proof):
            raise Problem(errors.COPY_ORIGIN)
        if viewer.id not in users:
            raise Problem(errors.FORBIDDEN)
        at = None if device_id is None else access.signed_in_at(conn, device_id, viewer.id)
    if at is None or not now - FRESH <= at <= now + FRESH:
        raise Problem(errors.SIGN_IN_OLD)
    readings.note(ctx.db, viewer_id=viewer.id, what="phone-key", subject=device, at=now)
    return key


def _read(plain: bytes) -> tuple[str, str, str]:
    try:
        value = orjson.loads(plain)
    except orjson.JSONDecodeError:
        raise Problem(errors.COPY_FOREIGN) from None
    if not isinstance(value, dict) or value.get("format") != FORMAT or value.get("v") != VERSION:
        raise Problem(errors.COPY_FOREIGN)
    key, device, proof = value.get("key"), value.get("device"), value.get("proof")
    if not isinstance(key, str) or not _KEY.fullmatch(key) or not is_uuid(device) or not isinstance(proof, str):
        raise Problem(errors.COPY_FOREIGN)
    return key, device, proof
