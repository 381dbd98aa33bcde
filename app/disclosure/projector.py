"""disclosure.make → disclosure and the records in it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from app.core.insert import insert_new
from app.disclosure.bodies import Make
from app.disclosure.models import Disclosure, DisclosureRecord
from app.guard.said import flagged
from app.journal.ops import Accepted, Body, OpKind, Refusal


def make(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    rows = [
        {"id": op.id, "year": op.data.year, "number": op.data.number, "author_id": op.author,
         "stated_at": op.at.wall, "recipient_kind": op.data.to, "recipient": op.data.recipient,
         "reference": op.data.reference, "decision": op.data.decision, "positions": op.data.positions,
         "flagged": flagged(op.author, [op.data.decision, op.data.recipient, op.data.reference], op.data)}
        for op in ops
    ]  # fmt: skip
    records = [
        {"disclosure_id": op.id, "observation_id": one.id, "place": place, "corrections": one.corrections,
         "retracted": one.retracted, "versions": [version.model_dump() for version in one.versions]}
        for op in ops for place, one in enumerate(op.data.records)
    ]  # fmt: skip
    insert_new(conn, Disclosure, rows, ["id"])
    insert_new(conn, DisclosureRecord, records, ["disclosure_id", "observation_id"])
    return {}


OPS = (OpKind("disclosure.make", Body[Make], make, rank=42, pushed=False),)
TABLES = (Disclosure, DisclosureRecord)
