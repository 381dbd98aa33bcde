"""Escalations over HTTP: what may be asked for, and what a program may write."""

from typing import Annotated, Literal

from app.core.asking import QueryId, Span
from app.core.body import json_body
from app.escalation.projector import AttemptData, EscalationCreate
from app.journal.program import Given, GivenInShift


class EscalationsAsked(Span):
    area_id: QueryId | None = None
    shift_id: QueryId | None = None
    status: Literal["open", "closed"] | None = None


class EscalationIn(EscalationCreate, GivenInShift):
    pass


class AttemptIn(AttemptData, Given):
    pass


EscalationBody = Annotated[EscalationIn, json_body(EscalationIn)]
AttemptBody = Annotated[AttemptIn, json_body(AttemptIn)]
