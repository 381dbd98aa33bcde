"""A host's phone: seals ops in the order they were made and pushes them through the same door as the app."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.access import accounts
from app.access.context import Context
from app.access.context import Phone as Device
from app.demo.dice import Dice
from app.journal import chain
from app.shift.rules import STOCKHOLM
from app.sync.frame import read_push
from app.sync.push import push

ADDRESS = "127.0.0.1"
ROUND_TRIP_MS = 85


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a host did: `at` is the true time, whatever the phone's clock says."""

    at: datetime
    phone: int
    type: str
    data: dict[str, Any]
    id: str
    position: dict[str, Any] | None = None


@dataclass
class Phone:
    dice: Dice
    install: str
    author: str
    device: Device
    #: How far its clock is ahead of the server's.
    skew: timedelta
    seq: int = 0
    page: str = ""
    page_began_at: datetime | None = None
    held: list[tuple[str, int, datetime]] = field(default_factory=list)

    @classmethod
    def signed_in(cls, ctx: Context, dice: Dice, username: str, password: str, label: str) -> "Phone":
        """Signs in with the password, once, and out again: the phone stays known and may push."""
        install = dice.uuid4()
        signed = accounts.sign_in(ctx, username, password, address=ADDRESS, install=install, label=label,
                                  device_token=None)  # fmt: skip
        accounts.sign_out(ctx, signed.session_token)
        device = Device(str(signed.device_id), label, frozenset({signed.viewer.id}))
        return cls(dice, install, signed.viewer.id, device, timedelta(milliseconds=dice.randint(-1500, 4000)))

    def open_app(self, at: datetime) -> None:
        self.page, self.page_began_at = self.dice.uuid4(), at

    def seal(self, act: Act, shift: str) -> dict[str, Any]:
        """The op with the next number of this phone, its body serialised once."""
        self.seq += 1
        body = json.dumps({"salt": self._salt(), "at": self._at(act.at), "position": act.position, "data": act.data},
                          ensure_ascii=False)  # fmt: skip
        self.held.append((act.id, self.seq, act.at))
        return {
            "id": act.id, "seq": self.seq, "type": act.type, "v": 1, "author": self.author,
            "shift": None if act.type == "shift.start" else shift, "hash": chain.text(chain.of(body.encode())),
            "body": body,
        }  # fmt: skip

    def send(self, ctx: Context, ops: Sequence[Mapping[str, Any]], at: datetime) -> None:
        """Raises RuntimeError unless every op was applied."""
        ids = {op["id"] for op in ops}
        self.held = [held for held in self.held if held[0] not in ids]
        waiting = [held for held in self.held if held[2] <= at]
        sent = self._at(at)
        frame = read_push({
            "nonce": self.dice.uuid4(), "install": self.install, "epoch": None, "seen": None,
            "sent": {name: sent[name] for name in ("wall", "mono", "page")},
            "pending": {"count": len(waiting), "max_seq": max(op["seq"] for op in ops)}, "ops": list(ops),
        })  # fmt: skip
        answer = push(ctx, self.device, frame)
        refused = [(r["status"], r["why"]) for r in answer["results"] if r["status"] != "applied"]
        if refused:
            raise RuntimeError(f"the demo's ops were not applied: {refused}")

    def _at(self, at: datetime) -> dict[str, Any]:
        began = self.page_began_at or at
        return {
            "wall": (at + self.skew).astimezone(STOCKHOLM).isoformat(timespec="milliseconds"),
            "mono": round((at - began).total_seconds() * 1000) + 400, "page": self.page,
            "clock": {"offset_ms": -round(self.skew.total_seconds() * 1000), "rtt_ms": ROUND_TRIP_MS, "age_ms": 60_000},
        }  # fmt: skip

    def _salt(self) -> str:
        return base64.urlsafe_b64encode(self.dice.randbytes(16)).decode().rstrip("=")
