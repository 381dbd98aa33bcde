"""Records that are looked for."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.client import Browser, Phone, statuses
from tests.support.factories import an_observation

See = Callable[..., str]
Find = Callable[..., list[str]]


@pytest.fixture
def see(alva: Phone) -> See:
    """`see(text=…, shift=…, position=…)`: Alva's observation, and its id."""

    def _see(shift: str | None = None, position: Any = None, **members: Any) -> str:
        op = alva.seal("observation.create", an_observation(**members), shift=shift, position=position)
        assert statuses(alva.send(op)) == [("applied", None)]
        return str(op["id"])

    return _see


@pytest.fixture
def find(bo: Browser) -> Find:
    """`find("klotter", by=…, status=[…])`: ids in the order of the answer. By Bo, if not told."""

    def _find(text: str | None = None, by: Browser | None = None, **asked: Any) -> list[str]:
        answer = (by or bo).post("/find", json=asked | ({} if text is None else {"text": text}))
        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert told["next"] or told["count"] == len(told["items"])
        return [item["id"] for item in told["items"]]

    return _find
