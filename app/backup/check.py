"""Is this file a database of ours, whole to its last page? Reads only; every fault is one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import SQLAlchemyError

from app.core.db import file_engine
from app.core.errors import Refused
from app.core.files import refusing
from app.journal.verify import Report, verify

MAGIC = b"SQLite format 3\0"
OURS = {"alembic_version", "journal_op", "journal_head", "journal_epoch"}


@contextmanager
def readable(file: Path) -> Iterator[None]:
    """What a damaged file makes fail anywhere below, told as a refusal that names the file."""
    try:
        yield
    except (SQLAlchemyError, CommandError, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise Refused(f"{file.name} is damaged: it cannot be read to its end.") from error


def check_kind(file: Path) -> None:
    with refusing(f"{file.name} cannot be read"), file.open("rb") as opened:
        if opened.read(len(MAGIC)) != MAGIC:
            raise Refused(f"{file.name} is not a backup: it is no SQLite file.")


def check_pages(path: Path, file: Path) -> None:
    """`path` is what is read, `file` what the sentence names. Raises Refused."""
    with readable(file), file_engine(path, sealed=True).connect() as conn:
        _check_pages(conn, file)


def _check_pages(conn: Connection, file: Path) -> None:
    told = conn.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    if told != "ok":
        raise Refused(f"{file.name} is damaged: its pages do not hold together.")
    if not set(inspect(conn).get_table_names()) >= OURS:
        raise Refused(f"{file.name} is not a backup: it holds no journal of Lykta's.")


def check_sealed(path: Path, file: Path) -> Report:
    """A finished file at this version's schema: pages, then the journal, read from where it lies."""
    check_pages(path, file)
    with readable(file), file_engine(path, sealed=True).connect() as conn:
        return verify(conn)


def told(report: Report) -> str:
    """The faults in a few words."""
    return "; ".join(f"{fault.what} at {fault.seq}" for fault in report.faults[:5])
