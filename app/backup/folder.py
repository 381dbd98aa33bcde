"""The folder off the machine: backups named by time, the oldest cleared away, and the record of what they cover."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from app.backup.files import list_of
from app.backup.make import Backup
from app.core.files import refusing, write_whole

RECORD = "durable.json"
_NAME = re.compile(r"lykta-\d{8}T\d{9}Z(-unverified)?\.db")


@dataclass(frozen=True, slots=True)
class Covered:
    """The newest proved backup: the journal up to `seq`, whose link is `chain`, is in `file`."""

    seq: int
    chain: str
    file: str
    size: int


def name_at(now: datetime, *, verified: bool) -> str:
    return f"lykta-{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03}Z{'' if verified else '-unverified'}.db"


def record(folder: Path, backup: Backup) -> None:
    """Only for a backup that was proved. The server reads it (see durable)."""
    covered = Covered(backup.report.head_seq, backup.report.head_chain, backup.file.name, backup.size)
    with refusing("The record of the backup could not be written"):
        write_whole(folder / RECORD, json.dumps(asdict(covered)).encode())


def recorded(folder: Path) -> Covered | None:
    """None where there is none, or its file is not there whole. Raises OSError, ValueError, TypeError."""
    try:
        covered = Covered(**json.loads((folder / RECORD).read_bytes()))
        return covered if (folder / covered.file).stat().st_size == covered.size else None
    except FileNotFoundError:
        return None


def prune(folder: Path, keep: int) -> list[str]:
    """Clears away all proved backups but the newest `keep`; returns their names. Others' files are left alone."""
    named = sorted(f for f in folder.iterdir() if (match := _NAME.fullmatch(f.name)) and match[1] is None)
    old = named[:-keep]
    with refusing("An old backup could not be cleared away"):
        for file in old:
            list_of(file).unlink(missing_ok=True)
            file.unlink()
    return [file.name for file in old]
