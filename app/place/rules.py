"""Pure rules of places: names, stable ids, outlines, and which area a point lies in."""

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from app.core.geo import POINTS_MAX, Box, in_box, in_range

Point = tuple[float, float]
Ring = list[Point]

#: Fixed for ever: the same name in a later file must give the same id, so that it updates what is there.
NAMESPACE = UUID("6c1d3a52-0f5e-5b1c-9a53-5b7d6f0a2c11")
#: About one centimetre; more digits are noise that would make an unchanged file look changed.
DECIMALS = 7
RING_MIN = 4
RING_DEPTH = {"Point": 0, "Polygon": 2, "MultiPolygon": 3}
#: Where the metres of SWEREF 99 TM lie in Sweden: east, north.
SWEREF_E, SWEREF_N = (200_000, 1_000_000), (6_000_000, 7_800_000)


class Unfit(Exception):
    """One feature cannot be used; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def clean_text(value: str) -> str:
    """NFC (so that å typed on a Mac equals å typed elsewhere), one line, no control characters or lone surrogates."""
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in value)
    return unicodedata.normalize("NFC", " ".join(visible.split()))


def plain(name: str) -> str:
    """A name as it is compared: å, ä and ö are letters of their own and stay."""
    return clean_text(name).casefold()


def stable_id(kind: str, *names: str) -> str:
    return str(uuid5(NAMESPACE, ":".join([kind, *(plain(name) for name in names)])))


def shaped(geometry_type: str, coordinates: Any) -> Any:
    """Coordinates as nested lists of (lon, lat), heights left out. Raises Unfit."""
    found = _shaped(coordinates, RING_DEPTH[geometry_type])
    if sum(1 for _ in flat(found)) > POINTS_MAX:
        raise Unfit("too-many-positions")
    return found


def _shaped(value: Any, depth: int) -> Any:
    if not isinstance(value, list) or not value:
        raise Unfit("coordinates")
    if depth:
        return [_shaped(part, depth - 1) for part in value]
    if not 2 <= len(value) <= 4 or any(isinstance(n, bool) or not isinstance(n, int | float) for n in value):
        raise Unfit("coordinates")
    try:
        return (round(float(value[0]), DECIMALS), round(float(value[1]), DECIMALS))
    except OverflowError:
        raise Unfit("range") from None


def flat(coordinates: Any) -> Iterable[Point]:
    if isinstance(coordinates, tuple):
        yield coordinates
        return
    for part in coordinates:
        yield from flat(part)


def located(points: Sequence[Point], bounds: Box) -> None:
    """Raises Unfit unless all are degrees inside the organisation's bounds; says which mistake it looks like."""
    if all(in_range(*p) and in_box(*p, bounds) for p in points):
        return
    if all(math.isfinite(x) and math.isfinite(y) and in_box(y, x, bounds) for x, y in points):
        raise Unfit("swapped")
    if any(_is_sweref(x, y) or _is_sweref(y, x) for x, y in points):
        raise Unfit("metres")
    raise Unfit("outside" if all(in_range(*p) for p in points) else "range")


def _is_sweref(east: float, north: float) -> bool:
    return SWEREF_E[0] <= east <= SWEREF_E[1] and SWEREF_N[0] <= north <= SWEREF_N[1]


def polygons(geometry_type: str, coordinates: Any) -> list[list[Ring]]:
    """Closed rings, the outer counter-clockwise and holes clockwise (RFC 7946 §3.1.6). Raises Unfit."""
    parts = [coordinates] if geometry_type == "Polygon" else coordinates
    return [[_wound(ring, outer=i == 0) for i, ring in enumerate(rings)] for rings in parts]


def _wound(ring: Ring, *, outer: bool) -> Ring:
    if ring[0] != ring[-1]:
        raise Unfit("ring-open")
    if len(ring) < RING_MIN:
        raise Unfit("ring-short")
    size = ring_size(ring)
    if size == 0:
        raise Unfit("ring-flat")
    return ring if (size > 0) == outer else ring[::-1]


def ring_size(ring: Ring) -> float:
    """Signed, in square degrees, positive counter-clockwise; rounded so that a line back and forth gives 0."""
    # Taken from the ring's own corner: products of full coordinates would lose small outlines in rounding.
    x0, y0 = ring[0]
    local = [(x - x0, y - y0) for x, y in ring]
    return round(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(local, local[1:], strict=False)) / 2, 2 * DECIMALS)


def contains(geometry: Mapping[str, Any], lon: float, lat: float) -> bool:
    """Is the point inside a stored Polygon or MultiPolygon, and in none of its holes?"""
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return any(_in_ring(rings[0], lon, lat) and not any(_in_ring(r, lon, lat) for r in rings[1:]) for rings in parts)


def _in_ring(ring: Sequence[Sequence[float]], lon: float, lat: float) -> bool:
    """Even-odd rule: how many edges does a ray to the east cross?"""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def extent(geometry: Mapping[str, Any]) -> float:
    """Size of an area in square degrees, to tell the smallest of several."""
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return sum(abs(ring_size([(p[0], p[1]) for p in rings[0]])) for rings in parts)


def area_of(areas: Mapping[str, Mapping[str, Any]], lon: float, lat: float) -> str | None:
    """Id of the smallest area (id → geometry) that holds the point: a quarter before the town around it."""
    around = [(extent(geometry), area_id) for area_id, geometry in areas.items() if contains(geometry, lon, lat)]
    return min(around)[1] if around else None
