"""What may be taken as a file: what the page of the search shows, by the same filters."""

from typing import Annotated, Literal

from pydantic import Field

from app.core.body import json_body
from app.find.schemas import Filters

Format = Literal["geojson", "csv", "xlsx"]


class ExportIn(Filters):
    format: Format
    #: Those of protection 3 too: only by who may read them, and only if it is said.
    restricted: bool = False
    language: Annotated[Literal["sv", "en"], Field(description="Of the headings and of the names of codes")] = "sv"


ExportBody = Annotated[ExportIn, json_body(ExportIn)]
