"""Which browsers of whom can be reached, as they said themselves and as push services answered."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, func, select, update

from app.access.queries import DEVICE, DEVICE_USER
from app.core.insert import put
from app.notify.models import PushSubscription
from app.notify.webpush import Target

SUBSCRIPTION = PushSubscription.__table__  # type: ignore[attr-defined]
#: Of one person; the one that was silent longest gives way.
COUNT_MAX = 10


def id_of(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()


def target(row: Any) -> Target:
    return Target(row.endpoint, row.p256dh, row.auth)


def keep(conn: Connection, person_id: str, device_id: str | None, to: Target, kid: str, now: datetime) -> bool:
    """True where it may be used; False where the push service said that it is dead: the browser must make another.

    A browser has one, whoever is signed in: the last who said so is told, and nobody before them.
    """
    key = id_of(to.endpoint)
    there = conn.execute(select(SUBSCRIPTION).where(SUBSCRIPTION.c.id == key)).one_or_none()
    if there is not None and there.dead_at is not None:
        return False
    row = {"id": key, "person_id": person_id, "device_id": device_id, "endpoint": to.endpoint, "p256dh": to.p256dh,
           "auth": to.auth, "kid": kid, "created_at": there.created_at if there else now, "seen_at": now}  # fmt: skip
    put(conn, PushSubscription, [row], ["id"])
    if device_id is not None:  # what the same phone had before is of no use any more
        mine = (SUBSCRIPTION.c.device_id == device_id) & (SUBSCRIPTION.c.id != key)
        conn.execute(delete(SUBSCRIPTION).where(mine, SUBSCRIPTION.c.dead_at.is_(None)))
    _make_room(conn, person_id)
    return True


def drop(conn: Connection, person_id: str, key: str) -> None:
    """Nothing where it is not theirs."""
    conn.execute(delete(SUBSCRIPTION).where(SUBSCRIPTION.c.id == key, SUBSCRIPTION.c.person_id == person_id))


def live_of(conn: Connection, person_ids: Sequence[str]) -> list[Any]:
    """Not on a phone that was revoked, nor on one that somebody else has signed in on since."""
    of_another = exists().where(
        DEVICE_USER.c.device_id == SUBSCRIPTION.c.device_id,
        DEVICE_USER.c.person_id != SUBSCRIPTION.c.person_id,
        DEVICE_USER.c.signed_in_at > SUBSCRIPTION.c.seen_at,
    )
    return list(conn.execute(
        select(SUBSCRIPTION)
        .outerjoin(DEVICE, DEVICE.c.id == SUBSCRIPTION.c.device_id)
        .where(SUBSCRIPTION.c.person_id.in_(list(person_ids)), SUBSCRIPTION.c.dead_at.is_(None),
               DEVICE.c.revoked_at.is_(None), ~of_another)
        .order_by(SUBSCRIPTION.c.person_id, SUBSCRIPTION.c.id)
    ))  # fmt: skip


def note(conn: Connection, told: Collection[str], dead: Collection[str], now: datetime) -> None:
    """What push services answered, for these ids."""
    if told:
        conn.execute(update(SUBSCRIPTION).where(SUBSCRIPTION.c.id.in_(list(told))), {"told_at": now})
    if dead:
        conn.execute(update(SUBSCRIPTION).where(SUBSCRIPTION.c.id.in_(list(dead))), {"dead_at": now})


def counts(conn: Connection) -> tuple[int, int]:
    """(live, dead)"""
    row = conn.execute(select(func.count(), func.count(SUBSCRIPTION.c.dead_at)).select_from(SUBSCRIPTION)).one()
    return row[0] - row[1], row[1]


def _make_room(conn: Connection, person_id: str) -> None:
    kept = select(SUBSCRIPTION.c.id).where(SUBSCRIPTION.c.person_id == person_id)
    over = conn.execute(kept.order_by(SUBSCRIPTION.c.seen_at.desc(), SUBSCRIPTION.c.id).offset(COUNT_MAX)).scalars()
    if old := list(over):
        conn.execute(delete(SUBSCRIPTION).where(SUBSCRIPTION.c.id.in_(old)))
