"""Which observations count, once and for all pictures: everything that is counted or listed begins here.

Current versions, without what was retracted and without what is restricted or ever was, whoever asks: a figure that
is read aloud on Monday is the same for all. Of linked reports of one event the first counts, as long as it is there.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    and_,
    cast,
    extract,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)

from app.duplicate.models import DuplicateEvent
from app.observation.queries import OBSERVATION, REVISION
from app.place.queries import PLACE
from app.place.vocabulary import restricted_categories
from app.shift.queries import SHIFT
from app.situation.rules import APART, Span

EVENT = DuplicateEvent.__table__  # type: ignore[attr-defined]
CURRENT, RETRACTED = "current", "retracted"
#: With the place that it names.
JOINED: FromClause = OBSERVATION.outerjoin(PLACE, PLACE.c.id == OBSERVATION.c.place_id)
# Looked up for each that needs it: joined, PostgreSQL would read all shifts of all years for the few of a month.
_OF_SHIFT = select(SHIFT.c.area_id).where(SHIFT.c.id == OBSERVATION.c.shift_id).scalar_subquery()
#: The place's, else that of the shift that it was written in.
AREA_ID = func.coalesce(PLACE.c.area_id, _OF_SHIFT)
INCIDENT: ColumnElement[bool] = OBSERVATION.c.category.not_in(APART)


def was_restricted() -> ColumnElement[bool]:
    """Now, or in a version before; only what was corrected has versions to look through."""
    o, closed = OBSERVATION.c, restricted_categories()
    # Counted, since PostgreSQL would answer an EXISTS here by reading all revisions first.
    before = select(func.count()).where(
        REVISION.c.observation_id == o.id, REVISION.c.content["category"].as_string().in_(closed)
    )  # fmt: skip
    return or_(o.category.in_(closed), and_(o.status != CURRENT, before.scalar_subquery() > 0))


def counts(spans: Sequence[Span]) -> ColumnElement[bool]:
    o = OBSERVATION.c
    condition: ColumnElement[bool] = and_(within(spans), o.status != RETRACTED, ~was_restricted(), ~_told_before())
    return condition


def _told_before() -> ColumnElement[bool]:
    """Linked to a report that stands for the event."""
    first = OBSERVATION.alias("first_report")
    stands = select(EVENT.c.observation_id).join(first, first.c.id == EVENT.c.event_id)
    return stands.where(
        EVENT.c.observation_id == OBSERVATION.c.id, EVENT.c.event_id != OBSERVATION.c.id,
        first.c.status != RETRACTED, first.c.category.not_in(restricted_categories()),
    ).exists()  # fmt: skip


def within(spans: Sequence[Span]) -> ColumnElement[bool]:
    happened = OBSERVATION.c.happened_from
    return or_(*(and_(happened >= span.start, happened < span.end) for span in spans))


def hour_of(conn: Connection) -> ColumnElement[int]:
    """Whole hours since 1970. Stockholm is whole hours from UTC, so each lies in one hour of its clock."""
    happened = OBSERVATION.c.happened_from
    if conn.dialect.name == "sqlite":
        return type_coerce(happened, BigInteger) // literal_column("3600000000", BigInteger)
    return cast(func.floor(extract("epoch", happened) / literal_column("3600")), BigInteger)


def grouped(conn: Connection, columns: Sequence[ColumnElement[Any]], where: ColumnElement[bool]) -> list[Any]:
    """Rows of these columns and `n`."""
    inner = select(*columns).select_from(JOINED).where(where).subquery()
    stmt = select(*inner.c, func.count().label("n")).group_by(*inner.c)
    return list(conn.execute(stmt))


def at_hour(number: int) -> datetime:
    return datetime.fromtimestamp(number * 3600, tz=UTC)
