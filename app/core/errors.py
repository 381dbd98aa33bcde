"""The one catalogue of what can go wrong, answered as RFC 9457 problems; no text that somebody typed is ever echoed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

TYPE_BASE = "/problems/"


class Refused(Exception):
    """A command or a start that cannot go on: one sentence for a person, exit code 1."""


@dataclass(frozen=True)
class Kind:
    code: str
    status: int
    title: str
    retry: bool = False


FRAME = Kind("frame", 400, "The request is not well formed")
BLOB_DIGEST = Kind("blob-digest", 400, "The chunk was damaged on the way", retry=True)
SIGN_IN = Kind("sign-in", 401, "Wrong name or password")
SESSION = Kind("session", 401, "Sign in first")
DEVICE = Kind("device", 401, "This phone is not signed in")
TOKEN = Kind("token", 401, "The API token is not valid")
FORBIDDEN = Kind("forbidden", 403, "Not allowed for this role")
ORIGIN = Kind("origin", 403, "The request comes from another site")
SIGN_IN_OLD = Kind("sign-in-old", 403, "Sign in again on this phone first")
DEVICE_REVOKED = Kind("device-revoked", 403, "This phone was revoked")
NOT_FOUND = Kind("not-found", 404, "There is no such thing here")
METHOD = Kind("method", 405, "That method is not offered here")
EPOCH = Kind("epoch", 409, "The server's history is another one than yours")
BLOB_OFFSET = Kind("blob-offset", 409, "The upload goes on at another place")
BLOB_HASH = Kind("blob-hash", 409, "The bytes are not those of the name; the upload begins again")
NEWER = Kind("newer", 409, "More has come since you looked")
STILL_OUT = Kind("still-out", 409, "The shift has not ended")
CHANGED = Kind("changed", 409, "Somebody else has changed it meanwhile")
LAST_ADMIN = Kind("last-admin", 409, "Somebody must be left who administers")
FROZEN = Kind("frozen", 409, "It has begun: what was read stays as it was")
NOT_YET = Kind("not-yet", 409, "The decision is not in force yet")
ALERT_OWN = Kind("alert-own", 409, "Somebody else has to acknowledge it")
CONFLICT = Kind("conflict", 409, "The same id was used for another content")
RESET = Kind("reset", 410, "The cursor is of another epoch or scope")
TOO_LARGE = Kind("too-large", 413, "Too large")
MEDIA = Kind("media", 415, "That content encoding or type is not accepted")
INVALID = Kind("invalid", 422, "Some members are not valid")
EXPORT_LARGE = Kind("export-large", 422, "So many rows are not put in one file; narrow the search")
FIND_FULL = Kind("find-full", 422, "So many searches cannot be kept; forget one first")
COPY_FOREIGN = Kind("copy-foreign", 422, "This is not a copy of records that Lykta can read")
COPY_CUT = Kind("copy-cut", 422, "The copy is not whole; save it on the phone again")
COPY_KEY = Kind("copy-key", 422, "The copy was made for a key that this server does not have")
COPY_SPOILT = Kind("copy-spoilt", 422, "The copy was altered or damaged on its way; nothing of it was taken in")
COPY_PLAIN = Kind("copy-plain", 422, "Only an encrypted copy can be carried by another phone")
COPY_ORIGIN = Kind("copy-origin", 422, "The phone that made this copy is not known here, or was revoked")
FIND_PERSON = Kind("find-person", 422, "Places and events are looked for here, never persons")
PROTOCOL = Kind("protocol", 426, "That protocol version is not spoken here")
SLOWED = Kind("slowed", 429, "Too many attempts; wait a little", retry=True)
INTERNAL = Kind("internal", 500, "Something failed on the server", retry=True)
BUSY = Kind("busy", 503, "The server is busy; try again soon", retry=True)
STORE_AWAY = Kind("store-away", 503, "Photos cannot be stored or read now; try again soon", retry=True)
NO_ROOM = Kind("no-room", 507, "The server has no room for it now", retry=True)

CATALOGUE: tuple[Kind, ...] = tuple(v for v in globals().values() if isinstance(v, Kind))


@dataclass
class Problem(Exception):
    """Raise it anywhere below a route; `extra` members are made by us, never copied from input."""

    kind: Kind
    detail: str | None = None
    errors: Sequence[dict[str, str]] = ()
    headers: dict[str, str] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        out: dict[str, Any] = {"type": TYPE_BASE + self.kind.code, "title": self.kind.title, "status": self.kind.status}
        if self.detail:
            out["detail"] = self.detail
        if self.errors:
            out["errors"] = list(self.errors)
        return out | self.extra


def pointer(loc: Sequence[str | int]) -> str:
    """RFC 6901 pointer of a validation error's place."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in loc)
