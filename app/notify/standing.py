"""By which channels this server can tell people, and whom each reaches: what is there, not what was tried."""

from collections.abc import Collection

from sqlalchemy import Connection

from app.access import contact
from app.core.settings import Settings
from app.notify import subscriptions
from app.notify.notice import CHANNELS


def set_up(settings: Settings) -> dict[str, bool]:
    return {"push": settings.push == "on", "email": settings.smtp_url is not None,
            "sms": settings.sms_url is not None}  # fmt: skip


def reached(conn: Connection, settings: Settings, person_ids: Collection[str]) -> dict[str, list[str]]:
    """Each of these people, and the channels that have somewhere to go; no address leaves this function."""
    ids, on = sorted(person_ids), set_up(settings)
    addresses = contact.of(conn, ids)
    with_push = {row.person_id for row in subscriptions.live_of(conn, ids)}

    def _has(person_id: str, channel: str) -> bool:
        if channel == "push":
            return person_id in with_push
        known = addresses.get(person_id, contact.NOBODYS)
        return (known.email if channel == "email" else known.mobile) is not None

    return {one: [channel for channel in CHANNELS if on[channel] and _has(one, channel)] for one in ids}
