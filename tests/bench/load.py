"""A real server process, and client processes that push a shift's ops to it: what every bench of ingest is made of.

A shift has 240 check-ins, 12 observations and an escalation; 100 ops a push, about 520 bytes a body, 5 % of the pushes
sent twice.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from app.access import accounts
from app.access.permission import Role
from app.core.settings import Settings
from tests.support.client import Outbox
from tests.support.factories import a_checkin, a_position, a_shift, an_escalation, an_observation

CLIENTS, OPS, BODY_BYTES = 8, 100, 520
PASSWORD = "mäta mäta mäta"
ROOT = Path(__file__).parents[2]
START_S_MAX = 30
URGENT_PAUSE_S = 0.25


class Told(NamedTuple):
    """What one client saw; times in seconds."""

    began: float
    ended: float
    pushes_s: list[float]
    repeats_s: list[float]
    records: int


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
    told.put(Told(began, time.time(), latencies, repeats, len(bodies) * OPS))


def alarm(port: int, number: int, gate: Any, enough: Any, told: Any) -> None:
    """A client whose single escalations must not wait behind the others' bulk (I20)."""
    client, took = Client(port, f"host{number}"), []
    shift = client.outbox.seal("shift.start", a_shift(str(client.outbox.author)))
    client.push(json.dumps(client.outbox.frame([shift])).encode())
    gate.wait()
    while not enough.is_set():
        op = client.outbox.seal("escalation.create", an_escalation(), shift=shift["id"], position=a_position())
        took.append(client.push(json.dumps(client.outbox.frame([op])).encode())[0])
        time.sleep(URGENT_PAUSE_S)
    told.put(took)


#: (username, role)
People = Sequence[tuple[str, Role]]
HOSTS: People = [(f"host{number}", Role.HOST) for number in range(CLIENTS + 1)]


@contextmanager
def server(folder: Path, people: People = HOSTS) -> Iterator[tuple[int, int]]:
    """(port, pid) of a real server process on a fresh database with these people."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "LYKTA_DATA_DIR": str(folder), "LYKTA_PASSWORD_COST": "cheapest"}
    _hire(folder, people)
    command = [sys.executable, "-c", "from app.cli import main; main()", "serve", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log)
    try:
        _await(port)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _hire(folder: Path, people: People) -> None:
    from app.cli import _migrated
    from app.main import make_context

    settings = Settings(data_dir=folder, password_cost="cheapest")
    _migrated(settings).close()
    ctx = make_context(settings)
    for username, role in people:
        accounts.add(ctx, username, username, role, PASSWORD)
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


def cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
