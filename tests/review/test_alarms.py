"""Alarms in a shift's log: entries among the others, with who was told, who has seen them, and how they ended."""

from app.journal.append import Journal
from tests.conftest import PhoneOf, SignIn
from tests.guard.places import PNR
from tests.review.evening import Json, ends, log_of, overdue, raised, tells
from tests.support import on_sqlite
from tests.support.canary import assert_problem
from tests.support.client import Browser, Phone
from tests.support.factories import a_checkin, a_position, a_shift, an_observation
from tests.support.world import Cast


def alarms(desk: Browser, shift_id: str) -> list[Json]:
    return [entry for entry in log_of(desk, shift_id)["entries"] if entry["kind"] == "alert"]


def test_an_alarm_stands_among_the_others_with_all_that_came_of_it(
    alva: Phone, bo: Browser, journal: Journal, shift_id: str, cast: Cast
) -> None:
    met = alva.seal("checkin.create", a_checkin(), shift=shift_id)
    alarm = raised(alva, shift_id, note="Vid kiosken")
    other = alva.seal("observation.create", an_observation(), shift=shift_id)
    alva.send(met, other)
    tells(journal, alarm, shift_id, cast.bo.id, cast.ada.id)
    bo.post(f"/alerts/{alarm}/acknowledge")
    bo.post(f"/alerts/{alarm}/clear", json={"note": "Hämtade."})
    log = log_of(bo, shift_id)
    assert [entry["id"] for entry in log["entries"]] == [shift_id, met["id"], alarm, other["id"]]
    (entry,) = alarms(bo, shift_id)
    assert entry["value"] == bo.get(f"/alerts/{alarm}").json() == bo.pulled("alert")[alarm]
    assert entry["author"] == {"id": cast.alva.id, "name": cast.alva.name}
    assert entry["position"] == a_position()
    assert [one["author_id"] for one in entry["value"]["acknowledged"]] == [cast.bo.id]
    assert [one["to"] for one in entry["value"]["steps"]] == [[cast.bo.id, cast.ada.id]]
    assert log["seq"] == entry["changed_seq"] > entry["seq"]
    assert "alert" not in log["shift"]["counts"]


def test_each_kind_is_told_also_one_that_no_phone_raised_and_none_of_another_shift(
    alva: Phone, bo: Browser, journal: Journal, shift_id: str, cast: Cast
) -> None:
    other = alva.start(a_shift(cast.alva, cast.cim))
    raised(alva, other)
    raised(alva, shift_id, kind="test")
    late = overdue(journal, shift_id, cast.alva.id)
    told = {entry["value"]["kind"]: entry for entry in alarms(bo, shift_id)}
    assert set(told) == {"test", "overdue"}
    assert told["overdue"]["id"] == late
    assert (told["overdue"]["author"], told["overdue"]["value"]["host_id"]) == ({"id": "", "name": ""}, cast.alva.id)


def test_an_answer_to_an_alarm_must_be_seen_before_a_shift_is_approved(alva: Phone, bo: Browser, shift_id: str) -> None:
    alarm = raised(alva, shift_id)
    alva.send(ends(alva, shift_id, 3))
    seen = log_of(bo, shift_id)["seq"]
    bo.post(f"/alerts/{alarm}/acknowledge")
    asked = {"seen_seq": seen, "note": None}
    assert_problem(bo.post(f"/reviews/shifts/{shift_id}/approve", json=asked), 409, "newer")


@on_sqlite
def test_its_words_are_hidden_where_they_hold_an_identity_number(
    alva: Phone, bo: Browser, phone_of: PhoneOf, cast: Cast, shift_id: str
) -> None:
    alarm = raised(alva, shift_id, note=f"{PNR} har kniv")
    cim = phone_of(cast.cim)
    cim.send(cim.seal("alert.clear", {"target": alarm, "note": f"hämtad {PNR}"}, shift=shift_id))
    (entry,) = alarms(bo, shift_id)
    assert PNR not in str(entry)
    assert (entry["value"]["hidden"], entry["value"]["cleared"]["hidden"]) == (True, True)


def test_a_comment_hangs_on_an_alarm_and_on_nothing_that_takes_none(
    alva: Phone, phone_of: PhoneOf, sign_in: SignIn, shift_id: str, cast: Cast
) -> None:
    ada, cim = sign_in(cast.ada), phone_of(cast.cim)
    gone, strange = cim.seal("shift.leave", {}, shift=shift_id), cim.seal("mood.note", {}, shift=shift_id)
    cim.send(gone, strange)
    alarm = raised(alva, shift_id)
    path = f"/reviews/shifts/{shift_id}/comments"
    assert ada.post(path, json={"target": alarm, "text": "Ringde Alva."}).status_code == 200
    for target in (gone["id"], strange["id"]):
        assert_problem(ada.post(path, json={"target": target, "text": "Vad?"}), 422, "invalid")
    entries = log_of(ada, shift_id)["entries"]
    assert [entry["value"]["target"] for entry in entries if entry["kind"] == "comment"] == [alarm]
    assert [entry["id"] for entry in entries if entry["kind"] == "quarantined"] == [strange["id"]]
