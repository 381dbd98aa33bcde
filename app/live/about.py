"""What an op is about, by what it says itself. Pure."""

import orjson

from app.blob.rules import is_sha256
from app.core.ids import is_uuid

#: Members of an op's data that name a record, a shift, a step, or the bytes of a photo.
ABOUT = ("target", "observation", "observation_id", "one", "other", "subject", "checkin", "record", "sha256")
#: What is written most, and is about nothing that was there before: not looked into.
BARE = frozenset({"shift.start", "checkin.create", "observation.create"})


def named(body: bytes | None) -> set[str]:
    """Ids and hashes in the body of an op, which may be one that could not be applied."""
    try:
        said = orjson.loads(body or b"null")
    except orjson.JSONDecodeError:
        return set()
    data = said.get("data") if isinstance(said, dict) else None
    told = [data.get(name) for name in ABOUT] if isinstance(data, dict) else []
    return {one for one in told if isinstance(one, str) and (is_uuid(one) or is_sha256(one))}
