"""What people write in an evening that Hypothesis makes up."""

from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from tests.support.factories import (
    a_checkin,
    a_comment,
    an_amendment,
    an_attempt,
    an_escalation,
    an_observation,
)

MAKERS: dict[str, Any] = {
    "checkin.create": lambda _target, n: a_checkin(note=f"nr {n}"),
    "observation.create": lambda _target, n: an_observation(text=f"nr {n}"),
    "observation.amend": lambda target, n: an_amendment(target, text=f"rättad {n}"),
    "escalation.create": lambda _target, n: an_escalation(cause=f"nr {n}"),
    "escalation.attempt": lambda target, n: an_attempt(target, note=f"nr {n}"),
    "comment.add": lambda target, n: a_comment(target, f"nr {n}"),
}
CREATING = ("checkin.create", "observation.create", "escalation.create", "comment.add")
WALLS = (None, None, None, datetime.fromisoformat("1999-01-01T00:00:00+01:00"),
         datetime.fromisoformat("2090-12-31T23:59:59-05:00"))  # fmt: skip
numbers = st.integers(0, 99)
Act = tuple[str, int, int, datetime | None]
acts = st.tuples(st.sampled_from(sorted(MAKERS)), numbers, numbers, st.sampled_from(WALLS))
