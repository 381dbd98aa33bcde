"""What the desk asks among many observations: `python -m tests.bench.desk [sqlite] [postgresql] [--rows N]`.

Whole answers of the application in this process, in the order of the pages: the median and the 95th percentile of
wall time, the process's own time (on SQLite all there is of it), what the median is of that among 10,000 rows, and
each table that a plan reads from end to end.
"""

import argparse
import json
import logging
import os
import platform
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import structlog
from sqlalchemy import Connection
from sqlmodel import SQLModel
from starlette.testclient import TestClient

import app.main
from app.core.db import Database
from app.core.ids import uuid7
from app.core.migrate import to_head
from tests.bench.years import Years, fill, settle
from tests.support import pg
from tests.support.client import BASE_URL, ORIGIN, Browser
from tests.support.desk import READS, Read, ask, put_reference
from tests.support.factories import a_plan
from tests.support.plans import scans, watched
from tests.support.world import CAST, FakeClock, hire, make_context, make_journal

ROWS = int(os.environ.get("LYKTA_BENCH_ROWS", "1000000"))
SMALL = 10_000
ROUNDS, SECONDS_MAX = 15, 6.0
EDITIONS = 20
SLOW_MS = 300
#: A table with fewer rows is read whole for nothing.
FEW = 2_000
BOTH = ("sqlite", "postgresql")


class Took(NamedTuple):
    median_ms: float
    p95_ms: float
    #: The median of this process's own time; of PostgreSQL's there is none.
    cpu_ms: float
    whole: list[str]

    def own_ms(self, kind: str) -> float:
        """What a busy machine changes least."""
        return self.cpu_ms if kind == "sqlite" else self.median_ms


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("databases", nargs="*", choices=[*BOTH, []], default=[])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--keep", type=Path, help="a folder for the filled databases, which are used again")
    parser.add_argument("--only", default="", help="questions whose name holds this")
    told = parser.parse_args()
    for kind in told.databases or BOTH:
        print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {kind}")
        few = measured(kind, min(SMALL, told.rows), told.only, told.keep)
        many = measured(kind, told.rows, told.only, told.keep)
        print(f"{'':30} {'median':>9} {'p95':>9} {'CPU':>9} {f'÷ {SMALL:,}':>9}   load {os.getloadavg()[0]:.1f}")
        for name, took in many.items():
            ratio = took.own_ms(kind) / few[name].own_ms(kind)
            figures = f"{took.median_ms:6.1f} ms {took.p95_ms:6.1f} ms {took.cpu_ms:6.1f} ms {ratio:9.2f}"
            slow = "  SLOW" if took.own_ms(kind) > SLOW_MS else ""
            whole = f"  reads whole: {', '.join(took.whole)}" if took.whole else ""
            print(f"{name:30} {figures}{slow}{whole}")


def measured(kind: str, count: int, only: str, keep: Path | None) -> dict[str, Took]:
    with database(kind, keep, count) as (db, folder):
        journal = make_journal(db, FakeClock())
        made = app.main.create_app(make_context(db, journal, folder))
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
        with TestClient(made, base_url=BASE_URL, headers={"Origin": ORIGIN}) as api:
            desk = Browser(api)
            desk.sign_in(CAST.ada)
            kept = folder / "ids.json"
            if not kept.exists():
                kept.write_text(json.dumps(_filled(db, desk, count)))
            ids = json.loads(kept.read_text())
            return {name: _took(db, desk, read, ids) for name, read in READS.items() if only in name}


def _filled(db: Database, desk: Browser, count: int) -> dict[str, str]:
    ids = _planned(desk)
    began = time.perf_counter()
    years = fill(db, count)
    print(f"{count:,} observations, filled in {time.perf_counter() - began:.0f} s, {_size(db):.2f} GB", flush=True)
    ids |= _ids(desk, years)
    settle(db)
    return ids


