"""Our key pair towards push services (VAPID). It lies in the database, so that every worker and every backup has it.

Browsers subscribe for one key: an old one is kept, and used for those that have not come back since it was renewed.
The private half is never logged, answered or journalled.
"""

import base64
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from joserfc.jwk import ECKey
from sqlalchemy import Connection, select

from app.core.clock import Clock
from app.core.db import Database
from app.core.insert import put
from app.journal.rows import lock_head
from app.notify.models import PushKey

CURVE = "P-256"
MEMBERS = ("kty", "crv", "x", "y", "d")
PUSH_KEY = PushKey.__table__  # type: ignore[attr-defined]
_NEWEST_FIRST = select(PUSH_KEY).order_by(PUSH_KEY.c.created_at.desc(), PUSH_KEY.c.kid)


@dataclass(frozen=True, slots=True)
class Key:
    kid: str
    private: ECKey
    #: The uncompressed point in base64url: what a browser wants as its applicationServerKey.
    public: str


def ensure(db: Database, clock: Clock) -> Key:
    """The key that browsers subscribe for now, made if there is none. Two servers at once make one."""
    with db.read() as conn:
        found = newest(conn)
    return found or _make(db, clock, only_first=True)


def renew(db: Database, clock: Clock) -> Key:
    """From now on another key; phones subscribe anew when the app is next opened."""
    return _make(db, clock, only_first=False)


def newest(conn: Connection) -> Key | None:
    row = conn.execute(_NEWEST_FIRST.limit(1)).one_or_none()
    return None if row is None else _key(row)


def every(conn: Connection) -> list[Any]:
    """Rows, the newest first."""
    return list(conn.execute(_NEWEST_FIRST))


def by_kid(conn: Connection) -> dict[str, Key]:
    return {row.kid: _key(row) for row in every(conn)}


def _make(db: Database, clock: Clock, *, only_first: bool) -> Key:
    made = ECKey.generate_key(CURVE)
    whole = made.as_dict(private=True)
    row: dict[str, Any] = {"kid": made.thumbprint(), "jwk": json.dumps({name: whole[name] for name in MEMBERS}),
                           "created_at": clock()}  # fmt: skip
    with db.write() as conn:
        lock_head(conn)
        last = conn.execute(_NEWEST_FIRST.limit(1)).one_or_none()
        if last is not None and only_first:
            return _key(last)
        if last is not None:  # a clock set back must not hide it behind the old one
            row["created_at"] = max(row["created_at"], last.created_at + timedelta(seconds=1))
        put(conn, PushKey, [row], ["kid"])
    return _of(row["kid"], made)


def _key(row: Any) -> Key:
    return _of(row.kid, ECKey.import_key(json.loads(row.jwk)))


def _of(kid: str, private: ECKey) -> Key:
    parts = private.as_dict(private=False)
    point = b"\x04" + b"".join(base64.urlsafe_b64decode(str(parts[name]) + "==") for name in ("x", "y"))
    return Key(kid, private, base64.urlsafe_b64encode(point).rstrip(b"=").decode())
