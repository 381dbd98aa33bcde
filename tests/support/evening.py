"""A whole evening of two hosts and their supervisor, with everything that the protocol knows of."""

from typing import Any

from tests.support.client import Outbox
from tests.support.factories import (
    a_checkin,
    a_close,
    a_comment,
    a_position,
    a_retraction,
    a_shift,
    a_shift_end,
    an_amendment,
    an_attempt,
    an_escalation,
    an_observation,
)
from tests.support.world import CAST

Made = list[tuple[Outbox, dict[str, Any]]]


def an_evening() -> Made:
    """(phone, sealed op) in the order in which people acted. Cim joins late; Bo corrects and comments from the desk."""
    alva, cim, bo = (Outbox(author=person.id) for person in (CAST.alva, CAST.cim, CAST.bo))
    shift = alva.seal("shift.start", a_shift(CAST.alva))
    at = {"shift": shift["id"]}
    seen = alva.seal("observation.create", an_observation(), position=a_position(), **at)
    other = cim.seal("observation.create", an_observation(category="A1", severity=None, place_text=None), **at)
    called = alva.seal("escalation.create", an_escalation(observation_id=seen["id"]), **at)
    raised = cim.seal("alert.raise", {"kind": "threat", "note": "Vid kiosken"}, position=a_position(), **at)
    said = bo.seal("comment.add", a_comment(shift["id"]))
    return [
        (alva, shift),
        (alva, alva.seal("checkin.create", a_checkin(kind="arrived"), position=a_position(age_ms=0), **at)),
        (alva, seen),
        (cim, cim.seal("shift.join", {}, **at)),
        (cim, other),
        (cim, cim.seal("observation.amend", an_amendment(seen["id"], text="Cims version"), **at)),
        (alva, alva.seal("observation.amend", an_amendment(seen["id"], text="Alvas version"), **at)),
        (bo, bo.seal("observation.amend", an_amendment(other["id"], text="Bos version"))),
        (alva, called),
        (alva, alva.seal("escalation.attempt", an_attempt(called["id"]), **at)),
        (cim, cim.seal("escalation.attempt", an_attempt(called["id"], outcome="PLATS"), **at)),
        (alva, alva.seal("escalation.close", a_close(called["id"]), **at)),
        (cim, cim.seal("observation.retract", a_retraction(other["id"]), **at)),
        (cim, raised),
        (alva, alva.seal("alert.acknowledge", {"target": raised["id"]}, **at)),
        (bo, bo.seal("alert.acknowledge", {"target": raised["id"]})),
        (alva, alva.seal("alert.clear", {"target": raised["id"], "note": "Han gick"}, **at)),
        (bo, said),
        (alva, alva.seal("comment.add", a_comment(said["id"], "Tack!"), **at)),
        (cim, cim.seal("clock.step", {"wall_delta_ms": -3_600_000, "mono_delta_ms": 12})),
        (cim, cim.seal("shift.leave", {}, **at)),
        (alva, alva.seal("shift.end", a_shift_end(8), **at)),
        (bo, bo.seal("review.return", {"target": shift["id"], "note": "Skriv mer."})),
        (bo, bo.seal("review.approve", {"target": shift["id"]})),
    ]
