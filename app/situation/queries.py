"""Every read of the situation. Counts are the same for every viewer who may see them; words are veiled as elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Text, and_, case, cast, func, or_, select, true

from app.access.permission import Right, Viewer
from app.core.clock import stamp
from app.escalation.queries import ATTEMPT, ESCALATION
from app.followup.queries import ANSWER
from app.followup.rules import ASKED_DAYS, asking_categories
from app.guard.veil import seen
from app.observation.queries import OBSERVATION, corrections
from app.place.queries import AREA, PLACE
from app.shift.queries import MEMBER, SHIFT
from app.situation import counted
from app.situation.models import SituationEdition, SituationEditionRecord, SituationWeek
from app.situation.rules import RECORDS_MAX, SHIFT_MAX, Part, Seen, Span, left_at

WEEK = SituationWeek.__table__  # type: ignore[attr-defined]
EDITION = SituationEdition.__table__  # type: ignore[attr-defined]
RECORD = SituationEditionRecord.__table__  # type: ignore[attr-defined]
ATTEMPTED = ESCALATION.join(ATTEMPT, ATTEMPT.c.escalation_id == ESCALATION.c.id)
O = OBSERVATION.c  # noqa: E741
QUESTIONS_MAX, LISTED_MAX = 500, 1000
FOCUS = timedelta(days=14)
PLACE_COLUMNS = (O.place_id.label("place_id"), PLACE.c.name.label("name"), counted.AREA_ID.label("area_id"))


def by_hour(conn: Connection, span: Span) -> list[Any]:
    """hour, place_id, name, area_id, category, n"""
    columns = (counted.hour_of(conn).label("hour"), *PLACE_COLUMNS, O.category.label("category"))
    return counted.grouped(conn, columns, counted.counts([span]))


def by_week(conn: Connection, spans: Sequence[Span]) -> list[Any]:
    """`week`: place in `spans`; place_id, name, area_id, category, n"""
    which = case(*((counted.within([span]), number) for number, span in enumerate(spans)))
    columns = (which.label("week"), *PLACE_COLUMNS, O.category.label("category"))
    return counted.grouped(conn, columns, counted.counts(spans))


def actions(conn: Connection, span: Span) -> list[Any]:
    """category, actions, n"""
    columns = (O.category.label("category"), O.actions.label("actions"))
    return counted.grouped(conn, columns, and_(counted.counts([span]), counted.INCIDENT))


def parts(conn: Connection, spans: Sequence[Span], now: datetime) -> list[Part]:
    """Of all hosts in the shifts of these spans."""
    began = or_(*(and_(SHIFT.c.started_at >= s.start - SHIFT_MAX, SHIFT.c.started_at < s.end) for s in spans))
    members = select(MEMBER.c.joined_at, MEMBER.c.left_at).where(MEMBER.c.shift_id == SHIFT.c.id)
    # OFFSET keeps PostgreSQL from making a join of it again, for which it would read the members of all years.
    of_shift = MEMBER if conn.dialect.name == "sqlite" else members.offset(0).lateral()
    is_of_shift = MEMBER.c.shift_id == SHIFT.c.id if of_shift is MEMBER else true()
    stmt = select(
        SHIFT.c.area_id, of_shift.c.joined_at, of_shift.c.left_at, SHIFT.c.ended_at, SHIFT.c.planned_end
    ).join_from(SHIFT, of_shift, is_of_shift)
    return [
        Part(area_id, joined, left_at(left, ended, planned, joined, now))
        for area_id, joined, left, ended, planned in conn.execute(stmt.where(began))
    ]


def _calls(span: Span) -> Any:
    """Help that was called for a restricted record is not counted."""
    about = select(O.id).where(O.id == ESCALATION.c.observation_id, counted.was_restricted())
    stated = ESCALATION.c.stated_at
    return and_(stated >= span.start, stated < span.end, ~about.exists())


def calls(conn: Connection, span: Span) -> list[Any]:
    """service, n"""
    stmt = select(ESCALATION.c.service, func.count().label("n")).where(_calls(span)).group_by(ESCALATION.c.service)
    return list(conn.execute(stmt))


def outcomes(conn: Connection, span: Span) -> list[Any]:
    """service, outcome, n of each attempt to reach it"""
    stmt = select(ESCALATION.c.service, ATTEMPT.c.outcome, func.count().label("n")).select_from(ATTEMPTED)
    return list(conn.execute(stmt.where(_calls(span)).group_by(ESCALATION.c.service, ATTEMPT.c.outcome)))


def restricted(conn: Connection, viewer: Viewer, span: Span) -> int | None:
    """How many restricted records the figures leave out; None for who may not know."""
    if not viewer.may(Right.RECORD_READ_RESTRICTED):
        return None
    where = and_(counted.within([span]), O.status != counted.RETRACTED, counted.was_restricted())
    found: int = conn.execute(select(func.count()).select_from(OBSERVATION).where(where)).scalar_one()
    return found


def areas(conn: Connection) -> dict[str, str]:
    return {row.id: row.name for row in conn.execute(select(AREA.c.id, AREA.c.name))}


def questions(conn: Connection, now: datetime) -> list[dict[str, Any]]:
    """Reports that still wait for a "no longer there", the newest first. Two statements."""
    where = and_(
        O.happened_from >= now - timedelta(days=ASKED_DAYS), O.happened_from <= now, O.place_id.is_not(None),
        O.category.in_(asking_categories()), O.status != counted.RETRACTED, ~counted.was_restricted(),
    )  # fmt: skip
    columns = (O.id, O.shift_id, O.category, O.place_id, PLACE.c.name, O.happened_from)
    stmt = select(*columns).select_from(counted.JOINED).where(where)
    rows = list(conn.execute(stmt.order_by(O.happened_from.desc(), O.id).limit(QUESTIONS_MAX)))
    last: dict[str, str] = {}
    said = select(ANSWER.c.target, ANSWER.c.answer).where(
        ANSWER.c.target.in_([row.id for row in rows]), ANSWER.c.answer.in_(["yes", "no"])
    )  # fmt: skip
    for one in conn.execute(said.order_by(ANSWER.c.stated_at, ANSWER.c.id)):
        last[one.target] = one.answer
    return [
        {"id": row.id, "shift_id": row.shift_id, "category": row.category, "place_id": row.place_id,
         "name": row.name or "",
         "happened_from": stamp(row.happened_from), "answer": last.get(row.id)}
        for row in rows
        if last.get(row.id) != "no"
    ]  # fmt: skip


def seen_lately(conn: Connection, now: datetime) -> list[Seen]:
    """Incidents at places in the last fortnight."""
    where = and_(counted.counts([Span(now - FOCUS, now)]), counted.INCIDENT, PLACE.c.active)
    columns = (counted.hour_of(conn).label("hour"), *PLACE_COLUMNS[:2], O.category.label("category"))
    return [
        Seen(row.place_id, row.name, row.category, counted.at_hour(row.hour), row.n)
        for row in counted.grouped(conn, columns, where)
    ]


def counted_ids(conn: Connection, span: Span) -> list[tuple[str, int]]:
    """(id, how often it has been corrected), in a fixed order; one more than an edition holds, if there are."""
    known = case((O.status == counted.CURRENT, 0), else_=corrections())
    stmt = select(O.id, known.label("times")).where(counted.counts([span])).order_by(O.id).limit(RECORDS_MAX + 1)
    return [(row.id, row.times) for row in conn.execute(stmt)]


def listed(conn: Connection, where: Any, *, limit: int, offset: int) -> tuple[list[dict[str, Any]], int]:
    """(records, total): what and where, never the words; those are read in the shift."""
    total = conn.execute(select(func.count()).select_from(counted.JOINED).where(where)).scalar_one()
    stmt = select(O.id, O.shift_id, O.category, O.happened_from, O.place_id, PLACE.c.name, O.status, O.actions)
    stmt = stmt.select_from(counted.JOINED).where(where).order_by(O.happened_from, O.id).limit(limit).offset(offset)
    return [_listed(row) for row in conn.execute(stmt)], total


def _listed(row: Any) -> dict[str, Any]:
    return {"id": row.id, "shift_id": row.shift_id, "category": row.category, "status": row.status,
            "happened_from": stamp(row.happened_from), "place_id": row.place_id, "name": row.name,
            "actions": row.actions}  # fmt: skip


def listed_calls(
    conn: Connection, span: Span, service: str | None, outcome: str | None, *, limit: int, offset: int
) -> tuple[list[dict[str, Any]], int]:
    """The same of calls for help, as `calls` counts them; with an outcome of the attempts, as `outcomes` counts them.

    `target`: the call itself, or the one that the attempt was made for.
    """
    e, a = ESCALATION.c, ATTEMPT.c
    told, at, id = (ESCALATION, e.stated_at, e.id) if outcome is None else (ATTEMPTED, a.attempted_at, a.id)
    asked = [column == value for column, value in ((e.service, service), (a.outcome, outcome)) if value is not None]
    where = and_(_calls(span), *asked)
    total = conn.execute(select(func.count()).select_from(told).where(where)).scalar_one()
    stmt = select(id.label("id"), e.id.label("target"), e.shift_id, e.service, e.status, at.label("at"))
    return [
        {"id": row.id, "target": row.target, "shift_id": row.shift_id, "category": None, "service": row.service,
         "outcome": outcome, "status": row.status, "happened_from": stamp(row.at), "place_id": None, "name": None,
         "actions": []}
        for row in conn.execute(stmt.select_from(told).where(where).order_by(at, id).limit(limit).offset(offset))
    ], total  # fmt: skip


def without(what: str) -> Any:
    """Records that name no place, no area or no action."""
    named = {"place": O.place_id, "area": counted.AREA_ID}.get(what)
    return cast(O.actions, Text) == "[]" if named is None else named.is_(None)


def with_action(code: str) -> Any:
    return cast(O.actions, Text).contains(f'"{code}"', autoescape=True)


def said(conn: Connection, viewer: Viewer, week: str) -> dict[str, Any] | None:
    row = conn.execute(select(WEEK).where(WEEK.c.week == week)).one_or_none()
    if row is None:
        return None
    return {"week": row.week, "author_id": row.author_id, "stated_at": stamp(row.stated_at), "version": row.version,
            **seen(viewer, row.flagged, text=row.text)}  # fmt: skip


def words_to_freeze(conn: Connection, week: str) -> tuple[str | None, dict[str, Any]]:
    """(text, reasons for words that were kept in it): the edition is looked through as the words were."""
    row = conn.execute(select(WEEK).where(WEEK.c.week == week)).one_or_none()
    if row is None:
        return None, {}
    return row.text, {"kept_words": row.kept} if row.kept else {}


def _changed() -> Any:
    """An edition's records that say something else now, or are no longer counted."""
    return and_(
        O.status != counted.CURRENT,
        or_(O.status == counted.RETRACTED, corrections() > RECORD.c.corrections),
    )  # fmt: skip


