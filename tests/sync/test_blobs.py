"""Which photos the server asks for; no op waits for one (§4.3, §4.4, I13)."""

from typing import Any

import pytest

from tests.conftest import PhoneOf
from tests.support.blobs import name_of, send, some_bytes, upload
from tests.support.client import Phone, new_id, statuses
from tests.support.factories import a_checkin, an_amendment, an_observation
from tests.support.sql import statements
from tests.support.world import Cast

PHOTOS = [some_bytes(500, seed=n) for n in range(1, 5)]
NAMES = [name_of(content) for content in PHOTOS]


@pytest.fixture
def phone(phone_of: PhoneOf, cast: Cast) -> Phone:
    return phone_of(cast.alva)


def photo(number: int) -> dict[str, Any]:
    return {"sha256": NAMES[number], "size": 500, "mime": "image/jpeg", "caption": None}


def seen(phone: Phone, *numbers: int) -> dict[str, Any]:
    return phone.seal("observation.create", an_observation(attachments=[photo(n) for n in numbers]))


def asked_for(phone: Phone, *ops: Any) -> list[str]:
    answer = phone.push(ops)
    assert answer.status_code == 200, answer.text
    wanted: list[str] = answer.json()["want_blobs"]
    return wanted


def missing(phone: Phone, *ops: Any) -> list[str]:
    answer = phone.post("/sync/reconcile", json={"install": phone.install, "ids": [op["id"] for op in ops]})
    assert answer.status_code == 200, answer.text
    found: list[str] = answer.json()["missing_blobs"]
    return found


def test_a_push_asks_for_what_its_ops_name_and_is_not_here(phone: Phone) -> None:
    upload(phone, PHOTOS[1])
    send(phone, NAMES[2], PHOTOS[2][:100])
    op = seen(phone, 0, 1, 2)
    assert asked_for(phone, op) == [NAMES[0], NAMES[2]]
    assert asked_for(phone, op) == [NAMES[0], NAMES[2]]
    upload(phone, PHOTOS[0])
    send(phone, NAMES[2], PHOTOS[2][100:], 100, last=True)
    assert asked_for(phone, op) == []


def test_an_op_is_applied_without_its_blobs(phone: Phone) -> None:
    assert statuses(phone.send(seen(phone, 0))) == [("applied", None)]


def test_a_correction_and_a_photo_afterwards_name_blobs_too(phone: Phone) -> None:
    first = seen(phone)
    mended = phone.seal("observation.amend", an_amendment(first["id"], attachments=[photo(0)]))
    after = phone.seal("photo.attach", {"target": first["id"], **photo(1)})
    waits = phone.seal("photo.attach", {"target": new_id(), **photo(2)})
    assert asked_for(phone, first, mended, after, waits) == NAMES[:3]
    assert missing(phone, waits, mended) == sorted([NAMES[2], NAMES[0]], key=[NAMES[0], NAMES[2]].index)


def test_reconcile_names_what_this_phone_sent_by_whomever(phone: Phone, cast: Cast) -> None:
    """It waits in quarantine for its author to have signed in here; its photos are asked for all the same."""
    op = phone.seal("observation.create", an_observation(attachments=[photo(0)]), author=cast.elin.id)
    assert asked_for(phone, op) == [NAMES[0]]
    assert missing(phone, op) == [NAMES[0]]


def test_equal_photos_are_asked_for_once(phone: Phone) -> None:
    assert asked_for(phone, seen(phone, 0, 0), seen(phone, 0, 1)) == NAMES[:2]


def test_reconcile_names_the_photos_of_these_ids_alone(phone: Phone) -> None:
    one, other, never = seen(phone, 0, 1), seen(phone, 2), seen(phone, 3)
    phone.send(one, other)
    upload(phone, PHOTOS[1])
    assert missing(phone, one) == [NAMES[0]]
    assert set(missing(phone, one, other, never)) == {NAMES[0], NAMES[2]}
    assert missing(phone) == []


@pytest.mark.parametrize("named", ["a", "A" * 64, "0" * 65, None, 7, "kanarie"])
def test_what_is_no_hash_is_never_asked_for(phone: Phone, named: Any) -> None:
    op = phone.seal("observation.create", an_observation(attachments=[{**photo(0), "sha256": named}]))
    assert asked_for(phone, op) == []
    assert missing(phone, op) == []


def test_a_push_looks_once_and_never_where_nothing_names_a_blob(phone: Phone) -> None:
    def looked(*ops: Any) -> int:
        with statements() as asked:
            phone.send(*ops)
        return sum("FROM blob" in statement for statement in asked)

    assert looked(*[phone.seal("checkin.create", a_checkin()) for _ in range(9)], seen(phone)) == 0
    assert looked(*[seen(phone, n) for n in range(4)], seen(phone, 0, 1)) == 1


def test_which_photos_a_record_lacks_is_told_to_the_phones_of_whoever_wrote_it(
    phone: Phone, phone_of: PhoneOf, cast: Cast
) -> None:
    """Who knows a photo's name can name it in a record of their own, and read it."""
    op, cim = seen(phone, 0), phone_of(cast.cim)
    phone.send(op)
    assert (missing(phone, op), missing(cim, op)) == ([NAMES[0]], [])
    assert cim.sign_in(cast.alva).status_code == 201
    assert missing(cim, op) == [NAMES[0]]
