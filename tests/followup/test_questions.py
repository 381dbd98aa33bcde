""" "Finns kvar?": asked of every host who may pass, answered on the phone, and nothing restricted in it."""

from datetime import timedelta

import pytest

from tests.conftest import PhoneOf
from tests.support import on_sqlite
from tests.support.client import Phone, new_id
from tests.support.factories import a_retraction, a_shift, an_amendment, an_observation, happened
from tests.support.world import EVENING, Cast

LAMP = {"category": "P1", "place_text": None, "text": "Lampan vid porten, kanarie."}


@pytest.fixture
def lamp(alva: Phone, cast: Cast) -> str:
    """A fault that Alva reported in her shift."""
    shift = alva.start(a_shift(cast.alva))
    op = alva.seal("observation.create", an_observation(place_id=new_id(), **LAMP), shift=shift)
    assert alva.send(op)[0]["status"] == "applied"
    return str(op["id"])


@pytest.fixture
def cim(phone_of: PhoneOf, cast: Cast) -> Phone:
    """Of no shift."""
    return phone_of(cast.cim)


def test_a_fault_is_asked_of_hosts_of_other_shifts_without_its_words(cim: Phone, lamp: str) -> None:
    question = cim.pulled("question")[lamp]
    assert question["category"] == "P1"
    assert question["answers"] == []
    assert {"text", "author_id", "place_text"}.isdisjoint(question)
    assert cim.pulled("observation") == {}


def test_an_answer_reaches_everybody_and_keeps_its_time(alva: Phone, cim: Phone, lamp: str) -> None:
    alva.pull_all()
    before = alva.pull_all()[1]
    op = cim.seal("followup.answer", {"target": lamp, "answer": "no"})
    assert cim.send(op)[0]["status"] == "applied"
    told = [c["value"] for c in alva.pull_all(cursor=before)[0] if c["kind"] == "question"]
    assert [a["answer"] for a in told[0]["answers"]] == ["no"]
    assert told[0]["answers"][0]["shift_id"] is None


def test_an_answer_before_its_question_waits_for_it(alva: Phone, cim: Phone) -> None:
    seen = alva.seal("observation.create", an_observation(place_id=new_id(), **LAMP))
    first = cim.send(cim.seal("followup.answer", {"target": seen["id"], "answer": "yes"}))[0]
    assert (first["status"], first["why"]) == ("quarantined", "target")
    alva.send(seen)
    assert [a["answer"] for a in cim.pulled("question")[seen["id"]]["answers"]] == ["yes"]


@on_sqlite
@pytest.mark.parametrize("category", ["U2", "K3", "E2", "P5", "X1", "L-own"])
def test_only_facts_of_a_place_ask(alva: Phone, cim: Phone, category: str) -> None:
    alva.send(alva.seal("observation.create", an_observation(place_id=new_id(), category=category)))
    assert cim.pulled("question") == {}


@on_sqlite
def test_without_a_place_or_from_long_ago_nothing_is_asked(alva: Phone, cim: Phone) -> None:
    old = happened(EVENING - timedelta(days=60))
    alva.send(
        alva.seal("observation.create", an_observation(category="P1", place_id=None)),
        alva.seal("observation.create", an_observation(category="P1", place_id=new_id(), happened=old)),
    )
    assert cim.pulled("question") == {}


def test_what_is_retracted_or_corrected_away_asks_no_longer(alva: Phone, cim: Phone, cast: Cast) -> None:
    shift = alva.start(a_shift(cast.alva))
    ops = [alva.seal("observation.create", an_observation(place_id=new_id(), **LAMP), shift=shift) for _ in range(2)]
    alva.send(*ops)
    cursor = cim.pull_all()[1]
    gone = alva.seal("observation.retract", a_retraction(ops[0]["id"]), shift=shift)
    other = an_amendment(ops[1]["id"], category="U1", place_id=new_id())
    alva.send(gone, alva.seal("observation.amend", other, shift=shift))
    changes = {c["id"]: c["deleted"] for c in cim.pull_all(cursor=cursor)[0] if c["kind"] == "question"}
    assert changes == {ops[0]["id"]: True, ops[1]["id"]: True}


def test_what_ever_was_restricted_asks_nothing(alva: Phone, cim: Phone, cast: Cast) -> None:
    shift = alva.start(a_shift(cast.alva))
    seen = alva.seal("observation.create", an_observation(category="X1", place_id=new_id()), shift=shift)
    fixed = an_amendment(seen["id"], category="P1", place_id=new_id())
    alva.send(seen, alva.seal("observation.amend", fixed, shift=shift))
    assert cim.pulled("question") == {}
