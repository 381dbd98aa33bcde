"""Has everything come? Pure: what each phone of a shift promised, what came, and which of its numbers never did."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.clock import stamp_or_none
from app.journal.ops import Why
from app.journal.queries import Stretch, missing

#: What somebody outside the crew may add from a phone of their own; that makes it no phone of the shift.
FROM_OUTSIDE = frozenset({"comment.add", "review.approve", "review.return", "alert.acknowledge", "alert.clear"})


@dataclass(frozen=True, slots=True)
class Phone:
    """One install in one shift, as told by tallies, by its end of the shift, and by its last word of itself."""

    shift: str
    install: str
    received: int
    min_seq: int
    max_seq: int
    contiguous_seq: int
    promised: int | None
    end_seq: int | None
    label: str
    pending: int | None
    seen_at: datetime | None
    #: How far its clock was ahead of the server's when it last pushed (negative: behind).
    skew_ms: float | None
    persisted: bool | None
    build: str | None
    #: When the oldest of what it still held was begun, by its own clock.
    oldest_at: datetime | None
    #: When it came back with an empty store.
    emptied_at: datetime | None
    #: Percent left when it last pushed.
    battery: int | None = None

    @property
    def top_seq(self) -> int:
        return max(self.max_seq, self.end_seq or 0)

    @property
    def is_whole(self) -> bool:
        """Ended, just as many as promised, no number missing: nothing needs to be looked up."""
        return self.promised is not None and self.promised == self.received and self.contiguous_seq >= self.top_seq


def next_promised(promises: Mapping[str, datetime], present: Iterable[str]) -> datetime | None:
    """Each host promises for oneself (product B1), as the host's own phone counts down: the earliest is the shift's."""
    return min((promises[person] for person in present if person in promises), default=None)


def stretch(phone: Phone) -> Stretch:
    """The numbers to look up. Above the end only where one may be missing: a late comment is far from its shift."""
    high = phone.top_seq if phone.end_seq is None or phone.contiguous_seq < phone.top_seq else phone.end_seq
    return Stretch(phone.install, phone.min_seq, high)


def completeness(
    phones: Sequence[Phone], numbered: Mapping[str, Sequence[Any]], *, is_ended: bool, others: int
) -> dict[str, Any]:
    """`numbered`: ops per install, by client_seq. `others`: ops that came without a number, from programs."""
    told: list[dict[str, Any]] = []
    gaps: list[dict[str, Any]] = []
    expected: int | None = 0
    is_complete = True
    for phone in phones:
        ops = [op for op in numbered.get(phone.install, ()) if phone.min_seq <= op.client_seq <= phone.top_seq]
        if phone.promised is None and not _takes_part(phone, ops):
            continue
        holes = [] if phone.contiguous_seq >= phone.top_seq else _holes(phone, ops)
        received = phone.received if phone.is_whole else _received(phone, ops)
        is_met = phone.promised is not None and received >= phone.promised and not holes
        told.append(
            {"install": phone.install, "label": phone.label, "pending": 0 if is_met else phone.pending,
             "last_seen_at": stamp_or_none(phone.seen_at), "received": received, "expected": phone.promised,
             "skew_ms": phone.skew_ms, "persisted": phone.persisted, "build": phone.build,
             "oldest_at": None if is_met else stamp_or_none(phone.oldest_at),
             "emptied_at": stamp_or_none(phone.emptied_at), "battery": phone.battery}
        )  # fmt: skip
        gaps += holes
        is_complete = is_complete and is_met
        expected = None if expected is None or phone.promised is None else expected + phone.promised
    if not told:
        # Written by programs, each op answered for before the next: there is nothing that could be on its way.
        return {"received": others, "expected": others if is_ended else None, "complete": is_ended, "gaps": [],
                "phones": []}  # fmt: skip
    return {"received": sum(phone["received"] for phone in told), "expected": expected, "complete": is_complete,
            "gaps": gaps, "phones": told}  # fmt: skip


def _takes_part(phone: Phone, ops: Sequence[Any]) -> bool:
    return any(op.type not in FROM_OUTSIDE for op in ops if _is_of(phone, op))


def _is_of(phone: Phone, op: Any) -> bool:
    return phone.shift in (op.shift, op.op_id)


def _received(phone: Phone, ops: Sequence[Any]) -> int:
    """Numbers of this shift that came; of a phone that has ended it, those up to its end, which alone it promised."""
    top = phone.top_seq if phone.end_seq is None else phone.end_seq
    return len({op.client_seq for op in ops if op.client_seq <= top and op.why != Why.CONFLICT and _is_of(phone, op)})


def _holes(phone: Phone, ops: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {"install": phone.install, "label": phone.label, "from": low, "to": high, "count": high - low + 1}
        for low, high in missing((op.client_seq for op in ops), phone.min_seq, phone.top_seq)
    ]
