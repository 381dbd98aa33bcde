"""Short stories that show one op type each, with few members and with all. Used once, when a type is recorded."""

from collections.abc import Callable, Iterator
from typing import Any

from app.core.clock import stamp
from app.situation.rules import packed
from tests.golden.desk_stories import (
    category_put,
    debrief_put,
    device_revoke,
    disclosure_make,
    duplicate_link,
    duplicate_unlink,
    epoch_acknowledge,
    followup_answer,
    followup_change,
    followup_close,
    followup_create,
    followup_reopen,
    followup_send,
    followup_sent,
    ladder_put,
    missing_dismiss,
    missing_restore,
    plan_put,
    plan_shift,
    retention_decide,
    retention_erase,
    retention_hold,
    retention_lift,
    user_invite,
)
from tests.golden.night import AREA, PHOTO, PLACE, SQUARE, Act, Night, by_server
from tests.support.client import new_id
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
from tests.support.world import CAST, EVENING


def shift_start(n: Night) -> Iterator[Act]:
    alone = n.alva.seal("shift.start", {"hosts": [CAST.alva.id], "alone_reason": "Kollegan är sjuk"})
    whole = a_shift(CAST.alva, CAST.cim, area_id=AREA, transport="bike", planned_end="2026-11-21T02:00:00+01:00")
    yield n.push(alone, n.alva.seal("shift.start", whole, position=a_position()))


def shift_join(n: Night) -> Iterator[Act]:
    alone = n.alva.seal("shift.start", a_shift(CAST.alva))
    yield n.push(alone)
    yield n.push(n.cim.seal("shift.join", {}, shift=alone["id"]), by="cim")


def shift_leave(n: Night) -> Iterator[Act]:
    yield n.begin()
    yield n.push(n.cim.seal("shift.leave", {}, **n.at), by="cim")


def shift_end(n: Night) -> Iterator[Act]:
    yield n.begin()
    yield n.push(n.cim.seal("shift.end", {"ops": 1}, **n.at), by="cim")
    yield n.push(n.alva.seal("shift.end", a_shift_end(2, summary="Lugnt, “nästan”."), **n.at))


def checkin_create(n: Night) -> Iterator[Act]:
    whole = a_checkin(kind="arrived", place_id=PLACE, note='Vid "Grillen"\nallt lugnt 🙂', next_due=stamp(EVENING))
    clock = {"at": {"clock": {"offset_ms": -1250.5, "rtt_ms": 80, "age_ms": 4000}}}
    yield n.begin()
    yield n.push(n.alva.seal("checkin.create", {"kind": "ok"}, **n.at), n.alva.seal("checkin.create", {"kind": "left"}),
                 n.alva.seal("checkin.create", whole, position=a_position(source="map"), **clock, **n.at))  # fmt: skip


def observation_create(n: Night) -> Iterator[Act]:
    few = {"category": "S2", "happened": {"kind": "point", "from": stamp(EVENING)}}
    photo = {"sha256": PHOTO, "size": 700, "mime": "image/jpeg", "caption": "Norra väggen"}
    interval = {"kind": "interval", "from": stamp(EVENING), "to": "2026-11-20T22:30:00.000+01:00"}
    whole = an_observation(happened=interval, place_id=PLACE, severity=4, ongoing=True, actions=["talk", "x-later"],
                           attachments=[photo], text="Två \u0000 rader\nmed ”Ö”.")  # fmt: skip
    yield n.begin()
    yield n.push(n.alva.seal("observation.create", few, **n.at),
                 n.alva.seal("observation.create", whole, position=a_position(accuracy_m=None), **n.at),
                 n.alva.seal("observation.create", an_observation(category="X1", mood="blå"), **n.at))  # fmt: skip


def observation_amend(n: Night) -> Iterator[Act]:
    yield n.begin()
    seen = n.seen()
    yield n.push(seen, n.alva.seal("observation.amend", an_amendment(seen["id"], text="Södra väggen"), **n.at))
    yield n.push(n.cim.seal("observation.amend", an_amendment(seen["id"], "Fler", count="6-10"), **n.at), by="cim")


def observation_retract(n: Night) -> Iterator[Act]:
    yield n.begin()
    seen = n.seen()
    yield n.push(seen, n.alva.seal("observation.retract", a_retraction(seen["id"]), **n.at))


