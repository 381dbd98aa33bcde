"""What an op is about, by what it says itself. Pure."""

from typing import Any

import orjson

#: Members of an op's data that name a record, a shift, a step, or the bytes of a photo.
ABOUT = ("target", "observation", "observation_id", "one", "other", "subject", "checkin", "record", "sha256")
#: What is written most, and is about nothing that was there before: not looked into.
BARE = frozenset({"shift.start", "checkin.create", "observation.create"})


def data_of(body: bytes | None) -> dict[str, Any]:
    """The data of an op, which may be one that could not be applied; empty where it cannot be read."""
    try:
        said = orjson.loads(body or b"null")
    except orjson.JSONDecodeError:
        return {}
    data = said.get("data") if isinstance(said, dict) else None
    return data if isinstance(data, dict) else {}


def told(data: dict[str, Any]) -> set[str]:
    """Texts where ids and hashes stand."""
    return {one for name in ABOUT if isinstance(one := data.get(name), str)}
