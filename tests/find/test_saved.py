"""Saved searches: each person's own, kept by an op, without persons in them."""

from typing import Any

from app.access.context import Context
from app.core.ids import uuid7
from app.find.queries import SAVED_MAX
from app.journal.rebuild import rebuild
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.conftest import SignIn
from tests.support import on_sqlite
from tests.support.canary import assert_problem
from tests.support.client import Browser
from tests.support.tables import journalled, projected
from tests.support.world import Cast

pytestmark = on_sqlite
ASKED = {"text": "klotter", "from": "2026-11-01T00:00:00Z", "groups": ["S"], "sort": "oldest"}


def keep(browser: Browser, saved_id: str, name: str = "Klotter", asked: Any = ASKED) -> Any:
    return browser.request("PUT", f"/find/saved/{saved_id}", json={"name": name, "asked": asked})


def test_a_search_is_kept_renamed_and_forgotten(bo: Browser, ctx: Context) -> None:
    one = uuid7()
    assert keep(bo, one, " Klotter ").json() == {"id": one, "name": "Klotter", "asked": ASKED}
    assert keep(bo, one, "Allt klotter", {}).status_code == 200
    assert bo.get("/find/saved").json() == [{"id": one, "name": "Allt klotter", "asked": {}}]
    with ctx.db.read() as conn:
        before = projected(conn)
    rebuild(ctx.db, REGISTRY, PROJECTIONS)
    with ctx.db.read() as conn:
        assert projected(conn) == before
    assert bo.delete(f"/find/saved/{one}").status_code == bo.delete(f"/find/saved/{one}").status_code == 204
    assert bo.get("/find/saved").json() == []


def test_the_same_once_more_is_no_op(bo: Browser, ctx: Context) -> None:
    one = uuid7()
    keep(bo, one)
    with ctx.db.read() as conn:
        before = len(journalled(conn))
    keep(bo, one)
    with ctx.db.read() as conn:
        assert len(journalled(conn)) == before


def test_what_it_asked_is_asked_again(bo: Browser) -> None:
    keep(bo, uuid7())
    (saved,) = bo.get("/find/saved").json()
    assert bo.post("/find", json=saved["asked"]).status_code == 200


def test_nobody_sees_changes_or_forgets_anothers(bo: Browser, sign_in: SignIn, cast: Cast) -> None:
    one = uuid7()
    keep(bo, one)
    ada = sign_in(cast.ada)
    assert ada.get("/find/saved").json() == []
    assert_problem(keep(ada, one, "Min"), 404, "not-found")
    assert_problem(ada.delete(f"/find/saved/{one}"), 404, "not-found")
    assert [saved["name"] for saved in bo.get("/find/saved").json()] == ["Klotter"]


def test_no_person_is_kept_in_a_search(bo: Browser, ctx: Context) -> None:
    with ctx.db.read() as conn:
        before = len(journalled(conn))
    for name, asked in (("Erik Johansson", {}), ("x", {"text": "18900101-9802"}), ("070-174 06 05", {})):
        assert_problem(keep(bo, uuid7(), name, asked), 422, "find-person")
    with ctx.db.read() as conn:
        assert len(journalled(conn)) == before


def test_they_have_an_end(bo: Browser) -> None:
    ids = [uuid7() for _ in range(SAVED_MAX)]
    for one in ids:
        keep(bo, one)
    assert_problem(keep(bo, uuid7()), 422, "find-full")
    assert keep(bo, ids[0], "Ny").status_code == 200
    bo.delete(f"/find/saved/{ids[1]}")
    assert keep(bo, uuid7()).status_code == 200
