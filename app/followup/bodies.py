"""What ops of a follow-up say. Codes that this server does not know are kept and shown as they are."""

import datetime
from typing import Annotated

from pydantic import Field

from app.guard.said import Told
from app.journal.ops import Code, Data, Id, ShortText, Text

Due = Annotated[datetime.date, Field(ge=datetime.date(2000, 1, 1), le=datetime.date(2200, 1, 1))]
#: What a felanmälan says: one screen, and what a form of a municipality takes.
Draft = Annotated[str, Field(max_length=4_000)]


class Answer(Data):
    """`answer`: yes (still there), no (gone), not_visited."""

    target: Id
    answer: Code


class Create(Told):
    observation: Id
    kind: Code
    owner: Id
    due: Due
    note: Text | None = None
    draft: Draft | None = None


class Change(Told):
    """The members that are told are set; the others stay. `based_on`: the word that its author had seen."""

    target: Id
    based_on: Id
    kind: Code | None = None
    owner: Id | None = None
    due: Due | None = None
    note: Text | None = None
    draft: Draft | None = None


class Close(Told):
    """`result` is told to the host who reported."""

    target: Id
    based_on: Id
    outcome: Code
    result: Text | None = None


class Reopen(Data):
    target: Id
    based_on: Id


class Send(Data):
    """The draft in force is handed to this channel; what came of it is another op."""

    target: Id
    channel: Code


class Sent(Data):
    """`target` is the `followup.send`."""

    target: Id
    ok: bool
    why: ShortText | None = None
