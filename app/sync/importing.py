"""A phone's own copy of its ops, the last resort where it cannot send: handed in as a file, or carried by a colleague.

By hand: a person with the right to write vouches for the file, and every author must be somebody known. Carried: no
person looks, so the copy itself must prove which phone made it, and then counts as that phone's own push (decision 21).
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from sqlalchemy import Connection

from app.access import copykeys
from app.access import queries as access
from app.access.accounts import author_key
from app.access.context import Context
from app.core import errors
from app.core.errors import Problem
from app.core.ids import is_uuid
from app.journal.ops import Op, Status
from app.journal.read import Sender, Unreadable, read
from app.sync import rules
from app.sync.frame import OPS_MAX, Sent
from app.sync.sealed import is_sealed, unseal, with_bodies

FORMAT, VERSION = "lykta-ops", 1
#: A phone keeps a fortnight; these are many times that. `lykta import` takes more than HTTP.
FILE_BYTES_MAX = 64 * 1024 * 1024
UPLOAD_BYTES_MAX = 32 * 1024 * 1024
#: What two phones can show and read as QR codes is less.
CARRIED_BYTES_MAX = 512 * 1024
CARRIED_PLAIN_MAX = 4 * 1024 * 1024
PROOF_MAX = 100
#: Stands where a push names its phone: these ops came from one, so what only the server may write is refused.
BY_HAND = "import"
UNSAID = Sent(None, None, None)

#: author → what an op must wait for, or None.
Awaits = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Imported:
    new: int
    known: int
    #: Of the new: stored, but waiting for a person to look.
    quarantined: int
    #: Not taken in: id, hash and bytes do not belong together.
    damaged: int

    def as_json(self) -> dict[str, int]:
        return asdict(self)

    def text(self) -> str:
        return f"{self.new} new ({self.quarantined} quarantined), {self.known} known, {self.damaged} damaged."


@dataclass(frozen=True, slots=True)
class Copy:
    ops: list[Any]
    #: Which phone says that it made the copy, and its proof; a copy handed in needs neither.
    device: str | None
    proof: str | None


def import_copy(ctx: Context, raw: bytes) -> Imported:
    """Handed in by somebody who may write records, encrypted or plain. Again with the same file changes nothing.

    Raises Problem: COPY_FOREIGN, COPY_CUT, COPY_KEY, COPY_SPOILT, TOO_LARGE; nothing was taken in then.
    """
    copy = read_copy(unseal(ctx, raw, FILE_BYTES_MAX) if is_sealed(raw) else raw)
    with ctx.db.read() as conn:
        people = {person.id for person in access.persons(conn)}
    return _take_in(ctx, copy.ops, BY_HAND, lambda author: None if author in people else f"person:{author}")


def import_carried(ctx: Context, raw: bytes) -> Imported:
    """Brought by another phone, which could neither read nor alter it. Counts as pushed by the phone that made it.

    Raises what `import_copy` does, and COPY_PLAIN, COPY_ORIGIN: the carrier keeps it then, and it can be handed in.
    """
    if not is_sealed(raw):
        raise Problem(errors.COPY_PLAIN)
    copy = read_copy(unseal(ctx, raw, CARRIED_PLAIN_MAX))
    with ctx.db.read() as conn:
        device, authors = _origin(conn, copy)
    return _take_in(ctx, copy.ops, device, lambda author: None if author in authors else author_key(device, author))


def read_copy(raw: bytes) -> Copy:
    """A plain copy that is whole. Members that are not known here (a later app's) are let through."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:
        began = raw.lstrip()[:80]
        raise Problem(errors.COPY_CUT if f'"{FORMAT}"'.encode() in began else errors.COPY_FOREIGN) from None
    if not isinstance(value, dict) or value.get("format") != FORMAT or value.get("v") != VERSION:
        raise Problem(errors.COPY_FOREIGN)
    ops = value.get("ops")
    if not isinstance(ops, list) or value.get("count") != len(ops):
        raise Problem(errors.COPY_CUT)
    device, proof = value.get("device"), value.get("proof")
    return Copy(ops, device if is_uuid(device) else None,
                proof if isinstance(proof, str) and len(proof) <= PROOF_MAX else None)  # fmt: skip


def _origin(conn: Connection, copy: Copy) -> tuple[str, frozenset[str]]:
    """The phone that made a carried copy, and everybody who ever signed in on it."""
    row, authors = (None, frozenset[str]()) if copy.device is None else access.device_by_id(conn, copy.device)
    if row is None or row.revoked_at is not None or not copykeys.is_proof(conn, row.id, copy.proof or ""):
        raise Problem(errors.COPY_ORIGIN)
    return row.id, authors


def _take_in(ctx: Context, ops: list[Any], device: str, awaits: Awaits) -> Imported:
    senders = _Senders(ctx, device, awaits)
    new = known = quarantined = damaged = 0
    for start in range(0, len(ops), OPS_MAX):
        read_ops = list(senders.read(with_bodies(ctx, ops[start : start + OPS_MAX])))
        good = [op for op in read_ops if op is not None]
        damaged += len(read_ops) - len(good)
        for receipt in ctx.journal.hand_in(good).receipts:
            is_known = receipt.status is Status.DUPLICATE
            known, new = known + is_known, new + (not is_known)
            quarantined += receipt.status is Status.QUARANTINED
    return Imported(new, known, quarantined, damaged)


class _Senders:
    """One per install in the copy: a phone whose copy this is may have had several."""

    def __init__(self, ctx: Context, device: str, awaits: Awaits) -> None:
        self._ctx, self._device, self._awaits = ctx, device, awaits
        self._made: dict[str | None, Sender] = {}

    def read(self, ops: list[Any]) -> Iterator[Op | None]:
        for raw in ops:
            install = raw.get("install") if isinstance(raw, dict) else None
            sender = self._of(install if isinstance(install, str) and is_uuid(install) else None)
            # Written while the phone's database was out of order: it never got a number.
            unnumbered = isinstance(raw, dict) and "seq" in raw and raw["seq"] is None
            try:
                op = read(raw | {"seq": 1} if unnumbered else raw, self._ctx.journal.registry, sender)
                yield op._replace(client_seq=None) if unnumbered else op
            except Unreadable:
                yield None

    def _of(self, install: str | None) -> Sender:
        if install not in self._made:
            now = self._ctx.journal.clock()
            self._made[install] = Sender(
                install, self._device, estimate=rules.estimator(UNSAID, now), awaits=self._awaits
            )
        return self._made[install]
