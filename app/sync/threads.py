"""Who works off a push: bulk in threads of its own, so that a call for help always finds a free one (I20)."""

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar

from app.sync.frame import Raw

#: So much a call for help may be; packed, a dozen check-ins would fit into as many bytes.
SMALL_BYTES_MAX = 8_192
PACKED_BYTES_MAX = 2_048
#: They share a transaction and two processors: more of them at once would only wait.
BULK_AT_ONCE = 8
_BULK: RunVar[CapacityLimiter] = RunVar("bulk")


def threads_for(raw: Raw) -> CapacityLimiter | None:
    """None: those that everything else shares, and which bulk never takes, however many phones empty themselves."""
    if len(raw.content) <= (SMALL_BYTES_MAX if raw.encoding == "identity" else PACKED_BYTES_MAX):
        return None
    try:
        return _BULK.get()
    except LookupError:
        made = CapacityLimiter(BULK_AT_ONCE)
        _BULK.set(made)
        return made
