"""Has everything come? What each phone promised against what is here, through the whole server."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.conftest import PhoneOf
from tests.review.evening import check_ins, completeness, ends
from tests.support.client import Browser, Phone
from tests.support.factories import a_comment, a_shift
from tests.support.world import Cast, FakeClock


@pytest.fixture
def cim(phone_of: PhoneOf, cast: Cast) -> Phone:
    return phone_of(cast.cim)


def test_nothing_is_promised_while_a_shift_is_out(alva: Phone, bo: Browser, shift_id: str) -> None:
    alva.send(*check_ins(alva, shift_id, 2), pending={"count": 3, "max_seq": 6})
    told = completeness(bo, shift_id)
    assert (told["received"], told["expected"], told["complete"], told["gaps"]) == (3, None, False, [])
    phone = told["phones"][0]
    assert (phone["install"], phone["label"], phone["pending"]) == (alva.install, "Alva Eks telefon", 3)
    assert phone["last_seen_at"] is not None


def test_how_wrong_a_phones_clock_was_is_told_with_the_phone(alva: Phone, bo: Browser, shift_id: str) -> None:
    right = completeness(bo, shift_id)["phones"][0]["skew_ms"]
    alva.wall += timedelta(minutes=63)
    alva.send(*check_ins(alva, shift_id, 1))
    wrong = completeness(bo, shift_id)["phones"][0]["skew_ms"]
    assert wrong - right == pytest.approx(63 * 60_000, abs=5_000)  # sealing takes the phone a second each


def test_what_a_phone_says_of_itself_is_told_with_the_phone(alva: Phone, bo: Browser, shift_id: str) -> None:
    silent = completeness(bo, shift_id)["phones"][0]
    assert [silent[name] for name in ("persisted", "build", "oldest_at", "emptied_at", "battery")] == [None] * 5
    said = {"persisted": False, "build": "0.1.0", "oldest": "2026-11-20T21:04:05.006+01:00", "battery": 12}
    alva.send(*check_ins(alva, shift_id, 1), phone=said, pending={"count": 2, "max_seq": 9})
    told = completeness(bo, shift_id)["phones"][0]
    assert (told["persisted"], told["build"], told["oldest_at"]) == (False, "0.1.0", "2026-11-20T20:04:05.006Z")
    assert (told["pending"], told["battery"]) == (2, 12)


def test_what_an_emptied_phone_held_is_told_to_it_and_to_the_desk(
    alva: Phone, bo: Browser, shift_id: str, clock: FakeClock, cast: Cast
) -> None:
    alva.send(*check_ins(alva, shift_id, 1), pending={"count": 4, "max_seq": 9})
    seen_at = completeness(bo, shift_id)["phones"][0]["last_seen_at"]
    clock.advance(hours=1)
    again = str(uuid4())
    emptied = alva.sign_in(cast.alva, install=again, fresh=True).json()["device"]["emptied"]
    assert emptied == {"install": alva.install, "pending": 4, "seen_at": seen_at}
    first = completeness(bo, shift_id)["phones"][0]["emptied_at"]
    assert first is not None
    assert first > seen_at
    # Told once: what is in the store now is not lost because somebody signs in again.
    assert alva.sign_in(cast.alva, install=again, fresh=True).json()["device"]["emptied"] is None
    assert completeness(bo, shift_id)["phones"][0]["emptied_at"] == first


def test_a_new_install_beside_old_records_is_no_loss(alva: Phone, bo: Browser, shift_id: str, cast: Cast) -> None:
    """After a fork the phone goes on under a new install, and all it held is still in it."""
    assert alva.sign_in(cast.alva, install=str(uuid4())).json()["device"]["emptied"] is None
    assert completeness(bo, shift_id)["phones"][0]["emptied_at"] is None


def test_a_phone_that_kept_its_promise_is_complete(alva: Phone, bo: Browser, shift_id: str) -> None:
    alva.send(*check_ins(alva, shift_id, 2), ends(alva, shift_id, 4))
    told = completeness(bo, shift_id)
    assert (told["received"], told["expected"], told["complete"]) == (4, 4, True)
    assert told["phones"][0]["pending"] == 0


def test_a_number_that_never_came_is_a_gap(alva: Phone, bo: Browser, shift_id: str) -> None:
    came, *lost, last = check_ins(alva, shift_id, 4)
    alva.send(came, last, ends(alva, shift_id, 6))
    told = completeness(bo, shift_id)
    assert (told["received"], told["expected"], told["complete"]) == (4, 6, False)
    assert told["gaps"] == [
        {"install": alva.install, "label": "Alva Eks telefon", "from": lost[0]["seq"], "to": lost[1]["seq"], "count": 2}
    ]
    alva.send(*lost)
    told = completeness(bo, shift_id)
    assert (told["received"], told["complete"], told["gaps"]) == (6, True, [])


def test_every_phone_of_the_shift_must_have_ended(alva: Phone, cim: Phone, bo: Browser, shift_id: str) -> None:
    cim.send(*check_ins(cim, shift_id, 1))
    alva.send(ends(alva, shift_id, 2))
    told = completeness(bo, shift_id)
    assert (told["received"], told["expected"], told["complete"]) == (3, None, False)
    cim.send(ends(cim, shift_id, 2))
    told = completeness(bo, shift_id)
    assert (told["received"], told["expected"], told["complete"]) == (4, 4, True)


def test_what_is_written_after_the_end_was_not_promised(alva: Phone, bo: Browser, shift_id: str) -> None:
    alva.send(ends(alva, shift_id, 2))
    alva.send(alva.seal("comment.add", a_comment(shift_id), shift=shift_id))
    told = completeness(bo, shift_id)
    assert (told["received"], told["expected"], told["complete"]) == (2, 2, True)


def test_a_supervisors_comment_makes_no_phone_of_the_shift(
    alva: Phone, phone_of: PhoneOf, bo: Browser, shift_id: str, cast: Cast
) -> None:
    alva.send(ends(alva, shift_id, 2))
    desk = phone_of(cast.bo)
    desk.send(desk.seal("comment.add", a_comment(shift_id), shift=shift_id))
    told = completeness(bo, shift_id)
    assert (told["complete"], [phone["install"] for phone in told["phones"]]) == (True, [alva.install])


def test_gaps_of_another_shift_are_not_this_ones(alva: Phone, bo: Browser, cast: Cast) -> None:
    first = alva.start(a_shift(cast.alva))
    alva.send(ends(alva, first, 2))
    second = alva.start(a_shift(cast.alva))
    check_ins(alva, second, 1)
    alva.send(ends(alva, second, 3))
    assert completeness(bo, first)["complete"] is True
    assert [gap["count"] for gap in completeness(bo, second)["gaps"]] == [1]


def test_ops_between_of_another_shift_are_no_gap_and_do_not_count(alva: Phone, bo: Browser, cast: Cast) -> None:
    first, second = alva.start(a_shift(cast.alva)), alva.start(a_shift(cast.alva))
    alva.send(*check_ins(alva, second, 2), ends(alva, first, 3))
    told = completeness(bo, first)
    assert (told["received"], told["expected"], told["complete"], told["gaps"]) == (2, 3, False, [])


def test_what_is_in_quarantine_has_been_received(alva: Phone, bo: Browser, shift_id: str) -> None:
    alva.send(alva.seal("mood.note", {}, shift=shift_id), ends(alva, shift_id, 3))
    told = completeness(bo, shift_id)
    assert (told["received"], told["complete"]) == (3, True)


def test_a_copy_under_a_used_id_does_not_stand_in_for_a_lost_op(alva: Phone, bo: Browser, shift_id: str) -> None:
    op, lost = check_ins(alva, shift_id, 2)
    copy = alva.seal("checkin.create", {"kind": "left"}, shift=shift_id, id=op["id"], seq=lost["seq"])
    assert [r["status"] for r in alva.send(op, copy)] == ["applied", "quarantined"]
    alva.send(ends(alva, shift_id, 4))
    told = completeness(bo, shift_id)
    assert (told["received"], told["complete"]) == (3, False)


def test_a_shift_that_programs_wrote_is_whole_once_it_has_ended(bo: Browser, cast: Cast) -> None:
    shift_id = bo.post("/shifts", json=a_shift(cast.alva, cast.cim)).json()["id"]
    assert completeness(bo, shift_id) == {
        "received": 1, "expected": None, "complete": False, "gaps": [], "phones": []
    }  # fmt: skip
    bo.post(f"/shifts/{shift_id}/end", json={})
    assert completeness(bo, shift_id) == {
        "received": 2, "expected": 2, "complete": True, "gaps": [], "phones": []
    }  # fmt: skip
