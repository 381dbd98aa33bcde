"""The vocabularies that ship with the product, as data."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from app.core.db import Database
from app.journal.append import Journal
from app.place import queries
from app.place.own import RESTRICTED_PROTECTION, own_codes
from app.place.queries import VOCABULARY_ID


@cache
def shipped() -> dict[str, Any]:
    path = Path(__file__).with_name("vocabulary.json")
    value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return value


@cache
def restricted_categories() -> tuple[str, ...]:
    """Categories whose records only their author and overseers may read (protection 3). None is an own one."""
    return tuple(c["code"] for c in shipped()["categories"] if c["protection"] == RESTRICTED_PROTECTION)


@cache
def groups_of_codes() -> dict[str, str]:
    """Category → group: all that ship, and all own ones that there can be."""
    known = {c["code"]: c["group"] for c in shipped()["categories"]}
    return known | {code: g["code"] for g in shipped()["groups"] for code in own_codes(g["code"])}


def ensure(db: Database, journal: Journal) -> None:
    """Journal the shipped vocabulary where it is new or another than the stored one."""
    with db.read() as conn:
        stored = queries.stored_vocabulary(conn)
    if stored != shipped():
        journal.write("vocabulary.put", {"id": VOCABULARY_ID, "value": shipped()}, author=None)
