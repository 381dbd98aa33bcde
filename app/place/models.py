"""Reference data: areas, places, service numbers, vocabularies. All are projections."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import code_field, id_field, json_field, text_field


class Reference(SQLModel):
    id: str = id_field(primary_key=True)
    active: bool = Field(sa_type=sa.Boolean)
    changed_seq: int = Field(sa_type=sa.BigInteger, index=True)


class Area(Reference, table=True):
    __tablename__ = "area"
    name: str = text_field()
    geometry: dict[str, Any] = json_field()


class Place(Reference, table=True):
    __tablename__ = "place"
    name: str = text_field()
    kind: str = code_field()
    area_id: str | None = id_field(default=None, index=True)
    lon: float = Field(sa_type=sa.Float)
    lat: float = Field(sa_type=sa.Float)
    note: str | None = text_field(default=None)


class Contact(Reference, table=True):
    __tablename__ = "contact"
    service: str = code_field()
    name: str = text_field()
    number: str | None = code_field(default=None)
    hours: str | None = text_field(default=None)
    note: str | None = text_field(default=None)
    checked_on: str | None = code_field(default=None)


class Category(Reference, table=True):
    """A category that the organisation switched off, or its own. Of a shipped one it says no more than that."""

    __tablename__ = "category"
    code: str = code_field()
    group: str | None = code_field(default=None)
    sv: str | None = text_field(default=None)
    en: str | None = text_field(default=None)
    protection: int | None = Field(default=None, sa_type=sa.Integer)
    photos: bool | None = Field(default=None, sa_type=sa.Boolean)
    #: Since which day it is switched off.
    retired: str | None = code_field(default=None)


class VocabularyRow(Reference, table=True):
    __tablename__ = "vocabulary"
    value: dict[str, Any] = json_field()
