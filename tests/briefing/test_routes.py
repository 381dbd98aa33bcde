"""Tonight's focus: written at the desk, read by every phone."""

from datetime import timedelta

from app.core.clock import stamp
from tests.conftest import PhoneOf, SignIn
from tests.support import on_sqlite
from tests.support.client import Phone, new_id
from tests.support.factories import a_briefing
from tests.support.world import EVENING, Cast


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
    assert phone.get("/briefings").json() == [told]

    assert desk.request("PUT", f"/briefings/{briefing_id}", json=a_briefing(active=False)).status_code == 200
    assert phone.pulled("briefing")[briefing_id]["active"] is False
    assert phone.get("/briefings").json() == []


@on_sqlite
def test_the_same_once_more_is_no_new_op(phone_of: PhoneOf, sign_in: SignIn, cast: Cast) -> None:
    desk, phone = sign_in(cast.bo), phone_of(cast.alva)
    path = f"/briefings/{new_id()}"
    desk.request("PUT", path, json=a_briefing())
    cursor = phone.pull_all()[1]
    desk.request("PUT", path, json=a_briefing())
    assert phone.pull_all(cursor=cursor)[0] == []
    desk.request("PUT", path, json=a_briefing(text="Skejtparken."))
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
