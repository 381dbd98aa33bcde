"""The vocabularies that ship with the product, as data."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from app.core.db import Database
from app.journal.append import Journal
from app.place import queries

#: One fixed id: the shipped vocabulary is one entity, put again when a release brings another text.
VOCABULARY_ID = "019a0000-0000-7000-8000-000000000001"
RESTRICTED_PROTECTION = 3


@cache
def shipped() -> dict[str, Any]:
    path = Path(__file__).with_name("vocabulary.json")
    value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return value


@cache
def restricted_categories() -> tuple[str, ...]:
    """Categories whose records only their author and overseers may read (protection 3)."""
    return tuple(c["code"] for c in shipped()["categories"] if c["protection"] == RESTRICTED_PROTECTION)


def ensure(db: Database, journal: Journal) -> None:
    """Journal the shipped vocabulary where it is new or another than the stored one."""
    with db.read() as conn:
        stored = queries.vocabulary(conn)
    if stored != shipped():
        journal.write("vocabulary.put", {"id": VOCABULARY_ID, "value": shipped()}, author=None)
