"""Whether the database went back in time: when it was noticed, what has come back since, and who knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from app.access import queries as access
from app.access.permission import Viewer
from app.access.queries import REPORT
from app.core.clock import stamp
from app.epoch.models import EpochAcknowledgement
from app.journal.epoch import STEPPED_BACK
from app.journal.rows import EPOCH, OP

ACKNOWLEDGEMENT = EpochAcknowledgement.__table__  # type: ignore[attr-defined]
#: So long it stays on the desk who has seen it.
TOLD = timedelta(days=7)
#: A phone keeps what was answered for so long; one that was not heard for longer has nothing to send again.
KEPT = timedelta(days=14)
#: Counting further helps nobody.
COUNTED_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The same trouble may be noticed again and again until it is mended: all times since the last acknowledgement."""

    times: Sequence[Any]

    @property
    def first(self) -> Any:
        return self.times[0]

    @property
    def newest(self) -> Any:
        return self.times[-1]


def stepped_back(conn: Connection) -> list[Any]:
    """Each time that it was noticed, the oldest first; `author_id` and `stated_at` of who acknowledged that."""
    said = (ACKNOWLEDGEMENT.c.author_id, ACKNOWLEDGEMENT.c.stated_at)
    both = EPOCH.outerjoin(ACKNOWLEDGEMENT, ACKNOWLEDGEMENT.c.epoch == EPOCH.c.epoch)
    found = select(EPOCH, *said).select_from(both).where(EPOCH.c.cause == STEPPED_BACK)
    return list(conn.execute(found.order_by(EPOCH.c.began_at, EPOCH.c.epoch)))


def unacknowledged(times: Sequence[Any]) -> Occurrence | None:
    last = max((at for at, row in enumerate(times) if row.stated_at is not None), default=-1)
    return Occurrence(times[last + 1 :]) if times[last + 1 :] else None


def shown(conn: Connection, _viewer: Viewer, now: datetime) -> dict[str, Any]:
    """What the desk is told. Two statements where nothing is open, four where something is."""
    times = stepped_back(conn)
    seen = [row for row in times if row.stated_at is not None and now - row.stated_at < TOLD]
    names = access.names(conn, [row.author_id for row in seen[-1:]])
    still = unacknowledged(times)
    return {
        "stepped_back": None if still is None else _told(conn, still),
        "acknowledged": [{"at": stamp(row.stated_at), "name": names.get(row.author_id or "", ""),
                          "noticed_at": stamp(row.began_at)} for row in seen[-1:]],
    }  # fmt: skip


def _told(conn: Connection, still: Occurrence) -> dict[str, Any]:
    first = still.first
    heard, known = conn.execute(select(
        func.count().filter(REPORT.c.seen_at >= first.began_at),
        func.count().filter(REPORT.c.seen_at >= first.began_at - KEPT),
    )).one()  # fmt: skip
    back = select(OP.c.seq).where(
        OP.c.seq > first.after_seq, OP.c.install.is_not(None), OP.c.estimated_at < first.began_at
    )
    came = conn.execute(select(func.count()).select_from(back.limit(COUNTED_MAX).subquery())).scalar_one()
    return {
        "epoch": still.newest.epoch, "noticed_at": stamp(first.began_at), "again_at": stamp(still.newest.began_at),
        "times": len(still.times), "seen_seq": first.seen_seq, "here_seq": first.after_seq,
        "phones": known, "phones_heard": heard, "came_back": came,
    }  # fmt: skip
