"""Every read of reference data."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from app.place.models import Area, Category, Contact, Place, VocabularyRow
from app.place.own import merged

AREA = Area.__table__  # type: ignore[attr-defined]
PLACE = Place.__table__  # type: ignore[attr-defined]
CONTACT = Contact.__table__  # type: ignore[attr-defined]
VOCABULARY = VocabularyRow.__table__  # type: ignore[attr-defined]
CATEGORY = Category.__table__  # type: ignore[attr-defined]

#: One fixed id: the shipped vocabulary is one entity, put again when a release brings another text.
VOCABULARY_ID = "019a0000-0000-7000-8000-000000000001"


def stored_vocabulary(conn: Connection) -> dict[str, Any] | None:
    """As it shipped."""
    shipped = select(VOCABULARY.c.value).where(VOCABULARY.c.id == VOCABULARY_ID)
    value: dict[str, Any] | None = conn.execute(shipped).scalars().first()
    return value


def vocabulary(conn: Connection) -> dict[str, Any] | None:
    """With what the organisation switched off or added: every name that a record may need is in it."""
    value = stored_vocabulary(conn)
    return None if value is None else merged(value, categories(conn))


def vocabulary_wires(conn: Connection, found: Iterable[Any]) -> list[dict[str, Any]]:
    changed = categories(conn)
    return [merged(row.value, changed) if row.id == VOCABULARY_ID else row.value for row in found]


def categories(conn: Connection) -> list[Any]:
    """Those that were ever switched or added here."""
    return list(conn.execute(select(CATEGORY).order_by(CATEGORY.c.code)))


def category(conn: Connection, category_id: str) -> Any | None:
    return conn.execute(select(CATEGORY).where(CATEGORY.c.id == category_id)).one_or_none()


def areas(conn: Connection) -> list[Any]:
    return list(conn.execute(select(AREA).order_by(AREA.c.id)))


def places(conn: Connection) -> list[Any]:
    return list(conn.execute(select(PLACE).order_by(PLACE.c.id)))


def contacts(conn: Connection) -> list[Any]:
    return list(conn.execute(select(CONTACT).order_by(CONTACT.c.id)))


def is_area(conn: Connection, area_id: str) -> bool:
    """Known, and not retired."""
    return conn.execute(select(AREA.c.id).where(AREA.c.id == area_id, AREA.c.active)).first() is not None


def area_wire(row: Any) -> dict[str, Any]:
    return {"id": row.id, "name": row.name, "geometry": row.geometry, "active": row.active}


def place_wire(row: Any) -> dict[str, Any]:
    return {"id": row.id, "name": row.name, "kind": row.kind, "area_id": row.area_id, "lon": row.lon, "lat": row.lat,
            "note": row.note, "active": row.active}  # fmt: skip


def contact_wire(row: Any) -> dict[str, Any]:
    return {"id": row.id, "service": row.service, "name": row.name, "number": row.number, "hours": row.hours,
            "note": row.note, "checked_on": row.checked_on, "active": row.active}  # fmt: skip
