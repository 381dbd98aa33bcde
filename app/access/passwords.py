"""Passwords: argon2id, few at a time (64 MiB each), and the slowing of repeated failures."""

import threading
from datetime import datetime, timedelta

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, delete, select

from app.access.models import SignInFailure
from app.core.ids import secret_hash
from app.core.insert import put

LENGTH_MIN, LENGTH_MAX = 10, 200
FREE_FAILURES = 5
WAIT_S_MAX = 900
FORGET_AFTER = timedelta(hours=1)
AT_ONCE = 2
FAILURE = SignInFailure.__table__  # type: ignore[attr-defined]


class Passwords:
    def __init__(self, cost: str) -> None:
        cheapest = PasswordHasher.from_parameters(profiles.CHEAPEST)
        self._hasher = cheapest if cost == "cheapest" else PasswordHasher()
        self._turns = threading.Semaphore(AT_ONCE)
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        with self._turns:
            return self._hasher.hash(password.encode("utf-8", "surrogatepass"))

    def fits(self, stored: str | None, password: str) -> bool:
        """Takes as long for an unknown account as for a known one."""
        with self._turns:
            try:
                self._hasher.verify(stored or self._nobody, password.encode("utf-8", "surrogatepass"))
            except (VerificationError, InvalidHashError):
                return False
            return stored is not None


def acceptable(password: str) -> bool:
    return LENGTH_MIN <= len(password) <= LENGTH_MAX and bool(password.strip())


def wait_s(count: int, last_at: datetime, now: datetime) -> int:
    """Seconds still to wait after `count` failures: nothing for the first five, then doubling up to a quarter."""
    if count < FREE_FAILURES or now - last_at > FORGET_AFTER:
        return 0
    pause: int = min(2 ** (count - FREE_FAILURES + 1), WAIT_S_MAX)
    return max(0, int(pause - (now - last_at).total_seconds() + 0.999))


def longest_wait_s(conn: Connection, keys: list[str], now: datetime) -> int:
    rows = conn.execute(select(FAILURE).where(FAILURE.c.key_hash.in_([secret_hash(k) for k in keys])))
    return max((wait_s(row.failures, row.last_at, now) for row in rows), default=0)


def note_failure(conn: Connection, keys: list[str], now: datetime) -> None:
    for key in keys:
        row = conn.execute(select(FAILURE).where(FAILURE.c.key_hash == secret_hash(key))).one_or_none()
        count = 1 if row is None or now - row.last_at > FORGET_AFTER else row.failures + 1
        put(conn, SignInFailure, [{"key_hash": secret_hash(key), "failures": count, "last_at": now}], ["key_hash"])


def forget_failures(conn: Connection, keys: list[str]) -> None:
    conn.execute(delete(FAILURE).where(FAILURE.c.key_hash.in_([secret_hash(k) for k in keys])))
