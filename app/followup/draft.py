"""What a felanmälan says of a record: place and fault, never a host, a hidden word or a restricted record. Pure.

It leaves the unit, so whatever is doubtful is left out, and it is told that it was.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from app.guard.rules import find
from app.shift.rules import STOCKHOLM

MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
          "december")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """A record as far as a department that mends things may know it."""

    category: str
    place: str | None
    place_text: str | None
    lat: float | None
    lon: float | None
    happened_from: datetime
    text: str | None
    is_restricted: bool


@dataclass(frozen=True, slots=True)
class Drafted:
    #: None for a restricted record: nothing is written of it.
    text: str | None
    #: Some of the host's own words were left out.
    left_out: bool


def drafted(report: Report, hosts: Collection[str]) -> Drafted:
    """`hosts`: names of everybody who goes out."""
    if report.is_restricted:
        return Drafted(None, True)
    own = {name: text for name, text in (("place", report.place_text), ("text", report.text)) if text}
    kept = {name: text for name, text in own.items() if not faults(text, hosts)}
    lines = [f"Vad: {report.category}", f"Var: {_where(report, kept.get('place'))}", f"När: {_when(report)}"]
    if "text" in kept:
        lines += ["", kept["text"].strip()]
    return Drafted("\n".join([*lines, "", "Anmält av kommunens trygghetsvärdar."]), len(kept) < len(own))


def faults(text: str, hosts: Collection[str]) -> list[str]:
    """Why this text must not leave the unit: `words` that may name somebody, a `host-name`."""
    found = ["words"] if find(text) else []
    words = set(re.findall(r"[^\W\d_]+", text))
    return found + (["host-name"] if any(words & set(_parts(name)) for name in hosts) else [])


def _parts(name: str) -> list[str]:
    """An initial says nothing."""
    return [part for part in re.findall(r"[^\W\d_]+", name) if len(part) > 1]


def _where(report: Report, place_text: str | None) -> str:
    named = ", ".join(part.strip() for part in (report.place, place_text) if part)
    at = ""
    if report.lat is not None and report.lon is not None:
        at = f"{_degrees(report.lat)} N, {_degrees(report.lon)} Ö (WGS 84)"
    return "; ".join(part for part in (named, at) if part) or "plats saknas"


def _degrees(value: float) -> str:
    return f"{value:.5f}".replace(".", ",") + "°"


def _when(report: Report) -> str:
    local = report.happened_from.astimezone(STOCKHOLM)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year} klockan {local:%H:%M}"
