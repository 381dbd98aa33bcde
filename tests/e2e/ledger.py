"""The test's own list of everything that the screen called saved, to be held against what the server has."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.e2e.walk import Point

#: As a rounding of the way through the browser allows.
DEGREES = 1e-6


@dataclass
class Said:
    """One act of the host. `data`: the members that the host gave, in the words of the protocol."""

    type: str
    at: datetime
    data: dict[str, Any]
    #: The op's id, where the screen's address told it.
    id: str | None = None
    #: Where the phone was; None: the screen said that there was no position.
    position: Point | None = None
    #: True once the screen has called it saved.
    is_saved: bool = False


@dataclass
class Ledger:
    said: list[Said] = field(default_factory=list)

    def saved(self, said: Said) -> Said:
        said.is_saved = True
        self.said.append(said)
        return said

    def __len__(self) -> int:
        return len(self.said)

    def of(self, *types: str) -> list[Said]:
        return [one for one in self.said if one.type in types]

    def matched(self, ops: list[dict[str, Any]]) -> dict[str, Said]:
        """Op id → what was said; `ops` have id, type and the body's data. Raises unless each is there once."""
        left = list(ops)
        found: dict[str, Said] = {}
        for said in self.said:
            fits = [op for op in left if _fits(said, op)]
            assert len(fits) == 1, f"{said.type} said at {said.at:%H:%M} is there {len(fits)} times: {said.data}"
            left.remove(fits[0])
            found[fits[0]["id"]] = said
        assert left == [], f"The server holds what the screen never called saved: {[op['type'] for op in left]}"
        return found


def _fits(said: Said, op: dict[str, Any]) -> bool:
    if said.id is not None:
        return bool(said.id == op["id"])
    return bool(said.type == op["type"] and said.data.items() <= op["data"].items())


def differences(said: Said, op: dict[str, Any]) -> list[str]:
    """What an op's body says otherwise than the host did; times to the minute, as the screen shows them."""
    told = _flat(said.data)
    held = _flat(op["data"])
    wrong = [f"{name}: said {value!r}, held {held.get(name)!r}" for name, value in told.items()
             if held.get(name, ...) != value]  # fmt: skip
    stated = datetime.fromisoformat(op["at"]["wall"])
    if abs((stated - said.at).total_seconds()) > 60:
        wrong.append(f"time: said {said.at}, held {stated}")
    return wrong + _astray(said.position, op["position"])


def _astray(told: Point | None, held: dict[str, Any] | None) -> list[str]:
    if told is None or held is None:
        return [] if (told is None) == (held is None) else [f"position: said {told}, held {held}"]
    is_there = abs(told.lat - held["lat"]) < DEGREES and abs(told.lon - held["lon"]) < DEGREES
    return [] if is_there else [f"position: said {told}, held {held}"]


def _flat(data: dict[str, Any], path: str = "") -> dict[str, Any]:
    """Nested members by path, so that a ledger entry may name only what the host gave."""
    flat: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{path}{name}.")
        else:
            flat[path + name] = value
    return flat
