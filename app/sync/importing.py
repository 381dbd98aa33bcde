"""A phone's own copy of its ops ("Spara en kopia"), taken in by hand: the last resort where a phone cannot send."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from app.access import queries as access
from app.access.context import Context
from app.core import errors
from app.core.errors import Problem
from app.core.ids import is_uuid
from app.journal.ops import Op, Status
from app.journal.read import Sender, Unreadable, read
from app.sync import rules
from app.sync.frame import OPS_MAX, Sent

FORMAT, VERSION = "lykta-ops", 1
#: A phone keeps a fortnight; this is many times that.
FILE_BYTES_MAX = 64 * 1024 * 1024
#: Stands where a push names its phone: these ops came from one, so what only the server may write is refused.
BY_HAND = "import"
UNSAID = Sent(None, None, None)


@dataclass(frozen=True, slots=True)
class Imported:
    new: int
    known: int
    #: Of the new: stored, but waiting for a person to look.
    quarantined: int
    #: Not taken in: id, hash and bytes do not belong together.
    damaged: int

    def as_json(self) -> dict[str, int]:
        return asdict(self)

    def text(self) -> str:
        return f"{self.new} new ({self.quarantined} quarantined), {self.known} known, {self.damaged} damaged."


def import_copy(ctx: Context, raw: bytes) -> Imported:
    """Again with the same file changes nothing. Raises Problem(COPY_FOREIGN) or COPY_CUT, and then took in nothing."""
    ops = read_copy(raw)
    senders = _Senders(ctx)
    new = known = quarantined = damaged = 0
    for start in range(0, len(ops), OPS_MAX):
        read_ops = list(senders.read(ops[start : start + OPS_MAX]))
        good = [op for op in read_ops if op is not None]
        damaged += len(read_ops) - len(good)
        for receipt in ctx.journal.hand_in(good).receipts:
            is_known = receipt.status is Status.DUPLICATE
            known, new = known + is_known, new + (not is_known)
            quarantined += receipt.status is Status.QUARANTINED
    return Imported(new, known, quarantined, damaged)


def read_copy(raw: bytes) -> list[Any]:
    """The ops of a copy that is whole."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:
        began = raw.lstrip()[:80]
        raise Problem(errors.COPY_CUT if f'"{FORMAT}"'.encode() in began else errors.COPY_FOREIGN) from None
    if not isinstance(value, dict) or value.get("format") != FORMAT or value.get("v") != VERSION:
        raise Problem(errors.COPY_FOREIGN)
    ops = value.get("ops")
    if not isinstance(ops, list) or value.get("count") != len(ops):
        raise Problem(errors.COPY_CUT)
    return ops


class _Senders:
    """One per install in the copy: a phone whose copy this is may have had several."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        with ctx.db.read() as conn:
            self._people = {person.id for person in access.persons(conn)}
        self._made: dict[str | None, Sender] = {}

    def read(self, ops: list[Any]) -> Iterator[Op | None]:
        for raw in ops:
            install = raw.get("install") if isinstance(raw, dict) else None
            sender = self._of(install if isinstance(install, str) and is_uuid(install) else None)
            # Written while the phone's database was out of order: it never got a number.
            unnumbered = isinstance(raw, dict) and "seq" in raw and raw["seq"] is None
            try:
                op = read(raw | {"seq": 1} if unnumbered else raw, self._ctx.journal.registry, sender)
                yield op._replace(client_seq=None) if unnumbered else op
            except Unreadable:
                yield None

    def _of(self, install: str | None) -> Sender:
        if install not in self._made:
            now = self._ctx.journal.clock()
            self._made[install] = Sender(
                install, BY_HAND, estimate=lambda at: rules.estimate(at, UNSAID, now),
                awaits=lambda author: None if author in self._people else f"person:{author}",
            )  # fmt: skip
        return self._made[install]
