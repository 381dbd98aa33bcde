"""The outside list of all that was ever sealed, and by the protocol alone: what must become of each of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.world import CAST

KNOWN = {"shift.start", "checkin.create", "observation.create", "observation.amend", "escalation.create",
         "escalation.attempt", "comment.add"}  # fmt: skip
#: Type → the types that it may be about.
ABOUT = {
    "observation.amend": {"observation.create"},
    "escalation.attempt": {"escalation.create"},
    "comment.add": {"shift.start", "checkin.create", "observation.create", "escalation.create", "comment.add"},
}
CREW = {CAST.alva.id, CAST.cim.id}
Op = Mapping[str, Any]


def data_of(op: Op) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(op["body"])["data"]
    return data


@dataclass
class Ledger:
    """`sealed`: (id, hash) → op. `spoilt`: ids whose body fits no type. `authors`: install → who signed in there."""

    sealed: dict[tuple[str, str], Op] = field(default_factory=dict)
    installs: dict[tuple[str, str], str] = field(default_factory=dict)
    spoilt: set[str] = field(default_factory=set)
    authors: dict[str, set[str]] = field(default_factory=dict)

    def add(self, op: Op, install: str) -> None:
        self.sealed[op["id"], op["hash"]] = op
        self.installs[op["id"], op["hash"]] = install

    def alone(self, op: Op) -> str | None:
        """Why this op waits whatever else there is, or None."""
        if op["author"] not in self.authors[self.installs[op["id"], op["hash"]]]:
            return "author"
        if op["type"] not in KNOWN:
            return "type"
        if op["v"] != 1:
            return "version"
        return "body" if op["id"] in self.spoilt else None

    def verdicts(self, first: Mapping[str, str]) -> dict[tuple[str, str], str | None]:
        """Why each stored op must wait, or None. `first`: id → hash of the one that came first under this id."""
        found: dict[tuple[str, str], str | None] = {}
        for key in self.sealed:
            if key[0] in first:
                found[key] = "conflict" if first[key[0]] != key[1] else self.alone(self.sealed[key])
        fit = [key for key, why in found.items() if why is None]
        applied = {key[0]: self.sealed[key] for key in fit if "target" not in self.of(key)}
        waiting = {key: self.of(key)["target"] for key in fit if key[0] not in applied}
        moved = True
        while moved:
            ready = [key for key, target in waiting.items() if self.obstacle(key, target, applied) is None]
            moved = bool(ready)
            for key in ready:
                applied[key[0]] = self.sealed[key]
                del waiting[key]
        return found | {key: self.obstacle(key, target, applied) for key, target in waiting.items()}

    def of(self, key: tuple[str, str]) -> dict[str, Any]:
        return data_of(self.sealed[key])

    def obstacle(self, key: tuple[str, str], target: str, applied: Mapping[str, Op]) -> str | None:
        op, about = self.sealed[key], applied.get(target)
        if about is None or about["type"] not in ABOUT[op["type"]]:
            return "target"
        shift = about["id"] if about["type"] == "shift.start" else about["shift"]
        has_part = op["author"] in (about["author"], CAST.bo.id) or (op["author"] in CREW and shift in applied)
        return None if has_part else "permission"
