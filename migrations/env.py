"""Alembic's environment: the engine is handed in by `app.core.migrate`, the metadata is that of all jobs."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from sqlmodel import SQLModel

from app.journal import models as _journal  # noqa: F401
from app.main import ROUTERS as _jobs  # noqa: F401

CONNECTION = context.config.attributes["connection"]


def render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Migrations name plain SQLAlchemy types, so they run without sqlmodel and for ever."""
    if kind != "type":
        return False
    name = type(item).__name__
    if name == "Moment":
        return "sa.DateTime(timezone=True)"
    if name == "AutoString":
        return f"sa.String({item.length or ''})"
    if isinstance(item, sa.JSON) and type(item) is sa.JSON:
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """What indexes the words of `find_entry` is each database's own; no model can tell of it."""
    is_index = kind == "table" and (name or "").startswith("find_words")
    return not is_index and name != "ix_find_entry_words"


context.configure(
    connection=CONNECTION, target_metadata=SQLModel.metadata, render_as_batch=CONNECTION.dialect.name == "sqlite",
    render_item=render_item, compare_type=False, include_object=ours,
)  # fmt: skip
with context.begin_transaction():
    context.run_migrations()
