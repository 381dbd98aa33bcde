"""A program writes in the name of whoever said it; who wrote it down is noted."""

from collections.abc import Iterator

import pytest

from app.audit.readings import READING
from app.core.db import Database
from app.core.ids import uuid7
from tests.conftest import SignIn
from tests.support.client import Browser
from tests.support.factories import a_shift, a_shift_end, an_amendment, an_attempt, an_escalation, an_observation
from tests.support.world import Cast


@pytest.fixture
def bo(sign_in: SignIn, cast: Cast) -> Browser:
    return sign_in(cast.bo)


def _noted(db: Database) -> list[tuple[str, str]]:
    with db.read() as conn:
        found = conn.execute(READING.select().where(READING.c.what == "written-for"))
        return sorted((row.viewer_id, row.subject) for row in found)


def _written(bo: Browser, cast: Cast) -> Iterator[str]:
    """One of each, in Alva's name; their ids."""

    def says(path: str, body: dict[str, object]) -> str:
        made = uuid7()
        answer = bo.post(path, json=body | {"id": made, "author": cast.alva.id})
        assert answer.status_code == 201, answer.text
        return made

    yield (shift := says("/shifts", a_shift(cast.alva, cast.cim)))
    in_it = {"shift_id": shift}
    yield says("/checkins", {"kind": "ok", **in_it})
    yield (seen := says("/observations", an_observation() | in_it))
    amended = an_amendment(seen)
    del amended["target"]
    yield says(f"/observations/{seen}/amendments", amended)
    yield (call := says("/escalations", an_escalation() | in_it))
    attempted = an_attempt(call)
    del attempted["target"]
    yield says(f"/escalations/{call}/attempts", attempted)
    ended = a_shift_end()
    del ended["ops"]
    yield says(f"/shifts/{shift}/end", ended)


def test_who_writes_in_anothers_name_is_noted_with_what_was_written(bo: Browser, cast: Cast, db: Database) -> None:
    written = list(_written(bo, cast))
    assert len(written) == 7
    assert _noted(db) == sorted((cast.bo.id, op_id) for op_id in written)


def test_who_writes_in_their_own_is_not(bo: Browser, db: Database) -> None:
    assert bo.post("/checkins", json={"kind": "ok"}).status_code == 201
    assert _noted(db) == []
