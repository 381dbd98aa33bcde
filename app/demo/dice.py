"""Chance that repeats: the same seed gives the same evenings."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

METRES_PER_DEGREE = 111_320
#: cos(56°): a degree of longitude is shorter than one of latitude here.
LON_SHRINK = 0.559


class Dice(Random):
    def uuid4(self) -> str:
        return str(UUID(int=self.getrandbits(128), version=4))

    def uuid7(self, at: datetime) -> str:
        """As a phone makes it, but from these dice."""
        value = int(at.timestamp() * 1000) << 80 | self.getrandbits(80)
        value = value & ~(0xF << 76) | 0x7 << 76
        return str(UUID(int=value & ~(0x3 << 62) | 0x2 << 62))

    def minutes(self, least: float, most: float) -> timedelta:
        """Whole seconds, so that a shown time and a stored one are the same."""
        return timedelta(seconds=self.randint(round(least * 60), round(most * 60)))

    def happens(self, share: float) -> bool:
        return self.random() < share

    def position_near(self, lon: float, lat: float) -> dict[str, Any]:
        """What a phone outdoors tells: some metres off, and how sure it is."""
        off_m = min(abs(self.gauss(0, 9)), 40)
        east, north = self.gauss(0, 0.7) * off_m, self.gauss(0, 0.7) * off_m
        return {
            "lat": round(lat + north / METRES_PER_DEGREE, 6),
            "lon": round(lon + east / METRES_PER_DEGREE / LON_SHRINK, 6),
            "accuracy_m": round(4 + off_m * 0.8, 1), "age_ms": self.randint(200, 4000), "source": "gnss",
        }  # fmt: skip


class Deck:
    """Draws without repeating until all cards have been drawn."""

    def __init__(self, dice: Dice, cards: Sequence[Mapping[str, Any]]) -> None:
        self.dice = dice
        self.cards: list[Any] = list(cards)
        self.left: list[Any] = []

    def draw(self, place_kind: str) -> Any | None:
        """The next card for such a place (one without kinds fits anywhere); None where not one of all does."""
        for attempt in range(2):
            for card in self.left:
                if not card["kinds"] or place_kind in card["kinds"]:
                    self.left.remove(card)
                    return card
            if attempt == 0:
                self.left = self.dice.sample(self.cards, len(self.cards))
        return None
