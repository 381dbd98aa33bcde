"""A supervisor's words about a shift: approved or sent back as it was seen, commented, never changed."""

from typing import Any

import pytest

from app.core.db import Database
from tests.conftest import SignIn
from tests.review.evening import Json, ends, log_of
from tests.support import on_sqlite
from tests.support.canary import assert_problem
from tests.support.client import Browser, Phone, new_id
from tests.support.factories import a_retraction, an_observation
from tests.support.world import Cast

PERSONNUMMER = "18900101-9802"


def _say(desk: Browser, shift_id: str, what: str, **asked: Any) -> Any:
    return desk.post(f"/reviews/shifts/{shift_id}/{what}", json=asked)


@pytest.fixture
def ada(sign_in: SignIn, cast: Cast) -> Browser:
    """Another who may review."""
    return sign_in(cast.ada)


@pytest.fixture
def ended(alva: Phone, shift_id: str) -> str:
    alva.send(alva.seal("observation.create", an_observation(text="Klotter"), shift=shift_id), ends(alva, shift_id, 3))
    return shift_id


def _retract(phone: Phone, observation: str, shift_id: str) -> None:
    phone.send(phone.seal("observation.retract", a_retraction(observation), shift=shift_id))


def _reviews(desk: Browser, shift_id: str) -> list[tuple[str, str | None, str]]:
    found = [entry for entry in log_of(desk, shift_id)["entries"] if entry["kind"] == "review"]
    return [(entry["value"]["verdict"], entry["value"]["note"], entry["author"]["name"]) for entry in found]


def test_what_was_seen_is_approved_by_name(bo: Browser, ended: str, cast: Cast) -> None:
    answer = _say(bo, ended, "approve", seen_seq=log_of(bo, ended)["seq"], note="Bra skrivet.")
    assert answer.status_code == 200, answer.text
    assert _reviews(bo, ended) == [("approve", "Bra skrivet.", cast.bo.name)]


def test_what_came_meanwhile_must_be_seen_first(bo: Browser, alva: Phone, ended: str) -> None:
    seen = log_of(bo, ended)
    (observation,) = [entry["id"] for entry in seen["entries"] if entry["kind"] == "observation"]
    _retract(alva, observation, ended)
    for what in ("approve", "return"):
        assert_problem(_say(bo, ended, what, seen_seq=seen["seq"], note="Mer?"), 409, "newer")
    assert _reviews(bo, ended) == []
    assert _say(bo, ended, "approve", seen_seq=log_of(bo, ended)["seq"]).status_code == 200


def test_two_supervisors_see_each_others_verdict_before_they_add_theirs(bo: Browser, ada: Browser, ended: str) -> None:
    seen = log_of(bo, ended)["seq"]
    assert _say(ada, ended, "return", seen_seq=seen, note="Vilken vägg?").status_code == 200
    assert_problem(_say(bo, ended, "approve", seen_seq=seen), 409, "newer")


def test_a_lost_answer_asked_for_again_says_nothing_twice(bo: Browser, ended: str) -> None:
    asked = {"id": new_id(), "seen_seq": log_of(bo, ended)["seq"], "note": "Vilken vägg?"}
    for _ in range(2):
        answer = _say(bo, ended, "return", **asked)
        assert answer.status_code == 200, answer.text
        assert answer.json()["id"] == asked["id"]
    assert len(_reviews(bo, ended)) == 1


def test_a_shift_that_is_out_is_not_judged(bo: Browser, shift_id: str) -> None:
    assert_problem(_say(bo, shift_id, "approve", seen_seq=2**40), 409, "still-out")


@pytest.mark.parametrize("note", [None, "", "  \n"])
def test_a_return_says_why(bo: Browser, ended: str, note: str | None) -> None:
    assert_problem(_say(bo, ended, "return", seen_seq=2**40, note=note), 422, "invalid")


def test_a_returns_note_reaches_the_hosts_phone(bo: Browser, alva: Phone, ended: str) -> None:
    assert _say(bo, ended, "return", seen_seq=2**40, note="Vilken vägg?").status_code == 200
    notes = [value["note"] for value in alva.pulled("review").values()]
    assert notes == ["Vilken vägg?"]


def test_a_comment_hangs_on_a_record_of_the_shift(bo: Browser, ended: str) -> None:
    (observation,) = [entry["id"] for entry in log_of(bo, ended)["entries"] if entry["kind"] == "observation"]
    for target in (observation, ended):
        assert _say(bo, ended, "comments", target=target, text="Tack!").status_code == 200
    told = [entry["value"]["target"] for entry in log_of(bo, ended)["entries"] if entry["kind"] == "comment"]
    assert sorted(told) == sorted([observation, ended])
    assert_problem(_say(bo, ended, "comments", target=new_id(), text="Tack!"), 422, "invalid")


def test_a_number_in_a_note_is_hidden_from_others(bo: Browser, ada: Browser, ended: str) -> None:
    assert _say(bo, ended, "comments", target=ended, text=f"Är det {PERSONNUMMER}?").status_code == 200
    (mine,) = [entry["value"]["text"] for entry in log_of(bo, ended)["entries"] if entry["kind"] == "comment"]
    (others,) = [entry["value"]["text"] for entry in log_of(ada, ended)["entries"] if entry["kind"] == "comment"]
    assert PERSONNUMMER in mine
    assert others is None or PERSONNUMMER not in others


def test_what_changed_since_is_told_with_each_entry(bo: Browser, alva: Phone, ended: str) -> None:
    before = log_of(bo, ended)
    (observation,) = [entry for entry in before["entries"] if entry["kind"] == "observation"]
    _retract(alva, observation["id"], ended)
    after = log_of(bo, ended)
    assert [entry["id"] for entry in after["entries"] if entry["changed_seq"] > before["seq"]] == [observation["id"]]
    assert after["seq"] > before["seq"]


def _seal(desk: Browser, shift_id: str) -> Json:
    answer = desk.get(f"/reviews/shifts/{shift_id}/seal")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


@pytest.mark.parametrize(
    "altered",
    [
        "body = CAST('{}' AS BLOB)",
        "op_id = '019a0000-0000-7000-8000-0000000000ff'",
        "received_at = received_at + 1000000",
    ],
)
@on_sqlite
def test_the_seal_names_an_op_that_was_altered(bo: Browser, db: Database, ended: str, altered: str) -> None:
    assert _seal(bo, ended) == {"ops": 3, "broken": []}
    (observation,) = [entry for entry in log_of(bo, ended)["entries"] if entry["kind"] == "observation"]
    with db.write() as conn:
        conn.exec_driver_sql(f"UPDATE journal_op SET {altered} WHERE seq = {observation['seq']}")
    assert observation["seq"] in _seal(bo, ended)["broken"]


def test_a_shift_that_is_not_here_has_no_seal(bo: Browser) -> None:
    assert_problem(bo.get(f"/reviews/shifts/{new_id()}/seal"), 404, "not-found")