def _planned(desk: Browser) -> dict[str, str]:
    put_reference(desk)
    desk.request("PUT", f"/plans/{uuid7()}", json=a_plan(CAST.alva, CAST.cim))
    shifts = desk.get("/plans", params={"from": "2026-11-20", "to": "2026-12-31"}).json()["shifts"]
    feed = desk.post("/calendar").json()["path"].removeprefix("/api/v1")
    return {"bo": CAST.bo.id, "planned": shifts[0]["id"], "feed": feed}


def _ids(desk: Browser, years: Years) -> dict[str, str]:
    # Of many weeks: of one alone, its records would be the whole table.
    for week in range(46 - EDITIONS + 1, 47):
        edition = uuid7()
        said = {"id": edition, "based_on": "new", "number": 1}
        frozen = desk.post(f"/situation/weeks/2026-W{week:02}/editions", json=said)
        assert frozen.status_code == 201, frozen.text
    return {"shift": years.shift, "observation": years.observation, "followup": years.followup, "edition": edition,
            "disclosure": _disclosed(desk)}  # fmt: skip


def _disclosed(desk: Browser) -> str:
    drafted = desk.post("/disclosures/draft", json={"codes": ["S2"]}).json()["records"]
    told = [{"id": one["id"], "versions": [{"id": said["id"]} for said in one["versions"]]} for one in drafted]
    made: dict[str, Any] = {"id": uuid7(), "to": "police", "decision": "Lämnas ut.", "records": told}
    answer = desk.post("/disclosures", json=made)
    assert answer.status_code == 201, answer.text
    return str(made["id"])


def _took(db: Database, desk: Browser, read: Read, ids: dict[str, str]) -> Took:
    with watched() as asked:
        answer = ask(desk, read, ids)
    if answer.status_code != 200:
        raise SystemExit(f"{read.path}: {answer.status_code} {answer.text[:300]}")
    took: list[float] = []
    spent: list[float] = []
    while len(took) < ROUNDS and (len(took) < 3 or sum(took) < SECONDS_MAX * 1000):
        began, cpu = time.perf_counter(), time.process_time()
        ask(desk, read, ids)
        took.append((time.perf_counter() - began) * 1000)
        spent.append((time.process_time() - cpu) * 1000)
    with db.read() as conn:
        whole = set(SQLModel.metadata.tables) & {t for one in asked for t in scans(conn, *one, in_order=True)}
        large = sorted(table for table in whole if _rows(conn, table) > FEW)
    return Took(statistics.median(took), sorted(took)[int(len(took) * 0.95)], statistics.median(spent), large)


def _rows(conn: Connection, table: str) -> int:
    found: int = conn.exec_driver_sql(f'SELECT count(*) FROM (SELECT 1 FROM "{table}" LIMIT {FEW + 1}) x').scalar_one()
    return found


def _size(db: Database) -> float:
    """GB"""
    if db.path is not None:
        return db.path.stat().st_size / 1e9
    with db.read() as conn:
        found: Any = conn.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()
        return float(found) / 1e9


@contextmanager
def database(kind: str, keep: Path | None, count: int) -> Iterator[tuple[Database, Path]]:
    """On the disk, not in memory, with everybody hired; PostgreSQL as the tests' own, with its default memory."""
    folder = Path(tempfile.mkdtemp(prefix="lykta-bench-", dir="/var/tmp")) if keep is None else keep / f"{kind}-{count}"
    folder.mkdir(parents=True, exist_ok=True)
    is_new = not (folder / "ids.json").exists()
    try:
        with _url(kind, folder, is_new) as url:
            db = Database(url)
            to_head(db)
            if is_new:
                hire(db, make_journal(db, FakeClock()), *CAST.everybody)
            yield db, folder
            db.close()
    finally:
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _url(kind: str, folder: Path, is_new: bool) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'lykta.db'}"
        return
    with pg.running(folder) as server:
        if is_new:
            server.create("bench")
        yield server.url("bench")


if __name__ == "__main__":
    main()
