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


context.configure(
    connection=CONNECTION, target_metadata=SQLModel.metadata, render_as_batch=CONNECTION.dialect.name == "sqlite",
    render_item=render_item, compare_type=False,
)  # fmt: skip
with context.begin_transaction():
    context.run_migrations()
