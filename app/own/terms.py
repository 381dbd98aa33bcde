"""When what is stored about a person is erased: which decision of the organisation holds for each kind."""

from collections.abc import Mapping
from datetime import datetime

from app.followup.rules import today
from app.own.kinds import ACCOUNT, ALARMS, CIRCLE, RECORDS, SHIFTS
from app.retention.rules import Cls, due_on
from app.shift.rules import shift_date

#: Registers, published papers and the history of what the organisation has set: nothing of ours erases them.
KEPT = frozenset(
    {"edit", "ladder", "epoch_acknowledgement", "situation_week", "situation_edition", "disclosure",
     "retention_rule", "retention_run"}
)  # fmt: skip
_OTHERWISE = {"planned": Cls.PLAN, "briefing": Cls.PLAN, "briefing_reading": Cls.PLAN, "reading": Cls.READING,
              "find_saved": Cls.ACCOUNT}  # fmt: skip
_GROUPS = {Cls.ACCOUNT: ACCOUNT, Cls.SHIFT: (*SHIFTS, *RECORDS, *ALARMS, *CIRCLE)}
CLASS_OF: Mapping[str, Cls] = {
    kind.name: _OTHERWISE.get(kind.name, cls) for cls, kinds in _GROUPS.items() for kind in kinds
    if kind.name not in KEPT
}  # fmt: skip
#: Of these it is known by their own time when they are due; an account is by when it was closed.
DATED = frozenset({Cls.SHIFT, Cls.PLAN, Cls.READING})
Terms = Mapping[str, tuple[int, datetime]]


def earliest(kind: str, oldest: datetime | None, terms: Terms) -> str | None:
    """The first day on which something of this kind may be erased; a hold or a follow-up can make it later."""
    cls = CLASS_OF.get(kind)
    if cls is None or cls not in DATED or cls.value not in terms or oldest is None:
        return None
    months, in_force_at = terms[cls.value]
    day = shift_date(oldest) if cls is Cls.SHIFT else today(oldest)
    return max(due_on(day, months), today(in_force_at)).isoformat()
