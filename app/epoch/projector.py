"""epoch.acknowledge → somebody at the desk knows that the database went back in time."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from app.core.insert import insert_new
from app.epoch.models import EpochAcknowledgement
from app.journal.ops import Accepted, Body, Data, Id, OpKind, Refusal


class Acknowledge(Data):
    epoch: Id


def acknowledge(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """Of any epoch: a copy that was put back since may not know it."""
    rows = [{"epoch": op.data.epoch, "id": op.id, "author_id": op.author, "stated_at": op.at.wall,
             "changed_seq": op.applied_seq} for op in ops]  # fmt: skip
    insert_new(conn, EpochAcknowledgement, rows, ["epoch"])
    return {}


OPS = (OpKind("epoch.acknowledge", Body[Acknowledge], acknowledge, rank=41, pushed=False),)
TABLES = (EpochAcknowledgement,)
