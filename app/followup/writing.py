"""Writing of follow-ups on behalf of who is signed in: nobody's word is overwritten unseen, nothing is sent twice."""

from collections.abc import Mapping
from typing import Any

import orjson
from pydantic import BaseModel
from sqlalchemy import Connection

from app.access.context import Context
from app.access.permission import Viewer
from app.core import errors
from app.core.clock import stamp
from app.core.errors import Problem
from app.core.ids import uuid7
from app.core.turns import Turns
from app.followup import queries
from app.followup.draft import Drafted, Report, drafted, faults
from app.followup.rules import clashes, since
from app.followup.schemas import ChangeIn, CloseIn, CreateIn, ReopenIn, SendIn
from app.journal.program import Act, Written, write_once
from app.journal.record import as_json
from app.notify.mail import send_letter
from app.notify.notice import Outcome
from app.notify.webhook import send_document
from app.observation import queries as observations
from app.place import queries as places
from app.place.vocabulary import restricted_categories, shipped

SUBJECT = "Felanmälan från trygghetsvärdarna"
#: Words that share a transaction are all looked at before any is stored, so those on one follow-up take turns here.
TURNS = Turns()
BESIDE = {"id", "based_on"}


def create(ctx: Context, viewer: Viewer, said: CreateIn) -> Written:
    """Raises Problem."""
    with ctx.db.read() as conn:
        record = observations.get(conn, viewer, said.observation)
        if record is None:
            raise _invalid("/observation", "unknown")
        _known_owner(conn, said.owner)
        if said.draft and _restricted(conn, record):
            raise _invalid("/draft", "restricted")
    act = Act(type="followup.create", data=_data(said, {"id"}), author=viewer.id, id=said.id, shift=record.shift_id)
    return write_once(ctx.journal, act)


def change(ctx: Context, viewer: Viewer, followup_id: str, said: ChangeIn) -> None:
    """Raises Problem(NEWER), naming the members, where somebody has meanwhile set one of them to something else."""
    with ctx.db.read() as conn:
        row = _there(conn, viewer, followup_id)
        if said.owner is not None and said.owner != row.owner_id:
            _known_owner(conn, said.owner)
        if said.draft and queries.is_restricted(conn, row):
            raise _invalid("/draft", "restricted")
    own = {name: value for name, value in _data(said, BESIDE).items() if name != "kept_words"}
    _say(ctx, viewer, row, "change", said, own)


def close(ctx: Context, viewer: Viewer, followup_id: str, said: CloseIn) -> None:
    with ctx.db.read() as conn:
        row = _there(conn, viewer, followup_id)
    _say(ctx, viewer, row, "close", said, {"outcome": said.outcome, "result": said.result})


def reopen(ctx: Context, viewer: Viewer, followup_id: str, said: ReopenIn) -> None:
    with ctx.db.read() as conn:
        row = _there(conn, viewer, followup_id)
    _say(ctx, viewer, row, "reopen", said, {"outcome": None, "result": None})


def send(ctx: Context, viewer: Viewer, followup_id: str, said: SendIn) -> None:
    """The draft that is in force, once. That it is tried is stored before it is, and what came of it afterwards."""
    with ctx.db.read() as conn:
        row = _there(conn, viewer, followup_id)
        if said.channel not in channels(ctx):
            raise _invalid("/channel", "not-set-up")
        if queries.is_restricted(conn, row):
            raise _invalid("/draft", "restricted")
        if not (row.draft or "").strip():
            raise _invalid("/draft", "missing")
        for code in faults(row.draft, queries.hosts(conn)):
            raise _invalid("/draft", code)

    def _guard(conn: Connection) -> None:
        later = since(queries.words(queries.steps(conn, row.id)), said.based_on)
        if later is None or any("draft" in step.said or step.what == "close" for step in later):
            raise Problem(errors.NEWER, extra={"members": ["draft"]})

    act = Act(type="followup.send", data={"target": row.id, "channel": said.channel}, author=viewer.id, id=said.id,
              shift=row.shift_id, guard=_guard)  # fmt: skip
    with TURNS.of(row.id):
        written = write_once(ctx.journal, act)
    if written.is_new:
        outcome = _hand_over(ctx, row, said)
        ctx.journal.write("followup.sent", {"target": said.id, "ok": outcome.ok, "why": outcome.why},
                          author=viewer.id, shift=row.shift_id)  # fmt: skip


