"""GET /reference: all reference data at once, and nothing where nothing changed."""

from app.journal import epoch
from app.journal.append import Journal
from tests.conftest import SignIn
from tests.support.client import Browser
from tests.support.world import Cast


def test_a_stranger_gets_no_reference_data(stranger: Browser) -> None:
    assert stranger.get("/reference").status_code == 401


def test_everybody_who_signs_in_gets_it_all(sign_in: SignIn, cast: Cast) -> None:
    for person in cast.everybody:
        told = sign_in(person).get("/reference").json()
        assert {user["id"] for user in told["users"]} == {p.id for p in cast.everybody}
        assert all("username" not in user for user in told["users"])
        assert told["vocabulary"]["categories"]


def test_nothing_is_sent_again_while_nothing_changed(sign_in: SignIn, journal: Journal, cast: Cast) -> None:
    desk = sign_in(cast.bo)
    tag = desk.get("/reference").headers["etag"]
    again = desk.get("/reference", headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    place = {"id": "019a0000-0000-7000-8000-000000000102", "name": "Stationen", "lon": 14.86, "lat": 56.16}
    journal.write("place.put", place, author=None)
    fresh = desk.get("/reference", headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert [p["name"] for p in fresh.json()["places"]] == ["Stationen"]


def test_another_epoch_is_another_answer(sign_in: SignIn, journal: Journal, cast: Cast) -> None:
    desk = sign_in(cast.bo)
    tag = desk.get("/reference").headers["etag"]
    epoch.mint(journal.db, journal.clock(), "restore")
    assert desk.get("/reference", headers={"If-None-Match": tag}).status_code == 200
