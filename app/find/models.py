"""What can be found, in one line of time; and the searches that people keep.

`find_entry` holds what a search asks about, and nothing that is shown: words, texts and positions are read from the
records themselves. Its words are indexed by the database: on SQLite by FTS5 (table `find_words`, kept by triggers), on
PostgreSQL by a GIN index. Both are made by the migration, as no model can tell of them.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import code_field, id_field, json_field, text_field, time_field


class FindEntry(SQLModel, table=True):
    """An observation, an escalation or a shift as it is now."""

    __tablename__ = "find_entry"
    __table_args__ = (
        sa.Index(None, "id", unique=True),
        sa.Index(None, "nth", "lon", "lat", "place_id"),
        sa.Index(None, "code", "nth"),
        sa.Index(None, "place_id", "nth"),
        sa.Index(None, "shift_id", "nth"),
        sa.Index(None, "severity", "nth"),
        sa.Index(None, "kind", "nth"),
    )
    #: `rules.place_in_time`. INTEGER on SQLite: it is the rowid, so the table lies in the order of time.
    nth: int = Field(
        sa_type=sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        primary_key=True, sa_column_kwargs={"autoincrement": False},
    )  # fmt: skip
    id: str = id_field()
    kind: str = code_field()
    status: str = code_field()
    #: Category of an observation, service of an escalation.
    code: str | None = code_field(default=None)
    #: 0 where none was told, so that it can be sorted by.
    severity: int = Field(sa_type=sa.SmallInteger)
    shift_id: str | None = id_field(default=None)
    place_id: str | None = id_field(default=None)
    lon: float | None = Field(default=None, sa_type=sa.Float)
    lat: float | None = Field(default=None, sa_type=sa.Float)
    #: The observation that an escalation names: whoever may not read the one does not find the other.
    about_id: str | None = id_field(default=None)
    #: Its category is, or ever was, one with protection 3.
    is_restricted: bool = Field(sa_type=sa.Boolean)
    words: str = text_field()


class FindFilled(SQLModel, table=True):
    """One row: every record that no op after `seq` has changed has its row in `find_entry`."""

    __tablename__ = "find_filled"
    id: int = Field(sa_type=sa.Integer, primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int = Field(sa_type=sa.BigInteger)


class FindSaved(SQLModel, table=True):
    """A search that a person keeps under a name; nobody else sees it."""

    __tablename__ = "find_saved"
    id: str = id_field(primary_key=True)
    person_id: str | None = id_field(default=None, index=True)
    name: str = text_field()
    asked: dict[str, Any] = json_field()
    stated_at: datetime = time_field()
    active: bool = Field(sa_type=sa.Boolean)
    changed_seq: int = Field(sa_type=sa.BigInteger)