def escalation_create(n: Night) -> Iterator[Act]:
    yield n.begin()
    seen = n.seen()
    yield n.push(seen, n.alva.seal("escalation.create", {"service": "SOS112"}, **n.at),
                 n.alva.seal("escalation.create", an_escalation(observation_id=seen["id"]), **n.at))  # fmt: skip


def escalation_attempt(n: Night) -> Iterator[Act]:
    yield n.begin()
    called = n.alva.seal("escalation.create", an_escalation(), **n.at)
    few = {"target": called["id"], "attempted": stamp(EVENING), "outcome": "EJSVAR"}
    about = {"kind": "about", "from": stamp(EVENING)}
    whole = an_attempt(called["id"], answered=about, arrived=about, left=about, outcome="PLATS", reference="K-1-26",
                       note="Två patruller")  # fmt: skip
    yield n.push(called, n.alva.seal("escalation.attempt", few, **n.at),
                 n.alva.seal("escalation.attempt", whole, **n.at))  # fmt: skip


def escalation_close(n: Night) -> Iterator[Act]:
    yield n.begin()
    called = n.alva.seal("escalation.create", an_escalation(), **n.at)
    yield n.push(called, n.alva.seal("escalation.close", a_close(called["id"], note="Avslutat"), **n.at))


def photo_attach(n: Night) -> Iterator[Act]:
    yield n.begin()
    seen = n.seen()
    few = {"target": seen["id"], "sha256": "a1" * 32, "size": 700, "mime": "image/jpeg"}
    yield n.push(seen, n.alva.seal("photo.attach", few, **n.at),
                 n.alva.seal("photo.attach", few | {"sha256": "b2" * 32, "caption": "Porten"}, **n.at))  # fmt: skip


def blob_complete(n: Night) -> Iterator[Act]:
    yield n.begin()
    yield n.push(n.seen(attachments=[{"sha256": "c3" * 32, "size": 9, "mime": "image/png"}]))
    yield by_server("blob.complete", {"sha256": "c3" * 32, "size": 9, "mime": "image/png"})


def comment_add(n: Night) -> Iterator[Act]:
    yield n.begin()
    said = n.bo.seal("comment.add", a_comment(n.shift["id"]))
    yield n.push(said, by="bo")
    yield n.push(n.alva.seal("comment.add", a_comment(said["id"], "Tack!"), **n.at))


def review_approve(n: Night) -> Iterator[Act]:
    yield n.begin()
    yield n.push(n.bo.seal("review.approve", {"target": n.shift["id"]}), by="bo")


def review_return(n: Night) -> Iterator[Act]:
    yield n.begin()
    yield n.push(n.bo.seal("review.return", {"target": n.shift["id"], "note": "Skriv mer."}), by="bo")


def clock_step(n: Night) -> Iterator[Act]:
    yield n.push(n.alva.seal("clock.step", {"wall_delta_ms": -3_600_000, "mono_delta_ms": 12.5}))


def quarantine_release(n: Night) -> Iterator[Act]:
    """What waits goes on waiting, since its type is not known yet."""
    yield n.push(n.alva.seal("later.invention", {"what": "ever"}))
    yield by_server("quarantine.release", {"keys": ["type:later.invention:1"]})


def user_put(_: Night) -> Iterator[Act]:
    person = {"id": new_id(EVENING), "username": "åsa.guld", "name": "Åsa Guld", "role": "host"}
    yield by_server("user.put", person, CAST.ada.id)
    yield by_server("user.put", person | {"id": new_id(EVENING), "username": "ove", "active": False}, CAST.ada.id)


def user_contact(_: Night) -> Iterator[Act]:
    whole = {"id": CAST.bo.id, "email": "bo.angstrom+lykta@lyckhamn.example", "mobile": "+46700000000"}
    yield by_server("user.contact", whole)
    yield by_server("user.contact", {"id": CAST.bo.id, "email": "bo@lyckhamn.example"}, CAST.ada.id)
    yield by_server("user.contact", {"id": CAST.cim.id, "mobile": "+46700000001"}, CAST.ada.id)


def user_language(_: Night) -> Iterator[Act]:
    yield by_server("user.language", {"id": CAST.bo.id, "language": "en"}, CAST.bo.id)
    yield by_server("user.language", {"id": CAST.cim.id, "language": "sv"}, CAST.cim.id)


