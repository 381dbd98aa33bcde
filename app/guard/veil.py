"""What a reader sees of a statement that holds an identity number: everything but its words (docs/decisions.md)."""

from collections.abc import Mapping
from typing import Any

from app.access.permission import Right, Viewer
from app.guard.rules import IDENTITIES, find

#: No op of ours nests half as deep; what is written as JSON again may not be nested without end.
DEPTH_MAX = 20


def is_hidden(viewer: Viewer, flagged: Mapping[str, Any] | None) -> bool:
    """From all but who wrote it and data protection. Other kinds are told, and hide nothing."""
    if flagged is None or IDENTITIES.isdisjoint(flagged["kinds"]):
        return False
    is_own = viewer.role is not None and flagged["by"] == viewer.id
    return not (is_own or viewer.may(Right.WORDS_READ))


def seen(viewer: Viewer, flagged: Mapping[str, Any] | None, **texts: Any) -> dict[str, Any]:
    """Members of a record as this viewer reads them; where something was found, `flagged` and `hidden` beside them."""
    if flagged is None:
        return texts
    hidden = is_hidden(viewer, flagged)
    return (dict.fromkeys(texts) if hidden else texts) | {"flagged": flagged["kinds"], "hidden": hidden}


def text_seen(viewer: Viewer, flagged: Mapping[str, Any] | None, text: str) -> dict[str, Any]:
    """Of a record that is one text: empty where it is hidden, never null, which apps of before would not take."""
    words = seen(viewer, flagged, text=text)
    return words | {"text": words["text"] or ""}


def both_seen(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Two statements of one record."""
    told = {**one, **other}
    if "flagged" in told:
        told["flagged"] = sorted({*one.get("flagged", ()), *other.get("flagged", ())})
        told["hidden"] = one.get("hidden", False) or other.get("hidden", False)
    return told


def note_seen(viewer: Viewer, note: Mapping[str, Any] | None, *names: str) -> dict[str, Any] | None:
    """The same for a change that is kept as JSON beside its record."""
    if note is None:
        return None
    own = {name: value for name, value in note.items() if name != "flagged"}
    return own | seen(viewer, note.get("flagged"), **{name: own[name] for name in names})


def anything_seen(viewer: Viewer, author: str | None, said: Any, depth: int = DEPTH_MAX) -> Any:
    """Of data that no projector has looked at: each text with an identity number is null, and what is nested deeper."""
    if isinstance(said, str):
        kinds = sorted({found.kind.value for found in find(said)})
        return None if is_hidden(viewer, {"kinds": kinds, "by": author}) else said
    if isinstance(said, Mapping | list) and depth == 0:
        return None
    if isinstance(said, Mapping):
        return {name: anything_seen(viewer, author, value, depth - 1) for name, value in said.items()}
    if isinstance(said, list):
        return [anything_seen(viewer, author, value, depth - 1) for value in said]
    return said