def channels(ctx: Context) -> list[str]:
    """Those that this server is set up to send by."""
    email = ctx.settings.smtp_url is not None and ctx.settings.fault_email is not None
    return [*(["email"] if email else []), *(["webhook"] if ctx.settings.fault_url is not None else [])]


def suggestion(conn: Connection, row: Any) -> Drafted:
    """A felanmälan made of the record as it now stands."""
    vocabulary = places.vocabulary(conn) or shipped()
    names = {category["code"]: category["sv"] for category in vocabulary["categories"]}
    own = (row.lat, row.lon) if row.lat is not None else (row.place_lat, row.place_lon)
    report = Report(names.get(row.category, row.category), row.place_name, row.place_text, *own, row.happened_from,
                    row.text if row.record_status != "retracted" else None,
                    queries.is_restricted(conn, row))  # fmt: skip
    return drafted(report, queries.hosts(conn))


def _hand_over(ctx: Context, row: Any, said: SendIn) -> Outcome:
    settings = ctx.settings
    if said.channel == "email":
        assert settings.fault_email is not None
        return send_letter(settings.fault_email, SUBJECT, row.draft, settings)
    assert settings.fault_url is not None
    assert settings.fault_secret is not None
    lat, lon = (row.lat, row.lon) if row.lat is not None else (row.place_lat, row.place_lon)
    body = {"id": row.id, "kind": row.kind, "text": row.draft, "category": row.category,
            "happened_from": stamp(row.happened_from), "place": row.place_name, "lat": lat, "lon": lon}  # fmt: skip
    return send_document(settings.fault_url.get_secret_value(), settings.fault_secret.get_secret_value(),
                         orjson.dumps(body), said.id, ctx.journal.clock())  # fmt: skip


def _say(
    ctx: Context, viewer: Viewer, row: Any, what: str, said: ChangeIn | CloseIn | ReopenIn, own: Mapping[str, Any]
) -> None:
    def _guard(conn: Connection) -> None:
        later = since(queries.words(queries.steps(conn, row.id)), said.based_on)
        if later is None:
            raise _invalid("/based_on", "unknown")
        if members := clashes(own, later):
            raise Problem(errors.NEWER, extra={"members": members})

    data = _data(said, {"id"}) | {"target": row.id}
    act = Act(type=f"followup.{what}", data=data, author=viewer.id, id=said.id or uuid7(), shift=row.shift_id,
              guard=_guard)  # fmt: skip
    with TURNS.of(row.id):
        write_once(ctx.journal, act)


def _there(conn: Connection, viewer: Viewer, followup_id: str) -> Any:
    row = queries.get(conn, viewer, followup_id)
    if row is None:
        raise Problem(errors.NOT_FOUND)
    return row


def _restricted(conn: Connection, record: Any) -> bool:
    return bool(queries.ever_restricted(conn, [record.id])) or record.category in restricted_categories()


def _known_owner(conn: Connection, owner: str) -> None:
    if not queries.active(conn, owner):
        raise _invalid("/owner", "unknown")


def _data(said: BaseModel, beside: set[str]) -> dict[str, Any]:
    plain: dict[str, Any] = as_json(said.model_dump(mode="json", exclude_unset=True, exclude=beside))
    return plain


def _invalid(pointer: str, code: str) -> Problem:
    return Problem(errors.INVALID, errors=[{"pointer": pointer, "code": code}])
