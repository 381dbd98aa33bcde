"""Tonight's focus: written at the desk, read by every phone."""

from datetime import timedelta
from typing import Any

import pytest

from app.briefing.rules import Out, is_settled
from app.core.clock import stamp
from tests.conftest import PhoneOf, SignIn
from tests.support import on_sqlite
from tests.support.canary import assert_problem
from tests.support.client import Phone, new_id
from tests.support.factories import a_briefing, a_shift
from tests.support.sql import statements
from tests.support.world import EVENING, Cast, FakeClock

AREA, OTHER = new_id(), new_id()


def tomorrow(**members: Any) -> dict[str, Any]:
    """It has not begun."""
    return a_briefing(valid_from=stamp(EVENING + timedelta(hours=20))) | members


def test_a_phone_gets_what_the_desk_wrote_and_hears_when_it_is_taken_back(
    phone_of: PhoneOf, sign_in: SignIn, cast: Cast
) -> None:
    desk, phone = sign_in(cast.bo), phone_of(cast.alva)
    briefing_id, place = new_id(), new_id()
    focus = [{"place_id": place, "hours": "efter 21"}]
    written = desk.request("PUT", f"/briefings/{briefing_id}", json=a_briefing(places=focus))
    assert written.status_code == 200, written.text
    told = phone.pulled("briefing")[briefing_id]
    assert (told["text"], told["places"], told["author_id"]) == ("Stationen efter 21.", focus, cast.bo.id)
    assert phone.get("/briefings").json() == [told | {"settled": True}]

    gone = a_briefing(places=focus, active=False)
    assert desk.request("PUT", f"/briefings/{briefing_id}", json=gone).status_code == 200
    assert phone.pulled("briefing")[briefing_id]["active"] is False
    assert phone.get("/briefings").json() == []


@on_sqlite
def test_the_same_once_more_is_no_new_op(phone_of: PhoneOf, sign_in: SignIn, cast: Cast) -> None:
    desk, phone = sign_in(cast.bo), phone_of(cast.alva)
    path = f"/briefings/{new_id()}"
    desk.request("PUT", path, json=tomorrow())
    cursor = phone.pull_all()[1]
    desk.request("PUT", path, json=tomorrow())
    assert phone.pull_all(cursor=cursor)[0] == []
    desk.request("PUT", path, json=tomorrow(text="Skejtparken."))
    assert [c["kind"] for c in phone.pull_all(cursor=cursor)[0]] == ["briefing"]


@on_sqlite
def test_what_is_over_is_not_told_any_more(phone_of: PhoneOf, sign_in: SignIn, cast: Cast) -> None:
    desk, phone = sign_in(cast.bo), phone_of(cast.alva)
    long_ago = stamp(EVENING - timedelta(days=40)), stamp(EVENING - timedelta(days=30))
    desk.request("PUT", f"/briefings/{new_id()}", json=a_briefing(valid_from=long_ago[0], valid_to=long_ago[1]))
    assert phone.pulled("briefing") == {}


@on_sqlite
def test_a_phone_cannot_push_a_briefing(alva: Phone) -> None:
    op = alva.seal("briefing.put", a_briefing() | {"id": new_id()})
    assert alva.send(op)[0]["why"] == "type"
    assert alva.pulled("briefing") == {}


def test_two_who_write_at_once_lose_nothing(sign_in: SignIn, cast: Cast) -> None:
    """The second is told what there is now, and that nothing of theirs was stored."""
    bo, ada, path = sign_in(cast.bo), sign_in(cast.ada), f"/briefings/{new_id()}"
    first = bo.request("PUT", path, json=tomorrow(based_on="new")).json()
    ours = ada.request("PUT", path, json=tomorrow(text="Skejtparken.", based_on=first["version"])).json()
    late = bo.request("PUT", path, json=tomorrow(text="Bryggan.", based_on=first["version"]))
    assert late.status_code == 409
    assert (late.json()["type"], late.json()["current"]) == ("/problems/newer", ours)
    assert bo.get("/briefings").json()[0]["text"] == "Skejtparken."
    again = bo.request("PUT", path, json=tomorrow(text="Bryggan.", based_on=ours["version"]))
    assert again.json()["text"] == "Bryggan."


@on_sqlite
def test_two_new_ones_under_one_id_are_not_mixed(sign_in: SignIn, cast: Cast) -> None:
    bo, path = sign_in(cast.bo), f"/briefings/{new_id()}"
    bo.request("PUT", path, json=tomorrow(based_on="new"))
    assert bo.request("PUT", path, json=tomorrow(text="Annat.", based_on="new")).status_code == 409


