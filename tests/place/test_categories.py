"""Categories, switched and added at the desk: told to phones, and every old record keeps its name."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.access.context import Context
from app.access.permission import Viewer
from app.core.ids import uuid7
from app.journal import rows
from app.place import own
from app.place.categories import CategorySaid, listed, put
from app.place.queries import VOCABULARY_ID, categories
from app.place.rules import stable_id
from app.place.vocabulary import ensure, groups_of_codes, restricted_categories, shipped
from tests.conftest import SignIn
from tests.support.canary import assert_problem
from tests.support.client import Browser, Phone, statuses
from tests.support.factories import an_observation
from tests.support.sql import statements
from tests.support.world import Cast

OWN = uuid7()
SAID = {"based_on": None, "group": "P", "sv": "Hal gångbana", "en": "Slippery path", "protection": 1,
        "photos": True, "active": True}  # fmt: skip
MEMBERS = ("group", "sv", "en", "protection", "photos", "active")


@pytest.fixture
def ada(sign_in: SignIn, cast: Cast) -> Browser:
    return sign_in(cast.ada)


def there(browser: Browser, code: str) -> dict[str, Any]:
    (found,) = [one for one in browser.get("/categories").json()["categories"] if one["code"] == code]
    return dict(found)


def add(browser: Browser, id: str = OWN, **more: Any) -> Any:
    return browser.request("PUT", f"/categories/{id}", json=SAID | more)


def change(browser: Browser, code: str, **more: Any) -> Any:
    """On top of what is seen."""
    seen = there(browser, code)
    said = {member: seen[member] for member in MEMBERS} | {"based_on": seen["version"]} | more
    return browser.request("PUT", f"/categories/{seen['id']}", json=said)


def on_phone(phone: Phone, code: str) -> dict[str, Any]:
    (found,) = [one for one in phone.pulled("vocabulary")[VOCABULARY_ID]["categories"] if one["code"] == code]
    return dict(found)


def why(answer: Any) -> str:
    assert_problem(answer, 422, "invalid")
    (error,) = answer.json()["errors"]
    return str(error["code"])


def test_one_switched_off_is_retired_on_phones_and_on_again_when_it_is_back(ada: Browser, alva: Phone) -> None:
    assert on_phone(alva, "S2")["retired"] is None
    assert change(ada, "S2", active=False).status_code == 204
    assert on_phone(alva, "S2") == next(c for c in shipped()["categories"] if c["code"] == "S2") | {
        "retired": "2026-11-20"
    }
    assert change(ada, "S2", active=True).status_code == 204
    assert on_phone(alva, "S2")["retired"] is None


def test_two_that_are_added_at_once_get_a_code_each(ctx: Context, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have read the same next code before either is written."""
    both, given, seen = threading.Barrier(2), own.next_code, []

    def _together(group: str, codes: Any) -> str | None:
        code = given(group, codes)
        seen.append(code)
        if len(seen) <= 2:
            both.wait(10)
        return code

    monkeypatch.setattr(own, "next_code", _together)
    viewer = Viewer(cast.ada.id, cast.ada.name, cast.ada.role)

    def _add(name: str) -> None:
        put(ctx, viewer, uuid7(), CategorySaid(**SAID | {"sv": name}))

    with ThreadPoolExecutor() as pool:
        for one in [pool.submit(_add, name) for name in ("Ett", "Två")]:
            one.result(20)
    assert (seen[0] == seen[1], len(seen)) == (True, 3)
    with ctx.db.read() as conn:
        told = {one["code"]: one["sv"] for one in listed(conn)["categories"] if own.is_own(one["code"])}
    assert set(told) == {seen[0], seen[2]}
    assert set(told.values()) == {"Ett", "Två"}


def test_a_phone_that_has_pulled_all_is_told_of_the_change(ada: Browser, alva: Phone) -> None:
    cursor = alva.pull_all()[1]
    assert change(ada, "S2", active=False).status_code == 204
    (told,) = alva.pull_all(cursor=cursor)[0]
    assert (told["kind"], told["id"]) == ("vocabulary", VOCABULARY_ID)


def test_old_records_keep_their_name_and_a_phone_that_does_not_know_may_still_write(
    ada: Browser, bo: Browser, alva: Phone
) -> None:
    assert statuses(alva.send(alva.seal("observation.create", an_observation(category="S2", text="Vägg")))) == [
        ("applied", None)
    ]
    add(ada)
    assert change(ada, "S2", active=False).status_code == 204
    assert change(ada, "L-P1", active=False).status_code == 204
    late = [an_observation(category="S2", text="Vägg"), an_observation(category="L-P1", text="Vägg")]
    assert statuses(alva.send(*(alva.seal("observation.create", one) for one in late))) == [("applied", None)] * 2
    names = {one["code"]: one["sv"] for one in bo.get("/reference").json()["vocabulary"]["categories"]}
    assert (names["S2"], names["L-P1"]) == ("Klotter", "Hal gångbana")
    file = bo.post("/exports", json={"format": "csv"})
    assert file.status_code == 200, file.text
    assert (file.text.count("Klotter"), file.text.count("Hal gångbana")) == (2, 1)


