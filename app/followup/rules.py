"""Which reports ask "finns kvar?" of those who pass, what is overdue, and whose word stands. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from app.place.vocabulary import shipped
from app.shift.rules import STOCKHOLM

#: A good talk at a school and an uneventful round are facts of a place too, and nothing that remains.
NOTHING_TO_MEND = frozenset({"K", "E"})
FACT_OF_A_PLACE = 0
ASKED_DAYS = 21


def asks(category: Mapping[str, Any]) -> bool:
    return category["protection"] == FACT_OF_A_PLACE and category["group"] not in NOTHING_TO_MEND


@cache
def asking_categories() -> tuple[str, ...]:
    return tuple(c["code"] for c in shipped()["categories"] if asks(c))


def today(now: datetime) -> date:
    """A day that is due lasts until its midnight, where the organisation is."""
    return now.astimezone(STOCKHOLM).date()


@dataclass(frozen=True, slots=True)
class Step:
    """A word of a follow-up's history."""

    id: str
    what: str
    said: Mapping[str, Any]


def since(steps: Sequence[Step], based_on: str) -> Sequence[Step] | None:
    """What was said after that word; None where it is no word of this history."""
    places = [number for number, step in enumerate(steps) if step.id == based_on]
    return None if not places else steps[places[0] + 1 :]


def clashes(said: Mapping[str, Any], later: Sequence[Step]) -> list[str]:
    """Members that somebody else has meanwhile set to something else than this word sets them to.

    Whoever closes sets an outcome, and whoever opens again takes it away.
    """
    found = []
    for name, value in said.items():
        theirs = [step.said[name] for step in later if name in step.said]
        if theirs and theirs[-1] != value:
            found.append(name)
    return sorted(found)
