"""A shift's log as a line of entries in the order in which things were stated. Pure: rows in, JSON out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson

from app.access.permission import Viewer
from app.alert.queries import wire as alert_wire
from app.checkin.queries import wire as checkin_wire
from app.core.clock import cut, stamp, stamp_or_none
from app.escalation.queries import wire as escalation_wire
from app.guard.veil import anything_seen, seen, text_seen
from app.journal.record import wire_of
from app.observation.queries import blobs_of
from app.observation.queries import wire as observation_wire
from app.photo.queries import wire as photo_wire
from app.shift.queries import wire as shift_wire
from app.shift.rules import Member, Presence, crew

Names = Mapping[str, str]
COMMON = ("id", "stated_at", "estimated_at", "estimated_within_ms", "received_at", "position")


@dataclass(frozen=True, slots=True)
class Log:
    """All rows of one shift, for one reader."""

    viewer: Viewer
    shift: Any
    moves: Sequence[Any]
    #: Ops behind the moves, by id: a move's own row has no times of the server.
    applied: Mapping[str, Any]
    waiting: Sequence[Any]
    plain: Sequence[Any]
    observations: Sequence[tuple[Any, Sequence[Any]]]
    #: Added to observations after these were written.
    photos: Sequence[Any]
    escalations: Sequence[tuple[Any, Sequence[Any]]]
    alerts: Sequence[tuple[Any, Sequence[Any]]]
    crew: Sequence[Member] = field(init=False)

    def __post_init__(self) -> None:
        came = [
            Presence(m.op_id, m.user_id, m.joins, m.stated_at, m.applied_seq) for m in self.moves if m.joins is not None
        ]
        object.__setattr__(self, "crew", sorted(crew(came), key=lambda m: (m.joined_at, m.user_id)))

    def authors(self) -> set[str]:
        own = {row.author_id for row in self._records()} | {photo.author_id for photo in self.photos}
        moved = {move.user_id for move in self.moves} | {op.author for op in self.waiting}
        return {author for author in own | moved if author}

    def places(self) -> set[str]:
        return {row.place_id for row in self._records() if getattr(row, "place_id", None)}

    def blobs(self) -> set[str]:
        written = blobs_of((row for row, _ in self.observations), (versions for _, versions in self.observations))
        return written | {photo.sha256 for photo in self.photos}

    def entries(self, people: Names, places: Names, here: Collection[str]) -> list[dict[str, Any]]:
        """Sorted by stated time, then by seq."""
        told = [*self._of_records(people, places, here), *self._of_moves(people), *self._of_waiting(people)]
        told.sort(key=lambda pair: (pair[0], pair[1]["seq"]))
        return [entry for _, entry in told]

    def _records(self) -> Iterator[Any]:
        yield self.shift
        yield from self.plain
        yield from (row for row, _ in self.observations)
        yield from (row for row, _ in self.escalations)
        yield from (row for row, _ in self.alerts)

    def _of_records(
        self, people: Names, places: Names, here: Collection[str]
    ) -> Iterator[tuple[datetime, dict[str, Any]]]:
        found = [("shift.start", self.shift, shift_wire(self.shift, self.crew, self.viewer))]
        found += [(row.what, row, _plain_wire(row, self.viewer)) for row in self.plain]
        found += [
            ("observation", row, observation_wire(row, versions, here, self.viewer))
            for row, versions in self.observations
        ]
        found += [("escalation", row, escalation_wire(row, made, self.viewer)) for row, made in self.escalations]
        found += [("alert", row, alert_wire(row, taken, self.viewer)) for row, taken in self.alerts]
        for kind, row, value in found:
            place_id = getattr(row, "place_id", None)
            added = self._added_to(row.id, here) if kind == "observation" else []
            beside = {"photos": added} if kind == "observation" else {}
            changed = max([_changed(row), *(photo.seq for photo in self.photos if photo.target == row.id)])
            place = {"id": place_id, "name": places.get(place_id, "")} if place_id else None
            yield row.stated_at, {
                "kind": kind, "id": row.id, "seq": row.seq, "changed_seq": changed, "stated_at": value["stated_at"],
                "estimated_at": value["estimated_at"],
                "estimated_within_ms": value["estimated_within_ms"], "received_at": value["received_at"],
                "position": value["position"], "author": _author(row.author_id, people), "place": place, "value": value,
                **beside,
            }  # fmt: skip

    def _added_to(self, observation_id: str, here: Collection[str]) -> list[dict[str, Any]]:
        return [photo_wire(photo, here, self.viewer) for photo in self.photos if photo.target == observation_id]

    def _of_moves(self, people: Names) -> Iterator[tuple[datetime, dict[str, Any]]]:
        for move in self.moves:
            op = self.applied.get(move.op_id)
            if move.op_id == self.shift.id or op is None:
                continue
            if move.joins is None:
                kind, value = "shift.end", {"ops": move.ops, **seen(self.viewer, move.flagged, summary=move.summary)}
            else:
                kind, value = "shift.join" if move.joins else "shift.leave", {}
            common = {"id": move.op_id, "shift_id": self.shift.id, "author_id": move.user_id,
                      "stated_at": stamp(move.stated_at), "estimated_at": stamp_or_none(op.estimated_at),
                      "estimated_within_ms": op.estimated_within_ms, "received_at": stamp(op.received_at),
                      "install": op.install, "position": None}  # fmt: skip
            yield move.stated_at, _entry(kind, op.seq, common, value, people)

    def _of_waiting(self, people: Names) -> Iterator[tuple[datetime, dict[str, Any]]]:
        """What could not be applied is shown with what it says, as far as it can be read."""
        return (waiting_entry(op, people, self.viewer) for op in self.waiting)


def waiting_entry(op: Any, people: Names, viewer: Viewer) -> tuple[datetime, dict[str, Any]]:
    """(stated time, entry) of an op in quarantine, with its body."""
    body = readable_body(op.body)
    stated_at = stated_in(body) or op.received_at
    common = {"id": op.op_id, "shift_id": op.shift, "author_id": op.author, "stated_at": stamp(stated_at),
              "estimated_at": stamp_or_none(op.estimated_at), "estimated_within_ms": op.estimated_within_ms,
              "received_at": stamp(op.received_at),
              "install": op.install, "position": None}  # fmt: skip
    value = {"type": op.type, "data": anything_seen(viewer, op.author, body.get("data"))}
    return stated_at, _entry("quarantined", op.seq, common, value, people) | {"type": op.type, "why": op.why}


def _entry(kind: str, seq: int, common: Mapping[str, Any], own: Mapping[str, Any], people: Names) -> dict[str, Any]:
    told = {name: common[name] for name in COMMON}
    author = _author(common["author_id"], people)
    return {
        "kind": kind,
        "seq": seq,
        "changed_seq": seq,
        **told,
        "author": author,
        "place": None,
        "value": {**common, **own},
    }


def _changed(row: Any) -> int:
    """Of the newest op that changed it. Check-ins, comments and reviews are never changed."""
    return int(getattr(row, "changed_seq", row.seq))


def _author(author_id: str | None, people: Names) -> dict[str, str]:
    """A name is empty where the server knows none: an op in quarantine may name anybody."""
    return {"id": author_id or "", "name": people.get(author_id or "", "")}


def _plain_wire(row: Any, viewer: Viewer) -> dict[str, Any]:
    if row.what == "checkin":
        return checkin_wire(row, viewer)
    told = {"shift_id": row.shift_id, "target": row.target}
    if row.what == "comment":
        return wire_of(row) | told | text_seen(viewer, row.flagged, row.note)
    return wire_of(row) | told | {"verdict": row.kind} | seen(viewer, row.flagged, note=row.note)


def readable_body(body: bytes | None) -> dict[str, Any]:
    try:
        found = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def stated_in(body: Mapping[str, Any]) -> datetime | None:
    at = body.get("at")
    wall = at.get("wall") if isinstance(at, dict) else None
    try:
        found = datetime.fromisoformat(wall) if isinstance(wall, str) else None
        return None if found is None or found.tzinfo is None else cut(found.astimezone(UTC))
    except (ValueError, OverflowError):
        return None
