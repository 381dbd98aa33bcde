"""The demo as a supervisor meets it: through the API, signed in with the password that was printed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from app.access.context import Context
from app.core.db import Database
from app.core.migrate import to_head
from app.demo.make import make_demo
from app.main import create_app
from tests.support.client import BASE_URL, ORIGIN, Browser
from tests.support.world import FakeClock, make_context, make_journal


@pytest.fixture(scope="module")
def desk(fast_dir: Path) -> Iterator[Browser]:
    db = Database(f"sqlite:///{fast_dir / f'desk-{uuid4()}.db'}")
    to_head(db)
    ctx: Context = make_context(db, make_journal(db, FakeClock()), fast_dir)
    people = make_demo(ctx, seed=11).people
    with TestClient(create_app(ctx), base_url=BASE_URL, headers={"Origin": ORIGIN}) as client:
        browser = Browser(client)
        bo = next(person for person in people if person.username == "bo")
        answer = browser.post("/sessions", json={"username": bo.username, "password": bo.password})
        assert answer.status_code == 201
        yield browser
    db.close()


@pytest.fixture(scope="module")
def shifts(desk: Browser) -> list[Any]:
    found: list[Any] = desk.get("/reviews/shifts", params={"limit": 100}).json()["items"]
    return found


def test_all_shifts_but_the_one_with_the_broken_phone_are_complete(shifts: list[Any]) -> None:
    ended = [shift for shift in shifts if shift["status"] == "ended"]
    incomplete = [shift["completeness"] for shift in ended if not shift["completeness"]["complete"]]
    assert len(ended) >= 8
    assert len(incomplete) == 1
    assert incomplete[0]["expected"] - incomplete[0]["received"] == 2
    assert sum(gap["count"] for gap in incomplete[0]["gaps"]) == 2
    assert {gap["label"] for gap in incomplete[0]["gaps"]} == {"Cims telefon"}


def test_tonight_is_first_and_open_with_a_promised_check_in(shifts: list[Any]) -> None:
    tonight = shifts[0]
    assert tonight["status"] == "open"
    assert [person["name"] for person in tonight["crew"]] == ["Alva N", "Cim R"]
    assert tonight["next_due"] is not None
    assert tonight["area_name"] == "Centrum"


def test_every_shift_opens_as_a_timeline(desk: Browser, shifts: list[Any]) -> None:
    kinds = set()
    for shift in shifts:
        entries = desk.get(f"/reviews/shifts/{shift['id']}").json()["entries"]
        kinds |= {entry["kind"] for entry in entries}
        assert entries[0]["kind"] == "shift.start"
    assert kinds >= {"shift.end", "shift.join", "checkin", "observation", "escalation", "comment", "review"}


def test_the_reference_holds_the_town(desk: Browser) -> None:
    reference = desk.get("/reference").json()
    assert (len(reference["areas"]), len(reference["places"]), len(reference["contacts"])) == (3, 21, 20)
