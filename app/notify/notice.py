"""What people are told, and what came of telling them. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.access.speech import Language

#: By which people are told, the first choice first.
CHANNELS = ("push", "email", "sms")
TITLE_CHARS_MAX, BODY_CHARS_MAX, URL_CHARS_MAX = 120, 400, 300


@dataclass(frozen=True, slots=True)
class Notice:
    """Fixed sentences alone: it passes servers of others and lies on locked screens. No free text, no positions."""

    #: help, threat, test, overdue, reminder, report or history
    kind: str
    alert_id: str
    title: str
    body: str
    #: A path in the app, such as "#/larm/<id>".
    url: str
    urgent: bool

    def short(self) -> "Notice":
        """As much of it as every channel takes, each member in one line."""
        return Notice(self.kind, self.alert_id, _line(self.title, TITLE_CHARS_MAX), _line(self.body, BODY_CHARS_MAX),
                      _line(self.url, URL_CHARS_MAX), self.urgent)  # fmt: skip


#: The same notice in each language that people are told in.
Spoken = Mapping[Language, Notice]


@dataclass(frozen=True, slots=True)
class Sent:
    """One channel's answer for one person. `ok`: the channel took it; whether anybody reads it, nobody knows."""

    person_id: str
    #: push, email, sms, or none where the person has no channel
    channel: str
    ok: bool
    #: None where ok; else one of `Why`.
    why: str | None


class Why:
    """Released values."""

    NO_CHANNEL = "no-channel"  # neither a subscription nor an address that this server could use
    UNKNOWN = "unknown"  # no such person, or one who was disabled
    GONE = "gone"  # the push service knows the subscription no more
    REFUSED = "refused"  # by the channel: wrong credentials, wrong key, wrong address
    SLOWED = "slowed"  # asked to come back later
    FAILED = "failed"  # a fault on the channel's side
    LATE = "late"
    UNREACHABLE = "unreachable"
    FORBIDDEN = "forbidden"  # an address to which this server does not connect
    FAULT = "fault"  # on our side; the log has it


class Outcome(NamedTuple):
    """What one attempt came to."""

    ok: bool
    why: str | None = None


TAKEN = Outcome(True)


def _line(text: str, chars_max: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= chars_max else line[: chars_max - 1] + "…"
