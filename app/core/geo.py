"""WGS 84 checks and GeoJSON. `geojson` itself accepts 200 degrees of longitude, so ranges are checked here."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import geojson

Box = tuple[float, float, float, float]
POINTS_MAX = 20_000
NESTING_MAX = 4


def in_range(lon: float, lat: float) -> bool:
    return math.isfinite(lon) and math.isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90


def in_box(lon: float, lat: float, box: Box) -> bool:
    west, south, east, north = box
    return west <= lon <= east and south <= lat <= north


def parse_box(text: str) -> Box:
    """`west,south,east,north` in degrees. Raises ValueError with a reason that quotes nothing."""
    parts = text.split(",")
    if len(parts) != 4:
        raise ValueError("four numbers: west,south,east,north")
    west, south, east, north = (float(p) for p in parts)
    if not (in_range(west, south) and in_range(east, north)) or south > north or west > east:
        raise ValueError("degrees, west ≤ east, south ≤ north")
    return west, south, east, north


def positions(coordinates: object, depth: int = 0) -> Iterator[tuple[float, float]]:
    """Every position of a geometry's coordinates. Raises ValueError on anything that is not one."""
    if depth > NESTING_MAX or not isinstance(coordinates, list | tuple) or not coordinates:
        raise ValueError("coordinates")
    if isinstance(coordinates[0], int | float) and not isinstance(coordinates[0], bool):
        lon, lat = coordinates[0], coordinates[1] if len(coordinates) > 1 else math.nan
        if not isinstance(lat, int | float) or not in_range(lon, lat):
            raise ValueError("range")
        yield float(lon), float(lat)
        return
    for part in coordinates:
        yield from positions(part, depth + 1)


def feature(fid: str, lon: float | None, lat: float | None, properties: Mapping[str, Any]) -> dict[str, Any]:
    """A GeoJSON Feature with a point, or with a null geometry where no position was taken."""
    geometry = None if lon is None or lat is None else geojson.Point((lon, lat), precision=7)
    return dict(geojson.Feature(id=fid, geometry=geometry, properties=dict(properties)))


def collection(features: Iterable[Mapping[str, Any]], **members: Any) -> dict[str, Any]:
    return dict(geojson.FeatureCollection(list(features), **members))
