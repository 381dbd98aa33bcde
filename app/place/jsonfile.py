"""JSON and GeoJSON files that a person hands in: read whole, with limits, refused with a sentence."""

import json
from pathlib import Path
from typing import Any

from app.core.errors import Refused

FILE_BYTES_MAX = 30_000_000
FEATURES_MAX = 10_000
#: What GDAL and QGIS write for WGS 84 with longitude first, in old files.
WGS84_NAMES = ("CRS84", "EPSG::4326", "EPSG:4326")
#: RFC 7946 §7.1: with one of these it means something else than a FeatureCollection.
FOREIGN = frozenset({"coordinates", "geometries", "geometry", "properties"})


class Unreadable(Refused):
    """Nothing of the file can be used; `code` says why to a page, which has its own words."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def read_bytes(path: Path, bytes_max: int = FILE_BYTES_MAX) -> bytes:
    """Raises Refused."""
    try:
        if path.stat().st_size > bytes_max:
            raise Refused(f"The file is larger than {bytes_max // 1_000_000} MB.")
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"The file cannot be read: {error.strerror}.") from None


def read_text(path: Path) -> str:
    """Raises Refused."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("The file is not UTF-8 text; save it again as UTF-8.") from None


def read_json(path: Path) -> Any:
    """Raises Refused."""
    return parsed(read_text(path))


def parsed(text: str) -> Any:
    """Raises Unreadable."""
    try:
        return json.loads(text, object_pairs_hook=_members, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        sentence = f"The file is not JSON: see line {error.lineno}, column {error.colno}."
        raise Unreadable("not-json", sentence) from None
    except (ValueError, RecursionError):
        sentence = "The file is not sound JSON: a member twice, no number, or nested too deep."
        raise Unreadable("unsound", sentence) from None


def features(path: Path) -> list[Any]:
    """The features of a GeoJSON FeatureCollection in WGS 84, each still unchecked. Raises Refused."""
    return features_in(read_json(path))


def features_in(value: Any) -> list[Any]:
    """Raises Unreadable."""
    kind = value.get("type") if isinstance(value, dict) else None
    found = value.get("features") if isinstance(value, dict) else None
    if kind != "FeatureCollection" or not isinstance(found, list) or FOREIGN & value.keys():
        raise Unreadable("not-collection", "The file is not a GeoJSON FeatureCollection.")
    if len(found) > FEATURES_MAX:
        raise Unreadable("too-many", f"The file has more than {FEATURES_MAX} features; split it.")
    crs = value.get("crs")
    if crs is not None and not any(name in json.dumps(crs) for name in WGS84_NAMES):
        sentence = "The file is in another coordinate system; export it in WGS 84 (EPSG:4326)."
        raise Unreadable("other-crs", sentence)
    return found


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member occurs twice")
    return members


def _no_constant(_name: str) -> None:
    raise ValueError("NaN and Infinity are no JSON")
