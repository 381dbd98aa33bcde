"""`lykta backup`: whole or not at all, whatever happens meanwhile."""

import multiprocessing
import os
import resource
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from app.access.context import Context
from app.backup import make
from app.backup.check import check_sealed
from app.backup.make import take
from app.core.db import Database
from app.core.errors import Problem, Refused
from app.core.settings import PROJECT_DIR
from app.journal import chain
from app.journal.rows import OP
from tests.backup.conftest import COMMAND, rows_in, rows_of
from tests.support import on_sqlite
from tests.support.client import Outbox
from tests.support.factories import a_checkin
from tests.support.lykta import Lykta
from tests.support.world import CAST, FakeClock, make_journal

FORK = multiprocessing.get_context("fork")
WRITERS, COPIES = 4, 5


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_holds_every_row_of_every_table(evening: Context, share: Path, tmp_path: Path) -> None:
    made = take(evening.db, share / "a.db", data_dir=tmp_path)
    assert rows_in(made.file) == rows_of(evening.db)
    assert made.report.ok
    assert made.report.ops > 20
    assert left(share) == ["a.db"]


def test_only_its_owner_may_read_it(evening: Context, share: Path, tmp_path: Path) -> None:
    made = take(evening.db, share / "a.db", data_dir=tmp_path)
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600


def test_the_command_tells_what_it_proved(evening: Context, lykta: Lykta, share: Path) -> None:
    said = lykta("backup", str(share / "a.db"))
    assert (said.code, said.err) == (0, "")
    assert f"head {len(rows_of(evening.db)['journal_op'])} sha256:" in said.out
    assert "pages, chain and head verified" in said.out
    told = lykta("backup", str(share / "b.db"), "--json").json
    assert (told["whole"], told["size"]) == (True, (share / "b.db").stat().st_size)


def _write(url: str, stop: Any, number: int) -> None:
    db = Database(url)
    journal = make_journal(db, FakeClock())
    outbox = Outbox(author=CAST.alva.id)
    while not stop.is_set():
        try:
            journal.append(outbox.read(outbox.seal("checkin.create", a_checkin(note=f"{number}"))))
        except Problem:  # busy: as the phone would, again
            continue
    db.close()


@pytest.fixture
def writers(evening: Context) -> Iterator[None]:
    stop = FORK.Event()
    evening.db.close()
    processes = [FORK.Process(target=_write, args=(evening.db.url, stop, n)) for n in range(WRITERS)]
    for process in processes:
        process.start()
    yield
    stop.set()
    for process in processes:
        process.join(30)
    assert [process.exitcode for process in processes] == [0] * WRITERS


def test_copies_taken_while_others_write_are_beginnings_of_the_journal(
    evening: Context, writers: None, share: Path, tmp_path: Path
) -> None:
    assert writers is None
    made = []
    for number in range(COPIES):
        made.append(take(evening.db, share / f"{number}.db", data_dir=tmp_path))
        _grown(evening.db, made[-1].report.head_seq)
    with evening.db.read() as conn:
        links = {seq: chain.text(bytes(link)) for seq, link in conn.execute(select(OP.c.seq, OP.c.chain))}
    for copy in made:
        report = check_sealed(copy.file, copy.file)
        assert report.ok
        assert links[report.head_seq] == report.head_chain
    seqs = [copy.report.head_seq for copy in made]
    assert seqs == sorted(set(seqs))


