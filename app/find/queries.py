"""Every read of what can be found. `find_entry` says which; the records themselves say what is shown of them."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_
from sqlalchemy.dialects.postgresql import TSQUERY

from app.access.permission import Right, Viewer
from app.find import rules
from app.find.entries import ENTRY
from app.find.models import FindSaved
from app.find.schemas import Filters
from app.observation.queries import closed_to
from app.place.filters import at_place_in, inside
from app.place.vocabulary import groups_of_codes, restricted_categories
from app.shift.queries import of_area

#: Beyond that it is "more than": to count a million rows would take longer than to show fifty.
COUNT_MAX = 1000
#: So many can be sorted while one waits.
AREA_FEW = 10_000
SAVED_MAX = 50
SAVED = FindSaved.__table__  # type: ignore[attr-defined]
WORDS = sa.table("find_words", sa.column("rowid", sa.BigInteger), sa.column("find_words"))
#: As in the index, to the letter.
VECTOR: Any = sa.literal_column("array_to_tsvector(string_to_array(find_entry.words, ' '))")


class Hit(NamedTuple):
    nth: int
    id: str
    kind: str
    severity: int
    about_id: str | None
    is_restricted: bool


Cursor = tuple[int, int]
Where = list[ColumnElement[bool]]


class Hits(NamedTuple):
    found: list[Hit]
    #: Null at the end.
    next: Cursor | None
    #: Rows that were read, those beyond the page too.
    read: int


def cursor_said(cursor: Cursor | None) -> str | None:
    return None if cursor is None else f"{cursor[0]}.{cursor[1]}"


def cursor_in(said: str | None) -> Cursor | None:
    return None if said is None else (int(said[0]), int(said[2:]))


def hits(
    conn: Connection,
    viewer: Viewer,
    asked: Filters,
    *,
    limit: int,
    after: Cursor | None,
    restricted: bool = True,
    reads: int = 0,
) -> Hits:
    """In the order that was asked for. `restricted`: those of protection 3 too, where the viewer may read them.

    `reads`: so many rows are read at least, to be counted.
    """
    e, reads = ENTRY.c, max(limit + 1, reads)
    shown = (_closed(ENTRY) | _is_about_closed()).label("is_restricted")
    found, place = _asked(conn, viewer, asked, restricted, [e.nth, e.id, e.kind, e.severity, e.about_id, shown])
    for condition in _after(asked, place, after):
        found = found.where(condition)
    rows = [Hit(*row) for row in conn.execute(found.order_by(*_order(asked, place)).limit(reads))]
    page = rows[:limit]
    more = (page[-1].severity, page[-1].nth) if len(rows) > limit else None
    closed = closed_to(conn, viewer, _observations(page))
    return Hits([hit for hit in page if hit.id not in closed and hit.about_id not in closed], more, len(rows))


def page(conn: Connection, viewer: Viewer, asked: Filters, *, limit: int, after: Cursor | None) -> tuple[Hits, int]:
    """(a page, how many there are in all). Of words the first page is counted as it is read: to look up which records

    have a common one takes far longer than to read a thousand of them, and is to be done once.
    """
    if asked.text is not None and after is None:
        found = hits(conn, viewer, asked, limit=limit, after=None, reads=COUNT_MAX + 1)
        return found, found.read
    return hits(conn, viewer, asked, limit=limit, after=after), count(conn, viewer, asked)


def count(conn: Connection, viewer: Viewer, asked: Filters, *, restricted: bool = True, most: int = COUNT_MAX) -> int:
    """How many there are; at most one more than `most`."""
    found, _ = _asked(conn, viewer, asked, restricted, [sa.literal_column("1")])
    return int(conn.execute(select(func.count()).select_from(found.limit(most + 1).subquery())).scalar_one())


def _observations(found: Iterable[Hit]) -> list[str | None]:
    return [hit.id if hit.kind == "observation" else hit.about_id for hit in found]


def _asked(
    conn: Connection, viewer: Viewer, asked: Filters, restricted: bool, columns: Sequence[Any]
) -> tuple[Select[Any], Any]:
    """(the question, the column by which it goes through time)"""
    where = _where(viewer, asked, restricted)
    if asked.area_id is not None:
        where.append(_in_area(conn, asked.area_id))
    place: Any = ENTRY.c.nth
    found = select(*columns).select_from(ENTRY)
    if asked.text is not None:
        wanted = rules.terms(asked.text)
        if not wanted:  # of signs alone: no record has such words
            where.append(sa.false())
        elif conn.dialect.name == "sqlite":
            # The index of words goes first, in the order of time; the plus keeps it from being asked row by row.
            place = WORDS.c.rowid
            first = sa.literal_column("+find_words.rowid", sa.BigInteger)
            found = select(*columns).select_from(WORDS.join(ENTRY, ENTRY.c.nth == first))
            where.append(WORDS.c.find_words.op("MATCH")(rules.for_sqlite(wanted)))
        else:
            where.append(VECTOR.op("@@")(sa.cast(rules.for_postgresql(wanted), TSQUERY)))
    start, end = asked.span
    where += [place >= rules.first_of(start)] if start is not None else []
    where += [place < rules.end_before(end)] if end is not None else []
    return found.where(*where), place


def _where(viewer: Viewer, asked: Filters, restricted: bool) -> Where:
    e = ENTRY.c
    where: Where = [e.status.in_(asked.status) if asked.status else e.status != "retracted"]
    if not (restricted and viewer.may(Right.RECORD_READ_RESTRICTED)):
        where += _open()
    codes = [*asked.codes, *_of_groups(asked.groups)]
    if asked.codes or asked.groups:
        where.append(e.code.in_(codes))
    if asked.kinds:
        where.append(e.kind.in_(asked.kinds))
    if asked.severity is not None:
        where.append(e.severity >= asked.severity)
    if asked.place_id is not None:
        where.append(e.place_id == asked.place_id)
    if asked.box is not None:
        where.append(inside(ENTRY, asked.box))
    return where


def _in_area(conn: Connection, area_id: str) -> ColumnElement[bool]:
    """At one of its places, or in a shift that went out there.

    Of a small area by the indexes. SQLite would sort all that they give, so where they give many the table is read in
    the order of time instead, and does not have to be read far.
    """
    e = ENTRY.c
    inside_it = at_place_in(e.place_id, area_id) | of_area(e.shift_id, area_id)
    if conn.dialect.name != "sqlite":
        return inside_it
    some = select(sa.literal_column("1")).select_from(ENTRY).where(inside_it).limit(AREA_FEW + 1).subquery()
    if conn.execute(select(func.count()).select_from(some)).scalar_one() <= AREA_FEW:
        return inside_it
    # The plus keeps a column from being looked up by its index.
    place, shift = (sa.literal_column(f"+find_entry.{name}", sa.String) for name in ("place_id", "shift_id"))
    return at_place_in(place, area_id) | of_area(shift, area_id)


def _closed(table: Any) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = table.c.is_restricted | (
        (table.c.kind == "observation") & table.c.code.in_(restricted_categories())
    )
    return condition


def _open() -> Where:
    """Neither restricted nor a call for help that was made because of what is."""
    return [~_closed(ENTRY), ~_is_about_closed()]


def _is_about_closed() -> ColumnElement[bool]:
    """Looked up for the rows that have such an id; as EXISTS, PostgreSQL would read the whole table first."""
    about = ENTRY.alias("about")
    told = select(_closed(about)).where(about.c.id == ENTRY.c.about_id).scalar_subquery()
    condition: ColumnElement[bool] = ENTRY.c.about_id.is_not(None) & func.coalesce(told, sa.false())
    return condition


def _of_groups(groups: Sequence[str]) -> list[str]:
    return [code for code, group in groups_of_codes().items() if group in groups]


def _order(asked: Filters, place: Any) -> list[Any]:
    if asked.sort == "oldest":
        return [place.asc()]
    return [ENTRY.c.severity.desc(), ENTRY.c.nth.desc()] if asked.sort == "severe" else [place.desc()]


def _after(asked: Filters, place: Any, after: Cursor | None) -> Where:
    if after is None:
        return []
    severity, nth = after
    if asked.sort == "severe":
        return [tuple_(ENTRY.c.severity, ENTRY.c.nth) < tuple_(severity, nth)]
    return [place > nth if asked.sort == "oldest" else place < nth]


def saved(conn: Connection, viewer: Viewer) -> list[Any]:
    """The viewer's own, by name."""
    own = select(SAVED).where(SAVED.c.person_id == viewer.id, SAVED.c.active).order_by(SAVED.c.name, SAVED.c.id)
    return list(conn.execute(own))


def saved_by_anybody(conn: Connection, saved_id: str) -> Any | None:
    """For one who writes it: an id that is taken by another is nobody's business."""
    return conn.execute(select(SAVED).where(SAVED.c.id == saved_id)).one_or_none()
