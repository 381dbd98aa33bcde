"""What is asked for a draft of an extract, and what is said when it is handed out."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from app.core.asking import Paging, QueryId
from app.core.body import json_body
from app.disclosure.bodies import RECORDS_MAX, VERSIONS_MAX, Masked
from app.find.schemas import Filters
from app.guard.said import Told
from app.journal.ops import Id, ShortText, Text
from app.review.report_words import Language


class DraftIn(Filters):
    """Observations that the search finds, or these."""

    ids: Annotated[list[QueryId], Field(max_length=RECORDS_MAX)] | None = None


class VersionIn(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Id
    masked: Masked = Masked()


class RecordIn(BaseModel):
    """`versions`: every wording in order, or the one in force alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Id
    versions: Annotated[list[VersionIn], Field(min_length=1, max_length=VERSIONS_MAX)]


class MakeIn(Told):
    id: Id
    to: Literal["police", "authority", "subject", "public"]
    #: An authority or a part of it. Nobody asks the public who they are (2 kap. 18 § tryckfrihetsförordningen).
    recipient: Annotated[ShortText, Field(pattern=r"\S")] | None = None
    reference: Annotated[ShortText, Field(pattern=r"\S")] | None = None
    decision: Annotated[Text, Field(min_length=1, pattern=r"\S")]
    positions: bool = False
    records: Annotated[list[RecordIn], Field(min_length=1, max_length=RECORDS_MAX)]

    @model_validator(mode="after")
    def _each_once(self) -> "MakeIn":
        if len({one.id for one in self.records}) != len(self.records):
            raise PydanticCustomError("twice", "each record once")
        return self


class ExtractAsked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    language: Language = "sv"


class DisclosuresAsked(Paging):
    """Newest first."""


class DraftOut(BaseModel):
    records: list[dict[str, Any]]
    more: bool = Field(description="There are more than an extract holds")


DraftBody = Annotated[DraftIn, json_body(DraftIn)]
MakeBody = Annotated[MakeIn, json_body(MakeIn)]
