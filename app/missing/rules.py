"""What counts as missing, and for how long it is looked for. Pure."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

#: What is older is no longer mended, only known.
LOOKED_BACK = timedelta(days=60)
#: A shift may run over; one without a planned end is over after the longest night.
END_GRACE, LONGEST_SHIFT = timedelta(hours=2), timedelta(hours=14)
#: A shift may begin late; a place may not be on every evening's way.
START_GRACE, SEEN_WITHIN = timedelta(hours=2), timedelta(days=7)
#: Whose beginning has not come by then does not come by itself; each day more is read again at every look.
BEGINNING_WITHIN = timedelta(days=14)
#: Time to call, to write it down, and to reach the network.
CALL_GRACE = timedelta(hours=2)
SILENT_AFTER = timedelta(hours=6)
ANSWER_WITHIN = timedelta(hours=24)
#: Attempts that say what came of a call; the others say that it is not known yet.
OUTCOMES = ("PLATS", "RAD", "HANV", "KAND", "EJPRIO", "AVBRT")
#: Of each kind; whoever has more has other work to do first.
LINES_MAX = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is missing. `subject`: the record that it is missed of, which names it to those who dismiss it."""

    kind: str
    subject: str
    at: datetime
    shift_id: str | None = None
    observation_id: str | None = None
    #: Codes and numbers for its words; never a text that somebody wrote.
    about: dict[str, Any] = field(default_factory=dict)
