"""Which rows go with what is erased. Nearly every row bears the id of the op that made it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, Connection, delete, select
from sqlmodel import SQLModel

from app.access.models import ERASED, Account, DeviceUser, Person, PersonContact, PersonLanguage, SignIn
from app.access.permission import Role
from app.alert.models import Alert, AlertStep
from app.briefing.models import Briefing, BriefingReading
from app.checkin.models import Checkin
from app.core.insert import put
from app.debrief.models import Debrief
from app.duplicate import projector as duplicates
from app.escalation.models import Escalation, EscalationAttempt
from app.find.models import FindEntry, FindSaved
from app.followup.models import Followup, FollowupAnswer, FollowupStep
from app.journal.erased import parts
from app.journal.history import EntityEdit
from app.missing.models import MissingDismissal
from app.notify.models import PushSubscription
from app.observation.models import Observation, ObservationBlob, ObservationRevision
from app.photo.models import Photo
from app.plan.models import CalendarFeed, Plan, PlannedHost, PlannedShift
from app.retention.models import RetentionHold
from app.review.models import Comment, Review
from app.shift.handover import Handover, HandoverReading
from app.shift.models import Shift, ShiftEnd, ShiftMember, ShiftPresence


def _c(model: type[SQLModel], name: str) -> Column[Any]:
    column: Column[Any] = model.__table__.c[name]  # type: ignore[attr-defined]
    return column


#: Columns that name an op which is erased, or a shift, a plan or a focus that is.
OF_RECORDS = tuple(
    _c(model, name)
    for model, name in (
        (Shift, "id"), (ShiftEnd, "id"), (ShiftMember, "shift_id"), (ShiftPresence, "op_id"), (Handover, "id"),
        (HandoverReading, "id"), (Checkin, "id"), (Observation, "id"), (ObservationRevision, "id"),
        (ObservationBlob, "observation_id"), (Escalation, "id"), (EscalationAttempt, "id"), (Alert, "id"),
        (AlertStep, "id"), (Photo, "id"), (Comment, "id"), (Review, "id"), (Followup, "id"), (FollowupAnswer, "id"),
        (FollowupStep, "id"), (Debrief, "id"), (BriefingReading, "id"), (MissingDismissal, "subject"),
        (RetentionHold, "shift_id"), (EntityEdit, "id"), (FindEntry, "id"),
        (Plan, "id"), (PlannedShift, "id"), (PlannedHost, "planned_id"), (Briefing, "id"),
    )
)  # fmt: skip
#: Columns that name a person who is erased. What is kept beside the journal goes as well.
OF_PEOPLE = tuple(
    _c(model, name)
    for model, name in (
        (PersonContact, "person_id"), (PersonLanguage, "person_id"), (EntityEdit, "entity_id"),
        (FindSaved, "person_id"), (Account, "person_id"), (SignIn, "person_id"), (DeviceUser, "person_id"),
        (PushSubscription, "person_id"), (CalendarFeed, "person_id"),
    )
)  # fmt: skip
_BLOB, _PHOTO = _c(ObservationBlob, "observation_id"), _c(Photo, "id")


def photos(conn: Connection, ids: Collection[str]) -> int:
    """How many photos belong to these records."""
    found: set[str] = set()
    for part in parts(ids):
        for key in (_BLOB, _PHOTO):
            found |= set(conn.execute(select(key.table.c.sha256).where(key.in_(part))).scalars())
    return len(found)


def drop_records(conn: Connection, ids: Collection[str]) -> None:
    duplicates.forget(conn, ids)
    for column in OF_RECORDS:
        _drop(conn, column, ids)


def drop_people(conn: Connection, people: Collection[str], seq: int) -> None:
    """A row stays in the place of each, without a name: what phones have pulled of them is overwritten by it."""
    for column in OF_PEOPLE:
        _drop(conn, column, people)
    nobody = [
        {"id": one, "username": f"{ERASED}{one}", "name": "", "role": Role.HOST.value, "active": False,
         "changed_seq": seq} for one in sorted(people)
    ]  # fmt: skip
    put(conn, Person, nobody, ["id"])


def _drop(conn: Connection, column: Column[Any], values: Collection[str]) -> None:
    for part in parts(values):
        conn.execute(delete(column.table).where(column.in_(part)))
