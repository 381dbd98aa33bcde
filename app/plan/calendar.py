"""A person's planned shifts as iCalendar (RFC 5545), at an address that only they know.

A calendar lies with somebody else's service: it holds a time, an area and that it is a shift; never a colleague's name.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar, Event
from sqlalchemy import Connection, delete, select, update

from app import VERSION
from app.access.context import Context
from app.access.permission import Viewer
from app.access.queries import PERSON
from app.core.clock import stamp, stamp_or_none
from app.core.ids import secret, secret_hash
from app.core.insert import put
from app.place import queries as places
from app.plan import queries
from app.plan.models import CalendarFeed
from app.plan.queries import FEED

#: What is over stays in a calendar for so long.
PAST = timedelta(days=30)
ASK_AGAIN = timedelta(hours=4)
#: That it was read is noted this often at most.
NOTED_EVERY = timedelta(hours=1)


def state(conn: Connection, viewer: Viewer) -> dict[str, Any]:
    row = conn.execute(select(FEED).where(FEED.c.person_id == viewer.id)).one_or_none()
    if row is None:
        return {"created_at": None, "read_at": None}
    return {"created_at": stamp(row.created_at), "read_at": stamp_or_none(row.read_at)}


def make(ctx: Context, viewer: Viewer) -> str:
    """A new secret, told once; the old address is empty from now on."""
    token = secret()
    row = {"person_id": viewer.id, "token_hash": secret_hash(token), "created_at": ctx.journal.clock(), "read_at": None}
    with ctx.db.write() as conn:
        put(conn, CalendarFeed, [row], ["person_id"])
    return token


def revoke(ctx: Context, viewer: Viewer) -> None:
    with ctx.db.write() as conn:
        conn.execute(delete(FEED).where(FEED.c.person_id == viewer.id))


def read(ctx: Context, token: str) -> bytes | None:
    """None for an address that is nobody's, any longer or ever."""
    now = ctx.journal.clock()
    with ctx.db.read() as conn:
        live = select(FEED).join(PERSON, PERSON.c.id == FEED.c.person_id)
        row = conn.execute(live.where(FEED.c.token_hash == secret_hash(token), PERSON.c.active)).one_or_none()
        if row is None:
            return None
        shifts = queries.of_person(conn, row.person_id, now - PAST)
        names = {area.id: area.name for area in places.areas(conn)}
    if row.read_at is None or now - row.read_at > NOTED_EVERY:
        with ctx.db.write() as conn:
            conn.execute(update(FEED).where(FEED.c.token_hash == row.token_hash), {"read_at": now})
    return _calendar(shifts, names, now)


def _calendar(shifts: list[Any], areas: Mapping[str, str], now: datetime) -> bytes:
    found = Calendar()
    found.add("prodid", f"-//Lykta//Lykta {VERSION}//SV")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", "Lykta")
    found.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", ASK_AGAIN)
    for row in shifts:
        found.add_component(_event(row, areas.get(row.area_id or ""), now))
    content: bytes = found.to_ical()
    return content


def _event(row: Any, area: str | None, now: datetime) -> Event:
    """Each evening by itself and in UTC: no rule of ours has to be right in another's time zone."""
    event = Event()
    event.add("uid", f"{row.id}@lykta")
    event.add("dtstamp", now)
    # Grows with every change, as RFC 5545 §3.8.7.4 asks; 32 bits are enough for a journal's numbers here.
    event.add("sequence", row.changed_seq % 2**31)
    event.add("dtstart", row.starts_at)
    event.add("dtend", row.ends_at)
    event.add("summary", "Pass" if area is None else f"Pass · {area}")
    if area is not None:
        event.add("location", area)
    event.add("status", "CANCELLED" if row.status == "cancelled" else "CONFIRMED")
    return event