def editions(conn: Connection, week: str) -> list[dict[str, Any]]:
    """Of a week, the newest first, each with how many of its records have been corrected since. Two statements."""
    heads = select(EDITION.c.id, EDITION.c.number, EDITION.c.stated_at, EDITION.c.author_id)
    rows = list(conn.execute(heads.where(EDITION.c.week == week).order_by(EDITION.c.number.desc())))
    joined = RECORD.join(OBSERVATION, O.id == RECORD.c.observation_id)
    stmt = select(RECORD.c.edition_id, func.count().label("n")).select_from(joined)
    stmt = stmt.where(RECORD.c.edition_id.in_([row.id for row in rows]), _changed()).group_by(RECORD.c.edition_id)
    since = {row.edition_id: row.n for row in conn.execute(stmt)}
    return [
        {"id": row.id, "number": row.number, "stated_at": stamp(row.stated_at), "author_id": row.author_id,
         "corrected": since.get(row.id, 0)}
        for row in rows
    ]  # fmt: skip


def next_number(conn: Connection, week: str) -> int:
    newest: int | None = conn.execute(select(func.max(EDITION.c.number)).where(EDITION.c.week == week)).scalar()
    return (newest or 0) + 1


def edition(conn: Connection, edition_id: str) -> Any | None:
    return conn.execute(select(EDITION).where(EDITION.c.id == edition_id)).one_or_none()


