"""`durable_seq`: what phones may let go of, told only by a backup that is there, whole, and of this history."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.access.context import Context
from app.backup.command import back_up
from app.backup.durable import FRESH_S, WAIT_S, Durable
from app.backup.folder import RECORD
from app.core.clock import now
from app.main import create_app
from tests.support import on_sqlite
from tests.support.client import BASE_URL, ORIGIN, Phone
from tests.support.factories import a_checkin
from tests.support.lykta import Lykta
from tests.support.tables import wipe
from tests.support.world import CAST, PASSWORD


@pytest.fixture
def configured(evening: Context, share: Path) -> Context:
    return replace(evening, settings=evening.settings.model_copy(update={"backup_dir": share}))


def a_backup(ctx: Context, *, verified: bool = True, keep: int | None = None) -> int:
    done = back_up(ctx.settings, now(), file=None, folder=None, keep=keep, verified=verified)
    return done.backup.report.head_seq


def covered(ctx: Context) -> int | None:
    """As a server that has not looked before tells it."""
    return Durable(ctx.settings.backup_dir, ctx.db).seq()


@on_sqlite
def test_without_a_folder_nothing_is_told(evening: Context) -> None:
    assert covered(evening) is None


def test_with_a_folder_nothing_is_covered_until_there_is_a_backup(configured: Context) -> None:
    assert covered(configured) == 0
    first = a_backup(configured)
    assert covered(configured) == first > 20
    configured.journal.write("contact.put", {"id": CAST.bo.id, "service": "FEL", "name": "Åsa"}, author=None)
    assert covered(configured) == first
    assert covered(configured) == first
    assert a_backup(configured) == covered(configured) == first + 1


def test_hello_and_push_tell_it(configured: Context) -> None:
    seq = a_backup(configured)
    with TestClient(create_app(configured), base_url=BASE_URL, headers={"Origin": ORIGIN}) as api:
        phone = Phone(api)
        assert phone.sign_in(CAST.alva, password=PASSWORD).status_code == 201
        assert phone.get("/sync/hello").json()["durable_seq"] == seq
        answer = phone.push([phone.seal("checkin.create", a_checkin())]).json()
    assert answer["durable_seq"] == seq < answer["head"]["seq"]


@on_sqlite
def test_a_backup_of_another_history_covers_nothing(configured: Context) -> None:
    a_backup(configured)
    wipe(configured.db)
    assert covered(configured) == 0


@on_sqlite
@pytest.mark.parametrize("spoil", ["gone", "short", "record", "no record"])
def test_a_backup_that_is_not_there_whole_covers_nothing(configured: Context, share: Path, spoil: str) -> None:
    a_backup(configured)
    (backup,) = share.glob("lykta-*.db")
    if spoil == "gone":
        backup.unlink()
    elif spoil == "short":
        os.truncate(backup, 4096)
    elif spoil == "record":
        (share / RECORD).write_bytes(b'{"seq":')
    else:
        (share / RECORD).unlink()
    assert covered(configured) == 0


@on_sqlite
def test_a_copy_that_was_not_proved_covers_nothing(configured: Context, share: Path) -> None:
    a_backup(configured, verified=False)
    assert covered(configured) == 0
    assert [file.name.endswith("-unverified.db") for file in share.iterdir()] == [True]


@on_sqlite
def test_a_share_that_does_not_answer_holds_up_nobody(configured: Context, share: Path) -> None:
    """A named pipe is opened for reading only when somebody writes to it: so hangs a share that is gone."""
    os.mkfifo(share / RECORD)
    durable = Durable(share, configured.db, fresh_s=0)
    began = time.monotonic()
    assert [durable.seq() for _ in range(1000)] == [0] * 1000
    assert time.monotonic() - began < 3 * WAIT_S
    (share / RECORD).open("w").close()


@on_sqlite
def test_it_is_looked_up_seldom(configured: Context, share: Path) -> None:
    durable = Durable(share, configured.db)
    assert durable.seq() == 0
    a_backup(configured)
    assert durable.seq() == 0
    assert FRESH_S < 60
    eager = Durable(share, configured.db, fresh_s=0)
    assert eager.seq() == covered(configured) != 0


@on_sqlite
def test_only_proved_backups_of_ours_are_cleared_away(configured: Context, share: Path) -> None:
    (share / "lykta-old.db").write_text("somebody's own")
    a_backup(configured, verified=False)
    for _ in range(3):
        a_backup(configured)
    seq = a_backup(configured, keep=2)
    names = sorted(file.name for file in share.iterdir())
    assert len([n for n in names if n.endswith("Z.db")]) == 2
    assert "lykta-old.db" in names
    assert len(names) == 2 + 1 + 1 + 1
    assert covered(configured) == seq


@on_sqlite
def test_a_folder_on_the_same_disk_is_pointed_out(
    configured: Context, lykta: Lykta, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert configured
    monkeypatch.setenv("LYKTA_BACKUP_DIR", str(share))
    said = lykta("backup")
    assert (said.code, "same disk" in said.err) == (0, True)
    assert "same disk" not in lykta("backup", str(share / "a.db")).err