def test_the_desk_reads_the_words_anew(ada: Browser, bo: Browser) -> None:
    tag = bo.get("/reference").headers["ETag"]
    add(ada)
    assert bo.get("/reference", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("code", restricted_categories())
def test_the_restricted_circle_is_never_switched_off(ada: Browser, code: str) -> None:
    assert there(ada, code)["locked"] is True
    assert why(change(ada, code, active=False)) == "restricted"


def test_one_that_a_release_draws_into_the_circle_is_in_use_whatever_was_said(ada: Browser, ctx: Context) -> None:
    assert change(ada, "S2", active=False).status_code == 204
    with ctx.db.read() as conn:
        switched = categories(conn)
    closer = {"categories": [{"code": "S2", "protection": 3, "retired": None}]}
    assert own.merged(closer, switched)["categories"][0]["retired"] is None


def test_an_own_one_gets_a_code_that_never_ships_and_all_that_phones_need(ada: Browser, alva: Phone) -> None:
    assert add(ada).status_code == 204
    assert add(ada, uuid7(), sv="Is", en="Ice", protection=2, photos=False).status_code == 204
    assert on_phone(alva, "L-P1") == {
        "code": "L-P1", "group": "P", "sv": "Hal gångbana", "en": "Slippery path", "help_en": None, "est": None,
        "protection": 1, "default_severity": 2, "photos": True, "retired": None,
    }  # fmt: skip
    assert (on_phone(alva, "L-P2")["protection"], on_phone(alva, "L-P2")["photos"]) == (2, False)


def test_no_shipped_code_has_the_prefix_and_every_own_one_has_its_group() -> None:
    assert not [c["code"] for c in shipped()["categories"] if own.is_own(c["code"])]
    for group in shipped()["groups"]:
        for code in own.own_codes(group["code"]):
            assert (own.is_own(code), groups_of_codes()[code]) == (True, group["code"])
            assert code not in restricted_categories()


@pytest.mark.parametrize(
    ("said", "because"),
    [({"protection": 3}, "protection"), ({"protection": 0}, "protection"), ({"group": "X"}, "group"),
     ({"group": "Ö"}, "group"), ({"sv": "klotter"}, "same-name"), ({"en": "Graffiti"}, "same-name")],
)  # fmt: skip
def test_what_an_own_one_cannot_be(ada: Browser, said: dict[str, Any], because: str) -> None:
    assert why(add(ada, **said)) == because


def test_an_own_one_is_renamed_and_stays_what_it_is(ada: Browser, alva: Phone) -> None:
    add(ada)
    assert change(ada, "L-P1", sv="Halt", photos=False).status_code == 204
    assert (on_phone(alva, "L-P1")["sv"], on_phone(alva, "L-P1")["photos"]) == ("Halt", False)
    assert why(change(ada, "L-P1", group="S")) == "fixed"
    assert why(change(ada, "L-P1", protection=2)) == "fixed"


@pytest.mark.parametrize("said", [{"sv": "Tagg"}, {"en": "Tag"}, {"group": "P"}, {"protection": 1}, {"photos": False}])
def test_a_shipped_one_is_never_redefined(ada: Browser, said: dict[str, Any]) -> None:
    assert why(change(ada, "S2", **said)) == "shipped"


def test_a_group_has_room_for_so_many(ada: Browser) -> None:
    for number in range(own.OWN_MAX):
        assert add(ada, uuid7(), sv=f"Is {number}", en=f"Ice {number}").status_code == 204
    assert why(add(ada, uuid7(), sv="En till", en="One more")) == "full"


def test_who_comes_second_is_told_what_is_there(ada: Browser) -> None:
    add(ada)
    seen = there(ada, "L-P1")["version"]
    assert change(ada, "L-P1", sv="Halt").status_code == 204
    late = change(ada, "L-P1", en="Ice", based_on=seen)
    assert_problem(late, 409, "changed")
    assert (late.json()["current"]["sv"], late.json()["current"]["en"]) == ("Halt", "Slippery path")
    assert change(ada, "S2", active=False).status_code == 204
    assert_problem(change(ada, "S2", active=True, based_on=None), 409, "changed")


def test_the_same_again_is_no_op(ada: Browser) -> None:
    add(ada)
    seen = there(ada, "L-P1")["version"]
    assert change(ada, "L-P1").status_code == 204
    assert there(ada, "L-P1")["version"] == seen
    assert change(ada, "S2").status_code == 204
    assert there(ada, "S2")["version"] is None


def test_history_tells_who_did_what(ada: Browser, bo: Browser, cast: Cast) -> None:
    assert change(ada, "S2", active=False).status_code == 204
    assert change(ada, "S2", active=True).status_code == 204
    on, off = bo.get(f"/categories/{stable_id('category', 'S2')}/history").json()["edits"]
    assert (off["is_first"], off["author"]["name"]) == (False, cast.ada.name)
    assert off["changes"] == [{"member": "active", "from": True, "to": False}]
    assert on["changes"] == [{"member": "active", "from": False, "to": True}]
    add(ada)
    change(ada, "L-P1", sv="Halt")
    named, made = bo.get(f"/categories/{OWN}/history").json()["edits"]
    assert (made["is_first"], named["changes"]) == (True, [{"member": "sv", "from": "Hal gångbana", "to": "Halt"}])
    untouched = stable_id("category", "S1")
    assert bo.get(f"/categories/{untouched}/history").json()["edits"] == []


def test_a_start_does_not_take_what_was_changed_for_another_shipped_text(ada: Browser, ctx: Context) -> None:
    add(ada)
    with ctx.db.read() as conn:
        before = rows.head(conn).seq
    ensure(ctx.db, ctx.journal)
    with ctx.db.read() as conn:
        assert rows.head(conn).seq == before


def test_a_list_costs_the_same_whatever_it_holds(ada: Browser) -> None:
    costs = []
    for number in range(2):
        add(ada, uuid7(), sv=f"Is {number}", en=f"Ice {number}")
        with statements() as asked:
            ada.get("/categories")
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 3


def test_own_ones_are_found_by_their_group(ada: Browser, bo: Browser, alva: Phone) -> None:
    add(ada)
    sealed = alva.seal("observation.create", an_observation(category="L-P1"))
    alva.send(sealed)
    found = bo.post("/find", json={"groups": ["P"]})
    assert found.status_code == 200, found.text
    assert sealed["id"] in found.text
