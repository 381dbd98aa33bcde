"""What an op is about, by what it says itself. Pure."""

from app.blob.rules import is_sha256
from app.core.ids import is_uuid
from app.journal.about import data_of, told


def named(body: bytes | None) -> set[str]:
    """Ids and hashes in the body of an op, which may be one that could not be applied."""
    return {one for one in told(data_of(body)) if is_uuid(one) or is_sha256(one)}
