"""The `data` of each op, plausible as it stands; a test names only what it is about."""

from datetime import datetime, timedelta
from typing import Any

from app.core.clock import stamp
from tests.support.world import EVENING, Person


def a_shift(*hosts: Person | str, **members: Any) -> dict[str, Any]:
    ids = [h if isinstance(h, str) else h.id for h in hosts]
    alone = "Kollegan är sjuk" if len(ids) == 1 else None
    return {"hosts": ids, "area_id": None, "transport": "foot", "planned_end": None, "alone_reason": alone} | members


def a_shift_end(ops: int = 1, **members: Any) -> dict[str, Any]:
    return {"ops": ops, "summary": "Lugn kväll."} | members


def a_checkin(**members: Any) -> dict[str, Any]:
    return {"kind": "ok", "place_id": None, "note": None, "next_due": None} | members


def happened(at: datetime = EVENING, kind: str = "point", to: datetime | None = None) -> dict[str, Any]:
    return {"kind": kind, "from": stamp(at), "to": None if to is None else stamp(to)}


def an_observation(**members: Any) -> dict[str, Any]:
    return {
        "category": "S2", "happened": happened(), "place_id": None, "place_text": "Vid stationen", "count": "3-5",
        "ages": "teen", "certainty": "seen", "severity": 2, "ongoing": False, "actions": [],
        "text": "Klotter på norra väggen.", "attachments": [],
    } | members  # fmt: skip


def an_amendment(target: str, reason: str = "Fel vägg", **members: Any) -> dict[str, Any]:
    return {"target": target, "reason": reason, "observation": an_observation(**members)}


def a_retraction(target: str, reason: str = "Dubbelt") -> dict[str, Any]:
    return {"target": target, "reason": reason}


def an_escalation(**members: Any) -> dict[str, Any]:
    return {"service": "POL114", "channel": "phone", "observation_id": None, "cause": "Hotfull stämning"} | members


def an_attempt(target: str, **members: Any) -> dict[str, Any]:
    at = {"kind": "point", "from": stamp(EVENING + timedelta(minutes=5))}
    return {"target": target, "attempted": at, "answered": None, "arrived": None, "left": None,
            "outcome": "EJSVAR", "reference": None, "note": None} | members  # fmt: skip


def a_close(target: str, **members: Any) -> dict[str, Any]:
    return {"target": target, "outcome": "PLATS", "note": None} | members


def a_briefing(**members: Any) -> dict[str, Any]:
    return {"text": "Stationen efter 21.", "places": [], "area_id": None, "active": True,
            "valid_from": stamp(EVENING - timedelta(hours=5)),
            "valid_to": stamp(EVENING + timedelta(days=3))} | members  # fmt: skip


def a_plan(*hosts: Person, **rule: Any) -> dict[str, Any]:
    """Fridays and Saturdays from the day after EVENING, unless told otherwise."""
    told = {"first": "2026-11-21", "until": "2026-12-05", "weekdays": [4, 5], "starts": "17:30", "ends": "01:00"}
    return {"based_on": None, "rule": told | rule, "area_id": None, "hosts": [h.id for h in hosts], "active": True}


def a_comment(target: str, text: str = "Bra skrivet.") -> dict[str, Any]:
    return {"target": target, "text": text}


def a_position(**members: Any) -> dict[str, Any]:
    return {"lat": 56.1612, "lon": 14.8654, "accuracy_m": 9.0, "age_ms": 800.0, "source": "gnss"} | members
