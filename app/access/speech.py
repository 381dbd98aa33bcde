"""In which language a person is told: as their app last said. Swedish for those who never said."""

from collections.abc import Collection
from typing import Literal

from sqlalchemy import Connection, select

from app.access.context import Context
from app.access.models import PersonLanguage
from app.access.permission import Viewer

Language = Literal["sv", "en"]
DEFAULT: Language = "sv"
LANGUAGE = PersonLanguage.__table__  # type: ignore[attr-defined]


def of(conn: Connection, person_ids: Collection[str]) -> dict[str, Language]:
    """Those who have said; for sending alone."""
    rows = conn.execute(select(LANGUAGE).where(LANGUAGE.c.person_id.in_(list(person_ids))))
    return {row.person_id: row.language for row in rows}


def choose(ctx: Context, viewer: Viewer, language: Language) -> None:
    """Said at each start of the app: only a change becomes an op."""
    with ctx.db.read() as conn:
        said = of(conn, [viewer.id]).get(viewer.id)
    if said != language:
        ctx.journal.write("user.language", {"id": viewer.id, "language": language}, author=viewer.id)
