"""A personnummer (Skatteverket's, for tests) in every text that is kept, as a client without the guard sends it."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from tests.support.blobs import name_of
from tests.support.client import Phone
from tests.support.factories import (
    a_checkin,
    a_close,
    a_comment,
    a_position,
    a_retraction,
    a_shift_end,
    an_amendment,
    an_attempt,
    an_escalation,
    an_observation,
)

PNR = "18900101-9802"
#: Where it stands, by who wrote it: `wordN` before each makes them tell-tale one by one.
SAID: Mapping[str, set[str]] = {
    "host": {f"word{n}" for n in (*range(1, 15), 17)}, "desk": {"word15", "word16"},
}  # fmt: skip


class Spread(NamedTuple):
    observation: str
    escalation: str


def text(n: int) -> str:
    return f"word{n} {PNR}"


def said_in(told: str) -> set[str]:
    return set(re.findall(r"word\d+", told))


def everywhere(host: Phone, desk: Phone, shift_id: str) -> Spread:
    photo = {"sha256": name_of(b"x"), "size": 1, "mime": "image/jpeg"}
    content = an_observation(text=text(1), place_text=text(2), attachments=[{**photo, "caption": text(3)}])
    seen = host.seal("observation.create", content, shift=shift_id, position=a_position())
    taken_back = host.seal("observation.create", an_observation(text="Öppet"), shift=shift_id)
    call = host.seal("escalation.create", an_escalation(cause=text(4)), shift=shift_id, position=a_position())
    tried = an_attempt(call["id"], reference=text(5), note=text(6))
    host.send(
        seen, taken_back, call,
        host.seal("checkin.create", a_checkin(note=text(7)), shift=shift_id, position=a_position()),
        host.seal("observation.amend", an_amendment(seen["id"], reason=text(8), text=text(9)), shift=shift_id),
        host.seal("observation.retract", a_retraction(taken_back["id"], text(10)), shift=shift_id),
        host.seal("escalation.attempt", tried, shift=shift_id),
        host.seal("escalation.close", a_close(call["id"], note=text(11)), shift=shift_id),
        host.seal("photo.attach", {"target": seen["id"], **photo, "caption": text(12)}, shift=shift_id),
        host.seal("comment.add", a_comment(seen["id"], text(13)), shift=shift_id),
        host.seal("shift.end", a_shift_end(12, summary=text(14), handover=text(17)), shift=shift_id),
    )  # fmt: skip
    desk.send(desk.seal("comment.add", a_comment(seen["id"], text(15)), shift=shift_id),
              desk.seal("review.return", {"target": shift_id, "note": text(16)}, shift=shift_id))  # fmt: skip
    return Spread(str(seen["id"]), str(call["id"]))