def test_what_has_begun_stays_as_it_was_read(sign_in: SignIn, cast: Cast, clock: FakeClock) -> None:
    desk, path = sign_in(cast.bo), f"/briefings/{new_id()}"
    was = desk.request("PUT", path, json=tomorrow()).json()
    clock.advance(hours=20)
    desk = sign_in(cast.bo)
    assert_problem(desk.request("PUT", path, json=tomorrow(text="Ändrad.")), 409, "frozen")
    assert_problem(desk.request("PUT", path, json=tomorrow(text="Ändrad.", active=False)), 409, "frozen")
    assert desk.get("/briefings").json() == [was | {"settled": True}]
    assert desk.request("PUT", path, json=tomorrow(active=False)).status_code == 200
    assert desk.request("PUT", f"/briefings/{new_id()}", json=tomorrow(text="Till det: grinden.")).status_code == 200


def test_a_shift_that_went_out_early_settles_it(alva: Phone, sign_in: SignIn, cast: Cast) -> None:
    soon = {"valid_from": stamp(EVENING + timedelta(hours=2))}
    desk, here, there = sign_in(cast.bo), f"/briefings/{new_id()}", f"/briefings/{new_id()}"
    desk.request("PUT", here, json=a_briefing(area_id=AREA, **soon))
    desk.request("PUT", there, json=a_briefing(area_id=OTHER, **soon))
    alva.start(a_shift(cast.alva, area_id=AREA))
    assert_problem(desk.request("PUT", here, json=a_briefing(area_id=AREA, text="Nytt.", **soon)), 409, "frozen")
    assert desk.request("PUT", there, json=a_briefing(area_id=OTHER, text="Nytt.", **soon)).status_code == 200


@pytest.mark.parametrize(("started_h", "area", "is_so"), [
    (-1, None, True), (-1, AREA, True), (-1, OTHER, False), (-11, AREA, False), (-9, AREA, True),
], ids=["everywhere", "same-area", "other-area", "long-over", "still-out"])  # fmt: skip
def test_whose_shift_settles_a_briefing(started_h: float, area: str | None, is_so: bool) -> None:
    """Two hours before it begins: one of its area, of no area, or that began too long before to have read it."""
    out = [Out(EVENING + timedelta(hours=started_h), area)]
    assert is_settled(EVENING + timedelta(hours=2), AREA, out, EVENING) is is_so


def test_who_has_read_which_words(phone_of: PhoneOf, sign_in: SignIn, cast: Cast) -> None:
    desk, alva, cim, briefing = sign_in(cast.bo), phone_of(cast.alva), phone_of(cast.cim), new_id()
    first = desk.request("PUT", f"/briefings/{briefing}", json=tomorrow()).json()
    read = {"target": briefing, "version": first["version"]}
    alva.send(alva.seal("briefing.acknowledge", read), alva.seal("briefing.acknowledge", read))
    second = desk.request("PUT", f"/briefings/{briefing}", json=tomorrow(text="Skejtparken.")).json()
    cim.send(cim.seal("briefing.acknowledge", read | {"version": second["version"]}))
    told = [(one["author_id"], one["version"]) for one in desk.get("/briefings").json()[0]["read_by"]]
    assert sorted(told) == sorted([(cast.alva.id, first["version"]), (cast.cim.id, second["version"])])
    assert alva.pulled("briefing")[briefing]["read_by"] == desk.get("/briefings").json()[0]["read_by"]


def test_a_reading_before_its_briefing_waits_for_it(alva: Phone, sign_in: SignIn, cast: Cast) -> None:
    briefing = new_id()
    op = alva.seal("briefing.acknowledge", {"target": briefing, "version": "strange"})
    assert [(r["status"], r["why"]) for r in alva.send(op)] == [("quarantined", "target")]
    told = sign_in(cast.bo).request("PUT", f"/briefings/{briefing}", json=tomorrow()).json()
    assert [(one["author_id"], one["version"]) for one in told["read_by"]] == [(cast.alva.id, None)]


def test_earlier_ones_the_latest_first_in_as_many_statements_however_many(
    sign_in: SignIn, cast: Cast, clock: FakeClock
) -> None:
    desk, ids, costs = sign_in(cast.bo), [new_id() for _ in range(3)], set()
    for number, briefing in enumerate(ids):
        over = stamp(EVENING + timedelta(days=number, hours=1))
        desk.request("PUT", f"/briefings/{briefing}", json=a_briefing(valid_to=over))
    clock.advance(days=1, hours=2)
    desk = sign_in(cast.bo)
    found = desk.get("/briefings/earlier").json()
    assert ([one["id"] for one in found["items"]], found["total"]) == ([ids[1], ids[0]], 2)
    for limit in (1, 20):
        with statements() as asked:
            desk.get("/briefings/earlier", params={"limit": limit})
        costs.add(len(asked))
    assert costs == {4}  # one of them is the session's
