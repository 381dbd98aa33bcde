"""What the first phones sealed and asked is read and answered in the same way for ever (rows 30 and 31)."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.access.context import Context
from app.journal.append import Journal
from app.journal.ops import Registry
from app.journal.rebuild import rebuild
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.conftest import PhoneOf
from tests.golden import manifest
from tests.golden.exchange import ask, kept_promise
from tests.golden.stage import HERE, Stage, differences
from tests.support.client import Browser, statuses
from tests.support.factories import a_checkin
from tests.support.tables import projected
from tests.support.world import Cast

OPS = sorted((HERE / "ops").glob("*.json"))
HTTP = sorted((HERE / "http").glob("*.json"))


def loaded(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def ops_in(story: Any) -> list[dict[str, Any]]:
    return [op for act in story["acts"] for op in (act["push"]["ops"] if "push" in act else [act["server"]])]


def test_every_type_and_version_that_is_read_has_its_golden_op() -> None:
    """A new one is recorded by `python -m tests.golden`."""
    stories = {path.name: loaded(path) for path in OPS}
    assert {(story["type"], story["v"]) for story in stories.values()} == set(REGISTRY.kinds)
    for name, story in stories.items():
        assert name == f"{story['type']}.v{story['v']}.json"
        assert (story["type"], story["v"]) in {(op["type"], op["v"]) for op in ops_in(story)}


def test_no_golden_file_was_changed_or_taken_away() -> None:
    assert manifest.found() == manifest.listed(), "tests/golden may grow; what old phones sealed does not change."


@pytest.mark.parametrize("path", OPS, ids=lambda path: path.stem)
def test_golden_bytes_have_their_hashes(path: Path) -> None:
    for op in ops_in(loaded(path)):
        assert op["hash"] == f"sha256:{hashlib.sha256(op['body'].encode()).hexdigest()}"


def test_golden_ops_are_read_back_as_they_were_and_rebuilt_the_same(api: TestClient, ctx: Context, cast: Cast) -> None:
    """Pushed as a phone did, or appended as the server did; all on one server, since each brings its own ids."""
    assert cast
    stage, stories = Stage(api, ctx), {path.name: loaded(path) for path in OPS}
    for name, story in stories.items():
        for act in story["acts"]:
            assert stage.play(act) == act["results"], name
    with ctx.db.read() as conn:
        before = projected(conn)
    told_as_then(stage, stories)
    rebuild(ctx.db, REGISTRY, PROJECTIONS)
    with ctx.db.read() as conn:
        assert projected(conn) == before
    told_as_then(stage, stories)


def told_as_then(stage: Stage, stories: dict[str, Any]) -> None:
    now = stage.read()
    wrong = {name: [line for then in story["reads"]
                    for line in differences(then["value"], now.get((then["kind"], then["id"])), then["kind"])]
             for name, story in stories.items()}  # fmt: skip
    assert {name: lines for name, lines in wrong.items() if lines} == {}


@pytest.mark.parametrize("path", HTTP, ids=lambda path: path.stem)
def test_row_30_the_first_clients_requests_are_answered_as_they_were(api: TestClient, cast: Cast, path: Path) -> None:
    assert cast
    browsers = {"phone": Browser(api), "stranger": Browser(api)}
    for number, exchange in enumerate(loaded(path)):
        answer = ask(browsers[exchange["as"]], exchange)
        where = f"{number}: {exchange['method']} {exchange['path']}"
        assert kept_promise(exchange["answer"], answer) == [], where


def test_row_31_what_an_older_server_does_not_know_is_applied_by_the_next(
    phone_of: PhoneOf, cast: Cast, ctx: Context
) -> None:
    """A newer phone pushes a type and a version that this server learns only with its next start."""
    phone = phone_of(cast.alva)
    known = REGISTRY.kinds["checkin.create", 1]
    ops = [phone.seal("wellbeing.create", a_checkin(note="typ")), phone.seal("checkin.create", a_checkin(), v=2),
           phone.seal("checkin.create", a_checkin(note="känd"))]  # fmt: skip
    assert statuses(phone.send(*ops)) == [("quarantined", "type"), ("quarantined", "version"), ("applied", None)]
    newer = Registry.of([replace(known, v=2, upcasts=(dict,)), replace(known, type="wellbeing.create")],
                        [kind for kind in REGISTRY.kinds.values() if kind is not known])  # fmt: skip
    ctx.journal = Journal(ctx.db, newer, ctx.journal.clock)
    ctx.journal.wake_known()
    assert statuses(phone.send(*ops)) == [("duplicate", None)] * 3
    assert set(phone.pulled("checkin")) == {op["id"] for op in ops}
