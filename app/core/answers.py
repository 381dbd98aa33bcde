"""Shapes of answers that all lists share: pages as JSON or GeoJSON, and what was written by a program."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from fastapi import Request, Response
from pydantic import BaseModel

from app.core import geo
from app.core.asking import Paging

JSON = "application/json"
GEOJSON = "application/geo+json"
VARY = {"Vary": "Accept"}
#: For OpenAPI: the same list, asked for as GeoJSON.
OR_GEOJSON: dict[int | str, dict[str, Any]] = {
    200: {"content": {GEOJSON: {"schema": {"type": "object", "description": "FeatureCollection (RFC 7946)"}}}}
}


class PageOut(BaseModel):
    """Newest first."""

    items: list[dict[str, Any]]
    page: int
    limit: int
    total: int


def as_json(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(orjson.dumps(value), status_code=status, media_type=JSON, headers=dict(headers or {}))


def page(asked: Paging, items: Sequence[Mapping[str, Any]], total: int) -> Response:
    return as_json({"items": items, "page": asked.page, "limit": asked.limit, "total": total}, headers=VARY)


def listed(
    request: Request, asked: Paging, values: Sequence[Mapping[str, Any]], total: int,
    places: Sequence[tuple[float, float] | None] | None = None,
) -> Response:  # fmt: skip
    """A page as the caller asked for it: JSON, or GeoJSON with `places` for records that have no position."""
    if wants_geojson(request):
        return features(asked, values, places or [None] * len(values), total)
    return page(asked, values, total)


def wants_geojson(request: Request) -> bool:
    return GEOJSON in request.headers.get("accept", "").lower()


def features(
    asked: Paging, values: Sequence[Mapping[str, Any]], places: Sequence[tuple[float, float] | None], total: int
) -> Response:
    """A FeatureCollection. `places`: lon, lat of each record's chosen place, used where it has no position."""
    found = [_feature(value, place) for value, place in zip(values, places, strict=True)]
    body = geo.collection(found, page=asked.page, limit=asked.limit, total=total)
    return Response(orjson.dumps(body), media_type=GEOJSON, headers=VARY)


def place_of(row: Any) -> tuple[float, float] | None:
    """(lon, lat) of the place joined to a row as `place_lon`, `place_lat`."""
    return None if row.place_lon is None else (row.place_lon, row.place_lat)


def _feature(value: Mapping[str, Any], place: tuple[float, float] | None) -> dict[str, Any]:
    position = value["position"]
    if position is not None:
        lon, lat, origin = position["lon"], position["lat"], "position"
    elif place is not None:
        lon, lat, origin = place[0], place[1], "place"
    else:
        lon, lat, origin = None, None, None
    return geo.feature(value["id"], lon, lat, {**value, "geometry_from": origin})


def written(request: Request, path: str, value: Mapping[str, Any], is_new: bool) -> Response:
    """201, or 200 for a repeat, with the place where it can be read."""
    location = f"{request.scope.get('root_path', '')}{path}"
    return as_json(value, 201 if is_new else 200, {"Location": location})
