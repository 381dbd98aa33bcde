"""Every kind of row that names a person: which of them are theirs, and what of each is told them.

Theirs is what they wrote, what is kept to know and to tell them, and what they did; never a word that somebody else
wrote, though it stands in the same row. A table that names people and is missing here fails `tests/own`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from app.access.models import Account, Device, DeviceUser, Person, PersonContact, PersonLanguage, SignIn
from app.alert.models import Alert, AlertStep, Ladder
from app.audit.models import AuditReading
from app.briefing.models import Briefing, BriefingReading
from app.checkin.models import Checkin
from app.debrief.models import Debrief
from app.disclosure.models import Disclosure
from app.duplicate.models import DuplicatePair
from app.epoch.models import EpochAcknowledgement
from app.escalation.models import Escalation, EscalationAttempt
from app.find.models import FindSaved
from app.followup.models import Followup, FollowupAnswer, FollowupStep
from app.journal.history import EntityEdit
from app.journal.models import JournalOp
from app.missing.models import MissingDismissal
from app.notify.models import PushSubscription
from app.observation.models import Observation, ObservationRevision
from app.photo.models import Photo
from app.plan.models import CalendarFeed, Plan, PlannedHost, PlannedShift
from app.retention.models import RetentionHold, RetentionRule, RetentionRun
from app.review.models import Comment, Review
from app.shift.handover import Handover, HandoverReading
from app.shift.models import Shift, ShiftEnd, ShiftMember, ShiftPresence
from app.situation.models import SituationEdition, SituationWeek

Told = dict[str, Any]
POSITION = ("lat", "lon", "accuracy_m", "position_source")


def _t(model: Any) -> sa.Table:
    table: sa.Table = model.__table__
    return table


@dataclass(frozen=True)
class Kind:
    """`source` may be a join; `order` is newest first. `refine` takes out of a row what others said in it."""

    name: str
    tables: tuple[sa.Table, ...]
    mine: Callable[[str], ColumnElement[bool]]
    shown: Mapping[str, ColumnElement[Any]]
    order: ColumnElement[Any]
    joined: FromClause | None = None
    refine: Callable[[Told, str], Told] | None = None

    @property
    def source(self) -> FromClause:
        return self.tables[0] if self.joined is None else self.joined


def _members(table: sa.Table, *names: str) -> dict[str, ColumnElement[Any]]:
    return {name: table.c[name] for name in names}


def _mine(table: sa.Table, column: str) -> Callable[[str], ColumnElement[bool]]:
    return lambda me: table.c[column] == me


def _of(name: str, model: Any, *members: str, by: str = "author_id", order: str = "stated_at") -> Kind:
    table = _t(model)
    return Kind(name, (table,), _mine(table, by), _members(table, *members), table.c[order])


def _record(name: str, model: Any, *members: str) -> Kind:
    return _of(name, model, "id", "stated_at", "received_at", "shift_id", *members, *POSITION)


def _names(column: ColumnElement[Any], me: str) -> ColumnElement[bool]:
    """An id within JSON, the same on every database: ids are of one length and never part of another."""
    return sa.cast(column, sa.String).contains(me, autoescape=True)


def _note(name: str, model: Any, column: str, *members: str) -> Kind:
    """A change that is kept as JSON beside the record of whoever wrote that."""
    table = _t(model)
    note = table.c[column]
    shown = {"id": table.c.id} | {member: note[member].as_string() for member in members}
    return Kind(name, (table,), lambda me: note["author_id"].as_string() == me, shown, table.c.stated_at)


def _acknowledged(told: Told, me: str) -> Told:
    own = next(entry for entry in told.pop("acknowledged") if entry["author_id"] == me)
    return {**told, "stated_at": own["stated_at"]}


def _told_me(told: Told, me: str) -> Told:
    """How each way to this person went; None where the server does not know yet."""
    ways = told.pop("told")
    if ways is None:
        return told | {"ways": None}
    mine = [{name: said for name, said in way.items() if name != "person"} for way in ways if way["person"] == me]
    return told | {"ways": mine}


def _only_own_note(told: Told, me: str) -> Told:
    """Whom an alarm is about has not always written its note."""
    is_mine = told.pop("author_id") == me
    return told | {"note": told["note"] if is_mine else None}


_PERSON, _CONTACT, _ACCOUNT = _t(Person), _t(PersonContact), _t(Account)
_DEVICE, _DEVICE_USER, _SIGN_IN = _t(Device), _t(DeviceUser), _t(SignIn)
_MEMBER, _SHIFT, _PRESENCE = _t(ShiftMember), _t(Shift), _t(ShiftPresence)
_OBSERVATION, _REVISION = _t(Observation), _t(ObservationRevision)
_HOST, _PLANNED, _PLAN, _EDIT = _t(PlannedHost), _t(PlannedShift), _t(Plan), _t(EntityEdit)
_ALERT, _STEP, _OP, _LADDER = _t(Alert), _t(AlertStep), _t(JournalOp), _t(Ladder)
_FOLLOWUP, _DEBRIEF = _t(Followup), _t(Debrief)
_ORIGINAL = _REVISION.alias("original")


#: What a correction changes.
_SAID = ("category", "happened_from", "happened_to", "place_id", "place_text", "count", "ages", "certainty", "severity",
         "ongoing", "actions", "text")  # fmt: skip


def _as_written(told: Told, _me: str) -> Told:
    """By this person: the row itself holds the newest version, which may be a colleague's."""
    first = told.pop("first")
    if first is None:
        return told
    where = first.get("position") or {}
    moved = dict.fromkeys(POSITION) | {k: v for k, v in where.items() if k in POSITION}
    return told | {name: first[name] for name in _SAID} | moved | {"position_source": where.get("source")}


