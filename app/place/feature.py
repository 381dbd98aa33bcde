"""One GeoJSON feature → what it says of a place or an area, with everything that is wrong or odd about it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core.geo import Box
from app.core.ids import is_uuid
from app.journal.ops import SHORT_TEXT_MAX
from app.place import rules
from app.place.rules import Unfit
from app.place.vocabulary import shipped

NAME_MAX = 120
NAME_KEYS = ("name", "namn")
KIND_KEYS = ("kind", "typ")
AREA_KEYS = ("area", "område")
NOTE_KEYS = ("note", "anteckning")
ACTIVE_KEYS = ("active", "aktiv")
TYPES = {"Point": "place", "Polygon": "area", "MultiPolygon": "area"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A feature that can be imported. `area` is what the file calls it: an id or a name, or None."""

    index: int
    entity: str
    id: str
    name: str
    active: bool
    geometry: dict[str, Any]
    kind: str = "other"
    area: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    draft: Draft | None
    name: str | None
    codes: tuple[str, ...]


def read(index: int, raw: Any, bounds: Box) -> Reading:
    """All faults of a feature at once, so that a file can be mended in one go."""
    if not _is_feature(raw):
        return Reading(None, None, ("feature",))
    properties: Mapping[str, Any] = {_key(k): v for k, v in (raw.get("properties") or {}).items()}
    faults: list[str] = []
    notes: list[str] = []
    name = _kept(faults, lambda: _name(_first(properties, NAME_KEYS)))
    geometry = _kept(faults, lambda: geometry_of(raw.get("geometry"), bounds))
    note = _kept(faults, lambda: _note(_first(properties, NOTE_KEYS)))
    active = _kept(faults, lambda: _active(_first(properties, ACTIVE_KEYS)))
    if faults or name is None or geometry is None or active is None:
        return Reading(None, name, tuple(faults))
    entity = TYPES[geometry["type"]]
    kind = _kind(_first(properties, KIND_KEYS), notes) if entity == "place" else "other"
    given_id = _id(properties.get("id"), raw.get("id"), notes)
    area = _first(properties, AREA_KEYS)
    draft = Draft(index, entity, given_id or rules.stable_id(entity, name), name, active, geometry, kind,
                  rules.clean_text(area) if isinstance(area, str) else None, note)  # fmt: skip
    return Reading(draft, name, tuple(notes))


def optional_text(value: Any, code: str, length_max: int = SHORT_TEXT_MAX) -> str | None:
    """Raises Unfit(code)."""
    if value is None:
        return None
    cleaned = rules.clean_text(value) if isinstance(value, str) else None
    if cleaned is None or len(cleaned) > length_max:
        raise Unfit(code)
    return cleaned or None


def _kept(faults: list[str], reader: Any) -> Any:
    try:
        return reader()
    except Unfit as fault:
        faults.append(fault.code)
        return None


def _is_feature(raw: Any) -> bool:
    if not isinstance(raw, dict) or raw.get("type") != "Feature":
        return False
    if "features" in raw or "coordinates" in raw or not isinstance(raw.get("properties"), dict | None):
        return False
    return isinstance(raw.get("id"), str | int | float | None) and not isinstance(raw.get("id"), bool)


def _key(key: str) -> str:
    return unicodedata.normalize("NFC", key).lower()


def _first(properties: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    return next((properties[key] for key in keys if properties.get(key) is not None), None)


def _name(value: Any) -> str:
    name = optional_text(value, "name", NAME_MAX)
    if name is None:
        raise Unfit("name")
    return name


def _note(value: Any) -> str | None:
    return optional_text(value, "note")


def _active(value: Any) -> bool:
    if value is None:
        return True
    if not isinstance(value, bool):
        raise Unfit("active")
    return value


def geometry_of(value: Any, bounds: Box) -> dict[str, Any]:
    """Raises Unfit."""
    if value is None:
        raise Unfit("geometry")
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in TYPES:
        raise Unfit("geometry-type")
    coordinates = rules.shaped(kind, value.get("coordinates"))
    rules.located(list(rules.flat(coordinates)), bounds)
    if kind == "Point":
        return {"type": kind, "coordinates": list(coordinates)}
    parts = [[[list(p) for p in ring] for ring in rings] for rings in rules.polygons(kind, coordinates)]
    return {"type": kind, "coordinates": parts[0] if kind == "Polygon" else parts}


@cache
def _kinds() -> dict[str, str]:
    """Each kind's code and its words, Swedish and English: `skola` and `School` are both `school`."""
    words: dict[str, str] = {}
    for kind in shipped()["place_kinds"]:
        for text in (kind["code"], kind["sv"], kind["en"], *kind["sv"].split(","), *kind["en"].split(",")):
            words.setdefault(rules.plain(text), kind["code"])
    return words


def _kind(value: Any, notes: list[str]) -> str:
    if value is None:
        return "other"
    found = _kinds().get(rules.plain(value)) if isinstance(value, str) else None
    if found is None:
        notes.append("kind")
    return found or "other"


def _id(member: Any, feature_id: Any, notes: list[str]) -> str | None:
    """The property `id`, or the feature's own id where that is a UUID (others, such as OSM's, are let be)."""
    told = str(member).strip().lower() if member is not None else None
    if told is not None and is_uuid(told):
        return told
    if told is not None:
        notes.append("id")
    own = feature_id.lower() if isinstance(feature_id, str) else None
    return own if is_uuid(own) else None
