"""What the table of routes is written with: who may ask what, how, and what is refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.access.permission import Role, Scope
from tests.support.blobs import name_of, some_bytes
from tests.support.canary import CANARY
from tests.support.world import CAST

EVERYBODY = frozenset(Role)
ADMINS = frozenset({Role.ADMIN})
OVERSEERS = frozenset({Role.SUPERVISOR, Role.ADMIN})
AS_JSON = {"Content-Type": "application/json"}
PHOTO = some_bytes()
BLOB = name_of(PHOTO)
#: The public key of the example in RFC 8291, §5, at a push service that is never asked.
A_SUBSCRIPTION: dict[str, Any] = {
    "key": "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs",
    "endpoint": "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
    "keys": {"auth": "BTBZMqHH6r4Tts7J_aSIgg", "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4"
             "bjyPjs7Vd8pZGH6SRpkNtoIAiw4"},
}  # fmt: skip
A_NUMBER = {"based_on": None, "service": "FEL", "name": "Felanmälan", "number": "0457-61 80 00", "hours": None,
            "note": None, "checked_on": None, "active": True}  # fmt: skip
AT = {"kind": "point", "from": "2026-11-20T20:05:00Z"}
Given = Mapping[str, Any]
NOTHING = "019a0000-0000-7000-8000-000000000098"
NOT_MISSING = {"kind": "shift_open", "subject": NOTHING}


@dataclass(frozen=True)
class World:
    """Ids to ask for."""

    shift: str
    observation: str
    escalation: str
    #: Cim's: Alva may acknowledge it.
    alert: str
    followup: str
    #: Nothing's.
    nobody: str = NOTHING


@dataclass(frozen=True)
class Entry:
    """`roles` may, others are refused; None: no sign-in is needed. `bad`: what is asked, with which answer."""

    roles: frozenset[Role] | None
    ask: Callable[[World], tuple[str, Given]]
    status: int = 200
    bad: Sequence[tuple[Given, int, str]] = ()
    scope: Scope | None = None
    #: Asked by a phone's own cookie, not by a session.
    by_phone: bool = False
    #: Never ends; that the right role is let in is tested where the stream is read.
    streams: bool = False


def plain(path: str, **given: Any) -> Callable[[World], tuple[str, Given]]:
    return lambda _world: (path, given)


def of(kind: str, path: str, **given: Any) -> Callable[[World], tuple[str, Given]]:
    return lambda world: (path.replace("{id}", getattr(world, kind)), given)


def reads(path: str, *bad: str, **more: Any) -> Entry:
    wrong = [({"params": dict([pair.split("=")])}, 422, "invalid") for pair in (*bad, "limit=0", f"limit={CANARY}")]
    return Entry(EVERYBODY, plain(path), bad=wrong, scope=Scope.READ, **more)


def writes(ask: Callable[[World], tuple[str, Given]], *bad: Mapping[str, Any]) -> Entry:
    refused = [({"json": body}, 422, "invalid") for body in (*bad, {}, [CANARY])]
    broken = ({"content": f'{{"{CANARY}'.encode(), "headers": AS_JSON}, 400, "frame")
    return Entry(OVERSEERS, ask, 201, [*refused, broken], Scope.WRITE)


def told(path: str, status: int = 200, *bad: Any, **given: Any) -> Entry:
    """One's own notices: everybody, and no program."""
    wrong = [(body if "params" in body else {"json": body}, 422, "invalid") for body in bad]
    return Entry(EVERYBODY, plain(path, **given), status, wrong)


def follow(path: str, *, with_record: bool = False, **said: Any) -> Callable[[World], tuple[str, Given]]:
    """A word on the follow-up that is there, or a new one of the record that is there."""

    def _ask(world: World) -> tuple[str, Given]:
        body = {"observation": world.observation, "kind": "fault_report", "owner": CAST.bo.id, "due": "2026-12-01"}
        said_of = body if with_record else {"based_on": world.followup} | said
        return path.replace("{id}", world.followup), {"json": said_of}

    return _ask


def pair(path: str) -> Callable[[World], tuple[str, Given]]:
    return lambda world: (path, {"json": {"one": world.observation, "other": NOTHING}})


def bad_words(*bad: Mapping[str, Any]) -> list[tuple[Given, int, str]]:
    broken = ({"content": f'{{"{CANARY}'.encode(), "headers": AS_JSON}, 400, "frame")
    return [*(({"json": body}, 422, "invalid") for body in (*bad, {}, [CANARY])), broken]


def administers(ask: Callable[[World], tuple[str, Given]], status: int, *bad: Given) -> Entry:
    """A desk's form: no program fills it in."""
    refused = [({"json": body}, 422, "invalid") for body in (*bad, {}, [CANARY])]
    broken = ({"content": f'{{"{CANARY}'.encode(), "headers": AS_JSON}, 400, "frame")
    return Entry(ADMINS, ask, status, [*refused, broken])


def plans(ask: Callable[[World], tuple[str, Given]], status: int, *bad: Given) -> Entry:
    return replace(administers(ask, status, *bad), roles=OVERSEERS)
