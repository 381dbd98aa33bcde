"""Which two reports may be of one event: the same kind, by two people, about the same time and place. Pure, and a hint:

only a person says that they are.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

WITHIN = timedelta(minutes=15)
#: What was said to be "about" a time may be so much further off.
ABOUT = timedelta(minutes=15)
#: No report is taken to last longer: a wrong end would make it meet everything of a week.
LONGEST = timedelta(hours=6)
NEAR_M = 200.0
EARTH_M = 6_371_000.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A report as far as the hint looks at it."""

    id: str
    category: str
    author_id: str | None
    shift_id: str | None
    begins: datetime
    ends: datetime
    is_about: bool
    place_id: str | None
    #: Of the chosen place, else of the host; None where neither is known.
    lat: float | None
    lon: float | None
    #: How far the position may be off; 0 for a place.
    within_m: float


class Hint(NamedTuple):
    one: str
    other: str
    minutes: int
    #: None where it cannot be known.
    metres: int | None


def hint(a: Seen, b: Seen) -> Hint | None:
    """None where they are rather two events. Two reports of one person are: whoever wrote both knows."""
    if a.category != b.category or a.author_id == b.author_id or a.id == b.id:
        return None
    apart = max(timedelta(0), max(a.begins, b.begins) - min(a.ends, b.ends))
    if apart > WITHIN + (ABOUT if a.is_about or b.is_about else timedelta(0)):
        return None
    metres = distance_m(a, b)
    if metres is None:
        # A partner without a position walked beside the one who has it; of another crew nothing is known.
        if a.shift_id is None or a.shift_id != b.shift_id:
            return None
    elif metres - a.within_m - b.within_m > NEAR_M:
        return None
    one, other = sorted((a.id, b.id))
    return Hint(one, other, round(apart.total_seconds() / 60), None if metres is None else round(metres))


def hints(own: Iterable[Seen], others: Iterable[Seen]) -> list[Hint]:
    """Among the own ones, and between an own one and another; in order of time."""
    ours = {seen.id: seen for seen in own}
    found: dict[tuple[str, str], Hint] = {}
    for together in _by_category([*ours.values(), *(seen for seen in others if seen.id not in ours)]):
        for place, first in enumerate(together):
            for second in together[place + 1 :]:
                if second.begins - first.ends > WITHIN + ABOUT:
                    break
                told = hint(first, second) if first.id in ours or second.id in ours else None
                if told is not None:
                    found[told.one, told.other] = told
    return list(found.values())


def distance_m(a: Seen, b: Seen) -> float | None:
    if a.place_id is not None and a.place_id == b.place_id:
        return 0.0
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(half)))


def _by_category(seen: Iterable[Seen]) -> Iterable[Sequence[Seen]]:
    found: dict[str, list[Seen]] = {}
    for one in sorted(seen, key=lambda one: (one.begins, one.id)):
        found.setdefault(one.category, []).append(one)
    return found.values()


def groups(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Report → the least id of all that are linked with it, over however many links."""
    of: dict[str, str] = {}

    def _root(one: str) -> str:
        while of.setdefault(one, one) != one:
            one = of[one]
        return one

    for one, other in pairs:
        least, most = sorted((_root(one), _root(other)))
        of[most] = least
    return {one: _root(one) for one in of}
