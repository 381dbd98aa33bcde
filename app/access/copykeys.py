"""The organisation's key pair: phones encrypt saved copies to its public half, only the server can open them.

It lies in the database, like all that it protects, so that every worker and every backup has it. Old keys are kept:
a copy may be handed in long after. The private half is never logged, answered or journalled.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from joserfc.jwk import ECKey
from sqlalchemy import Connection, select

from app.access.models import CopyKey
from app.core.clock import Clock
from app.core.db import Database
from app.core.ids import secret
from app.core.insert import put
from app.journal.rows import lock_head

CURVE = "P-256"
PUBLIC = ("kty", "crv", "x", "y")
COPY_KEY = CopyKey.__table__  # type: ignore[attr-defined]
_NEWEST = select(COPY_KEY).order_by(COPY_KEY.c.created_at.desc(), COPY_KEY.c.kid).limit(1)


@dataclass(frozen=True, slots=True)
class Key:
    kid: str
    #: The members of a JWK (RFC 7517), the private one among them.
    _jwk: dict[str, Any]
    _secret: str

    @property
    def public(self) -> dict[str, str]:
        return {"kid": self.kid} | {name: self._jwk[name] for name in PUBLIC}

    def private(self) -> ECKey:
        return ECKey.import_key(self._jwk)

    def proof(self, device_id: str) -> str:
        """What only this phone and the server know; it travels inside the encryption and says who made a copy."""
        made = hmac.new(self._secret.encode(), device_id.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def ensure(db: Database, clock: Clock) -> Key:
    """The key that phones use now, made if there is none. Two servers that start together make one."""
    with db.read() as conn:
        found = newest(conn)
    return found or _make(db, clock, only_first=True)


def renew(db: Database, clock: Clock) -> Key:
    """From now on another key; what was made for the old ones can still be opened."""
    return _make(db, clock, only_first=False)


def newest(conn: Connection) -> Key | None:
    row = conn.execute(_NEWEST).one_or_none()
    return None if row is None else _key(row)


def every(conn: Connection) -> list[Any]:
    """Rows, the newest first."""
    return list(conn.execute(select(COPY_KEY).order_by(COPY_KEY.c.created_at.desc(), COPY_KEY.c.kid)))


def find(conn: Connection, kid: str) -> Key | None:
    row = conn.execute(select(COPY_KEY).where(COPY_KEY.c.kid == kid)).one_or_none()
    return None if row is None else _key(row)


def is_proof(conn: Connection, device_id: str, proof: str) -> bool:
    """By any of the keys: a phone may have been given its proof before the newest."""
    told = proof.encode("utf-8", "replace")
    return any(hmac.compare_digest(_key(row).proof(device_id).encode(), told) for row in every(conn))


def _make(db: Database, clock: Clock, *, only_first: bool) -> Key:
    made = ECKey.generate_key(CURVE)
    jwk = dict(made.as_dict(private=True))
    jwk = {name: jwk[name] for name in (*PUBLIC, "d")}
    row: dict[str, Any] = {"kid": made.thumbprint(), "jwk": json.dumps(jwk), "secret": secret(), "created_at": clock()}
    with db.write() as conn:
        lock_head(conn)
        last = conn.execute(_NEWEST).one_or_none()
        if last is not None and only_first:
            return _key(last)
        if last is not None:  # a clock set back must not hide it behind the old one
            row["created_at"] = max(row["created_at"], last.created_at + timedelta(seconds=1))
        put(conn, CopyKey, [row], ["kid"])
    return Key(row["kid"], jwk, row["secret"])


def _key(row: Any) -> Key:
    return Key(row.kid, json.loads(row.jwk), row.secret)
