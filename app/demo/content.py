"""What the acts of a demo evening say, member by member. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from app.core.clock import stamp
from app.place.vocabulary import shipped

Where = tuple[str | None, str | None]


def observation(sight: Mapping[str, Any], where: Where, when: Mapping[str, Any]) -> dict[str, Any]:
    """`where`: (place id, typed place), one of them None."""
    return {
        "category": sight["category"], "happened": dict(when), "place_id": where[0], "place_text": where[1],
        "count": sight.get("count"), "ages": sight.get("ages"), "certainty": sight.get("certainty", "seen"),
        "severity": sight.get("severity") or _default_severity(sight["category"]), "ongoing": sight.get("ongoing"),
        "actions": list(sight.get("actions", [])), "text": sight["text"], "attachments": [],
    }  # fmt: skip


def happened(at: datetime, kind: str, earlier: timedelta) -> dict[str, Any]:
    """`earlier`: how long before being written down an interval, or something told as "about", began."""
    minute = at.replace(second=0, microsecond=0)
    if kind == "interval":
        return {"kind": kind, "from": stamp((minute - earlier).replace(second=0)), "to": stamp(minute)}
    return {"kind": kind, "from": stamp(five(minute - earlier) if kind == "about" else minute), "to": None}


def attempt(target: str, began_at: datetime, told: Mapping[str, Any]) -> dict[str, Any]:
    """Minutes of the text become times; arrivals are remembered as "about" where the text says so."""
    return {
        "target": target, "attempted": _when(began_at, told["after_min"]),
        "answered": _when(began_at, told["answered_min"]),
        "arrived": _when(began_at, told["arrived_min"], about=told["about"]),
        "left": _when(began_at, told["left_min"], about=told["about"]),
        "outcome": told["outcome"], "reference": told["reference"], "note": told["note"],
    }  # fmt: skip


def known_after(told: Mapping[str, Any]) -> timedelta:
    """An attempt is written down when its outcome is known."""
    minutes = [told[name] or 0 for name in ("after_min", "answered_min", "arrived_min", "left_min")]
    return timedelta(minutes=max(minutes), seconds=75)


def amended(data: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    content = dict(data) | {k: change[k] for k in ("count", "severity") if k in change}
    content["text"] += change.get("text_suffix", "")
    if "earlier_min" in change:
        begun = datetime.fromisoformat(data["happened"]["from"]) - timedelta(minutes=change["earlier_min"])
        content["happened"] = data["happened"] | {"from": stamp(begun)}
    return content


def summary(observations: Sequence[Mapping[str, Any]], visited: int, called: Sequence[str]) -> str:
    """As the app drafts it and a host leaves it."""
    categories = [o["category"] for o in observations]
    meetings, rounds = sum(c.startswith("K") for c in categories), categories.count("E2")
    faults = sum("fault_reported" in o["actions"] for o in observations)
    names = {service["code"]: service["sv"].lower() for service in shipped()["services"]}
    parts = [f"{visited} platser besökta, {rounds} ronder utan anmärkning, {meetings} goda samtal."]
    if faults:
        parts.append(f"Felanmält: {faults}.")
    parts.append(f"Tillkallat: {', '.join(names[s] for s in called)}." if called else "Ingen hjälp tillkallad.")
    return " ".join(parts)


def five(at: datetime) -> datetime:
    """Down to whole five minutes: what people mean by "about" and "next at"."""
    return at.replace(minute=at.minute // 5 * 5, second=0, microsecond=0)


def _when(began_at: datetime, minute: int | None, *, about: bool = False) -> dict[str, str] | None:
    if minute is None:
        return None
    exact = (began_at + timedelta(minutes=minute)).replace(second=0, microsecond=0)
    return {"kind": "about" if about else "point", "from": stamp(five(exact) if about else exact)}


def _default_severity(category: str) -> int:
    return next(int(c["default_severity"]) for c in shipped()["categories"] if c["code"] == category)
