"""Stories of the desk: one-time codes, phones, plans, follow-ups, linked reports, what is missing."""

from collections.abc import Iterator
from typing import Any

from app.core.clock import stamp
from tests.golden.night import AREA, PLACE, Act, Night, by_server
from tests.support.client import new_id
from tests.support.factories import an_observation
from tests.support.world import CAST, EVENING


def user_invite(_: Night) -> Iterator[Act]:
    yield by_server("user.invite", {"id": CAST.alva.id, "cause": "new"})
    yield by_server("user.invite", {"id": CAST.alva.id, "cause": "reset"}, CAST.ada.id)


def device_revoke(_: Night) -> Iterator[Act]:
    yield by_server("device.revoke", {"id": new_id(EVENING), "label": "Alvas telefon"}, CAST.ada.id)


def planned() -> dict[str, Any]:
    evenings = [("2026-11-27", "2026-11-27T16:30:00.000Z", "2026-11-28T00:00:00.000Z"),
                ("2026-11-28", "2026-11-28T16:30:00.000Z", "2026-11-29T00:00:00.000Z")]  # fmt: skip
    rule = {"first": "2026-11-27", "until": "2026-11-28", "weekdays": [4, 5], "starts": "17:30", "ends": "01:00"}
    told = [{"id": new_id(EVENING), "day": day, "starts_at": start, "ends_at": end} for day, start, end in evenings]
    return {"id": new_id(EVENING), "rule": rule, "area_id": None, "active": True,
            "hosts": [CAST.alva.id, CAST.cim.id], "since": stamp(EVENING), "evenings": told}  # fmt: skip


def plan_put(_: Night) -> Iterator[Act]:
    yield by_server("plan.put", planned(), CAST.bo.id)


def plan_shift(_: Night) -> Iterator[Act]:
    series = planned()
    yield by_server("plan.put", series, CAST.bo.id)
    one = {"id": series["evenings"][1]["id"], "starts_at": "2026-11-28T17:00:00.000Z", "area_id": AREA,
           "ends_at": "2026-11-29T00:30:00.000Z", "hosts": [CAST.alva.id], "status": "cancelled"}  # fmt: skip
    yield by_server("plan.shift", one, CAST.bo.id)


def disclosure_make(n: Night) -> Iterator[Act]:
    seen, other = n.seen(), n.seen()
    yield n.begin()
    yield n.push(seen, other)
    few = {"year": 2026, "number": 1, "to": "public", "decision": "Lämnas ut.",
           "records": [{"id": seen["id"], "versions": [{"id": seen["id"]}]}]}  # fmt: skip
    yield by_server("disclosure.make", few, CAST.bo.id)
    masked = {"id": seen["id"], "masked": {"text": [[0, 7]], "place_text": [[4, 8], [10, 12]]}, "place": "Torget"}
    later = {"id": new_id(EVENING), "masked": {}, "hidden": True, "place": None}
    whole = {"number": 2, "to": "police", "recipient": "Polisen Syd", "reference": "KS 2026/41", "positions": True,
             "records": [{"id": seen["id"], "versions": [masked, later], "corrections": 1, "retracted": True},
                         {"id": other["id"], "versions": [{"id": other["id"]}]}]}  # fmt: skip
    yield by_server("disclosure.make", few | whole, CAST.bo.id)


def followup_answer(n: Night) -> Iterator[Act]:
    yield n.begin()
    seen = n.seen(category="P1", place_id=PLACE)
    yield n.push(seen, n.alva.seal("followup.answer", {"target": seen["id"], "answer": "yes"}, **n.at))
    yield n.push(n.cim.seal("followup.answer", {"target": seen["id"], "answer": "later-invention"}), by="cim")


def followed(n: Night) -> dict[str, Any]:
    """A report and its follow-up; what every word on that says."""
    seen = n.seen(category="P1", place_id=PLACE)
    whole = {"observation": seen["id"], "kind": "fault_report", "owner": CAST.bo.id, "due": "2026-11-30",
             "note": "Ring driften först.", "draft": "Vad: Bristande belysning"}  # fmt: skip
    made = by_server("followup.create", whole, CAST.bo.id)
    n.before = [n.push(n.shift, seen), made]
    return {"target": made["server"]["id"], "based_on": made["server"]["id"]}


def followup_create(n: Night) -> Iterator[Act]:
    followed(n)
    yield from n.before
    few = {"observation": new_id(EVENING), "kind": "x-later", "owner": CAST.ada.id, "due": "2026-12-01"}
    yield by_server("followup.create", few, CAST.ada.id)


def followup_change(n: Night) -> Iterator[Act]:
    word = followed(n)
    yield from n.before
    yield by_server("followup.change", word | {"owner": CAST.ada.id, "due": "2026-12-02"}, CAST.bo.id)
    yield by_server("followup.change", word | {"note": None, "draft": "Vad: Lampa", "kind": "visit"}, CAST.ada.id)


def followup_close(n: Night) -> Iterator[Act]:
    word = followed(n)
    yield from n.before
    yield by_server("followup.close", word | {"outcome": "fixed", "result": "Lampan är bytt."}, CAST.bo.id)


def followup_reopen(n: Night) -> Iterator[Act]:
    word = followed(n)
    yield from n.before
    yield by_server("followup.close", word | {"outcome": "nothing"}, CAST.bo.id)
    yield by_server("followup.reopen", word, CAST.ada.id)


def followup_send(n: Night) -> Iterator[Act]:
    word = followed(n)
    yield from n.before
    yield by_server("followup.send", {"target": word["target"], "channel": "email"}, CAST.bo.id)