def _correction(told: Told, _me: str) -> Told:
    return told | {"content": {k: v for k, v in told["content"].items() if k != "flagged"}}


ACCOUNT = (
    Kind("person", (_PERSON,), _mine(_PERSON, "id"), _members(_PERSON, "id", "username", "name", "role", "active"),
         _PERSON.c.id),
    _of("contact", PersonContact, "email", "mobile", by="person_id", order="person_id"),
    _of("language", PersonLanguage, "language", by="person_id", order="person_id"),
    Kind("account", (_ACCOUNT,), _mine(_ACCOUNT, "person_id"),
         {"has_password": _ACCOUNT.c.password_hash.is_not(None),
          "invitation_expires_at": _ACCOUNT.c.invitation_expires_at}, _ACCOUNT.c.person_id),
    Kind("device", (_DEVICE_USER,), _mine(_DEVICE_USER, "person_id"),
         _members(_DEVICE, "label", "created_at", "revoked_at") | _members(_DEVICE_USER, "signed_in_at"),
         _DEVICE_USER.c.signed_in_at,
         joined=_DEVICE_USER.join(_DEVICE, _DEVICE.c.id == _DEVICE_USER.c.device_id)),
    Kind("session", (_SIGN_IN,), _mine(_SIGN_IN, "person_id"),
         _members(_DEVICE, "label") | _members(_SIGN_IN, "expires_at"), _SIGN_IN.c.expires_at,
         joined=_SIGN_IN.outerjoin(_DEVICE, _DEVICE.c.id == _SIGN_IN.c.device_id)),
    _of("push_subscription", PushSubscription, "created_at", "seen_at", "told_at", "dead_at", by="person_id",
        order="created_at"),
    # When something of the person was changed, or the person changed something; what it says is told where it is.
    Kind("edit", (_EDIT,), lambda me: (_EDIT.c.entity_id == me) | (_EDIT.c.author_id == me),
         _members(_EDIT, "type", "at"), _EDIT.c.at),
    _of("calendar", CalendarFeed, "created_at", "read_at", by="person_id", order="created_at"),
)  # fmt: skip

SHIFTS = (
    Kind("planned", (_HOST, _PLANNED, _PLAN), _mine(_HOST, "person_id"),
         _members(_PLANNED, "day", "starts_at", "ends_at", "area_id", "status"), _PLANNED.c.starts_at,
         joined=_HOST.join(_PLANNED, _PLANNED.c.id == _HOST.c.planned_id)),
    Kind("shift", (_MEMBER, _SHIFT), _mine(_MEMBER, "user_id"),
         _members(_MEMBER, "shift_id", "joined_at", "left_at")
         | _members(_SHIFT, "shift_date", "started_at", "ended_at", "area_id", "transport", "planned_end"),
         _MEMBER.c.joined_at, joined=_MEMBER.outerjoin(_SHIFT, _SHIFT.c.id == _MEMBER.c.shift_id)),
    _of("shift_start", Shift, "id", "stated_at", "received_at", "alone_reason", *POSITION),
    _of("shift_presence", ShiftPresence, "shift_id", "joins", "stated_at", by="user_id"),
    _of("shift_end", ShiftEnd, "shift_id", "ops", "summary", "stated_at", "received_at"),
    _record("handover", Handover, "text"),
    _of("handover_reading", HandoverReading, "handover_id", "stated_at"),
)  # fmt: skip

