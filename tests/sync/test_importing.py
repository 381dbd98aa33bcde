"""A phone's own copy of its ops, taken in by hand: once, whole, and no easier to deceive than a push."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access import queries as access
from app.access.context import Context
from app.access.permission import Role
from app.audit.readings import READING
from app.core.errors import Problem
from app.journal import rows
from app.journal.rebuild import rebuild
from app.sync.importing import import_copy, read_copy
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.conftest import PhoneOf, SignIn
from tests.support.canary import CANARY, assert_problem
from tests.support.client import Outbox, Phone, new_id
from tests.support.copies import plain_copy
from tests.support.factories import a_checkin, an_observation
from tests.support.world import Cast, Person, hire


@pytest.fixture
def phone(phone_of: PhoneOf, cast: Cast) -> Phone:
    return phone_of(cast.alva)


def status_of(ctx: Context, op: dict[str, Any]) -> str:
    with ctx.db.read() as conn:
        return str(rows.copies(conn, op["id"])[0].status)


def test_only_what_was_unknown_is_new_and_again_changes_nothing(phone: Phone, sign_in: SignIn, cast: Cast) -> None:
    sent, kept = phone.seal("checkin.create", a_checkin()), phone.seal("observation.create", an_observation())
    phone.send(sent)
    bo = sign_in(cast.bo)
    raw = plain_copy(phone.install, sent, kept)
    first = bo.post("/sync/import", content=raw)
    assert first.json() == {"new": 1, "known": 1, "quarantined": 0, "damaged": 0}
    assert bo.post("/sync/import", content=raw).json() == {"new": 0, "known": 2, "quarantined": 0, "damaged": 0}
    assert bo.pulled("observation")[kept["id"]]["text"] == "Klotter på norra väggen."
    assert bo.get(f"/sync/receipts/{kept['id']}").json()["hash"] == kept["hash"]


def test_who_took_a_copy_in_is_noted(phone: Phone, sign_in: SignIn, ctx: Context, cast: Cast) -> None:
    """It may hold anybody's words, and nobody else vouches for them."""
    bo = sign_in(cast.bo)
    for raw, status in ((b"{}", 422), (plain_copy(phone.install, phone.seal("checkin.create", a_checkin())), 200)):
        assert bo.post("/sync/import", content=raw).status_code == status
    with ctx.db.read() as conn:
        noted = [(row.viewer_id, row.what) for row in conn.execute(READING.select())]
    assert noted == [(cast.bo.id, "import")]


def test_the_phone_itself_comes_later_and_is_told_that_it_is_known(phone: Phone, ctx: Context) -> None:
    ops = [phone.seal("checkin.create", a_checkin()) for _ in range(3)]
    assert import_copy(ctx, plain_copy(phone.install, *ops)).new == 3
    answer = phone.push(ops).json()
    assert [r["status"] for r in answer["results"]] == ["duplicate"] * 3
    assert (answer["gaps"], answer["fork"]) == ([], False)


def test_an_author_nobody_knows_waits_until_somebody_does(ctx: Context) -> None:
    eva = Person("019a0000-0000-7000-8000-000000000071", "eva", "Eva Åkesson", Role.HOST)
    outbox = Outbox(author=eva.id)
    op = outbox.seal("checkin.create", a_checkin())
    told = import_copy(ctx, plain_copy(outbox.install, op))
    assert (told.new, told.quarantined) == (1, 1)
    assert status_of(ctx, op) == "quarantined"
    hire(ctx.db, ctx.journal, eva)
    assert import_copy(ctx, plain_copy(outbox.install, op)).known == 1
    assert status_of(ctx, op) == "applied"


def test_what_only_the_server_may_write_is_not_taken_from_a_file(ctx: Context, cast: Cast) -> None:
    outbox = Outbox(author=cast.alva.id)
    data = {"id": cast.alva.id, "username": "alva", "name": "Alva", "role": "admin", "active": True}
    told = import_copy(ctx, plain_copy(outbox.install, outbox.seal("user.put", data)))
    assert (told.new, told.quarantined) == (1, 1)
    rebuild(ctx.db, REGISTRY, PROJECTIONS)
    with ctx.db.read() as conn:
        alva = access.person(conn, cast.alva.id)
    assert alva is not None
    assert alva.role == "host"


def test_an_op_that_never_got_a_number_counts_all_the_same(phone: Phone, ctx: Context) -> None:
    op = phone.seal("checkin.create", a_checkin()) | {"install": None, "seq": None}
    assert import_copy(ctx, plain_copy("", op)).new == 1
    assert status_of(ctx, op) == "applied"


def test_one_damaged_op_blocks_no_other(phone: Phone, ctx: Context) -> None:
    good, bad = phone.seal("checkin.create", a_checkin()), phone.seal("checkin.create", a_checkin())
    bad["body"] = bad["body"].replace("ok", "ko")
    told = import_copy(ctx, plain_copy(phone.install, bad, good, {"id": new_id()}))
    assert (told.new, told.damaged) == (1, 2)


@given(cut=st.integers(min_value=0, max_value=10**6))
def test_a_copy_cut_short_anywhere_is_refused_whole(cut: int) -> None:
    outbox = Outbox(author=new_id())
    raw = plain_copy(outbox.install, *(outbox.seal("checkin.create", a_checkin(note="Åsö")) for _ in range(3)))
    with pytest.raises(Problem) as refused:
        read_copy(raw[: cut % len(raw)])
    assert refused.value.kind.code in {"copy-cut", "copy-foreign"}
    assert len(read_copy(raw).ops) == 3


def test_a_copy_that_counts_otherwise_is_cut(sign_in: SignIn, cast: Cast) -> None:
    bo = sign_in(cast.bo)
    assert_problem(bo.post("/sync/import", content=plain_copy(new_id(), count=1)), 422, "copy-cut")
    assert_problem(bo.post("/sync/import", content=f'{{"{CANARY}":1}}'.encode()), 422, "copy-foreign")
    assert_problem(bo.post("/sync/import", content=plain_copy(new_id(), v=2)), 422, "copy-foreign")
