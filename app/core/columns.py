"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql
from sqlmodel import Field
from sqlmodel.sql.sqltypes import UTCDateTime

ID_LENGTH = 36
CODE_LENGTH = 40
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Moment(UTCDateTime):
    """An instant. On SQLite whole microseconds since 1970: to write and read a time as text takes five times as long,

    and a record has six of them. They sort and compare like the instants that they are.
    """

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        plain: sa.types.TypeEngine[Any] = sa.BigInteger() if dialect.name == "sqlite" else self.impl_instance
        return dialect.type_descriptor(plain)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return super().process_bind_param(value, dialect)
        return micros(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None or dialect.name != "sqlite":
            return super().process_result_value(value, dialect)
        return moment(value)


def micros(value: datetime) -> int:
    """Raises TypeError for a time without an offset."""
    return (value - EPOCH) // MICROSECOND


def moment(value: Any) -> datetime:
    """What either driver gives for an instant."""
    return EPOCH + timedelta(microseconds=value) if isinstance(value, int) else value.astimezone(UTC)


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
    return Field(sa_type=Moment(), **options)