def edition_wire(row: Any, viewer: Viewer) -> Mapping[str, Any]:
    return {"id": row.id, "week": row.week, "number": row.number, "stated_at": stamp(row.stated_at),
            "author_id": row.author_id, "figures": row.figures, **seen(viewer, row.flagged, text=row.text)}  # fmt: skip


def corrected(conn: Connection, row: Any) -> tuple[list[dict[str, Any]], int]:
    """(those corrected since, how many of them are restricted now and not told)"""
    joined = RECORD.join(OBSERVATION, O.id == RECORD.c.observation_id).outerjoin(PLACE, PLACE.c.id == O.place_id)
    stmt = select(O.id, O.shift_id, O.category, O.happened_from, O.place_id, PLACE.c.name, O.status, O.actions,
                  counted.was_restricted().label("is_closed"))  # fmt: skip
    stmt = stmt.select_from(joined).where(RECORD.c.edition_id == row.id, _changed())
    found = list(conn.execute(stmt.order_by(O.happened_from, O.id).limit(LISTED_MAX)))
    return [_listed(one) for one in found if not one.is_closed], sum(bool(one.is_closed) for one in found)


def late(conn: Connection, row: Any, span: Span) -> int:
    """Records of its week that came after it was frozen."""
    where = and_(counted.counts([span]), O.seq > row.seq)
    found: int = conn.execute(select(func.count()).select_from(OBSERVATION).where(where)).scalar_one()
    return found
