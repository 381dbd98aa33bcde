"""A phone's program in its barest form: it keeps each op until the receipt for that very op has come."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import httpx2

from tests.faults.site import Site
from tests.support.client import Phone
from tests.support.factories import a_checkin

RECEIVED = ("applied", "duplicate", "quarantined")
OFFERS_MAX = 200


class Sender:
    """The outside ledger of a Python phone: `written` is all that it ever sealed, `kept` what has no receipt."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.written: dict[str, dict[str, Any]] = {}
        self.kept: dict[str, dict[str, Any]] = {}
        self.receipts: dict[str, dict[str, Any]] = {}
        self.offers = 0

    def write(self, count: int = 1, note: str = "allt väl.") -> None:
        for _ in range(count):
            self.seal("checkin.create", a_checkin(note=f"Rond {self.phone.seq}, {note}"))

    def seal(self, op_type: str, data: dict[str, Any]) -> dict[str, Any]:
        op = self.phone.seal(op_type, data)
        self.written[op["id"]] = self.kept[op["id"]] = op
        return op

    def offer(self, *ids: str) -> str:
        """One push of everything kept, or of these: what came of it, in a word."""
        self.offers += 1
        nonce = str(uuid4())
        try:
            answer = self.phone.push([self.kept[key] for key in ids or self.kept], nonce=nonce)
            said = answer.json()
        except httpx2.TransportError:
            return "no answer"
        except json.JSONDecodeError:
            return "no json"
        if answer.status_code != 200:
            return str(answer.status_code)
        if said["nonce"] != nonce:
            return "nonce"
        for result in said["results"]:
            op = self.kept.get(result["id"])
            if op is not None and op["hash"] == result["hash"] and result["status"] in RECEIVED:
                self.receipts[op["id"]] = result
                del self.kept[op["id"]]
        return "answered"

    def offer_until_all_is_received(self) -> None:
        before = self.offers
        while self.kept:
            assert self.offers - before < OFFERS_MAX, "Offered again and again without a receipt."
            self.offer()


def agrees(sender: Sender, site: Site) -> None:
    agree([sender], site)


def agree(senders: Sequence[Sender], site: Site) -> None:
    """Ledger == applied ∪ quarantined, each once, byte for byte; nothing is kept without need; the chain holds."""
    held = site.ops_of(*{sender.phone.install for sender in senders})
    assert [op["id"] for op in held] == list(dict.fromkeys(op["id"] for op in held)), "An op is there twice."
    assert {op["id"]: bytes(op["body"]) for op in held} == {
        key: op["body"].encode() for sender in senders for key, op in sender.written.items()
    }
    assert {op["status"] for op in held} <= {"applied", "quarantined"}
    assert [sender.kept for sender in senders if sender.kept] == []
    told = {key: receipt["seq"] for sender in senders for key, receipt in sender.receipts.items()}
    assert {op["id"]: op["seq"] for op in held} == told
    assert site.is_whole()