def area_put(_: Night) -> Iterator[Act]:
    yield by_server("area.put", {"id": new_id(EVENING), "name": "Norra hamnen", "geometry": SQUARE})


def place_put(_: Night) -> Iterator[Act]:
    few = {"id": new_id(EVENING), "name": "Bryggan", "lon": 14.86, "lat": 56.16}
    yield by_server("place.put", few)
    whole = {"kind": "school", "area_id": AREA, "note": "Låst efter 22", "active": False}
    yield by_server("place.put", few | {"id": new_id(EVENING), **whole})


def contact_put(_: Night) -> Iterator[Act]:
    few = {"id": new_id(EVENING), "service": "FEL", "name": "Felanmälan"}
    yield by_server("contact.put", few)
    whole = {"number": "0700-00 00 00", "hours": "dygnet runt", "note": "Ring först", "checked_on": "2026-11-01"}
    yield by_server("contact.put", few | {"id": new_id(EVENING), **whole})


def vocabulary_put(_: Night) -> Iterator[Act]:
    value = {"categories": [{"code": "Ö9", "sv": "Annat", "en": "Other", "protection": 1}]}
    yield by_server("vocabulary.put", {"id": new_id(EVENING), "value": value})


def handover_acknowledge(n: Night) -> Iterator[Act]:
    yield n.begin()
    end = n.alva.seal("shift.end", a_shift_end(2, handover="Grinden vid skolan går inte att låsa."), **n.at)
    yield n.push(end)
    yield n.push(n.cim.seal("handover.acknowledge", {"target": end["id"]}), by="cim")


def briefing_put(_: Night) -> Iterator[Act]:
    few = {"id": new_id(EVENING), "valid_from": stamp(EVENING), "valid_to": "2026-11-23T03:00:00+01:00"}
    yield by_server("briefing.put", few, CAST.bo.id)
    whole = {"text": "Stationen efter 21.", "places": [{"place_id": PLACE, "hours": "efter 21"}], "area_id": AREA,
             "active": False}  # fmt: skip
    yield by_server("briefing.put", few | {"id": new_id(EVENING), **whole}, CAST.bo.id)


def find_put(_: Night) -> Iterator[Act]:
    few = {"id": new_id(EVENING), "name": "Allt", "asked": {}}
    yield by_server("find.put", few, CAST.bo.id)
    whole = {"name": "Klotter vid stationen", "active": False,
             "asked": {"text": "klotter", "from": stamp(EVENING), "groups": ["S"], "place_id": PLACE}}  # fmt: skip
    yield by_server("find.put", few | {"id": new_id(EVENING), **whole}, CAST.bo.id)


def briefing_acknowledge(n: Night) -> Iterator[Act]:
    written = {"id": new_id(EVENING), "valid_from": stamp(EVENING), "valid_to": "2026-11-23T03:00:00+01:00"}
    yield by_server("briefing.put", written, CAST.bo.id)
    yield n.push(n.alva.seal("briefing.acknowledge", {"target": written["id"], "version": new_id(EVENING)}))
    yield n.push(n.cim.seal("briefing.acknowledge", {"target": written["id"]}), by="cim")


def situation_write(_: Night) -> Iterator[Act]:
    yield by_server("situation.write", {"week": "2026-W40"}, CAST.bo.id)
    yield by_server(
        "situation.write", {"week": "2026-W41", "text": "Lugnare än vanligt.\nMer ljus vid bron."}, CAST.bo.id
    )


def situation_freeze(n: Night) -> Iterator[Act]:
    seen = n.seen()
    yield n.begin()
    yield n.push(seen)
    few = {"week": "2026-W42", "number": 1, "figures": {"week": "2026-W42"}}
    yield by_server("situation.freeze", few, CAST.bo.id)
    counted = {"ids": packed([seen["id"]]), "corrections": {"0": 1}}
    yield by_server("situation.freeze", few | {"number": 2, "text": "Lugnt.", "records": counted}, CAST.bo.id)


def alarm(n: Night, **members: Any) -> dict[str, Any]:
    return n.alva.seal("alert.raise", {"kind": "help"} | members, position=a_position(), **n.at)


