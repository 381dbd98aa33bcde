"""`lykta backup`: one moment of the whole database as one SQLite file that is proved before it gets its name, and the

photos and maps of that moment in a folder beside it.
"""

import os
import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import OperationalError

from app.backup.check import check_sealed, told
from app.backup.files import Files, Held, gather
from app.backup.pour import pour
from app.core.db import Database, file_engine, fold
from app.core.errors import Refused
from app.core.files import refusing, sync, workspace
from app.core.migrate import is_at_head, to_head
from app.journal import chain, epoch
from app.journal.rows import head
from app.journal.verify import Report

#: A half file is left only by a killed process or machine; one that old is nobody's work any more.
LEFTOVER_AFTER_S = 86_400


@dataclass(frozen=True, slots=True)
class Backup:
    file: Path
    size: int
    report: Report
    files: Files


def take(
    db: Database, target: Path, *, data_dir: Path, verified: bool = True, held: Sequence[Held] = (),
    reread: bool = False,
) -> Backup:  # fmt: skip
    """Writers go on meanwhile. Nothing stands under the target's name before it is read back and found whole, and

    before what lies beside the database (`held`) lies beside it. `verified=False` keeps a journal with faults too: the
    report names them. Raises Refused.
    """
    if db.path is not None and not db.path.is_file():
        raise Refused("There is no database yet: nothing to back up.")
    if target.exists():
        raise Refused(f"{target.name} is there already; a backup never overwrites a file.")
    with refusing("The backup could not be written"), _part(target.parent) as part:
        with db.read() as conn:
            if not is_at_head(conn):
                raise Refused("The database is of another version of Lykta: run lykta migrate, or that version.")
            least = head(conn).seq
        _copy(db, part, data_dir)
        sync(part)
        report = check_sealed(part, target)
        if verified:
            _prove(db, report, least)
        with file_engine(part, sealed=True).connect() as conn:
            files = gather(conn, target, held, reread=reread)
        part.replace(target)
        sync(target.parent)
        return Backup(target, target.stat().st_size, report, files)


def _copy(db: Database, part: Path, data_dir: Path) -> None:
    if db.is_sqlite:
        db.copy_into(part)
        return
    with workspace(data_dir) as folder:
        copy_rows(db, folder / "copy.db")
        shutil.copyfile(folder / "copy.db", part)


def copy_rows(db: Database, file: Path) -> None:
    """One moment of a PostgreSQL database as a new SQLite file."""
    made = Database(f"sqlite:///{file}")
    try:
        to_head(made)
        with db.read() as source, made.write() as target:
            pour(source, target)
        made.close()
        fold(file)
    except OperationalError as error:  # the disk, or the connection
        raise Refused(f"The database could not be copied: {str(error.orig).splitlines()[0]}.") from error
    finally:
        made.close()


def _prove(db: Database, report: Report, least: int) -> None:
    """The copy's journal is whole, and it is the beginning of the one that goes on here."""
    if not report.ok:
        raise Refused(f"The journal does not hold together ({told(report)}); no backup was kept. "
                      "See it with lykta journal verify; --unverified keeps a copy all the same.")  # fmt: skip
    with db.read() as conn:
        known = epoch.knows(conn, report.head_seq, chain.parse(report.head_chain) or b"")
    if report.head_seq < least or not known:
        raise Refused("The copy does not end where the database stood; no backup was kept.")


@contextmanager
def _part(folder: Path) -> Iterator[Path]:
    """An empty file that only the owner may read, gone again if anything fails."""
    if not folder.is_dir():
        raise Refused(f"The folder {folder} is not there; is what it lies on mounted?")
    for left in folder.glob(".lykta-*.part"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > LEFTOVER_AFTER_S:
                left.unlink()
    part = folder / f".lykta-{secrets.token_hex(8)}.part"
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)
