"""A record as a row of a table that leaves the unit: which columns there are, and what stands in them. Pure.

No host is in it, by name or by id, nor the phone; and no id of a shift, by which one could be guessed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

Language = Literal["sv", "en"]
Cell = str | float | int | datetime | None
#: A spreadsheet knows no time zones: its times are those of the clock on the wall.
ZONE = ZoneInfo("Europe/Stockholm")
#: Between several values in one cell; names have commas and semicolons of their own.
LIST_SEPARATOR = " | "


@dataclass(frozen=True)
class Names:
    """Codes and ids in words."""

    vocabulary: Mapping[str, Any]
    places: Mapping[str, str]
    areas: Mapping[str, str]
    #: place → its area
    lies_in: Mapping[str, str | None]
    language: Language

    def of(self, list_name: str, code: Any) -> str | None:
        found = (item for item in self.vocabulary.get(list_name, ()) if item["code"] == code)
        item = next(found, None)
        return (None if code is None else str(code)) if item is None else str(item[self.language])

    def group(self, category: str | None) -> str | None:
        found = (item["group"] for item in self.vocabulary["categories"] if item["code"] == category)
        return self.of("groups", next(found, None))


Shown = Mapping[str, Any]
KINDS = {"sv": {"observation": "Observation", "escalation": "Tillkallad hjälp", "shift": "Pass"},
         "en": {"observation": "Observation", "escalation": "Help called", "shift": "Shift"}}  # fmt: skip
STATES = {
    "sv": {"current": "Gäller", "amended": "Rättad", "retracted": "Återtagen", "open": "Pågår", "closed": "Avslutad",
           "ended": "Avslutat"},
    "en": {"current": "Current", "amended": "Corrected", "retracted": "Retracted", "open": "Open", "closed": "Closed",
           "ended": "Ended"},
}  # fmt: skip
PRECISION = {"sv": {"about": "ungefär", "interval": "från–till"}, "en": {"about": "about", "interval": "interval"}}
HIDDEN = {"sv": "[dold text]", "en": "[hidden text]"}
YES_NO = {"sv": {True: "ja", False: "nej"}, "en": {True: "yes", False: "no"}}
SOURCES = {"sv": {"gnss": "mätt", "map": "satt på kartan", "place": "platsens"},
           "en": {"gnss": "measured", "map": "set on the map", "place": "of the place"}}  # fmt: skip


def _time(said: str | None) -> datetime | None:
    return None if said is None else datetime.fromisoformat(said).astimezone(ZONE).replace(tzinfo=None, microsecond=0)


def _position(r: Shown, member: str) -> Any:
    return r["position"][member] if r["position"] else None


def _text(r: Shown, n: Names) -> str | None:
    return HIDDEN[n.language] if r.get("hidden") else r["text"]


def _code(r: Shown, n: Names) -> str | None:
    return n.of("services" if r["kind"] == "escalation" else "categories", r["code"])


def _area(r: Shown, n: Names) -> str | None:
    """Of a shift, or of the place."""
    return n.areas.get(r["area_id"] or n.lies_in.get(r["place_id"] or "") or "")


def _outcome(r: Shown, n: Names) -> str | None:
    return n.of("outcomes", r["ended"]["outcome"]) if r["ended"] else None


def _reason(r: Shown, n: Names) -> str | None:
    if not r["retracted"]:
        return None
    return HIDDEN[n.language] if r["retracted"].get("hidden") else r["retracted"]["reason"]


def _listed(names: Iterable[str | None]) -> str | None:
    return LIST_SEPARATOR.join((name or "").replace("|", "/") for name in names) or None


@dataclass(frozen=True)
class Column:
    sv: str
    en: str
    value: Callable[[Shown, Names], Cell]
    width: int = 12


COLUMNS = (
    Column("Id", "Id", lambda r, _n: r["id"], 38),
    Column("Slag", "Kind", lambda r, n: KINDS[n.language][r["kind"]], 16),
    Column("Från", "From", lambda r, _n: _time(r["happened"]["from"]), 18),
    Column("Till", "To", lambda r, _n: _time(r["happened"]["to"]), 18),
    Column("Tidens säkerhet", "Precision of time", lambda r, n: PRECISION[n.language].get(r["happened"]["kind"]), 16),
    Column("Kod", "Code", lambda r, _n: r["code"], 10),
    Column("Kategori eller tjänst", "Category or service", _code, 28),
    Column("Grupp", "Group", lambda r, n: n.group(r["code"]) if r["kind"] == "observation" else None, 22),
    Column("Allvar", "Severity", lambda r, _n: r["severity"], 8),
    Column("Allvar i ord", "Severity in words", lambda r, n: n.of("severities", r["severity"]), 16),
    Column("Plats", "Place", lambda r, n: n.places.get(r["place_id"] or ""), 24),
    Column("Plats i ord", "Place in words",
           lambda r, n: HIDDEN[n.language] if r.get("hidden") and r["kind"] == "observation" else r["place_text"], 24),
    Column("Område", "Area", _area, 18),
    Column("Latitud", "Latitude", lambda r, _n: _position(r, "lat"), 12),
    Column("Longitud", "Longitude", lambda r, _n: _position(r, "lon"), 12),
    Column("Osäkerhet (m)", "Accuracy (m)", lambda r, _n: _position(r, "accuracy_m"), 12),
    Column("Lägets källa", "Source of position",
           lambda r, n: SOURCES[n.language].get(_position(r, "source"), _position(r, "source")), 16),
    Column("Antal", "Count", lambda r, n: n.of("count_bands", r["count"]), 12),
    Column("Ålder", "Ages", lambda r, n: n.of("age_bands", r["ages"]), 16),
    Column("Säkerhet", "Certainty", lambda r, n: n.of("certainties", r["certainty"]), 16),
    Column("Pågår", "Ongoing", lambda r, n: None if r["ongoing"] is None else YES_NO[n.language][r["ongoing"]], 8),
    Column("Åtgärder", "Actions",
           lambda r, n: _listed(n.of("actions", code) for code in r["actions"]), 28),
    Column("Utfall", "Outcome", _outcome, 20),
    Column("Text", "Text", _text, 60),
    Column("Läge", "Status", lambda r, n: STATES[n.language][r["status"]], 12),
    Column("Skäl för återtagande", "Reason of retraction", _reason, 28),
    Column("Skyddad", "Restricted", lambda r, n: YES_NO[n.language][bool(r["restricted"])], 10),
)  # fmt: skip


def headings(language: Language) -> list[str]:
    return [column.sv if language == "sv" else column.en for column in COLUMNS]


def row(record: Shown, names: Names) -> list[Cell]:
    return [column.value(record, names) for column in COLUMNS]
