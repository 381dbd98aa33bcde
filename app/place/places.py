"""Places and areas as the desk edits them: each change an op, based on what was seen, checked as an import is."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError
from sqlalchemy import Connection, Table, func, select

from app.access.context import Context
from app.access.permission import Viewer
from app.core import errors
from app.core.errors import Problem
from app.core.geo import Box
from app.journal.edit import edit, turn
from app.journal.ops import ShortText
from app.place import importing, jsonfile, queries, rules
from app.place.feature import NAME_MAX, geometry_of
from app.place.jsonfile import Unreadable
from app.place.queries import AREA, PLACE
from app.place.report import Report
from app.place.rules import Unfit
from app.place.vocabulary import shipped

PLACE_TYPES, AREA_TYPES = frozenset({"place.put"}), frozenset({"area.put"})
#: One at a time, whatever the place: a file that is taken in touches many of them.
ABOUT = "places"
#: As much as a page hands in at once; `lykta place import` takes more.
TEXT_MAX = 10_000_000
Version = Annotated[int, Field(ge=1, lt=2**63)]


def _name(value: str) -> str:
    cleaned = rules.clean_text(value)
    if not 1 <= len(cleaned) <= NAME_MAX:
        raise PydanticCustomError("name", "a name of 1 to 120 characters")
    return cleaned


def _kind(value: str) -> str:
    if value not in {kind["code"] for kind in shipped()["place_kinds"]}:
        raise PydanticCustomError("kind", "a kind of place from the vocabulary")
    return value


Name = Annotated[str, AfterValidator(_name)]


class PlaceSaid(BaseModel):
    model_config = ConfigDict(extra="forbid")
    #: Null for a new one.
    based_on: Version | None
    name: Name
    kind: Annotated[str, AfterValidator(_kind)]
    #: Null: the areas' outlines decide, as at an import.
    area_id: str | None
    lon: float
    lat: float
    note: ShortText | None
    active: bool = True


class AreaSaid(BaseModel):
    model_config = ConfigDict(extra="forbid")
    based_on: Version | None
    name: Name
    #: A GeoJSON Polygon or MultiPolygon in WGS 84.
    geometry: dict[str, Any]
    active: bool = True


class FileSaid(BaseModel):
    """A GeoJSON FeatureCollection as text. `based_on` null: only look; else the version that the look told."""

    model_config = ConfigDict(extra="forbid")
    based_on: Annotated[int, Field(ge=0, lt=2**63)] | None
    text: Annotated[str, Field(max_length=TEXT_MAX)]


def listed(conn: Connection, bounds: Box) -> dict[str, Any]:
    """By name, those no longer in use last."""
    return {
        "places": _sorted(_place(row) for row in queries.places(conn)),
        "areas": _sorted(_area(row) for row in queries.areas(conn)),
        "bounds": bounds,
    }


def put_place(ctx: Context, viewer: Viewer, place_id: str, said: PlaceSaid) -> None:
    """What changes nothing is no op. Raises Problem: CHANGED, INVALID."""
    _located({"type": "Point", "coordinates": [said.lon, said.lat]}, ctx.settings.bounds, "/lon")
    lon, lat = (round(degrees, rules.DECIMALS) for degrees in (said.lon, said.lat))
    with ctx.db.read() as conn:
        there = place_now(place_id, conn)
        areas = {row.id: row.geometry for row in queries.areas(conn) if row.active}
    stored_area = there[1]["area_id"] if there is not None else None
    if said.area_id is not None and said.area_id not in areas and said.area_id != stored_area:
        raise _invalid("/area_id", "area")
    data = said.model_dump(exclude={"based_on"}) | {"id": place_id, "lon": lon, "lat": lat}
    data["area_id"] = said.area_id or rules.area_of(areas, lon, lat)
    _put(ctx, viewer, "place.put", data, said.based_on, there, partial(place_now, place_id))


def put_area(ctx: Context, viewer: Viewer, area_id: str, said: AreaSaid) -> None:
    """What changes nothing is no op. Raises Problem: CHANGED, INVALID."""
    geometry = _located(said.geometry, ctx.settings.bounds, "/geometry")
    if geometry["type"] == "Point":
        raise _invalid("/geometry", "geometry-type")
    with ctx.db.read() as conn:
        there = area_now(area_id, conn)
    data = said.model_dump(exclude={"based_on"}) | {"id": area_id, "geometry": geometry}
    _put(ctx, viewer, "area.put", data, said.based_on, there, partial(area_now, area_id))


def take_in(ctx: Context, viewer: Viewer, said: FileSaid) -> tuple[int, Report]:
    """The version that a look was made of, and what it found; what was looked at is taken in only if it still holds.

    Raises Problem: CHANGED, INVALID with why the file itself cannot be used.
    """
    try:
        features = jsonfile.features_in(jsonfile.parsed(said.text))
    except Unreadable as fault:
        raise _invalid("/text", fault.code) from None
    with turn(ABOUT):
        with ctx.db.read() as conn:
            version = newest(conn)
        report = importing.import_features(
            ctx, features, author=viewer.id, is_look=said.based_on is None,
            guard=partial(_check_version, said.based_on),
        )  # fmt: skip
    return version, report


def newest(conn: Connection) -> int:
    """The newest change of any place or area; 0 where there are none."""
    return max(_newest_of(conn, PLACE), _newest_of(conn, AREA))


def place_now(place_id: str, conn: Connection) -> tuple[int, dict[str, Any]] | None:
    row = conn.execute(select(PLACE).where(PLACE.c.id == place_id)).one_or_none()
    return None if row is None else (row.changed_seq, _place(row))


def area_now(area_id: str, conn: Connection) -> tuple[int, dict[str, Any]] | None:
    row = conn.execute(select(AREA).where(AREA.c.id == area_id)).one_or_none()
    return None if row is None else (row.changed_seq, _area(row))


def _put(ctx: Context, viewer: Viewer, op_type: str, data: dict[str, Any], based_on: int | None,
         there: tuple[int, dict[str, Any]] | None, current: Any) -> None:  # fmt: skip
    if there is not None and there[1] == data | {"version": there[0]}:
        return
    op = ctx.journal.make(op_type, data, author=viewer.id)
    edit(ctx.journal, op, about=ABOUT, based_on=based_on, current=current)


def _newest_of(conn: Connection, table: Table) -> int:
    found: int | None = conn.execute(select(func.max(table.c.changed_seq))).scalar()
    return found or 0


def _check_version(based_on: int | None, conn: Connection) -> None:
    if newest(conn) != based_on:
        raise Problem(errors.CHANGED, extra={"current": None})


def _located(geometry: Mapping[str, Any], bounds: Box, pointer: str) -> dict[str, Any]:
    """Raises Problem(INVALID) with the code that an import gives."""
    try:
        return geometry_of(geometry, bounds)
    except Unfit as fault:
        raise _invalid(pointer, fault.code) from None


def _invalid(pointer: str, code: str) -> Problem:
    return Problem(errors.INVALID, errors=[{"pointer": pointer, "in": "body", "code": code}])


def _place(row: Any) -> dict[str, Any]:
    return queries.place_wire(row) | {"version": row.changed_seq}


def _area(row: Any) -> dict[str, Any]:
    return queries.area_wire(row) | {"version": row.changed_seq}


def _sorted(rows: Any) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (not row["active"], row["name"].casefold(), row["id"]))
