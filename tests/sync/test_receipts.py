"""For a phone and a person in doubt: what the server speaks, what it holds, and what it lacks (§4.2, §4.4, §4.7)."""

from typing import Any

import pytest

from app.access.context import Context
from app.core.clock import stamp
from app.journal import rows
from app.sync.frame import IDS_MAX
from tests.conftest import PhoneOf, SignIn
from tests.support import on_sqlite
from tests.support.canary import CANARY, assert_problem
from tests.support.client import Browser, Phone, new_id
from tests.support.factories import a_checkin, an_amendment
from tests.support.world import Cast, FakeClock


@pytest.fixture
def phone(phone_of: PhoneOf, cast: Cast) -> Phone:
    return phone_of(cast.alva)


def test_hello_tells_what_is_spoken_and_needs_no_sign_in(stranger: Browser, ctx: Context, clock: FakeClock) -> None:
    answer = stranger.get("/sync/hello")
    with ctx.db.read() as conn:
        epoch = rows.head(conn).epoch
    assert answer.json() == {
        "protocol": [1], "epoch": epoch, "server_time": stamp(clock.at), "durable_seq": None,
        "min_ui_build": answer.json()["min_ui_build"],
        "limits": {"ops": 200, "bytes": 524288, "blob_chunk": 524288},
        "copy_key": answer.json()["copy_key"], "copy_proof": None, "organisation": None,
    }  # fmt: skip
    assert isinstance(answer.json()["min_ui_build"], int)


@pytest.mark.parametrize(("given", "told"), [
    ("Lyckhamns kommun", "Lyckhamns kommun"), (" Lyckhamns\n kommun ", "Lyckhamns kommun"), ("Lykta", None),
    ("  ", None),
])  # fmt: skip
def test_hello_tells_whose_server_it_is(stranger: Browser, ctx: Context, given: str, told: str | None) -> None:
    ctx.settings = ctx.settings.model_copy(update={"organisation": given})
    assert stranger.get("/sync/hello").json()["organisation"] == told


def test_a_receipt_tells_where_an_op_lies(phone: Phone, ctx: Context, clock: FakeClock) -> None:
    op = phone.seal("checkin.create", a_checkin())
    answer = phone.push([op]).json()
    told = phone.get(f"/sync/receipts/{op['id']}").json()
    assert told == {
        "id": op["id"], "seq": answer["results"][0]["seq"], "received_at": stamp(clock.at), "hash": op["hash"],
        "chain": answer["head"]["chain"], "status": "applied", "why": None, "conflicts": [],
    }  # fmt: skip
    assert ctx


def test_a_receipt_tells_why_an_op_waits(phone: Phone) -> None:
    op = phone.seal("observation.amend", an_amendment(new_id()))
    phone.send(op)
    told = phone.get(f"/sync/receipts/{op['id']}").json()
    assert (told["status"], told["why"]) == ("quarantined", "target")


@pytest.mark.parametrize("given", [new_id(), CANARY, "1"], ids=["an id", "text", "a number"])
def test_what_the_server_does_not_hold_has_no_receipt(phone: Phone, given: str) -> None:
    assert_problem(phone.get(f"/sync/receipts/{given}"), 404, "not-found")


@on_sqlite
def test_a_receipt_is_for_people_and_phones(phone: Phone, stranger: Browser, sign_in: SignIn, cast: Cast) -> None:
    op = phone.seal("checkin.create", a_checkin())
    phone.send(op)
    path = f"/sync/receipts/{op['id']}"
    assert_problem(stranger.get(path), 401, "session")
    assert sign_in(cast.dan).get(path).status_code == 200
    phone.forget_session()
    assert phone.get(path).status_code == 200


def test_reconcile_names_what_is_missing_in_the_order_asked(phone: Phone) -> None:
    ops = [phone.seal("checkin.create", a_checkin()) for _ in range(4)]
    ops.append(phone.seal("later.invention", {}))
    phone.send(ops[1], ops[4])
    phone.forget_session()
    answer = phone.post("/sync/reconcile", json={"install": phone.install, "ids": [op["id"] for op in ops]})
    assert answer.json() == {
        "epoch": phone.get("/sync/hello").json()["epoch"], "missing": [ops[0]["id"], ops[2]["id"], ops[3]["id"]],
        "missing_blobs": [],
    }  # fmt: skip


def test_reconcile_takes_everything_that_a_phone_may_hold_at_once(phone: Phone) -> None:
    ids = [new_id() for _ in range(IDS_MAX)]
    answer = phone.post("/sync/reconcile", json={"install": phone.install, "ids": ids})
    assert (answer.status_code, len(answer.json()["missing"])) == (200, IDS_MAX)


@on_sqlite
@pytest.mark.parametrize("ids", [None, "x", {}, [CANARY], [7], [None], [new_id()] * (IDS_MAX + 1)])
def test_reconcile_refuses_what_is_no_list_of_ids(phone: Phone, ids: Any) -> None:
    assert_problem(phone.post("/sync/reconcile", json={"install": phone.install, "ids": ids}), 400, "frame")


@on_sqlite
def test_reconcile_needs_a_phone(stranger: Browser, sign_in: SignIn, cast: Cast) -> None:
    assert_problem(stranger.post("/sync/reconcile", json={"ids": []}), 401, "device")
    assert_problem(sign_in(cast.bo).post("/sync/reconcile", json={"ids": []}), 401, "device")
