"""Alarms over HTTP: what may be asked for, and what may be said of one."""

from typing import Annotated, Literal

from app.core.asking import Paging, QueryCode, QueryId
from app.core.body import json_body
from app.journal.ops import Data, Text


class AlertsAsked(Paging):
    status: Literal["open", "cleared", "all"] = "open"
    kind: QueryCode | None = None
    shift_id: QueryId | None = None


class ClearIn(Data):
    note: Text | None = None


ClearBody = Annotated[ClearIn, json_body(ClearIn)]
