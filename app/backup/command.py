"""What `lykta backup` does around the copy itself: where to, what it is called, what it covers, what it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.backup.check import told
from app.backup.files import Held
from app.backup.folder import name_at, prune, record
from app.backup.make import Backup, take
from app.core.db import Database
from app.core.errors import Refused
from app.core.settings import Settings


@dataclass(frozen=True, slots=True)
class Done:
    backup: Backup
    pruned: list[str]
    warning: str | None

    def as_json(self) -> dict[str, Any]:
        report = self.backup.report
        return {
            "file": str(self.backup.file), "size": self.backup.size, "ops": report.ops, "whole": report.ok,
            "head": {"seq": report.head_seq, "chain": report.head_chain}, "epoch": report.epoch, "pruned": self.pruned,
            "files": self.backup.files.as_json(),
        }  # fmt: skip

    def text(self) -> str:
        report = self.backup.report
        found = "pages, chain and head verified" if report.ok else f"NOT WHOLE, {told(report)}"
        beside = self.backup.files.text()
        return f"{self.backup.file}: {report.ops} ops, head {report.head_seq} {report.head_chain}; {found}.{beside}"


def back_up(
    settings: Settings, now: datetime, *, file: Path | None, folder: Path | None, keep: int | None, verified: bool,
    held: Sequence[Held] = (), reread: bool = False,
) -> Done:  # fmt: skip
    """Into `file`, or into `folder` under a name that tells the time; without either into LYKTA_BACKUP_DIR.

    Raises Refused.
    """
    folder = folder or settings.backup_dir
    if file is None:
        if folder is None:
            raise Refused("Where to? Give a FILE or --to FOLDER, or set LYKTA_BACKUP_DIR.")
        file, into = folder / name_at(now, verified=verified), folder
    else:
        into = None
    db = Database(settings.url)
    try:
        made = take(db, file, data_dir=settings.data_dir, verified=verified, held=held, reread=reread)
    finally:
        db.close()
    if into is None:
        return Done(made, [], None)
    configured = settings.backup_dir is not None and into.resolve() == settings.backup_dir.resolve()
    if configured and verified:
        record(into, made)
    pruned = [] if keep is None or not verified else prune(into, keep)
    return Done(made, pruned, _warning(settings, into) if configured else None)


def _warning(settings: Settings, folder: Path) -> str | None:
    near = settings.data_dir.exists() and settings.data_dir.stat().st_dev == folder.stat().st_dev
    return "LYKTA_BACKUP_DIR lies on the same disk as the data directory; one fault would take both." if near else None