def alert_raise(n: Night) -> Iterator[Act]:
    yield n.begin()
    yield n.push(alarm(n), alarm(n, kind="threat", note="Vid kiosken, ”nu”."), alarm(n, kind="x-later"),
                 n.alva.seal("alert.raise", {"kind": "test", "note": None}))  # fmt: skip


def alert_acknowledge(n: Night) -> Iterator[Act]:
    """Her own does not count; her partner's and the supervisor's do."""
    raised = alarm(n)
    yield n.begin()
    yield n.push(raised, n.alva.seal("alert.acknowledge", {"target": raised["id"]}, **n.at))
    yield n.push(n.cim.seal("alert.acknowledge", {"target": raised["id"]}, **n.at), by="cim")
    yield n.push(n.bo.seal("alert.acknowledge", {"target": raised["id"]}), by="bo")


def alert_clear(n: Night) -> Iterator[Act]:
    raised, other = alarm(n), alarm(n)
    yield n.begin()
    yield n.push(raised, other, n.alva.seal("alert.clear", {"target": raised["id"]}, **n.at))
    yield n.push(n.cim.seal("alert.clear", {"target": other["id"], "note": "Han gick"}, **n.at), by="cim")


def overdue(n: Night) -> tuple[dict[str, Any], Act]:
    """A check-in with a promise, and what the server makes of it."""
    said = n.alva.seal("checkin.create", a_checkin(next_due=stamp(EVENING)), **n.at)
    raised = by_server("alert.overdue", {"host": CAST.alva.id, "checkin": said["id"], "due": stamp(EVENING)})
    raised["server"]["shift"] = n.shift["id"]
    return said, raised


def alert_overdue(n: Night) -> Iterator[Act]:
    said, raised = overdue(n)
    yield n.begin()
    yield n.push(said)
    yield raised


def alert_settle(n: Night) -> Iterator[Act]:
    said, raised = overdue(n)
    late = n.alva.seal("checkin.create", a_checkin(), **n.at)
    yield n.push(n.shift, said)
    yield raised
    yield n.push(late)
    yield by_server("alert.settle", {"target": raised["server"]["id"], "cause": "checkin", "record": late["id"]})


def alert_step(n: Night) -> Iterator[Act]:
    said, raised = overdue(n)
    step = {"target": raised["server"]["id"], "attempt": 1}
    yield n.push(n.shift, said)
    yield raised
    yield by_server("alert.step", step | {"number": 0, "rung": "host", "to": [CAST.alva.id]})
    yield by_server("alert.step", step | {"number": 1, "rung": "partner+supervisors", "to": []})


def alert_notified(n: Night) -> Iterator[Act]:
    raised = alarm(n)
    whom = [CAST.cim.id, CAST.bo.id]
    step = by_server("alert.step", {"target": raised["id"], "number": 0, "attempt": 1, "rung": "partner", "to": whom})
    told = [{"person": CAST.cim.id, "channel": "push", "ok": True},
            {"person": CAST.bo.id, "channel": "sms", "ok": False, "why": "timeout"}]  # fmt: skip
    yield n.push(n.shift, raised)
    yield step
    yield by_server("alert.notified", {"target": step["server"]["id"], "told": told})


#: Op type → its story. Once recorded, a story may change with the factories: the file stays.
STORIES: dict[str, Callable[[Night], Iterator[Act]]] = {
    story.__name__.replace("_", ".", 1): story
    for story in (
        shift_start, shift_join, shift_leave, shift_end, checkin_create, observation_create, observation_amend,
        observation_retract, escalation_create, escalation_attempt, escalation_close, photo_attach, blob_complete,
        comment_add, review_approve, review_return, clock_step, quarantine_release, user_put, user_contact,
        user_language, area_put, place_put, contact_put, vocabulary_put, handover_acknowledge, briefing_put,
        followup_answer, alert_raise, alert_acknowledge, alert_clear, alert_overdue, alert_settle, alert_step,
        alert_notified, followup_create, followup_change, followup_close, followup_reopen, followup_send,
        followup_sent, duplicate_link, duplicate_unlink, debrief_put, missing_dismiss, missing_restore, find_put,
        user_invite, device_revoke, category_put, ladder_put, plan_put, plan_shift,
        briefing_acknowledge, situation_write, situation_freeze, disclosure_make, epoch_acknowledge,
        retention_decide, retention_hold, retention_lift, retention_erase,
    )
}  # fmt: skip
