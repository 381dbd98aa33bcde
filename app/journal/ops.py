"""What an op is, before and after the journal: frozen values, and the table that says how each type is applied."""

import builtins
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import core_schema
from sqlalchemy import Connection

TEXT_MAX = 20_000
SHORT_TEXT_MAX = 500
CODES_MAX = 50


class Status(StrEnum):
    APPLIED = "applied"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    RETRY = "retry"


class Why(StrEnum):
    """Why an op waits or must be sent again; released values, shown in words by the apps."""

    HASH = "hash"
    FRAME = "frame"
    ENVELOPE = "envelope"
    TYPE = "type"
    VERSION = "version"
    BODY = "body"
    TARGET = "target"
    AUTHOR = "author"
    PERMISSION = "permission"
    CONFLICT = "conflict"
    PROJECTOR = "projector"
    REVOKED = "revoked"


#: RFC 3339 with an offset, as a string; numbers are refused (pydantic would read them as seconds). The years are those
#: that every calendar and both databases can turn to UTC.
Instant = Annotated[
    AwareDatetime,
    Field(strict=True, ge=datetime(1, 12, 31, tzinfo=UTC), le=datetime(9999, 1, 2, tzinfo=UTC)),
]
Text = Annotated[str, Field(max_length=TEXT_MAX)]
ShortText = Annotated[str, Field(max_length=SHORT_TEXT_MAX)]
Code = Annotated[str, Field(min_length=1, max_length=40)]
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]


class Data(BaseModel):
    """Base of every op's `data`: unknown members are let through (they stay in the stored body)."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class DeviceClock(Data):
    offset_ms: float
    rtt_ms: float | None = None
    age_ms: float | None = None


class Lenient:
    """Clocks never cause a rejection (I15): what cannot be read counts as not said."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        inner = core_schema.nullable_schema(handler(source))
        return core_schema.with_default_schema(inner, default=None, on_error="default")


class At(Data):
    wall: Instant
    mono: Annotated[float | None, Lenient()] = None
    page: Annotated[ShortText | None, Lenient()] = None
    clock: Annotated[DeviceClock | None, Lenient()] = None


class Position(Data):
    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)
    accuracy_m: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    #: The difference of two clocks: one that was set meanwhile makes it less than nothing.
    age_ms: Annotated[float | None, Field(ge=0, allow_inf_nan=False), Lenient()] = None
    source: Code = "gnss"


D = TypeVar("D", bound=Data)


class Body(Data, Generic[D]):
    salt: Annotated[str, Field(min_length=1, max_length=200)]
    at: At
    position: Position | None = None
    data: D


#: The server's own reckoning of when an op was made, and how many milliseconds off that is at most; None where nothing
#: bounds it.
Estimate = tuple[datetime, int | None]


class Op(NamedTuple):
    """An op as it came, its hash already compared with its body and its body read, before any lock."""

    id: str
    type: str
    v: int
    author: str | None
    shift: str | None
    install: str | None
    client_seq: int | None
    hash: bytes
    body: bytes
    device: str | None = None
    estimated: Estimate | None = None
    envelope: dict[str, Any] | None = None
    parsed: Body[Any] | None = None
    why: Why | None = None
    waits_for: str | None = None


class Accepted(NamedTuple):
    """An op as a projector sees it: numbered, timed, its data validated. Nothing else may reach a table (I23)."""

    id: str
    seq: int
    author: str | None
    shift: str | None
    install: str | None
    client_seq: int | None
    received_at: datetime
    estimated: Estimate | None
    at: At
    position: Position | None
    data: Any
    #: Seq at which its rows change: its own, or that of the op that released it.
    applied_seq: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A projector's "not yet": the op is kept in quarantine and tried again when `waits_for` comes."""

    why: Why
    waits_for: str | None


#: What an op waits for whose projector failed: another version of the server, or a person who asks for one more try.
MENDED = "projector"


#: Reasons for which an op that waits for nothing is tried again when a person asks for it. Of two contents under one id
#: only the first may count, whoever asks; what a revoked phone handed in is taken in phone by phone.
RETRIED = frozenset({Why.BODY, Why.TYPE, Why.VERSION, Why.PERMISSION})


class Receipt(NamedTuple):
    id: str
    hash: bytes
    status: Status
    seq: int | None
    received_at: datetime | None
    why: str | None = None


Projector = Callable[[Connection, Sequence[Accepted]], Mapping[str, Refusal]]
Check = Callable[[str | None, str | None, Any], bool]
#: A body of one version, as JSON → the same in the next. Pure: no clock, no session, nothing but the body.
Upcast = Callable[[Any], Any]


@dataclass(frozen=True)
class OpKind:
    """How one type and version is read and applied. `rank` orders types inside a batch: what others point at first."""

    type: str
    body: "builtins.type[Body[Any]]"
    project: Projector
    rank: int
    v: int = 1
    #: May a phone push it? Types made by the server on behalf of a signed-in person are not taken from outside.
    pushed: bool = True
    #: (author, shift, data) → fits together; what one model alone cannot tell.
    check: Check | None = None
    #: What its arrival may release from quarantine: its own id, and whatever else others may wait for.
    releases: Callable[[Accepted], Iterable[str]] = lambda op: (op.id,)
    #: Seqs of ops in quarantine that a person wants tried again, though they wait for nothing; None for most types.
    retries: Callable[[Accepted], Iterable[int]] | None = None
    #: For the released versions just below `v`, the oldest first; the last one gives a body of `v`.
    upcasts: Sequence[Upcast] = ()

    @property
    def versions(self) -> range:
        return range(self.v - len(self.upcasts), self.v + 1)


@dataclass(frozen=True)
class Registry:
    """All released types, under every version that is read. Composed once in `sync.registry`, handed to the journal."""

    kinds: Mapping[tuple[str, int], OpKind] = field(default_factory=dict)

    @classmethod
    def of(cls, *groups: Sequence[OpKind]) -> "Registry":
        kinds = [(kind.type, v, kind) for group in groups for kind in group for v in kind.versions]
        found = {(op_type, v): kind for op_type, v, kind in kinds}
        if len(found) != len(kinds):
            raise ValueError("an op type is registered twice")
        return cls(found)

    def find(self, op_type: str, v: int) -> OpKind | None:
        return self.kinds.get((op_type, v))

    def knows_type(self, op_type: str) -> bool:
        return any(name == op_type for name, _ in self.kinds)

    def newest(self, op_type: str) -> int:
        """The version that the server itself writes."""
        return max((v for name, v in self.kinds if name == op_type), default=1)
