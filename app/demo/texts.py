"""What the demo's people write, and the town they write about, as data."""

import json
from functools import cache
from pathlib import Path
from typing import Any

TOWN_FILE = Path(__file__).with_name("lyckhamn.geojson")
CONTACTS_FILE = Path(__file__).with_name("contacts.json")
#: Where no place of the list fits and the host types one.
PLACE_TEXTS = (
    "Strandgatan vid korsningen mot stationen",
    "Gården mellan Björkvägen 6 och 8",
    "Parkeringen bakom Gästhamnen",
    "Cykelvägen mot Lyckevallen",
    "Hållplatsen Tallbacken",
)


@cache
def texts() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(__file__).with_name("texts.json").read_text(encoding="utf-8"))
    return found