def _grown(db: Database, seq: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with db.read() as conn:
            if conn.execute(text("SELECT seq FROM journal_head")).scalar_one() > seq:
                return
    raise AssertionError("Nobody writes.")


def _die_at(url: str, target: Path, data_dir: Path, step: str) -> None:
    def _die(*_: Any, **__: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(make, step, _die)
    take(Database(url), target, data_dir=data_dir)


@pytest.mark.parametrize("step", ["sync", "check_sealed", "_prove"])
def test_a_killed_backup_leaves_nothing_under_its_name(
    evening: Context, share: Path, tmp_path: Path, step: str
) -> None:
    process = FORK.Process(target=_die_at, args=(evening.db.url, share / "a.db", tmp_path, step))
    process.start()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    (part,) = share.iterdir()
    assert part.name.endswith(".part")
    assert stat.S_IMODE(part.stat().st_mode) == 0o600
    assert take(evening.db, share / "a.db", data_dir=tmp_path).report.ok
    os.utime(part, (0, 0))
    take(evening.db, share / "b.db", data_dir=tmp_path)
    assert left(share) == ["a.db", "b.db"]


def test_a_full_disk_leaves_nothing_and_says_so(evening: Context, share: Path, tmp_path: Path) -> None:
    env = os.environ | {"LYKTA_DATABASE_URL": evening.db.url, "LYKTA_DATA_DIR": str(tmp_path / "data")}
    done = subprocess.run(
        [*COMMAND, "backup", str(share / "a.db")], env=env, cwd=PROJECT_DIR, capture_output=True, text=True,
        check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536)),
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "could not be" in done.stderr
    assert left(share) == []


def test_a_copy_damaged_on_its_way_gets_no_name(
    evening: Context, share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = make._copy

    def _bad_share(db: Database, part: Path, data_dir: Path) -> None:
        real(db, part, data_dir)
        whole = part.read_bytes()
        assert whole.count(b"Alvas version") > 1
        part.write_bytes(whole.replace(b"Alvas version", b"Olvas version"))

    monkeypatch.setattr(make, "_copy", _bad_share)
    with pytest.raises(Refused, match="body at"):
        take(evening.db, share / "a.db", data_dir=tmp_path)
    assert left(share) == []


def test_a_copy_of_another_moment_gets_no_name(
    evening: Context, share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = take(evening.db, tmp_path / "old.db", data_dir=tmp_path)
    evening.journal.write("contact.put", {"id": CAST.bo.id, "service": "FEL", "name": "Åsa"}, author=None)
    monkeypatch.setattr(make, "_copy", lambda _db, part, _dir: part.write_bytes(old.file.read_bytes()))
    with pytest.raises(Refused, match="does not end where"):
        take(evening.db, share / "a.db", data_dir=tmp_path)


def test_a_broken_journal_is_kept_only_when_asked_for(evening: Context, lykta: Lykta, share: Path) -> None:
    with evening.db.write() as conn:
        conn.execute(text("DELETE FROM journal_op WHERE seq = 3"))
    said = lykta("backup", str(share / "a.db"))
    assert (said.code, left(share)) == (1, [])
    assert "missing at 3" in said.err
    said = lykta("backup", str(share / "a.db"), "--unverified")
    assert (said.code, left(share)) == (0, ["a.db"])
    assert "NOT WHOLE, missing at 3" in said.out


def test_nothing_is_overwritten_and_no_folder_is_made_up(evening: Context, lykta: Lykta, share: Path) -> None:
    (share / "a.db").write_text("mine")
    said = lykta("backup", str(share / "a.db"))
    assert (said.code, (share / "a.db").read_text()) == (1, "mine")
    assert evening
    for words in (("backup", str(share / "gone" / "a.db")), ("backup", "--to", str(share / "gone"))):
        said = lykta(*words)
        assert (said.code, said.err.count("\n")) == (1, 1)
        assert "mounted" in said.err
    assert not (share / "gone").exists()
    assert "Where to?" in lykta("backup").err
    assert lykta("backup", str(share / "b.db"), "--keep", "2").code == 2


@on_sqlite
def test_where_there_is_no_database_none_is_made(
    tmp_path: Path, lykta: Lykta, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LYKTA_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    said = lykta("backup", str(share / "a.db"))
    assert (said.code, left(share)) == (1, [])
    assert not (tmp_path / "none.db").exists()


def test_a_database_of_another_version_is_left_to_that_version(evening: Context, share: Path, tmp_path: Path) -> None:
    with evening.db.write() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(Refused, match="another version"):
        take(evening.db, share / "a.db", data_dir=tmp_path)
    assert left(share) == []
