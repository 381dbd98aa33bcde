"""Reference data as the journal tells of it; the newest op of an id holds."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Connection, update
from sqlmodel import SQLModel

from app.core.insert import put
from app.journal.history import kept
from app.journal.ops import Accepted, Body, Code, Data, Id, OpKind, Refusal, ShortText
from app.place.models import Area, Category, Contact, Place, VocabularyRow
from app.place.own import PROTECTIONS
from app.place.queries import VOCABULARY, VOCABULARY_ID

Name = Annotated[str, Field(min_length=1, max_length=120)]


class AreaPut(Data):
    id: Id
    name: Name
    geometry: dict[str, Any]
    active: bool = True


class PlacePut(Data):
    id: Id
    name: Name
    kind: Code = "other"
    area_id: Id | None = None
    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)
    note: ShortText | None = None
    active: bool = True


class ContactPut(Data):
    id: Id
    service: Code
    name: Name
    number: Annotated[str, Field(max_length=40)] | None = None
    hours: ShortText | None = None
    note: ShortText | None = None
    checked_on: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    active: bool = True


class VocabularyPut(Data):
    id: Id
    value: dict[str, Any]
    active: bool = True


class CategoryPut(Data):
    """A shipped one: its code and whether it is in use. An own one says all of itself."""

    id: Id
    code: Code
    group: Code | None = None
    sv: Name | None = None
    en: Name | None = None
    #: Never that of the restricted circle.
    protection: int | None = Field(default=None, ge=PROTECTIONS[0], le=PROTECTIONS[-1])
    photos: bool | None = None
    active: bool = True


def _put_categories(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """Phones and the desk read the vocabulary as one thing: that has changed, too."""
    newest = {op.data.id: op for op in ops}
    rows = [
        op.data.model_dump() | {"retired": None if op.data.active else op.received_at.date().isoformat(),
                                "changed_seq": op.applied_seq}
        for op in newest.values()
    ]  # fmt: skip
    put(conn, Category, rows, ["id"])
    seq = max(op.applied_seq for op in ops)
    older = (VOCABULARY.c.id == VOCABULARY_ID, VOCABULARY.c.changed_seq < seq)
    conn.execute(update(VOCABULARY).where(*older).values(changed_seq=seq))
    return {}


def _putter(model: type[SQLModel]) -> Any:
    def project(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
        newest = {op.data.id: op for op in ops}
        rows = [op.data.model_dump() | {"changed_seq": op.applied_seq} for op in newest.values()]
        put(conn, model, rows, ["id"])
        return {}

    return project


OPS = (
    kept(OpKind("area.put", Body[AreaPut], _putter(Area), rank=1, pushed=False)),
    kept(OpKind("place.put", Body[PlacePut], _putter(Place), rank=2, pushed=False)),
    kept(OpKind("contact.put", Body[ContactPut], _putter(Contact), rank=2, pushed=False)),
    OpKind("vocabulary.put", Body[VocabularyPut], _putter(VocabularyRow), rank=2, pushed=False),
    kept(OpKind("category.put", Body[CategoryPut], _put_categories, rank=3, pushed=False)),
)
TABLES = (Area, Place, Contact, VocabularyRow, Category)
