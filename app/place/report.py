"""What an import says afterwards: how much it did, and what is wrong or odd with single features or rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SENTENCES = {
    "feature": "This is not a GeoJSON Feature.",
    "name": "It needs a name (name or namn) of 1 to 120 characters.",
    "geometry": "It has no geometry.",
    "geometry-type": "Only a Point (place), a Polygon or a MultiPolygon (area) can be imported.",
    "coordinates": "Its coordinates do not have the form that its geometry type asks for.",
    "too-many-positions": "Its outline has more than 20,000 positions; simplify it.",
    "range": "Its coordinates are not degrees: longitude −180 to 180, latitude −90 to 90.",
    "metres": "Its coordinates look like metres of SWEREF 99 TM; export the file in WGS 84 (EPSG:4326).",
    "swapped": "It looks like lat, lon swapped: GeoJSON has longitude first.",
    "outside": "It lies outside the organisation's bounds (setting LYKTA_BOUNDS).",
    "ring-open": "An outline does not end where it began.",
    "ring-short": "An outline has fewer than four positions.",
    "ring-flat": "An outline encloses nothing.",
    "note": "Its note is longer than 500 characters.",
    "active": "active must be true or false.",
    "duplicate": "The same name or id stands earlier in the file; give each an id of its own.",
    "row": "This is not a row with named members.",
    "service": "It needs a service code (see the vocabulary).",
    "number": "Its number is not a phone number.",
    "hours": "Its hours are longer than 500 characters.",
    "checked-on": "checked_on must be a date such as 2026-11-20.",
    # From here on only told; the feature was imported.
    "kind": "Its kind is not in the vocabulary; imported as other.",
    "id": "Its id is not a UUID and was not used; its name gives the id.",
    "area": "Its area is not known; the outlines decided instead.",
    "same-name": "Another of the same name is stored already, under another id.",
    "unknown-service": "Its service code is not in the vocabulary; it will be shown as unknown.",
}
#: Told, though imported.
NOTES = frozenset({"kind", "id", "area", "same-name", "unknown-service"})


@dataclass(frozen=True, slots=True)
class Finding:
    """`index` counts features or rows from 1, as a person does."""

    index: int
    name: str | None
    code: str

    @property
    def refused(self) -> bool:
        return self.code not in NOTES

    @property
    def sentence(self) -> str:
        return SENTENCES[self.code]


@dataclass(frozen=True, slots=True)
class Report:
    added: int
    changed: int
    unchanged: int
    findings: tuple[Finding, ...]
    #: Nothing was imported because of `--strict`.
    stopped: bool = False

    @property
    def refused(self) -> int:
        return len({f.index for f in self.findings if f.refused})

    @property
    def failed(self) -> bool:
        """Nothing of what the file holds could be taken over."""
        return self.stopped or (self.refused > 0 and self.added + self.changed + self.unchanged == 0)

    def as_json(self) -> dict[str, Any]:
        return {
            "added": self.added, "changed": self.changed, "unchanged": self.unchanged, "refused": self.refused,
            "stopped": self.stopped,
            "findings": [
                {"index": f.index, "name": f.name, "code": f.code, "refused": f.refused, "sentence": f.sentence}
                for f in self.findings
            ],
        }  # fmt: skip

    def text(self) -> str:
        lines = [f"{f.index}{f' {f.name}' if f.name else ''}: {f.sentence}" for f in self.findings]
        counts = f"{self.added} added, {self.changed} changed, {self.unchanged} unchanged, {self.refused} refused."
        return "\n".join([*lines, counts])


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: f.index))
