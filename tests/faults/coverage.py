"""Coverage as it was measured in buses and cars, second by second, played faster around each request of a phone."""

import asyncio
import csv
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.faults.proxy import Exchange
from tests.support.shared import shared

DRIVES = "devices/ireland_drive_radio_and_throughput.csv"
CELLS = "devices/us_cellular_saturator_per_second.csv"
#: Harsher than a network is: a second without a bit breaks what is under way.
PATIENCE_S = 0.5
STEP_S = 0.25


@dataclass(frozen=True)
class Second:
    """What went through in this second, in bytes."""

    up: int
    down: int


def measured() -> list[Second]:
    """Some two hours: four drives in Ireland, and one in the USA whose network was often gone."""
    with shared(DRIVES).open(encoding="utf-8", newline="") as file:
        drives = [Second(_bytes(row["ul_kbps"]), _bytes(row["dl_kbps"])) for row in csv.DictReader(file)]
    ways: dict[str, list[int]] = {}
    with shared(CELLS).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ways.setdefault(row["trace"], []).append(_bytes(row["kbit_per_s"]))
    up, down = ways["Verizon-EVDO-driving.up"], ways["Verizon-EVDO-driving.down"]
    return [*drives, *(Second(*pair) for pair in zip(up, down, strict=False))]


def _bytes(kbit: str) -> int:
    return int(float(kbit) * 125)


class Coverage:
    """A fault for the proxy, and the evening's clock: both run `faster` times as fast as they were measured."""

    def __init__(self, seconds: Sequence[Second], faster: float) -> None:
        self._seconds = seconds
        self._faster = faster
        self._began = time.monotonic()
        self.cut_up = self.cut_down = 0

    @property
    def passed_s(self) -> float:
        return (time.monotonic() - self._began) * self._faster

    @property
    def is_over(self) -> bool:
        return self.passed_s >= len(self._seconds)

    @property
    def now(self) -> Second:
        return self._seconds[min(int(self.passed_s), len(self._seconds) - 1)]

    async def __call__(self, way: Exchange) -> None:
        raw = way.request.raw
        came = await self._carried(len(raw), is_up=True)
        if came < len(raw):
            self.cut_up += 1
            await way.hand_over(raw[:came])
            way.reset()
            return
        answer = await way.ask()
        heard = await self._carried(len(answer), is_up=False)
        await way.answer(answer[:heard])
        if heard < len(answer):
            self.cut_down += 1
            way.reset()

    async def _carried(self, size: int, *, is_up: bool) -> int:
        """How many of so many bytes go through before the network is gone for too long."""
        done, silent_s, last_s = 0.0, 0.0, self.passed_s
        while done < size and not self.is_over:
            await asyncio.sleep(STEP_S / self._faster)
            gone_s, last_s = self.passed_s - last_s, self.passed_s
            rate = self.now.up if is_up else self.now.down
            done += rate * gone_s
            silent_s = 0 if rate else silent_s + gone_s
            if silent_s > PATIENCE_S:
                return min(size, int(done))
        return size
