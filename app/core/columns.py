"""Column types that mean the same on SQLite and PostgreSQL."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlmodel import Field
from sqlmodel.sql.sqltypes import UTCDateTime

ID_LENGTH = 36
CODE_LENGTH = 40


def json_type() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def id_field(**options: Any) -> Any:
    return Field(sa_type=sa.String(ID_LENGTH), **options)


def code_field(**options: Any) -> Any:
    return Field(sa_type=sa.String(CODE_LENGTH), **options)


def text_field(**options: Any) -> Any:
    return Field(sa_type=sa.Text(), **options)


def json_field(**options: Any) -> Any:
    return Field(sa_type=json_type(), **options)


def time_field(**options: Any) -> Any:
    return Field(sa_type=UTCDateTime(), **options)
