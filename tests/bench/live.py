"""How soon a supervisor's board shows what a phone has sent: `python -m tests.bench.live`.

A real server process, SQLite with synchronous=FULL. Phones in pairs on a shift each push one op now and then; boards
listen as the desk's page does (`load.ts`, `followed.ts`): at changes they ask for the shifts that are named, then rest.
What is told is the time from the server's receipt of an op to the end of the first answer that was asked for after the
board had heard of it, for each op and board.
"""

import argparse
import http.client
import json
import os
import platform
import random
import statistics
import tempfile
import threading
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from app.access.permission import Role
from tests.bench.load import Client, cpu_s, server
from tests.support.factories import a_checkin, a_position, a_shift, an_observation

PHONES, BOARDS, SECONDS, PAUSE_S = 200, 5, 60, 10.0
REST_S_MIN, REST_S_MAX = 0.3, 3.0
MUST_S = 1.0
NAMED_MAX = 50


class Walker(Client):
    """A phone whose host checks in and reports until it is enough; (received, seq) of each op."""

    def __init__(self, port: int, username: str) -> None:
        super().__init__(port, username)
        self.told: list[tuple[float, int]] = []
        self.took_s: list[float] = []

    def begin(self, partner: str) -> None:
        op = self.outbox.seal("shift.start", a_shift(str(self.outbox.author), partner))
        self.shift = str(op["id"])
        self.say(op)

    def walk(self, until: float, dice: random.Random) -> None:
        time.sleep(dice.random() * PAUSE_S)
        while time.time() < until:
            kind, data = ("checkin.create", a_checkin())
            if dice.random() < 0.1:
                kind, data = "observation.create", an_observation()
            self.say(self.outbox.seal(kind, data, shift=self.shift, position=a_position()))
            time.sleep(dice.uniform(0.5, 1.5) * PAUSE_S)

    def say(self, op: dict[str, Any]) -> None:
        began = time.perf_counter()
        answer = self._post("/sync/push", json.dumps(self.outbox.frame([op])).encode())
        (result,) = json.loads(answer.read())["results"]
        self.took_s.append(time.perf_counter() - began)
        assert result["status"] == "applied", result
        self.told.append((datetime.fromisoformat(result["received_at"]).timestamp(), result["seq"]))


class Board(Client):
    """The page that is open at the desk."""

    def __init__(self, port: int, username: str) -> None:
        super().__init__(port, username)
        self.port = port
        self.heard = threading.Event()
        self.seq, self.named, self.turn = 0, set[str](), threading.Lock()
        #: (the newest that was known of when it was asked, when the answer was there)
        self.shown: list[tuple[int, float]] = []
        self.took_s: list[float] = []
        self.ended = threading.Event()

    def listen(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request("GET", "/api/v1/live", headers=self.headers)
        answer = line.getresponse()
        assert answer.status == 200, answer.status
        while not self.ended.is_set() and (said := answer.readline()):
            if said.startswith(b"data: "):
                told = json.loads(said[6:])
                with self.turn:
                    self.seq = told["seq"]
                    self.named |= set(told.get("shifts", ()))
                self.heard.set()
        line.close()

    def show(self) -> None:
        while not self.ended.is_set():
            if not self.heard.wait(0.5):
                continue
            self.heard.clear()
            with self.turn:
                seq, named, self.named = self.seq, self.named, set()
            ids = f"&ids={','.join(named)}" if 0 < len(named) <= NAMED_MAX else ""
            began = time.perf_counter()
            self.connection.request("GET", f"/api/v1/reviews/shifts?status=open&limit=200{ids}", headers=self.headers)
            answer = self.connection.getresponse()
            raw = answer.read()
            assert answer.status == 200, raw[:200]
            self.shown.append((seq, time.time()))
            took = time.perf_counter() - began
            self.took_s.append(took)
            time.sleep(min(REST_S_MAX, max(REST_S_MIN, took)))


def waited(told: list[tuple[float, int]], board: Board) -> list[float]:
    """Of each op that the board came to show."""
    found: list[float] = []
    shown = iter(board.shown)
    seq, at = 0, 0.0
    for received, mine in sorted(told, key=lambda one: one[1]):
        while seq < mine:
            seq, at = next(shown, (-1, 0.0))
            if seq < 0:
                return found
        found.append(at - received)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=PHONES)
    parser.add_argument("--boards", type=int, default=BOARDS)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    asked = parser.parse_args()
    people = [(f"host{n}", Role.HOST) for n in range(asked.phones)] + [
        (f"bo{n}", Role.SUPERVISOR) for n in range(asked.boards)
    ]
    with (
        tempfile.TemporaryDirectory(prefix="lykta-bench-", dir="/var/tmp") as folder,
        server(Path(folder), people) as (port, pid),
    ):
        phones = [Walker(port, f"host{n}") for n in range(asked.phones)]
        for one, other in zip(phones[::2], phones[1::2], strict=True):
            one.begin(str(other.outbox.author))
            other.shift = one.shift
        boards = [Board(port, f"bo{n}") for n in range(asked.boards)]
        dice = random.Random(7)
        until = time.time() + asked.seconds
        work = [threading.Thread(target=w, daemon=True) for b in boards for w in (b.listen, b.show)]
        walks = [threading.Thread(target=p.walk, args=(until, random.Random(dice.random()))) for p in phones]
        cpu = cpu_s(pid)
        for thread in (*work, *walks):
            thread.start()
        for thread in walks:
            thread.join()
        time.sleep(2 * MUST_S)
        cpu = cpu_s(pid) - cpu
        for board in boards:
            board.ended.set()
        _tell(asked, phones, boards, cpu)


def _tell(asked: argparse.Namespace, phones: list[Walker], boards: list[Board], cpu: float) -> None:
    told = [one for phone in phones for one in phone.told]
    took = sorted(seconds for board in boards for seconds in waited(told, board))
    missing = len(told) * len(boards) - len(took)
    fetched = sorted(seconds for board in boards for seconds in board.took_s)
    pushed = sorted(seconds for phone in phones for seconds in phone.took_s)
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {asked.phones} phones, "
          f"{asked.boards} boards, {len(told)} ops in {asked.seconds} s")  # fmt: skip
    print(f"receipt to board  {_spread(took)}  (must {MUST_S * 1000:.0f} ms), {missing} never shown")
    print(f"the board's answer {_spread(fetched)}, {len(fetched)} of them; a push {_spread(pushed)}; "
          f"{cpu / asked.seconds:.2f} cores of the server")  # fmt: skip


def _spread(seconds: list[float]) -> str:
    def at(share: float) -> float:
        return seconds[min(len(seconds) - 1, int(len(seconds) * share))] * 1000

    return f"median {statistics.median(seconds) * 1000:.0f} ms, p95 {at(0.95):.0f}, p99 {at(0.99):.0f}"


if __name__ == "__main__":
    main()
