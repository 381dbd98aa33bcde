"""Observations, each with every version of its content."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import code_field, id_field, json_field, text_field, time_field
from app.journal.record import Record

#: Few are: an index of those alone costs the others nothing.
SEVERE = sa.text("severity >= 3")
#: Threat, violence or incident against staff, which the employer has to act on without delay. Few, too.
AGAINST_STAFF = sa.text("category = 'X1'")


class Observation(Record, table=True):
    """The content columns hold the version that is in force."""

    __tablename__ = "observation"
    __table_args__ = (
        sa.Index(None, "changed_seq"),
        sa.Index(None, "shift_id"),
        sa.Index(None, "happened_from", "lon", "lat"),
        sa.Index("ix_observation_severe", "happened_from", sqlite_where=SEVERE, postgresql_where=SEVERE),
        sa.Index("ix_observation_against_staff", "happened_from", sqlite_where=AGAINST_STAFF,
                 postgresql_where=AGAINST_STAFF),
        sa.Index(None, "place_id", "happened_from"),
        sa.CheckConstraint("status IN ('current', 'amended', 'retracted')", name="status"),
        sa.CheckConstraint("severity BETWEEN 1 AND 4", name="severity"),
    )  # fmt: skip
    shift_id: str | None = id_field(default=None)
    status: str = code_field()
    category: str = code_field()
    happened_kind: str = code_field()
    happened_from: datetime = time_field()
    happened_to: datetime | None = time_field(default=None)
    place_id: str | None = id_field(default=None)
    place_text: str | None = text_field(default=None)
    count: str | None = code_field(default=None)
    ages: str | None = code_field(default=None)
    certainty: str | None = code_field(default=None)
    severity: int | None = Field(default=None, sa_type=sa.SmallInteger)
    ongoing: bool | None = Field(default=None, sa_type=sa.Boolean)
    actions: list[str] = json_field()
    text: str | None = text_field(default=None)
    attachments: list[dict[str, Any]] = json_field()
    flagged: dict[str, Any] | None = json_field(default=None)
    retracted: dict[str, Any] | None = json_field(default=None)


class ObservationRevision(SQLModel, table=True):
    """A correction; the original too, once there is a correction (its reason is null)."""

    __tablename__ = "observation_revision"
    id: str = id_field(primary_key=True)
    observation_id: str = id_field(index=True)
    author_id: str | None = id_field(default=None)
    install: str | None = id_field(default=None)
    client_seq: int | None = Field(default=None, sa_type=sa.BigInteger)
    stated_at: datetime = time_field()
    reason: str | None = text_field(default=None)
    content: dict[str, Any] = json_field()


class ObservationBlob(SQLModel, table=True):
    """Every blob that any version of an observation names: who may read the one may read the other."""

    __tablename__ = "observation_blob"
    __table_args__ = (sa.Index(None, "observation_id"),)
    sha256: str = Field(sa_type=sa.String(64), primary_key=True)
    observation_id: str = id_field(primary_key=True)
