"""Observations over HTTP: what may be asked for, and what a program may write."""

from typing import Annotated, Literal

from pydantic import Field

from app.core.asking import CATEGORIES_MAX, QueryCode, QueryId, Span
from app.core.body import json_body
from app.guard.said import Told
from app.journal.program import Given, GivenInShift
from app.observation.projector import ObservationData, Reason


class ObservationsAsked(Span):
    category: Annotated[list[QueryCode], Field(max_length=CATEGORIES_MAX)] = []
    place_id: QueryId | None = None
    area_id: QueryId | None = None
    shift_id: QueryId | None = None
    status: Literal["current", "amended", "retracted"] | None = None


class ObservationIn(ObservationData, GivenInShift):
    pass


class AmendmentIn(Told, Given):
    """The whole new content, and why."""

    reason: Reason
    observation: ObservationData


ObservationBody = Annotated[ObservationIn, json_body(ObservationIn)]
AmendmentBody = Annotated[AmendmentIn, json_body(AmendmentIn)]
