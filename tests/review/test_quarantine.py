"""One more try for what waits, by a supervisor: applied where its cause is mended, told why where it is not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection

from app.access.accounts import revoke_device
from app.access.context import Context
from app.checkin.models import Checkin
from app.journal.append import Journal
from app.journal.ops import Accepted, Refusal, Registry
from app.sync.registry import REGISTRY
from tests.conftest import PhoneOf
from tests.support import on_sqlite
from tests.support.canary import assert_problem
from tests.support.client import Browser, Phone, new_id
from tests.support.factories import a_checkin, a_retraction
from tests.support.world import Cast


def _retry(desk: Browser, op_id: str) -> Any:
    answer = desk.post(f"/reviews/quarantined/{op_id}/retry")
    assert answer.status_code == 200, answer.text
    return answer.json()["why"]


def _fails(_conn: Connection, _ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    raise ValueError("of this version")


@pytest.fixture
def poisoned(ctx: Context, alva: Phone) -> str:
    """A check-in whose projector failed in an earlier version of the server."""
    kind = REGISTRY.kinds["checkin.create", 1]
    broken = Registry({**REGISTRY.kinds, ("checkin.create", 1): replace(kind, project=_fails)})
    op = alva.seal("checkin.create", a_checkin())
    (receipt,) = Journal(ctx.db, broken, ctx.journal.clock).append(alva.read(op))
    assert receipt.why == "projector"
    return str(op["id"])


def _there(ctx: Context, op_id: str) -> bool:
    table = Checkin.__table__  # type: ignore[attr-defined]
    with ctx.db.read() as conn:
        return conn.execute(table.select().where(table.c.id == op_id)).one_or_none() is not None


def test_a_record_whose_projector_was_mended_counts_after_one_more_try(
    ctx: Context, bo: Browser, poisoned: str
) -> None:
    assert not _there(ctx, poisoned)
    assert _retry(bo, poisoned) is None
    assert _there(ctx, poisoned)
    assert_problem(bo.post(f"/reviews/quarantined/{poisoned}/retry"), 404, "not-found")


@on_sqlite
def test_the_next_start_tries_it_by_itself(ctx: Context, poisoned: str) -> None:
    ctx.journal.wake_known()
    assert _there(ctx, poisoned)


@on_sqlite
def test_what_still_lacks_its_target_says_so_and_waits_on(bo: Browser, alva: Phone) -> None:
    op = alva.seal("observation.retract", a_retraction(new_id()))
    alva.send(op)
    assert _retry(bo, op["id"]) == "target"
    assert alva.get(f"/sync/receipts/{op['id']}").json()["why"] == "target"


@on_sqlite
def test_what_nothing_can_release_is_told_without_a_word_in_the_journal(ctx: Context, bo: Browser, alva: Phone) -> None:
    op = alva.seal("checkin.create", {"kind": 7})
    alva.send(op)
    before = alva.pull_all()[1]
    assert _retry(bo, op["id"]) == "body"
    assert alva.pull_all()[1] == before
    with ctx.db.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM journal_op WHERE type = 'quarantine.release'").scalar() == 0


@on_sqlite
def test_what_a_revoked_phone_handed_in_is_not_taken_in_by_a_retry(
    ctx: Context, bo: Browser, phone_of: PhoneOf, cast: Cast
) -> None:
    phone = phone_of(cast.cim)
    device = phone.sign_in(cast.cim, install=phone.install).json()["device"]["id"]
    revoke_device(ctx, device)
    op = phone.seal("checkin.create", a_checkin())
    assert phone.send(op)[0]["why"] == "revoked"
    assert _retry(bo, op["id"]) == "revoked"
    assert not _there(ctx, op["id"])