RECORDS = (
    _record("checkin", Checkin, "kind", "place_id", "note", "next_due"),
    Kind("observation", (_OBSERVATION,), _mine(_OBSERVATION, "author_id"),
         _members(_OBSERVATION, "id", "stated_at", "received_at", "shift_id", "status")
         | _members(_OBSERVATION, *_SAID, *POSITION) | {"first": _ORIGINAL.c.content},
         _OBSERVATION.c.stated_at,
         joined=_OBSERVATION.outerjoin(_ORIGINAL, _ORIGINAL.c.id == _OBSERVATION.c.id),
         refine=_as_written),
    Kind("correction", (_REVISION,),
         lambda me: (_REVISION.c.author_id == me) & (_REVISION.c.id != _REVISION.c.observation_id),
         _members(_REVISION, "id", "observation_id", "stated_at", "reason", "content"), _REVISION.c.stated_at,
         refine=_correction),
    _note("retraction", Observation, "retracted", "stated_at", "reason"),
    _record("escalation", Escalation, "service", "channel", "observation_id", "cause", "status"),
    _of("escalation_attempt", EscalationAttempt, "id", "escalation_id", "stated_at", "attempted_at", "answered",
        "arrived", "left", "outcome", "reference", "note"),
    _note("escalation_close", Escalation, "closed", "stated_at", "outcome", "note"),
    _record("photo", Photo, "target", "sha256", "size", "mime", "caption"),
    _record("comment", Comment, "target", "text"),
    _record("review", Review, "target", "verdict", "note"),
    _record("followup_answer", FollowupAnswer, "target", "answer"),
    _of("briefing", Briefing, "id", "stated_at", "text", "places", "area_id", "valid_from", "valid_to", "active"),
    _of("briefing_reading", BriefingReading, "briefing_id", "stated_at"),
    Kind("quarantined", (_OP,), lambda me: (_OP.c.status == "quarantined") & (_OP.c.author == me),
         _members(_OP, "op_id", "type", "received_at", "why", "released_seq"), _OP.c.seq),
)  # fmt: skip

ALARMS = (
    Kind("alert", (_ALERT,), lambda me: (_ALERT.c.author_id == me) | (_ALERT.c.host_id == me),
         _members(_ALERT, "id", "author_id", "kind", "stated_at", "received_at", "due_at", "status", "note", *POSITION),
         _ALERT.c.received_at, refine=_only_own_note),
    Kind("acknowledgement", (_ALERT,), lambda me: _names(_ALERT.c.acknowledged, me),
         _members(_ALERT, "id", "kind", "acknowledged"), _ALERT.c.received_at, refine=_acknowledged),
    _note("alert_clear", Alert, "cleared", "stated_at", "note"),
    Kind("notice", (_STEP,), lambda me: _names(_STEP.c.whom, me),
         _members(_STEP, "alert_id", "at", "rung", "told", "told_at"), _STEP.c.at, refine=_told_me),
    # Where the organisation has named this person among those who are told of alarms; not who else is.
    Kind("ladder", (_LADDER,), lambda me: _names(_LADDER.c.steps, me), _members(_LADDER, "kind", "at"), _LADDER.c.at),
    _of("epoch_acknowledgement", EpochAcknowledgement, "stated_at"),
    _of("reading", AuditReading, "what", "subject", "first_at", by="viewer_id", order="first_at"),
)  # fmt: skip

#: What came of reports. Words in a follow-up are in the steps of those who said them.
CIRCLE = (
    Kind("followup", (_FOLLOWUP,), lambda me: (_FOLLOWUP.c.owner_id == me) | (_FOLLOWUP.c.reporter_id == me),
         _members(_FOLLOWUP, "id", "observation_id", "status", "kind", "due", "stated_at"), _FOLLOWUP.c.stated_at),
    _of("followup_step", FollowupStep, "followup_id", "what", "said", "stated_at"),
    _of("duplicate_pair", DuplicatePair, "one", "other", "is_same", "stated_at"),
    Kind("debrief", (_DEBRIEF,), lambda me: (_DEBRIEF.c.author_id == me) | (_DEBRIEF.c.reporter_id == me),
         _members(_DEBRIEF, "id", "status", "stated_at"), _DEBRIEF.c.stated_at),
    _of("missing_dismissal", MissingDismissal, "kind", "subject", "active", "reason", "stated_at"),
    _of("situation_week", SituationWeek, "week", "text", "stated_at"),
    _of("situation_edition", SituationEdition, "week", "number", "text", "stated_at"),
    _of("disclosure", Disclosure, "year", "number", "recipient_kind", "recipient", "reference", "decision",
        "stated_at"),
    _of("find_saved", FindSaved, "name", "asked", "active", "stated_at", by="person_id"),
    _of("retention_rule", RetentionRule, "cls", "months", "reference", "stated_at"),
    _of("retention_hold", RetentionHold, "shift_id", "active", "reason", "stated_at"),
    _of("retention_run", RetentionRun, "cls", "before", "things", "at", order="at"),
)  # fmt: skip

KINDS: tuple[Kind, ...] = (*ACCOUNT, *SHIFTS, *RECORDS, *ALARMS, *CIRCLE)
