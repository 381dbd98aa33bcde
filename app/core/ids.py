"""Identifiers: UUIDv7 (RFC 9562) made by the server, secrets, and their hashes."""

import hashlib
import re
import secrets
import time
from datetime import datetime
from typing import TypeGuard
from uuid import UUID

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")


def uuid7(unix_ms: int | None = None) -> str:
    """RFC 9562 §5.7: 48 bits of Unix milliseconds, then random bits."""
    ms = time.time_ns() // 1_000_000 if unix_ms is None else unix_ms
    value = (ms & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    return str(UUID(int=value & ~(0x3 << 62) | 0x2 << 62))


def uuid7_least(at: datetime) -> str:
    """No UUIDv7 that was made then or later sorts before it."""
    return str(UUID(int=(int(at.timestamp() * 1000) & (1 << 48) - 1) << 80))


def is_uuid(value: object) -> TypeGuard[str]:
    """Lower-case canonical form only: ids are compared as bytes everywhere."""
    return isinstance(value, str) and _UUID.match(value) is not None


def secret(prefix: str = "") -> str:
    """256 random bits, URL-safe."""
    return prefix + secrets.token_urlsafe(32)


def secret_hash(value: str) -> str:
    """What is stored of a secret. The secret has 256 random bits, so a fast hash is enough."""
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
