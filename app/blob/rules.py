"""Pure rules of blobs: what a name looks like, how large one may be, and which image some bytes are."""

import re

SIZE_MAX = 10 * 1024 * 1024
CHUNK_MAX = 524_288
#: So many bytes tell the kind of an image.
HEAD_BYTES = 12
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


def is_sha256(value: object) -> bool:
    """Lower-case hex only: names are compared as bytes everywhere."""
    return isinstance(value, str) and _SHA256.match(value) is not None


def sniff(content: bytes) -> str | None:
    """The media type by the first bytes; None for what is none of the three accepted ones."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None
