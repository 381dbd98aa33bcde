"""Check-ins over HTTP: what may be asked for, and what a program may write."""

from typing import Annotated

from app.checkin.projector import CheckinCreate
from app.core.asking import QueryId, Span
from app.core.body import json_body
from app.journal.program import GivenInShift


class CheckinsAsked(Span):
    place_id: QueryId | None = None
    area_id: QueryId | None = None
    shift_id: QueryId | None = None


class CheckinIn(CheckinCreate, GivenInShift):
    pass


CheckinBody = Annotated[CheckinIn, json_body(CheckinIn)]
