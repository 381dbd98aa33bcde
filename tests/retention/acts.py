"""What the tests of retention do: every released op on one server, decisions, and years that pass."""

import json
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from starlette.testclient import TestClient

from app.access.context import Context
from app.followup.queries import FOLLOWUP
from app.journal.append import Journal
from app.retention.erase import Done, run
from app.retention.rules import Cls
from tests.golden.stage import HERE, Stage
from tests.support.world import CAST, FakeClock

YEARS = timedelta(days=3 * 365)
WEEK = timedelta(days=7, minutes=1)
MONTHS = 12


def play_everything(api: TestClient, ctx: Context) -> None:
    """Every released type and version, with its refusals and its conflicts."""
    stage = Stage(api, ctx)
    for path in sorted((Path(HERE) / "ops").glob("*.json")):
        story = json.loads(path.read_text(encoding="utf-8"))
        if not story["type"].startswith("retention."):
            for act in story["acts"]:
                stage.play(act)


def close_followups(ctx: Context) -> None:
    """What is still followed up keeps its shift."""
    with ctx.db.read() as conn:
        left = conn.execute(select(FOLLOWUP.c.id, FOLLOWUP.c.version).where(FOLLOWUP.c.status == "open")).all()
    for one in left:
        said = {"target": one.id, "based_on": one.version, "outcome": "nothing"}
        ctx.journal.write("followup.close", said, author=CAST.bo.id)


def decide(journal: Journal, cls: Cls, months: int | None = MONTHS) -> None:
    said = {"cls": cls.value, "months": months, "reference": "KS 2026/7"}
    journal.write("retention.decide", said, author=CAST.arne.id)


def decided_long_ago(journal: Journal, clock: FakeClock, cls: Cls, after: timedelta = YEARS) -> None:
    decide(journal, cls)
    clock.advance(days=after.days)


def erase(journal: Journal, clock: FakeClock, cls: Cls) -> Done:
    done = run(journal, cls, clock())
    assert done is not None, "There was something to erase."
    return done
