"""Rows 34, 35 and 37: clocks that are wrong, set, or stand still, and a sign-in that runs out far from any network."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.core.db import Database
from app.journal.rows import OP
from tests.e2e.ledger import Said
from tests.faults.host import Host, agrees
from tests.faults.later import AHEAD
from tests.faults.site import Site, begin_shift, make_site
from tests.support.places import new_folder
from tests.support.world import CAST

pytestmark = pytest.mark.e2e

#: What a busy machine takes for a tap, and the little time that the tests let pass on the phone alone.
NEAR = timedelta(seconds=100)
#: Summer time ends at one o'clock UTC: the phone shows three, and then two once more.
BEFORE_TWO_AGAIN = datetime(2026, 10, 25, 0, 59, 50, tzinfo=UTC)


@pytest.fixture(scope="module")
def site(sqlite_template: Path, web_dir: Path) -> Iterator[Site]:
    """One whose clock can be moved."""
    made = make_site(sqlite_template, new_folder(), web_dir)
    made.server.program = [sys.executable, "-m", "tests.faults.later"]
    made.server.start()
    begin_shift(made)
    yield made
    made.server.stop()


def moves(site: Site, by: timedelta) -> timedelta:
    """Time passes for the server; how far it is ahead of the machine then."""
    file = site.server.data_dir / AHEAD
    ahead = timedelta(seconds=float(file.read_text() if file.exists() else 0)) + by
    file.write_text(str(ahead.total_seconds()), "utf-8")
    return ahead


def wall_of(host: Host) -> datetime:
    """What the phone's own clock shows."""
    return datetime.fromtimestamp(host.page.evaluate("Date.now()") / 1000, UTC)


def steps_by(host: Host, delta: timedelta) -> None:
    """The wall clock alone is moved, and the app finds that and states it: an op that no screen calls saved."""
    before = len(steps(host))
    host.page.evaluate("ms => lyktaSteps(ms)", delta.total_seconds() * 1000)
    host.time_passes_until(lambda: len(steps(host)) > before)
    host.ledger.saved(Said("clock.step", host.now(), {}, steps(host)[-1]["id"]))


def steps(host: Host) -> list[dict[str, Any]]:
    return sorted((row for row in host.kept() if row["type"] == "clock.step"), key=lambda row: int(row["seq"]))


def within(row: Any) -> timedelta:
    return timedelta(milliseconds=row.estimated_within_ms)


def stored(site: Site, *ids: str) -> list[Any]:
    """Each op in the order of the journal: whose it is, and when it was made as the server reckons."""
    db = Database(site.database_url)
    wanted = select(OP.c.op_id, OP.c.author, OP.c.status, OP.c.client_seq, OP.c.estimated_at, OP.c.estimated_within_ms)
    try:
        with db.read() as conn:
            return list(conn.execute(wanted.where(OP.c.op_id.in_(ids)).order_by(OP.c.seq)))
    finally:
        db.close()


def test_row_35_what_was_written_before_a_sleep_of_six_hours_is_not_dated_after_it(site: Site, host: Host) -> None:
    host.write()
    host.all_is_sent()
    host.browser.context.set_offline(True)
    before = datetime.now(UTC)
    host.write()
    slept = timedelta(hours=6)
    ahead = moves(site, slept)
    steps_by(host, slept)
    host.write()
    host.browser.context.set_offline(False)
    host.all_is_sent()
    agrees(host, site)
    first, step, second = (str(said.id) for said in host.ledger.said[-3:])
    made = {row.op_id: row for row in stored(site, first, second)}
    assert abs(made[first].estimated_at - (before + ahead - slept)) < NEAR
    assert abs(made[second].estimated_at - (datetime.now(UTC) + ahead)) < NEAR
    assert made[first].estimated_within_ms < NEAR.total_seconds() * 1000
    (stated,) = [op["data"] for op in site.ops_of(host.kept()[0]["install"]) if op["id"] == step]
    assert abs(stated["wall_delta_ms"] - slept.total_seconds() * 1000) < NEAR.total_seconds() * 1000
    assert stated["mono_delta_ms"] < NEAR.total_seconds() * 1000


def test_row_34_with_clocks_set_back_and_forth_all_is_kept_as_stated_and_in_order(site: Site, host: Host) -> None:
    ahead = moves(site, timedelta())
    host.browser.context.set_offline(True)
    written: list[tuple[str, datetime, datetime]] = []

    def _writes() -> None:
        host.write()
        written.append((str(host.ledger.said[-1].id), wall_of(host), datetime.now(UTC) + ahead))

    steps_by(host, timedelta(hours=-3))
    _writes()
    steps_by(host, timedelta(days=3653))
    _writes()
    steps_by(host, BEFORE_TWO_AGAIN - wall_of(host))
    _writes()
    host.page.evaluate("lyktaPasses(30_000)")
    _writes()
    steps_by(host, datetime.now(UTC) + ahead - wall_of(host))
    host.browser.context.set_offline(False)
    host.all_is_sent()
    agrees(host, site)
    ids = [op for op, _, _ in written]
    held = stored(site, *ids)
    assert [row.op_id for row in held] == ids
    assert [row.client_seq for row in held] == sorted(row.client_seq for row in held)
    walls = {op["id"]: op["at"]["wall"] for op in site.ops_of(host.kept()[0]["install"])}
    for (op, stated, true), row in zip(written, held, strict=True):
        assert abs(datetime.fromisoformat(walls[op]) - stated) < NEAR
        # Set more often than can be reckoned with: where the server cannot know, it promises no bound.
        assert row.estimated_within_ms is None or abs(row.estimated_at - true) < within(row) + NEAR
    third, fourth = walls[ids[2]], walls[ids[3]]
    assert (third[10:16], third[-6:]) == ("T02:59", "+02:00")
    assert (fourth[10:16], fourth[-6:]) == ("T02:00", "+01:00")


def test_row_37_a_sign_in_that_ran_out_two_weeks_ago_stops_neither_writing_nor_sending(site: Site, host: Host) -> None:
    host.browser.context.set_offline(True)
    since = len(host.ledger)
    for _ in range(2):
        host.write()
        host.page.evaluate("ms => lyktaPasses(ms)", timedelta(days=7).total_seconds() * 1000)
    host.write()
    moves(site, timedelta(days=14))
    host.browser.context.set_offline(False)
    host.all_is_sent()
    expect(host.page.get_by_text("Logga in för att skicka")).to_be_visible()
    host.write()
    host.all_is_sent()
    ids = [str(said.id) for said in host.ledger.said[since:]]
    held = stored(site, *ids)
    assert [row.op_id for row in held] == ids
    assert {(row.status, row.author) for row in held} == {("applied", CAST.alva.id)}
    assert site.is_whole()
