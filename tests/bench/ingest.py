"""How fast the server takes in pushes, beside raw SQLite in the same minutes: `python -m tests.bench.ingest`.

Eight client processes (see load) against one real `lykta serve`, SQLite with synchronous=FULL; a ninth pushes single
escalations meanwhile, and one alone pushes before them. Five rounds, each followed by its reference: rows of the same
size through the driver, 100 a commit, FULL.
"""

import argparse
import multiprocessing
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from app.core.db import Database
from app.find.filling import standing
from tests.bench.load import CLIENTS, OPS, ROOT, Told, alarm, cpu_s, drive, server

ROUNDS = 5


@dataclass(frozen=True)
class Round:
    """What one round gave; times in seconds."""

    records: int
    wall_s: float
    server_cpu_s: float
    #: Afterwards, for the rows of the search.
    filling_cpu_s: float
    pushes_s: Sequence[float]
    repeats_s: Sequence[float]
    alone_s: Sequence[float]
    urgent_s: Sequence[float]
    raw_rows_per_s: float

    @property
    def rate(self) -> float:
        return self.records / self.wall_s


def one_round(folder: Path, batches: int) -> Round:
    folder.mkdir()
    context = multiprocessing.get_context("spawn")
    with server(folder) as (port, pid):
        (alone,), _ = _drive(context, port, pid, 1, batches)
        urgent, enough, ready = context.Queue(), context.Event(), context.Barrier(2)
        ninth = context.Process(target=alarm, args=(port, CLIENTS, ready, enough, urgent))
        ninth.start()
        ready.wait(60)
        answers, cpu = _drive(context, port, pid, CLIENTS, batches)
        enough.set()
        urgent_s = urgent.get(timeout=60)
        ninth.join()
        filling = _filled(folder, pid)
    wall = max(a.ended for a in answers) - min(a.began for a in answers)
    return Round(sum(a.records for a in answers), wall, cpu, filling, [t for a in answers for t in a.pushes_s],
                 [t for a in answers for t in a.repeats_s], alone.pushes_s, urgent_s,
                 _raw_rows_per_s(folder))  # fmt: skip


def _drive(context: Any, port: int, pid: int, clients: int, batches: int) -> tuple[list[Told], float]:
    """What they saw, and the CPU seconds that the server took for it, signing in apart."""
    gate, told = context.Barrier(clients + 1), context.Queue()
    processes = [context.Process(target=drive, args=(port, n, batches, gate, told)) for n in range(clients)]
    for process in processes:
        process.start()
    gate.wait(120)
    before = cpu_s(pid)
    answers: list[Told] = [told.get(timeout=600) for _ in processes]
    spent = cpu_s(pid) - before
    for process in processes:
        process.join()
    return answers, spent


def _filled(folder: Path, pid: int) -> float:
    """CPU seconds until everything can be found: the server begins when nobody pushes."""
    before = cpu_s(pid)
    db = Database(f"sqlite:///{folder / 'lykta.db'}")
    while True:
        with db.read() as conn:
            if not standing(conn).is_behind:
                break
        time.sleep(0.05)
    db.close()
    return cpu_s(pid) - before


def _raw_rows_per_s(folder: Path) -> float:
    """In a process of its own: the app tells the driver how to bind, and the reference is the driver as it comes."""
    command = [sys.executable, "-m", "tests.bench.raw", str(folder / "raw.db")]
    return float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def spread(values: Sequence[float], form: str = ",.0f") -> str:
    return f"{statistics.median(values):{form}} ({min(values):{form}}–{max(values):{form}})"


def p99_ms(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)] * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, default=25, help="pushes of 100 ops per client and round")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; Python "
          f"{platform.python_version()}, SQLite {sqlite.sqlite_version} WAL synchronous=FULL; "
          f"{CLIENTS} clients × {asked.batches} × {OPS} ops, {asked.rounds} rounds")  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="lykta-bench-", dir="/var/tmp") as name:
        rounds = [one_round(Path(name) / str(number), asked.batches) for number in range(asked.rounds)]
    print(f"ingest            {spread([r.rate for r in rounds])} records/s")
    print(f"raw SQLite        {spread([r.raw_rows_per_s for r in rounds])} rows/s")
    print(f"ratio             {spread([r.rate / r.raw_rows_per_s for r in rounds], '.3f')}  (must 0.12, aim 0.20)")
    print(f"per CPU second    {spread([r.records / r.server_cpu_s for r in rounds])} records  (must 7,000, aim 11,000)")
    whole = [r.records / (r.server_cpu_s + r.filling_cpu_s) for r in rounds]
    print(f"  with the search {spread(whole)} records")
    print(f"p99 of a push     {spread([p99_ms(r.pushes_s) for r in rounds])} ms  (must 200, aim 110)")
    print(f"  of one client   {spread([p99_ms(r.alone_s) for r in rounds])} ms  (must 40, aim 25)")
    print(f"  an escalation   {spread([p99_ms(r.urgent_s) for r in rounds])} ms  (must 150, aim 100)")
    retried = [statistics.median(r.repeats_s) / statistics.median(r.pushes_s) for r in rounds]
    print(f"retried ÷ new     {spread(retried, '.2f')}  (must 1, aim 0.8)")


if __name__ == "__main__":
    main()
