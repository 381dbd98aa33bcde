"""How fast the server takes in pushes, beside raw SQLite in the same minutes: `python -m tests.bench.ingest`.

Workload: a shift has 240 check-ins, 12 observations and an escalation; 100 ops a push, about 520 bytes a body, 5 % of
the pushes sent twice. Eight client processes against one real `lykta serve`, SQLite with synchronous=FULL.
Five rounds, each followed by its reference: rows of the same size through the driver, 100 a commit, FULL.
"""

import argparse
import http.client
import json
import multiprocessing
import os
import platform
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from app.access import accounts
from app.access.permission import Role
from app.core.settings import Settings
from tests.support.client import Outbox
from tests.support.factories import a_checkin, a_position, a_shift, an_escalation, an_observation

CLIENTS, OPS, BODY_BYTES, ROUNDS = 8, 100, 520, 5
PASSWORD = "mäta mäta mäta"
ROOT = Path(__file__).parents[2]
START_S_MAX = 30


@dataclass(frozen=True)
class Round:
    """What one round gave; times in seconds."""

    records: int
    wall_s: float
    server_cpu_s: float
    latencies_s: Sequence[float]
    repeats_s: Sequence[float]
    raw_rows_per_s: float

    @property
    def rate(self) -> float:
        return self.records / self.wall_s


class Client:
    """One phone on one connection that stays open."""

    def __init__(self, port: int, username: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Origin": f"http://127.0.0.1:{port}", "Content-Type": "application/json"}
        self.outbox = Outbox()
        body = {"username": username, "password": PASSWORD, "install": self.outbox.install}
        answer = self._post("/sessions", json.dumps(body).encode())
        assert answer.status == 201, answer.status
        cookies = [line.split(";")[0] for line in answer.headers.get_all("set-cookie") or ()]
        self.headers["Cookie"] = "; ".join(cookies)
        self.outbox.author = json.loads(answer.read())["user"]["id"]

    def _post(self, path: str, body: bytes) -> http.client.HTTPResponse:
        self.connection.request("POST", "/api/v1" + path, body, self.headers)
        return self.connection.getresponse()

    def batches(self, count: int) -> list[bytes]:
        """Sealed beforehand: only the server's work is measured."""
        shift = self.outbox.seal("shift.start", a_shift(str(self.outbox.author)))
        made = [shift]
        while len(made) < count * OPS:
            made.append(self._op(len(made), shift["id"]))
        parts = [made[start : start + OPS] for start in range(0, len(made), OPS)]
        return [json.dumps(self.outbox.frame(part)).encode() for part in parts]

    def _op(self, number: int, shift: str) -> dict[str, Any]:
        turn = number % 253
        if turn == 252:
            op_type, data = "escalation.create", an_escalation(cause="Hotfull stämning vid stationen. " * 3)
        elif turn % 21 == 20:
            op_type, data = "observation.create", an_observation(text="Klotter på norra väggen. " * 3)
        else:
            op_type, data = "checkin.create", a_checkin(note="Lugnt på torget, många ute. ")
        data |= {"later": "x" * max(0, BODY_BYTES - 247 - len(json.dumps(data)))}
        return self.outbox.seal(op_type, data, shift=shift, position=a_position())

    def push(self, body: bytes) -> tuple[float, set[str]]:
        began = time.perf_counter()
        answer = self._post("/sync/push", body)
        raw = answer.read()
        took = time.perf_counter() - began
        assert answer.status == 200, raw[:200]
        return took, {result["status"] for result in json.loads(raw)["results"]}


def drive(port: int, number: int, batches: int, gate: Any, told: Any) -> None:
    """One client process: seals, waits for the others, pushes, tells."""
    client = Client(port, f"host{number}")
    bodies = client.batches(batches)
    gate.wait()
    began, latencies, repeats = time.time(), [], []
    for turn, body in enumerate(bodies):
        took, statuses = client.push(body)
        assert statuses == {"applied"}, statuses
        latencies.append(took)
        if turn % 20 == 10:
            took, statuses = client.push(body)
            assert statuses == {"duplicate"}, statuses
            repeats.append(took)
    told.put((began, time.time(), latencies, repeats, len(bodies) * OPS))


@contextmanager
def server(folder: Path) -> Iterator[tuple[int, int]]:
    """(port, pid) of a real server process on a fresh database with eight hosts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "LYKTA_DATA_DIR": str(folder), "LYKTA_PASSWORD_COST": "cheapest"}
    _hire(folder)
    command = [sys.executable, "-c", "from app.cli import main; main()", "serve", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log)
    try:
        _await(port)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _hire(folder: Path) -> None:
    from app.cli import _migrated
    from app.main import make_context

    settings = Settings(data_dir=folder, password_cost="cheapest")
    _migrated(settings).close()
    ctx = make_context(settings)
    for number in range(CLIENTS):
        accounts.add(ctx, f"host{number}", f"Värd {number}", Role.HOST, PASSWORD)
    ctx.db.close()


def _await(port: int) -> None:
    deadline = time.monotonic() + START_S_MAX
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def one_round(folder: Path, batches: int) -> Round:
    folder.mkdir()
    context = multiprocessing.get_context("spawn")
    with server(folder) as (port, pid):
        gate, told = context.Barrier(CLIENTS + 1), context.Queue()
        clients = [context.Process(target=drive, args=(port, n, batches, gate, told)) for n in range(CLIENTS)]
        for client in clients:
            client.start()
        gate.wait(120)
        cpu = _cpu_s(pid)
        answers = [told.get(timeout=600) for _ in clients]
        cpu = _cpu_s(pid) - cpu
        for client in clients:
            client.join()
    latencies = [took for answer in answers for took in answer[2]]
    repeats = [took for answer in answers for took in answer[3]]
    wall = max(a[1] for a in answers) - min(a[0] for a in answers)
    return Round(sum(a[4] for a in answers), wall, cpu, latencies, repeats, _raw_rows_per_s(folder))


def _raw_rows_per_s(folder: Path) -> float:
    """In a process of its own: the app tells the driver how to bind, and the reference is the driver as it comes."""
    command = [sys.executable, "-m", "tests.bench.raw", str(folder / "raw.db")]
    return float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
    print(f"p99 of a push     {spread([p99_ms(r.latencies_s) for r in rounds])} ms  (must 200, aim 110)")
    retried = [statistics.median(r.repeats_s) / statistics.median(r.latencies_s) for r in rounds]
    print(f"retried ÷ new     {spread(retried, '.2f')}  (must 1, aim 0.8)")


if __name__ == "__main__":
    main()
