"""GeoJSON files as an operator would hand them in."""

import json
from pathlib import Path
from typing import Any

#: A square of about 700 × 1,100 m, closed, counter-clockwise.
SQUARE = [[14.86, 56.165], [14.87, 56.165], [14.87, 56.175], [14.86, 56.175], [14.86, 56.165]]


def a_place(name: Any = "Järnvägsparken", lon: Any = 14.865, lat: Any = 56.17, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {"name": name, **properties}}  # fmt: skip


def an_area(name: str = "Centrum", *rings: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": list(rings) or [SQUARE]},
            "properties": {"name": name, **properties}}  # fmt: skip


def write(folder: Path, *features: Any, name: str = "places.geojson", **members: Any) -> Path:
    path = folder / name
    content = {"type": "FeatureCollection", "features": list(features), **members}
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path
