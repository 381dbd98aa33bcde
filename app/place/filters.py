"""SQL conditions on where something is: in an area, in a box."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.core.geo import Box
from app.place.queries import PLACE


def at_place_in(place_column: Any, area_id: str) -> ColumnElement[bool]:
    """At a place of this area."""
    condition: ColumnElement[bool] = place_column.in_(select(PLACE.c.id).where(PLACE.c.area_id == area_id))
    return condition


def inside(table: Any, box: Box) -> ColumnElement[bool]:
    """Its position is in the box; its chosen place, where it has no position. As GeoJSON shows it."""
    here = _inside(table, box)
    if "place_id" not in table.c:
        return here
    near = table.c.place_id.in_(select(PLACE.c.id).where(_inside(PLACE, box)))
    return or_(here, and_(table.c.lon.is_(None), near))


def _inside(table: Any, box: Box) -> ColumnElement[bool]:
    west, south, east, north = box
    return and_(table.c.lon.between(west, east), table.c.lat.between(south, north))
