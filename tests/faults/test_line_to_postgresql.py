"""Rows 13, 50 and 51: PostgreSQL out of reach, a COMMIT whose result nobody heard, a standby that lacks some."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from starlette.testclient import TestClient

from app.access.context import Context
from app.core import db as core_db
from app.core.db import Database
from app.core.errors import BUSY
from app.journal import rows
from app.journal.verify import verify
from app.main import create_app
from tests.faults.line import Line
from tests.faults.sender import Sender
from tests.machine.handset import Handset
from tests.support import pg
from tests.support.canary import assert_problem
from tests.support.client import BASE_URL, ORIGIN, Phone
from tests.support.factories import a_checkin
from tests.support.tables import journalled
from tests.support.world import CAST, FakeClock, hire, make_context, make_journal

NAME = "behind_a_line"
STANDBY = "behind_a_line_standby"
#: The least that PostgreSQL's library takes.
CONNECT_S = 2


@pytest.fixture
def line(postgres: pg.Server, postgres_template: str) -> Iterator[Line]:
    postgres.create(NAME, postgres_template)
    folder = make_url(postgres.uri).query["host"]
    made = Line(f"{folder}/.s.PGSQL.5432")
    yield made
    made.close()
    for name in (NAME, STANDBY):
        postgres.drop(name)


@pytest.fixture
def ctx(line: Line, postgres: pg.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    monkeypatch.setattr(core_db, "CONNECT_S", CONNECT_S)
    here = make_url(postgres.url(NAME)).set(host="127.0.0.1", port=line.port).difference_update_query(["host"])
    db = Database(here.render_as_string(hide_password=False))
    journal = make_journal(db, FakeClock())
    hire(db, journal, CAST.alva, CAST.bo)
    yield make_context(db, journal, tmp_path)
    db.close()


@pytest.fixture
def api(ctx: Context) -> TestClient:
    """Without its lifespan: nobody listens to a stream here, and one that lost its line would tell the log."""
    return TestClient(create_app(ctx), base_url=BASE_URL, headers={"Origin": ORIGIN}, raise_server_exceptions=False)


@pytest.fixture
def alva(api: TestClient) -> Phone:
    phone = Phone(api)
    assert phone.sign_in(CAST.alva).status_code == 201
    return phone


def agrees(ctx: Context, install: str, written: dict[str, dict[str, str]]) -> None:
    with ctx.db.read() as conn:
        held = [(row.op_id, bytes(row.body).decode()) for row in journalled(conn) if row.install == install]
        assert verify(conn).ok
    assert sorted(held) == sorted((key, op["body"]) for key, op in written.items())


def test_row_13_without_its_database_the_server_says_so_and_goes_on_when_it_is_back(
    line: Line, ctx: Context, alva: Phone
) -> None:
    sender = Sender(alva)
    sender.write(2)
    assert sender.offer() == "answered"
    for trouble in (line.cut, line.stall):
        trouble()
        sender.write(2)
        answer = alva.push(list(sender.kept.values()))
        assert_problem(answer, BUSY.status, BUSY.code)
        assert int(answer.headers["retry-after"]) > 0
        for path in ("/sync/pull", "/observations"):
            assert_problem(alva.get(path), BUSY.status, BUSY.code)
            line.cut()  # to stall once is enough
        assert alva.api.get(re.sub("/api/v1$", "/healthz", BASE_URL)).status_code == BUSY.status
        line.up()
        assert sender.offer() == "answered"
        assert sender.kept == {}
    agrees(ctx, alva.install, sender.written)
    assert {told["status"] for told in sender.receipts.values()} == {"applied"}


def test_row_13_more_requests_than_connections_are_told_to_come_again(
    line: Line, ctx: Context, alva: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert line
    reader = ctx.db._reader
    monkeypatch.setattr(reader.pool, "_timeout", 0.05)
    held = [reader.connect() for _ in range(16)]
    try:
        answer = alva.get("/sync/pull")
    finally:
        for connection in held:
            connection.close()
    assert_problem(answer, BUSY.status, BUSY.code)
    assert alva.get("/sync/pull").status_code == 200


@pytest.mark.parametrize(("break_at", "then"), [("commit", "applied"), ("answer", "duplicate")])
def test_row_50_a_commit_whose_result_nobody_heard_is_settled_by_the_next_push(
    line: Line, ctx: Context, alva: Phone, break_at: str, then: str
) -> None:
    sender = Sender(alva)
    sender.write(3)
    line.break_at = break_at
    assert sender.offer() == str(BUSY.status)
    assert (line.breaks, len(sender.kept)) == (1, 3)
    sender.write()
    assert sender.offer() == "answered"
    assert [told["status"] for told in sender.receipts.values()] == [then] * 3 + ["applied"]
    agrees(ctx, alva.install, sender.written)


def test_row_51_what_a_standby_lacks_comes_back_from_the_phone(
    line: Line, ctx: Context, alva: Phone, postgres: pg.Server
) -> None:
    """The standby is an older copy, put in the place of the first behind the same address. Nothing tells the server."""
    handset = Handset(alva, CAST.alva)
    push(handset, 3)
    line.cut()
    postgres.settle(NAME)
    postgres.create(STANDBY, NAME)
    line.up()
    push(handset, 4)
    line.cut()
    postgres.drop(NAME)
    postgres.rename(STANDBY, NAME)
    line.up()
    with ctx.db.read() as conn:
        before = rows.head(conn).epoch
    handset.keep(alva.seal("checkin.create", a_checkin(note="efteråt")))
    told = assert_problem(alva.push_bytes(framed(handset)), 409, "epoch")
    assert told["epoch"] != before
    assert len(handset.compare()) == 5
    push(handset, 0)
    assert handset.kept == {}
    assert handset.epoch == told["epoch"]
    agrees(ctx, alva.install, handset.written)


def push(handset: Handset, count: int) -> None:
    for n in range(count):
        handset.keep(handset.phone.seal("checkin.create", a_checkin(note=f"nr {n}")))
    answer = handset.phone.push_bytes(framed(handset))
    assert answer.status_code == 200, answer.text
    assert handset.hear(answer.json()) is False


def framed(handset: Handset) -> bytes:
    return json.dumps(handset.frame(list(handset.kept.values()))).encode()
