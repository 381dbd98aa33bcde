"""The demo at one stroke: made in a database aside and put in as a whole, so that one cut short leaves nothing half."""

from collections.abc import Callable

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from app.access.context import Context
from app.backup.pour import pour
from app.core.db import Database, file_engine, fold
from app.core.errors import Refused
from app.core.files import refusing, sync, workspace
from app.core.migrate import alone, to_head
from app.core.settings import Settings
from app.demo.make import DemoPeople, make_demo
from app.journal.rows import OP

#: What a server writes by itself when it starts, and what strangers' attempts to sign in leave.
BY_ITSELF = {"journal_op", "journal_head", "journal_epoch", "vocabulary", "sign_in_failure", "copy_key", "push_key",
             "find_filled"}  # fmt: skip
SEED_OPS = "vocabulary.%"


def whole_demo(settings: Settings, seed: int, opened: Callable[[Settings], Context]) -> DemoPeople:
    """Raises Refused where anything was written before: a demo never mixes with an organisation."""
    target = Database(settings.url)
    try:
        if target.path is None or target.path.exists():
            to_head(target)
            with target.read() as conn:
                _refuse_mixing(conn)
        beside = settings.data_dir if target.path is None else target.path.parent
        with refusing("The demo could not be made"), workspace(beside) as folder:
            file = folder / "demo.db"
            told = settings.model_dump(exclude={"database_url"})
            ctx = opened(Settings(**told, database_url=f"sqlite:///{file}"))
            try:
                made = make_demo(ctx, seed)
            finally:
                ctx.db.close()
            fold(file)
            sync(file)
            _put_in(target, ctx.db)
    finally:
        target.close()
    return made


def _put_in(target: Database, made: Database) -> None:
    """A change of name where there is nothing yet, else one transaction; a server may be running there."""
    assert made.path is not None
    if target.path is not None:
        with alone(target):
            if not target.path.exists():
                made.path.replace(target.path)
                sync(target.path.parent)
                return
    with file_engine(made.path, sealed=True).connect() as source, target.write() as conn:
        _refuse_mixing(conn)
        pour(source, conn)


def _refuse_mixing(conn: Connection) -> None:
    """People, places, tokens, phones: anything that somebody put there."""
    tables = [table for table in SQLModel.metadata.sorted_tables if table.name not in BY_ITSELF]
    written = [select(table).limit(1) for table in tables] + [select(OP).where(OP.c.type.not_like(SEED_OPS)).limit(1)]
    if any(conn.execute(query).first() for query in written):
        raise Refused("Something was written in this database already; the demo is made only in an empty one.")
