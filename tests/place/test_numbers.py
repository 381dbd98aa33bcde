"""The services' numbers, edited at the desk: added, checked, retired, told to phones, and by two at once."""

from typing import Any

from app.core.ids import uuid7
from tests.support.canary import assert_problem
from tests.support.client import Browser, Phone
from tests.support.sql import statements
from tests.support.world import Cast

NUMBER = uuid7()
SAID = {"based_on": None, "service": "FEL", "name": "Felanmälan", "number": "0457-61 80 00", "hours": "vardagar 8–16",
        "note": None, "checked_on": None, "active": True}  # fmt: skip


def put(browser: Browser, **more: Any) -> Any:
    return browser.request("PUT", f"/numbers/{NUMBER}", json=SAID | more)


def there(browser: Browser) -> dict[str, Any]:
    (found,) = browser.get("/numbers").json()["numbers"]
    return dict(found)


def test_a_number_is_added_checked_and_told_to_phones(bo: Browser, alva: Phone, cast: Cast) -> None:
    assert put(bo).status_code == 204
    version = there(bo)["version"]
    assert put(bo, based_on=version, checked_on="2026-11-20").status_code == 204
    assert alva.pulled("contact")[NUMBER]["checked_on"] == "2026-11-20"
    (checked, added) = bo.get(f"/numbers/{NUMBER}/history").json()["edits"]
    assert checked["changes"] == [{"member": "checked_on", "from": None, "to": "2026-11-20"}]
    assert (added["is_first"], added["author"]["name"]) == (True, cast.bo.name)


def test_the_same_again_is_no_op(bo: Browser) -> None:
    put(bo)
    version = there(bo)["version"]
    assert put(bo, based_on=version).status_code == 204
    assert there(bo)["version"] == version


def test_who_comes_second_is_told_what_is_there(bo: Browser) -> None:
    put(bo)
    version = there(bo)["version"]
    assert put(bo, based_on=version, number="112").status_code == 204
    late = put(bo, based_on=version, hours="dygnet runt")
    assert_problem(late, 409, "changed")
    assert (late.json()["current"]["number"], late.json()["current"]["hours"]) == ("112", "vardagar 8–16")
    assert_problem(put(bo), 409, "changed")


def test_one_no_longer_in_use_is_told_so(bo: Browser, alva: Phone) -> None:
    put(bo)
    assert put(bo, based_on=there(bo)["version"], active=False).status_code == 204
    assert there(bo)["active"] is False
    assert alva.pulled("contact")[NUMBER]["active"] is False


def test_a_list_costs_the_same_whatever_it_holds(bo: Browser) -> None:
    costs = []
    for _ in range(2):
        bo.request("PUT", f"/numbers/{uuid7()}", json=SAID)
        with statements() as asked:
            bo.get("/numbers")
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 3
