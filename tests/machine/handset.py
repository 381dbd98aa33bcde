"""A phone's program by the protocol (§5): keeps each op until its receipt, and offers again what a server has lost."""

from collections.abc import Sequence
from typing import Any

from tests.support.client import Phone
from tests.support.world import Person


class Handset:
    """`written` is all that was ever sealed here; `kept` what has no receipt of the server as it is now."""

    def __init__(self, phone: Phone, *people: Person) -> None:
        self.phone = phone
        self.people = people
        self.written: dict[str, dict[str, Any]] = {}
        self.kept: dict[str, dict[str, Any]] = {}
        self.epoch: str | None = None
        self.seen: dict[str, Any] | None = None

    @property
    def install(self) -> str:
        return self.phone.install

    def keep(self, op: dict[str, Any]) -> None:
        self.written[op["id"]] = self.kept[op["id"]] = op

    def frame(self, ops: Sequence[Any]) -> dict[str, Any]:
        return self.phone.frame(ops, epoch=self.epoch, seen=self.seen)

    def hear(self, answer: dict[str, Any]) -> bool:
        """An answered push. True if the server has begun a new epoch since: all must be compared."""
        is_other = self.epoch not in (None, answer["epoch"])
        for result in answer["results"]:
            op = self.kept.get(result["id"])
            if op is not None and result["hash"] == op["hash"] and result["status"] != "retry":
                del self.kept[op["id"]]
        self.epoch, self.seen = answer["epoch"], answer["head"]
        return is_other

    def compare(self) -> list[str]:
        """What the server says is missing is kept again."""
        asked = {"install": self.install, "ids": list(self.written)}
        answer = self.phone.post("/sync/reconcile", json=asked)
        assert answer.status_code == 200, answer.text
        if self.epoch != answer.json()["epoch"]:
            self.epoch, self.seen = answer.json()["epoch"], None
        missing: list[str] = answer.json()["missing"]
        self.kept = {key: op for key, op in self.written.items() if key in self.kept or key in missing}
        return missing
