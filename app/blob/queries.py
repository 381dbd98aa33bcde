"""Every read of what is known of blobs."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, select

from app.blob.models import Blob

BLOB = Blob.__table__  # type: ignore[attr-defined]


def find(conn: Connection, sha256: str) -> Any | None:
    return conn.execute(select(BLOB).where(BLOB.c.sha256 == sha256)).one_or_none()


def complete(hashes: Collection[str]) -> Select[Any]:
    """Those of these hashes whose bytes are all here and were compared with the name."""
    return select(BLOB.c.sha256).where(BLOB.c.sha256.in_(sorted(hashes)), BLOB.c.complete_at.is_not(None))


def here(conn: Connection, hashes: Collection[str]) -> frozenset[str]:
    """No statement where there is nothing to ask for."""
    return frozenset(conn.execute(complete(hashes)).scalars()) if hashes else frozenset()
