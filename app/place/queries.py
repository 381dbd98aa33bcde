"""Every read of reference data."""

from typing import Any

from sqlalchemy import Connection, select

from app.place.models import Area, Contact, Place, VocabularyRow

AREA = Area.__table__  # type: ignore[attr-defined]
PLACE = Place.__table__  # type: ignore[attr-defined]
CONTACT = Contact.__table__  # type: ignore[attr-defined]
VOCABULARY = VocabularyRow.__table__  # type: ignore[attr-defined]


def vocabulary(conn: Connection) -> dict[str, Any] | None:
    value: dict[str, Any] | None = conn.execute(select(VOCABULARY.c.value)).scalars().first()
    return value


def areas(conn: Connection) -> list[Any]:
    return list(conn.execute(select(AREA).order_by(AREA.c.id)))


def places(conn: Connection) -> list[Any]:
    return list(conn.execute(select(PLACE).order_by(PLACE.c.id)))


def contacts(conn: Connection) -> list[Any]:
    return list(conn.execute(select(CONTACT).order_by(CONTACT.c.id)))


def area_wire(row: Any) -> dict[str, Any]:
    return {"id": row.id, "name": row.name, "geometry": row.geometry, "active": row.active}


def place_wire(row: Any) -> dict[str, Any]:
    return {"id": row.id, "name": row.name, "kind": row.kind, "area_id": row.area_id, "lon": row.lon, "lat": row.lat,
            "note": row.note, "active": row.active}  # fmt: skip


def contact_wire(row: Any) -> dict[str, Any]:
    return {"id": row.id, "service": row.service, "name": row.name, "number": row.number, "hours": row.hours,
            "note": row.note, "checked_on": row.checked_on, "active": row.active}  # fmt: skip
