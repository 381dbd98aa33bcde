"""followup.answer → followup_answer, and the observation that it is about counts as changed."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from app.core.insert import insert_new
from app.followup.models import FollowupAnswer
from app.journal.ops import Accepted, Body, Code, Data, Id, OpKind, Refusal, Why
from app.journal.record import present, row_of, touch
from app.observation.models import Observation

OBSERVATION = Observation.__table__  # type: ignore[attr-defined]


class Answer(Data):
    """`answer`: yes (still there), no (gone), not_visited."""

    target: Id
    answer: Code


def answer(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    known = present(conn, OBSERVATION, [op.data.target for op in ops])
    here = [op for op in ops if op.data.target in known]
    rows = [row_of(op) | {"shift_id": op.shift, "target": op.data.target, "answer": op.data.answer} for op in here]
    insert_new(conn, FollowupAnswer, rows, ["id"])
    for op in here:
        touch(conn, OBSERVATION, op.applied_seq, OBSERVATION.c.id == op.data.target)
    return {op.id: Refusal(Why.TARGET, op.data.target) for op in ops if op.data.target not in known}


OPS = (OpKind("followup.answer", Body[Answer], answer, rank=32),)
TABLES = (FollowupAnswer,)
