"""What the supervisor writes about an evening on the next morning."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from app.demo.dice import Dice
from app.demo.evening import Script
from app.demo.plan import Evening
from app.demo.texts import texts

APPROVED = 0.75
READ_AT_HOUR, READ_WITHIN_MIN = 8, 90
#: So many evenings ago, the shift was given back with a question.
RETURNED_AGO = 6
Said = tuple[datetime, str, dict[str, Any], str]


def review(dice: Dice, script: Script, evening: Evening) -> Iterator[Said]:
    """(at, op type, data, op id): a comment now and then, and mostly an approval."""
    morning = (evening.ends_at - timedelta(hours=6)).replace(hour=READ_AT_HOUR, minute=0) + timedelta(days=1)
    at = morning + dice.minutes(0, READ_WITHIN_MIN)
    reported = [w.act for w in script.observations if "fault_reported" in w.act.data["actions"]]
    if reported and evening.ago % 3 == 1:
        text = texts()["comments"][evening.ago % len(texts()["comments"])]
        yield at, "comment.add", {"target": dice.choice(reported).id, "text": text}, dice.uuid7(at)
    at += dice.minutes(2, 9)
    if evening.ago == RETURNED_AGO:
        yield at, "review.return", {"target": script.shift, "note": texts()["returns"][0]}, dice.uuid7(at)
    elif dice.happens(APPROVED):
        yield at, "review.approve", {"target": script.shift, "note": None}, dice.uuid7(at)
