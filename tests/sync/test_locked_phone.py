"""A locked phone: its ops come sealed to the organisation, and its key is opened for who uses it and forgot the PIN."""

import json
from typing import Any

import pytest

from app.access import accounts, copykeys
from app.access.context import Context
from app.audit.readings import READING
from app.journal import rows
from tests.conftest import PhoneOf
from tests.support import on_sqlite
from tests.support.canary import CANARY, assert_problem
from tests.support.client import Browser, Phone, new_id, statuses
from tests.support.copies import plain_copy, seal_copy
from tests.support.factories import a_checkin
from tests.support.world import Cast, FakeClock

KEY = "k" * 43


def sealed(phone: Browser, op: dict[str, Any], **header: Any) -> dict[str, Any]:
    """As a locked phone sends it."""
    key = phone.get("/sync/hello").json()["copy_key"]
    envelope = {name: value for name, value in op.items() if name != "body"}
    return envelope | {"sealed": seal_copy(key, op["body"].encode(), zipped=False, **header).decode()}


def a_lock(phone: Browser, **members: Any) -> str:
    hello = phone.get("/sync/hello").json()
    told = {"format": "lykta-key", "v": 1, "key": KEY} | hello["copy_proof"] | members
    return seal_copy(hello["copy_key"], json.dumps(told).encode(), zipped=False).decode()


def unlock(browser: Browser, jwe: str) -> Any:
    return browser.post("/sync/unlock", json={"jwe": jwe})


def test_what_a_locked_phone_sends_is_stored_as_it_was_written(alva: Phone, ctx: Context) -> None:
    first, second = alva.seal("checkin.create", a_checkin(note="åäö ✓")), alva.seal("checkin.create", a_checkin())
    assert statuses(alva.send(sealed(alva, first), second)) == [("applied", None), ("applied", None)]
    with ctx.db.read() as conn:
        assert bytes(rows.copies(conn, first["id"])[0].body) == first["body"].encode()
    assert statuses(alva.send(first)) == [("duplicate", None)]
    assert statuses(alva.send(sealed(alva, first))) == [("duplicate", None)]


def test_what_does_not_open_must_come_again_and_holds_up_nothing(alva: Phone, ctx: Context) -> None:
    op, good = alva.seal("checkin.create", a_checkin(note=CANARY)), alva.seal("checkin.create", a_checkin())
    other = alva.seal("checkin.create", a_checkin())
    strange = [
        sealed(alva, op) | {"sealed": "eyJ"}, sealed(alva, op) | {"sealed": "é" * 9},
        sealed(alva, op) | {"sealed": sealed(alva, other)["sealed"]}, sealed(alva, op, enc="A128GCM"),
    ]  # fmt: skip
    told = alva.send(*strange, good)
    assert statuses(told) == [("retry", "hash")] * 4 + [("applied", None)]
    assert told[0]["id"] == op["id"]
    with ctx.db.read() as conn:
        assert rows.copies(conn, op["id"]) == []


def test_neither_body_nor_seal_is_a_damaged_frame(alva: Phone) -> None:
    op = alva.seal("checkin.create", a_checkin())
    assert statuses(alva.send({k: v for k, v in op.items() if k != "body"})) == [("retry", "frame")]
    assert statuses(alva.send(sealed(alva, op) | {"sealed": 7})) == [("retry", "frame")]
    assert statuses(alva.send(op | {"sealed": "eyJ"})) == [("applied", None)]


def test_a_copy_saved_by_a_locked_phone_is_taken_in(alva: Phone, bo: Browser) -> None:
    op = alva.seal("checkin.create", a_checkin(note="Låst"))
    raw = seal_copy(alva.get("/sync/hello").json()["copy_key"], plain_copy(alva.install, sealed(alva, op)))
    assert bo.post("/sync/import", content=raw).json() == {"new": 1, "known": 0, "quarantined": 0, "damaged": 0}
    assert bo.pulled("checkin")[op["id"]]["note"] == "Låst"


def test_who_has_just_signed_in_on_the_phone_gets_its_key_and_that_is_noted(alva: Phone, cast: Cast,
                                                                            ctx: Context) -> None:  # fmt: skip
    jwe = a_lock(alva)
    alva.sign_in(cast.alva)
    answer = unlock(alva, jwe)
    assert (answer.status_code, answer.json()) == (200, {"key": KEY})
    assert answer.headers["cache-control"] == "no-store"
    with ctx.db.read() as conn:
        noted = [(r.viewer_id, r.what, r.subject) for r in conn.execute(READING.select())]
    assert noted == [(cast.alva.id, "phone-key", alva.get("/sync/hello").json()["copy_proof"]["device"])]


def test_a_session_that_was_left_open_is_not_enough(alva: Phone, cast: Cast, clock: FakeClock) -> None:
    jwe = a_lock(alva)
    clock.advance(minutes=11)
    assert_problem(unlock(alva, jwe), 403, "sign-in-old")
    alva.sign_in(cast.alva)
    assert unlock(alva, jwe).status_code == 200


def test_who_never_used_the_phone_cannot_open_it_from_another(alva: Phone, phone_of: PhoneOf, cast: Cast,
                                                              bo: Browser) -> None:  # fmt: skip
    jwe, cim = a_lock(alva), phone_of(cast.cim)
    assert_problem(unlock(cim, jwe), 403, "forbidden")
    assert_problem(unlock(bo, jwe), 403, "forbidden")


def test_the_same_person_with_a_new_cookie_opens_it(alva: Phone, phone_of: PhoneOf, cast: Cast) -> None:
    jwe = a_lock(alva)
    assert unlock(phone_of(cast.alva), jwe).json() == {"key": KEY}


def test_a_revoked_phone_stays_locked(alva: Phone, cast: Cast, ctx: Context) -> None:
    jwe = a_lock(alva)
    accounts.revoke_device(ctx, alva.get("/sync/hello").json()["copy_proof"]["device"])
    alva.sign_in(cast.alva)
    assert_problem(unlock(alva, jwe), 422, "copy-origin")


def test_a_lock_after_a_change_of_key_still_opens(alva: Phone, ctx: Context) -> None:
    jwe = a_lock(alva)
    copykeys.renew(ctx.db, ctx.journal.clock)
    assert unlock(alva, jwe).json() == {"key": KEY}


@on_sqlite
@pytest.mark.parametrize("members", [
    {"format": "lykta-ops"}, {"v": 2}, {"key": "kort"}, {"key": None}, {"device": "x"}, {"proof": None},
])  # fmt: skip
def test_what_is_no_lock_is_refused(alva: Phone, members: dict[str, Any]) -> None:
    assert_problem(unlock(alva, a_lock(alva, **members)), 422, "copy-foreign")


@on_sqlite
def test_nobody_makes_a_lock_in_anothers_name(alva: Phone) -> None:
    assert_problem(unlock(alva, a_lock(alva, proof="x" * 43)), 422, "copy-origin")
    assert_problem(unlock(alva, a_lock(alva, device=new_id())), 422, "copy-origin")