def followup_sent(n: Night) -> Iterator[Act]:
    word = followed(n)
    yield from n.before
    for channel, came in (("webhook", {"ok": False, "why": "late"}), ("email", {"ok": True})):
        handed = by_server("followup.send", {"target": word["target"], "channel": channel}, CAST.bo.id)
        yield handed
        yield by_server("followup.sent", {"target": handed["server"]["id"], **came}, CAST.bo.id)


def two_reports(n: Night) -> dict[str, str]:
    """Of one race, by both of the pair."""
    one, other = n.seen(category="T1"), n.cim.seal("observation.create", an_observation(category="T1"), **n.at)
    n.before = [n.push(n.shift, one), n.push(other, by="cim")]
    return {"one": one["id"], "other": other["id"]}


def duplicate_link(n: Night) -> Iterator[Act]:
    pair = two_reports(n)
    yield from n.before
    yield by_server("duplicate.link", pair, CAST.bo.id)
    yield by_server("duplicate.link", pair | {"other": new_id(EVENING)}, CAST.bo.id)


def duplicate_unlink(n: Night) -> Iterator[Act]:
    pair = two_reports(n)
    yield from n.before
    yield by_server("duplicate.link", pair, CAST.bo.id)
    yield by_server("duplicate.unlink", {"one": pair["other"], "other": pair["one"]}, CAST.ada.id)


def debrief_put(n: Night) -> Iterator[Act]:
    met = n.seen(category="H2")
    yield n.push(n.shift, met)
    yield by_server("debrief.put", {"target": met["id"], "status": "offered"}, CAST.bo.id)
    yield by_server("debrief.put", {"target": met["id"], "status": "held"}, CAST.ada.id)
    yield by_server("debrief.put", {"target": new_id(EVENING), "status": "not_needed"}, CAST.bo.id)


def category_put(_: Night) -> Iterator[Act]:
    yield by_server("category.put", {"id": new_id(EVENING), "code": "T2", "active": False}, CAST.ada.id)
    own = {"code": "L-P1", "group": "P", "sv": "Hal gångbana", "en": "Slippery path", "protection": 1, "photos": True}
    made = {"id": new_id(EVENING), **own}
    yield by_server("category.put", made, CAST.ada.id)
    yield by_server("category.put", made | {"sv": "Hala gångbanor", "photos": False, "active": False}, CAST.ada.id)


def ladder_put(_: Night) -> Iterator[Act]:
    steps = [{"after_min": 0, "whom": ["host"], "via": ["push"]},
             {"after_min": 6, "whom": ["supervisors", CAST.bo.id], "via": ["push", "email", "sms"]}]  # fmt: skip
    own = {"kind": "overdue", "grace_min": 3, "repeat_min": 5, "steps": steps}
    yield by_server("ladder.put", own, CAST.ada.id)
    yield by_server("ladder.put", own | {"kind": "help", "grace_min": None, "steps": steps[1:]}, CAST.ada.id)
    yield by_server("ladder.put", {"kind": "overdue", "active": False}, CAST.ada.id)


def missing_dismiss(n: Night) -> Iterator[Act]:
    line = {"kind": "shift_open", "subject": n.shift["id"]}
    yield n.begin()
    yield by_server("missing.dismiss", line | {"reason": "Passet ställdes in."}, CAST.bo.id)


def missing_restore(n: Night) -> Iterator[Act]:
    line = {"kind": "shift_open", "subject": n.shift["id"]}
    yield n.begin()
    yield by_server("missing.dismiss", line | {"reason": "Passet ställdes in."}, CAST.bo.id)
    yield by_server("missing.restore", line, CAST.ada.id)


def epoch_acknowledge(_: Night) -> Iterator[Act]:
    """Of an epoch that this database may never have had."""
    epoch = {"epoch": "5f0c2b1e-8a53-4f0e-9d7e-3a1f7c2b9d10"}
    yield by_server("epoch.acknowledge", epoch, CAST.bo.id)
    yield by_server("epoch.acknowledge", epoch, CAST.ada.id)


def retention_decide(_: Night) -> Iterator[Act]:
    decided = {"cls": "shift", "months": 24, "reference": "KS 2026/7, dokumenthanteringsplan"}
    yield by_server("retention.decide", decided, CAST.bo.id)
    yield by_server("retention.decide", decided | {"cls": "reading", "months": None}, CAST.ada.id)


def retention_hold(n: Night) -> Iterator[Act]:
    yield n.begin()
    yield by_server("retention.hold", {"target": n.shift["id"], "reason": "Polisanmälan"}, CAST.bo.id)


def retention_lift(n: Night) -> Iterator[Act]:
    yield n.begin()
    yield by_server("retention.hold", {"target": n.shift["id"], "reason": "Polisanmälan"}, CAST.dora.id)
    yield by_server("retention.lift", {"target": n.shift["id"], "reason": "Nedlagd"}, CAST.bo.id)


def retention_erase(_: Night) -> Iterator[Act]:
    """Two parts of one run. Of no number: those of the night it is played in are other ops'."""
    run = {"run": new_id(EVENING), "cls": "shift", "before": "2024-11-20", "months": 24, "reference": "KS 2026/7",
           "roots": [], "seqs": "", "things": 20, "photos": 3, "kept": {"held": 1, "followup": 2}}  # fmt: skip
    yield by_server("retention.erase", run)
    yield by_server("retention.erase", run | {"roots": [new_id(EVENING)], "things": 1, "photos": 0})
    log = {"run": new_id(EVENING), "cls": "reading", "before": "2024-11-20", "things": 12, "photos": 0, "kept": {}}
    yield by_server("retention.erase", run | log, CAST.bo.id)
