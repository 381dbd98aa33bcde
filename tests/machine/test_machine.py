"""A bounded run. `LYKTA_EVENINGS=500` plays more, `LYKTA_STEPS=60` longer ones, `LYKTA_SHRINK=1` shortens a failure."""

import os
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from starlette.testclient import TestClient

from app.core.db import Database
from app.journal import epoch
from app.journal.append import Journal
from app.main import create_app
from app.sync.registry import REGISTRY
from tests.machine.evening import Evening
from tests.machine.place import Place
from tests.support.client import BASE_URL, ORIGIN
from tests.support.world import FakeClock, make_context

EVENINGS = int(os.environ.get("LYKTA_EVENINGS", "12"))
STEPS = int(os.environ.get("LYKTA_STEPS", "25"))
#: A failing evening is told as it was: to find a short one may take minutes.
PHASES = tuple(Phase) if os.environ.get("LYKTA_SHRINK") else (Phase.explicit, Phase.generate)


@pytest.mark.usefixtures("_one_api")
def test_whatever_happens_in_an_evening_the_server_keeps_its_promises(
    db: Database, clock: FakeClock, tmp_path: Path
) -> None:
    epoch.ensure(db, clock())
    ctx = make_context(db, Journal(db, REGISTRY, clock), tmp_path)
    with TestClient(create_app(ctx), base_url=BASE_URL, headers={"Origin": ORIGIN}) as api:
        place = Place(api, ctx, clock)
        run_state_machine_as_test(
            partial(Evening, place),  # type: ignore[arg-type]  # it only calls it
            settings=settings(
                max_examples=EVENINGS, stateful_step_count=STEPS, phases=PHASES, suppress_health_check=list(HealthCheck)
            ),
        )
