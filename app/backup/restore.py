"""`lykta restore`: a backup becomes the database, as a new epoch. Proved aside first; nothing old is thrown away."""

import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from app.backup.check import check_kind, check_pages, readable, told
from app.backup.files import Files, Held, bring_back
from app.backup.make import copy_rows
from app.backup.pour import pour
from app.core.db import Database, file_engine, fold
from app.core.errors import Refused
from app.core.files import refusing, sync, workspace
from app.core.migrate import LOCK_KEY, alone, to_head
from app.core.settings import Settings
from app.journal import epoch
from app.journal.rows import OP
from app.journal.verify import Report, verify

#: A server that was just stopped may still be letting go of its connections.
LET_GO_S = 5.0
SERVED = "A server or another program has the database open: stop it first."
HELD = "The database holds {} already; --replace puts this in their place and keeps that aside."


@dataclass(frozen=True, slots=True)
class Restored:
    report: Report
    epoch: str
    #: What was there before.
    kept: Path | None
    files: Files

    def as_json(self) -> dict[str, Any]:
        head = {"seq": self.report.head_seq, "chain": self.report.head_chain}
        return {"ops": self.report.ops, "whole": self.report.ok, "head": head, "epoch": self.epoch,
                "kept": None if self.kept is None else str(self.kept), "files": self.files.as_json()}  # fmt: skip

    def text(self) -> str:
        found = "verified" if self.report.ok else f"NOT WHOLE, {told(self.report)}"
        kept = "" if self.kept is None else f" What was there is kept as {self.kept}."
        kept += self.files.text()
        return f"Restored {self.report.ops} ops, head {self.report.head_seq}, {found}; epoch {self.epoch}.{kept}"


def restore(
    settings: Settings, file: Path, now: datetime, *, replace: bool = False, unverified: bool = False,
    held: Sequence[Held] = (),
) -> Restored:  # fmt: skip
    """Migrates a backup of an older version. Raises Refused; then the database is as it was.

    What lies beside the database comes first: once that is in its place, so are its photos.
    """
    db = Database(settings.url)
    kept = settings.data_dir / f"before-restore-{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03}Z.db"
    try:
        with refusing("The backup could not be restored"), workspace(_beside(db, settings)) as folder:
            copy = folder / "restored.db"
            report, minted, files = _prepare(file, copy, now, unverified=unverified, held=held)
            if db.path is None:
                old = _into_postgresql(db, copy, report, kept, replace=replace)
            else:
                old = _into_place(db, db.path, copy, kept, replace=replace)
    finally:
        db.close()
    return Restored(report, minted, old, files)


def _beside(db: Database, settings: Settings) -> Path:
    """On the database's own disk, so that the last step is a change of name."""
    return settings.data_dir if db.path is None else db.path.parent


def _prepare(
    file: Path, copy: Path, now: datetime, *, unverified: bool, held: Sequence[Held]
) -> tuple[Report, str, Files]:
    """A copy at this version's schema, proved, with its new epoch; the backup itself is only read."""
    check_kind(file)
    shutil.copyfile(file, copy)
    log = file.with_name(file.name + "-wal")
    if log.exists():  # a raw copy of a database: its newest ops are in there
        shutil.copyfile(log, copy.with_name(copy.name + "-wal"))
    with readable(file):
        fold(copy)
        check_pages(copy, file)
        made = Database(f"sqlite:///{copy}")
        try:
            to_head(made)
            with made.read() as conn:
                report = verify(conn)
            if not report.ok and not unverified:
                raise Refused(f"The journal in {file.name} does not hold together ({told(report)}). "
                              "--unverified restores it all the same.")  # fmt: skip
            minted = epoch.mint(made, now, "restore")
            with made.write() as conn:
                files = bring_back(conn, file, held)
        finally:
            made.close()
        fold(copy)
    sync(copy)
    return report, minted, files


def _into_place(db: Database, path: Path, copy: Path, kept: Path, *, replace: bool) -> Path | None:
    """SQLite: a server keeps a lock on the file as long as it runs, and waits for ours when it starts."""
    with alone(db):
        if not path.exists():
            copy.replace(path)
            sync(path.parent)
            return None
        held = _held(path)
        if held and not replace:
            raise Refused(HELD.format(held))
        kept = path.with_name(kept.name)
        for ending in ("-wal", "-shm"):  # left only where the old database can no longer be read
            log = path.with_name(path.name + ending)
            if log.exists():
                log.replace(kept.with_name(kept.name + ending))
        if held:
            os.link(path, kept)
        copy.replace(path)
        sync(path.parent)
    return kept if held else None


def _held(path: Path) -> str:
    """What is in this file, in words; empty where nothing is. Raises Refused if anybody has it open."""
    try:
        fold(path)
        with file_engine(path).connect() as conn:
            return _told_count(conn)
    except OperationalError as error:
        if "locked" in str(error.orig):
            raise Refused(SERVED) from error
        return "what cannot be read"
    except DatabaseError:
        return "what cannot be read"


def _told_count(conn: Connection) -> str:
    if not inspect(conn).has_table(OP.name):
        return ""
    count = conn.execute(select(func.count()).select_from(OP)).scalar_one()
    return f"{count} ops" if count else ""


def _into_postgresql(db: Database, copy: Path, report: Report, kept: Path, *, replace: bool) -> Path | None:
    """One transaction: all rows of the backup, or all that were there. A server that starts meanwhile waits."""
    to_head(db)
    try:
        with db.write() as target:
            target.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
            _refuse_if_served(target)
            held = _told_count(target)
            if held and not replace:
                raise Refused(HELD.format(held))
            if held:
                copy_rows(db, copy.with_name("kept.db"))
                sync(copy.with_name("kept.db"))
                copy.with_name("kept.db").replace(kept)
                sync(kept.parent)
            with file_engine(copy, sealed=True).connect() as source:
                pour(source, target)
            found = verify(target)
            if (found.ops, found.head_chain, found.faults) != (report.ops, report.head_chain, report.faults):
                raise Refused("What PostgreSQL stored is not what the backup holds; nothing was changed.")
    except SQLAlchemyError as error:
        raise Refused(f"PostgreSQL did not take the backup ({type(error).__name__}); nothing was changed.") from error
    return kept if held else None


def _refuse_if_served(conn: Connection) -> None:
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
        " AND application_name IS DISTINCT FROM current_setting('application_name')"
    )
    deadline = time.monotonic() + LET_GO_S
    while conn.execute(others).scalar_one():
        if time.monotonic() > deadline:
            raise Refused(SERVED)
        time.sleep(0.1)
        conn.execute(text("SELECT pg_stat_clear_snapshot()"))
