"""The list of shifts and one shift's log, from a fixed number of SQL statements each (10 at most)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from app.access.permission import Viewer
from app.alert import queries as alerts
from app.checkin import queries as checkins
from app.core.clock import stamp_or_none
from app.escalation import queries as escalations
from app.journal import queries as journal
from app.journal.verify import broken
from app.observation import queries as observations
from app.photo import queries as photos
from app.review import entries, queries
from app.review.rules import Phone, completeness, next_promised, stretch
from app.review.schemas import ShiftsAsked
from app.shift import queries as shifts

COUNTED = ("checkin", "observation", "escalation", "comment", "quarantined", "escalation_open")
#: What a host writes down; each is one op, so programs' shifts are counted by them.
RECORDS = ("checkin", "observation", "escalation")


def shift_rows(conn: Connection, viewer: Viewer, asked: ShiftsAsked) -> tuple[list[dict[str, Any]], int]:
    """(rows, total). Eight statements, whatever the page holds; two where it is empty."""
    found, total = queries.shifts(
        conn, viewer, ids=asked.ids.split(",") if asked.ids else None, start=asked.from_, end=asked.to,
        status=asked.status, limit=asked.limit, offset=asked.offset,
    )  # fmt: skip
    ids = [row.id for row in found]
    if not ids:
        return [], total
    crews, ends = queries.crews(conn, ids), shifts.ends(conn, ids)
    phones = queries.phones(conn, ids, (end for mine in ends.values() for end in mine))
    counts = queries.counts(conn, viewer, ids)
    newest = checkins.latest(conn, ids)
    numbered = _numbered(conn, [phone for mine in phones.values() for phone in mine])
    rows = []
    for row in found:
        mine = {kind: counts.get(row.id, {}).get(kind, 0) for kind in COUNTED}
        whole = _completeness(row, phones.get(row.id, []), numbered, mine, len(ends.get(row.id, [])))
        crew = crews.get(row.id, [])
        told = counts.get(row.id, {})
        photo = {"expected": told.get("photo", 0), "received": told.get("photo_here", 0)}
        rows.append(
            _row(row, crew, {m.user_id: m.name for m in crew}, mine, newest.get(row.id, []), whole, photo, viewer)
        )
    return rows, total


def shift_log(conn: Connection, viewer: Viewer, shift_id: str) -> dict[str, Any] | None:
    """{"shift", "entries", "seq" of the newest}, or None where it is not here for this viewer. Ten statements."""
    row = queries.shift(conn, viewer, shift_id)
    if row is None:
        return None
    moves = queries.moves(conn, shift_id)
    ends = [move for move in moves if move.joins is None]
    phones = queries.phones(conn, [shift_id], ends).get(shift_id, [])
    waiting, applied, ops = journal.facts(
        conn, shift_id=shift_id, op_ids={move.op_id for move in moves},
        stretches=[stretch(phone) for phone in phones if not phone.is_whole],
    )  # fmt: skip
    plain = queries.plain_records(conn, shift_id)
    seen = observations.of_shift(conn, viewer, shift_id)
    added = photos.of_shift(conn, viewer, shift_id)
    called = escalations.of_shift(conn, shift_id)
    raised = alerts.of_shift(conn, viewer, shift_id)
    log = entries.Log(
        viewer=viewer, shift=row, moves=moves, applied=applied, waiting=waiting, plain=plain, observations=seen,
        photos=added, escalations=called, alerts=raised,
    )  # fmt: skip
    people, places, here = queries.names(conn, log.authors(), log.places(), log.blobs())
    told = log.entries(people, places, here)
    counts = {kind: sum(1 for entry in told if entry["kind"] == kind) for kind in COUNTED}
    counts["escalation_open"] = sum(1 for call, _ in called if call.status == "open")
    met = [record for record in plain if record.what == "checkin"]
    newest = {record.author_id: record for record in sorted(met, key=lambda record: (record.stated_at, record.id))}
    whole = _completeness(row, phones, queries.by_install(ops), counts, len(ends))
    photo = {"expected": len(log.blobs()), "received": len(log.blobs() & set(here))}
    shown = _row(row, log.crew, people, counts, [*newest.values()], whole, photo, viewer)
    return {"shift": shown, "entries": told, "seq": max(entry["changed_seq"] for entry in told)}


def seal(conn: Connection, viewer: Viewer, shift_id: str) -> dict[str, Any] | None:
    """{"ops", "broken": seqs}: whether the ops behind a shift's log are as they were when they were chained."""
    return seal_of(conn, shift_log(conn, viewer, shift_id))


def seal_of(conn: Connection, found: dict[str, Any] | None) -> dict[str, Any] | None:
    """The same of a log that has been read."""
    if found is None:
        return None
    seqs = {entry[seq] for entry in found["entries"] for seq in ("seq", "changed_seq")}
    return {"ops": len(seqs), "broken": broken(conn, seqs)}


def _numbered(conn: Connection, phones: Sequence[Phone]) -> dict[str, list[Any]]:
    doubtful = [stretch(phone) for phone in phones if not phone.is_whole]
    _, _, ops = journal.facts(conn, shift_id=None, op_ids=(), stretches=doubtful)
    return queries.by_install(ops)


def _completeness(
    row: Any, phones: Sequence[Phone], numbered: Mapping[str, Sequence[Any]], counts: Mapping[str, int], ends: int
) -> dict[str, Any]:
    others = 1 + ends + sum(counts[kind] for kind in RECORDS)
    return completeness(phones, numbered, is_ended=row.status == "ended", others=others)


def _row(
    row: Any, crew: Sequence[Any], people: Mapping[str, str | None], counts: Mapping[str, int], newest: Sequence[Any],
    whole: Mapping[str, Any], photo: Mapping[str, int], viewer: Viewer,
) -> dict[str, Any]:  # fmt: skip
    """One line of the list; `newest`: the last check-in of each author; `photo`: how many are named, and here."""
    promises = {checkin.author_id: checkin.next_due for checkin in newest if checkin.next_due is not None}
    due = next_promised(promises, (m.user_id for m in crew if m.left_at is None)) if row.status == "open" else None
    return shifts.wire(row, crew, viewer) | {
        "area_name": row.area_name,
        "crew": [
            {"id": m.user_id, "name": people.get(m.user_id) or "", "left_at": stamp_or_none(m.left_at)} for m in crew
        ],
        "counts": dict(counts), "last_checkin_at": stamp_or_none(max((c.stated_at for c in newest), default=None)),
        "next_due": stamp_or_none(due), "completeness": dict(whole), "photos": dict(photo),
    }  # fmt: skip
