"""Work that goes on by itself."""

import asyncio
import time

import pytest

from app.core import repeat
from app.core.repeat import Stopped, repeated

pytestmark = pytest.mark.anyio


async def test_it_goes_on_after_a_look_that_failed(capsys: pytest.CaptureFixture[str]) -> None:
    looks = []

    def _look(_stopped: Stopped) -> None:
        looks.append(1)
        if len(looks) == 1:
            raise ConnectionError("the words of a row")

    async with repeated("work", _look, 0.001):
        while len(looks) < 3:
            await asyncio.sleep(0.001)
    done = len(looks)
    await asyncio.sleep(0.02)
    assert len(looks) == done
    said = "".join(capsys.readouterr())
    assert "work failed" in said
    assert "ConnectionError" in said
    assert "the words of a row" not in said


async def test_a_stop_waits_for_a_look_that_ends_and_for_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeat, "END_S", 0.2)
    ended = []

    def _asks(stopped: Stopped) -> None:
        while not stopped():
            time.sleep(0.001)
        ended.append("asked")

    async with repeated("asks", _asks, 60):
        await asyncio.sleep(0.02)
    assert ended == ["asked"]

    def _sleeps(_stopped: Stopped) -> None:
        time.sleep(0.6)
        ended.append("slept")

    began = time.monotonic()
    async with repeated("sleeps", _sleeps, 60):
        await asyncio.sleep(0.02)
    assert (ended, time.monotonic() - began < 0.5) == (["asked"], True)
