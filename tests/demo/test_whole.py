"""`lykta demo` is whole or not there: an interrupted one is made again, never served."""

import multiprocessing
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app import cli
from app.access.models import Account
from app.core.db import Database
from app.core.errors import Refused
from app.core.migrate import to_head
from app.core.settings import Settings
from app.demo import whole
from app.demo.make import Player
from app.demo.whole import whole_demo
from app.journal.rows import OP
from app.journal.verify import verify
from tests.support import on_sqlite
from tests.support.lykta import Lykta
from tests.support.world import FakeClock, make_journal

FORK = multiprocessing.get_context("fork")


@pytest.fixture
def target(empty_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=empty_url, data_dir=tmp_path, password_cost="cheapest")


def people(url: str) -> int:
    db = Database(url)
    with db.read() as conn:
        count = conn.execute(select(func.count()).select_from(Account)).scalar_one()
        assert count == 0 or verify(conn).ok
    db.close()
    return count


def _killed(settings: Settings, step: str) -> None:
    def _die(*_: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(Player if step == "play" else whole, step, _die)
    whole_demo(settings, 1, cli.opened)


@pytest.mark.parametrize("step", ["play", "_put_in"])
def test_a_demo_that_is_killed_leaves_nothing_and_the_next_is_whole(target: Settings, step: str) -> None:
    process = FORK.Process(target=_killed, args=(target, step))
    process.start()
    process.join(120)
    assert process.exitcode == -signal.SIGKILL
    path = Database(target.url).path
    if path is None:
        assert people(target.url) == 0
    else:
        assert not path.exists()
    made = whole_demo(target, 1, cli.opened)
    assert people(target.url) == len(made.people) == 4
    assert list(target.data_dir.glob("**/demo.db*")) == []


def test_a_database_that_a_server_began_is_filled_at_one_stroke(target: Settings) -> None:
    db = Database(target.url)
    to_head(db)
    make_journal(db, FakeClock())
    made = whole_demo(target, 1, cli.opened)
    with db.read() as conn:
        assert conn.execute(select(func.count()).select_from(OP)).scalar_one() > made.ops
    assert people(target.url) == 4
    db.close()


@on_sqlite
def test_what_somebody_put_there_is_not_mixed_with_it(lykta: Lykta, db_url: str, tmp_path: Path) -> None:
    assert lykta("token", "add", "rapport", "--scope", "read").code == 0
    with pytest.raises(Refused, match="only in an empty one"):
        whole_demo(Settings(database_url=db_url, data_dir=tmp_path), 1, cli.opened)
    assert lykta("demo").code == 1
    assert "rapport" in lykta("token", "list").out
