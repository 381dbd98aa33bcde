"""Which reports ask "finns kvar?" of those who pass: facts of a place that somebody is to mend. Pure."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from app.place.vocabulary import shipped

#: A good talk at a school and an uneventful round are facts of a place too, and nothing that remains.
NOTHING_TO_MEND = frozenset({"K", "E"})
FACT_OF_A_PLACE = 0
ASKED_DAYS = 21


def asks(category: Mapping[str, Any]) -> bool:
    return category["protection"] == FACT_OF_A_PLACE and category["group"] not in NOTHING_TO_MEND


@cache
def asking_categories() -> tuple[str, ...]:
    return tuple(c["code"] for c in shipped()["categories"] if asks(c))
