"""What a paper about a shift does not say unless it is asked for: protection 3, and who is who. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.observation.shown import was_restricted

Json = dict[str, Any]
#: An entry of which nothing is told but that it is there.
CLOSED = "closed"


def without_restricted(entries: Sequence[Json]) -> list[Json]:
    """In place of each such record, and of what was said and done about it, that there is one."""
    closed = {one["id"] for one in entries if one["kind"] == "observation" and was_restricted(one["value"])}
    # A word about a word about a call for help that is about such a record, and so on.
    while further := {one["id"] for one in entries if one["id"] not in closed and closed & set(_about(one))}:
        closed |= further
    return [_emptied(one) if one["id"] in closed else _unread(one) for one in entries]


def _about(entry: Json) -> Iterable[str]:
    if entry["kind"] == "escalation":
        return filter(None, [entry["value"]["observation_id"]])
    return filter(None, [entry["value"]["target"]]) if entry["kind"] == "comment" else ()


def _emptied(entry: Json) -> Json:
    return {**entry, "kind": CLOSED, "value": {}, "place": None, "position": None, "photos": []}


def _unread(entry: Json) -> Json:
    """What could not be read as its kind may be such a record: without its words."""
    return {**entry, "value": {**entry["value"], "data": None}} if entry["kind"] == "quarantined" else entry
