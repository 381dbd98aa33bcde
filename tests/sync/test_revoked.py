"""A phone that was revoked: what it holds is taken in and set aside, and counts when somebody has read it (row 39)."""

import pytest

from app.access import accounts
from app.access.context import Context
from app.audit.readings import READING
from app.core.db import Database
from app.journal.rebuild import rebuild
from app.journal.verify import verify
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.conftest import PhoneOf
from tests.support.blobs import name_of, some_bytes, upload
from tests.support.canary import assert_problem
from tests.support.client import Browser, Phone, new_id, statuses
from tests.support.factories import a_checkin, a_shift, an_observation
from tests.support.tables import journalled, projected
from tests.support.world import Cast

HELD = ("quarantined", "revoked")


def device_of(phone: Phone) -> str:
    return str(phone.get("/session").json()["device"]["id"])


@pytest.fixture
def device(alva: Phone, ctx: Context) -> str:
    """Of Alva's phone, which is revoked now."""
    found = device_of(alva)
    accounts.revoke_device(ctx, found)
    return found


def listed(bo: Browser) -> list[dict[str, object]]:
    answer = bo.get("/reviews/revoked")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()["phones"]
    return found


def test_row_39_what_a_revoked_phone_holds_is_set_aside_and_taken_in_by_a_person(
    alva: Phone, bo: Browser, cast: Cast, ctx: Context, db: Database
) -> None:
    start = alva.seal("shift.start", a_shift(cast.alva, cast.cim))
    seen = alva.seal("observation.create", an_observation(text="Trasig ruta"), shift=start["id"])
    alva.send(start)
    accounts.revoke_device(ctx, device_of(alva))
    met = alva.seal("checkin.create", a_checkin(), shift=start["id"])
    answer = alva.push([start, seen, met])
    assert statuses(answer.json()["results"]) == [("duplicate", None), HELD, HELD]
    assert answer.json()["gaps"] == []
    assert statuses(alva.send(seen)) == [("duplicate", "revoked")]
    told = alva.post("/sync/reconcile", json={"ids": [seen["id"], met["id"]]}).json()
    assert (told.pop("epoch"), told) == (answer.json()["epoch"], {"missing": [], "missing_blobs": [], "revoked": True})
    assert (bo.pulled("observation"), bo.pulled("checkin")) == ({}, {})

    (phone,) = listed(bo)
    assert (phone["label"], phone["count"], phone["strangers"]) == ("Alva Eks telefon", 2, 0)
    assert [(e["type"], e["author"]["name"]) for e in phone["entries"]] == [  # type: ignore[attr-defined]
        ("observation.create", "Alva Ek"), ("checkin.create", "Alva Ek"),
    ]  # fmt: skip
    taken = bo.post(f"/reviews/revoked/{phone['device']}/release", json={"seen_seq": phone["seen_seq"]})
    assert (taken.status_code, taken.json()) == (200, {"taken_in": 2})
    assert bo.pulled("observation")[seen["id"]]["text"] == "Trasig ruta"
    assert set(bo.pulled("checkin")) == {met["id"]}
    assert listed(bo) == []
    with db.read() as conn:
        act = journalled(conn)[-1]
        assert (act.type, act.author) == ("quarantine.release", cast.bo.id)
        assert verify(conn).ok
        before = projected(conn)
    rebuild(db, REGISTRY, PROJECTIONS)
    with db.read() as conn:
        assert projected(conn) == before


def test_nothing_else_lets_it_in(
    alva: Phone, device: str, cast: Cast, ctx: Context, phone_of: PhoneOf, bo: Browser
) -> None:
    """Neither its target, nor a start of the server, nor a sign-in, nor another phone's wait for it."""
    start = alva.seal("shift.start", a_shift(cast.alva, cast.cim))
    seen = alva.seal("observation.create", an_observation(), shift=start["id"])
    fixed = alva.seal("observation.retract", {"target": seen["id"], "reason": "Fel"}, shift=start["id"])
    assert statuses(alva.send(start, fixed, seen)) == [HELD, HELD, HELD]
    noted = phone_of(cast.cim)
    waits = noted.seal("comment.add", {"target": seen["id"], "text": "Ja"}, shift=start["id"])
    assert statuses(noted.send(waits)) == [("quarantined", "target")]
    ctx.journal.wake_known()
    alva.sign_in(cast.alva)
    assert (bo.pulled("shift"), bo.pulled("observation")) == ({}, {})
    (phone,) = listed(bo)
    bo.post(f"/reviews/revoked/{device}/release", json={"seen_seq": phone["seen_seq"]})
    assert bo.pulled("observation")[seen["id"]]["status"] == "retracted"
    assert [c["text"] for c in bo.pulled("comment").values()] == ["Ja"]


def test_more_that_came_since_is_not_taken_in_unseen(alva: Phone, device: str, bo: Browser) -> None:
    alva.send(alva.seal("checkin.create", a_checkin()))
    (phone,) = listed(bo)
    alva.send(alva.seal("checkin.create", a_checkin()))
    assert_problem(bo.post(f"/reviews/revoked/{device}/release", json={"seen_seq": phone["seen_seq"]}), 409, "newer")
    assert bo.pulled("checkin") == {}


def test_in_the_name_of_somebody_who_was_never_there_it_stays_outside(
    alva: Phone, device: str, bo: Browser, cast: Cast
) -> None:
    """Whoever found the phone could write as the supervisor, and have it taken in along with what is genuine."""
    forged = alva.seal("checkin.create", a_checkin(), author=cast.bo.id)
    assert statuses(alva.send(forged, alva.seal("checkin.create", a_checkin()))) == [HELD, HELD]
    (phone,) = listed(bo)
    assert (phone["count"], phone["strangers"]) == (2, 1)
    bo.post(f"/reviews/revoked/{device}/release", json={"seen_seq": phone["seen_seq"]})
    assert [c["author_id"] for c in bo.pulled("checkin").values()] == [cast.alva.id]
    (left,) = listed(bo)
    assert (left["count"], left["strangers"], left["seen_seq"]) == (1, 1, 0)


def test_what_cannot_be_read_is_kept_all_the_same(alva: Phone, device: str, bo: Browser) -> None:
    """Taken in, it waits for what it would have waited for: a later version, or a person."""
    unknown = alva.seal("drone.land", {"where": "here"})
    bad = alva.seal("checkin.create", {"kind": 7})
    odd = {**alva.seal("checkin.create", a_checkin()), "author": "nobody"}
    same = alva.seal("checkin.create", a_checkin())
    other = {**alva.seal("checkin.create", a_checkin(kind="round")), "id": same["id"]}
    told = statuses(alva.send(unknown, bad, odd, same, other))
    assert told == [HELD, HELD, ("quarantined", "envelope"), HELD, ("quarantined", "conflict")]
    (phone,) = listed(bo)
    taken = bo.post(f"/reviews/revoked/{device}/release", json={"seen_seq": phone["seen_seq"]})
    assert taken.json() == {"taken_in": 1}
    assert statuses(alva.send(unknown, bad, same)) == [
        ("duplicate", "type"),
        ("duplicate", "body"),
        ("duplicate", None),
    ]


@pytest.mark.parametrize("depth", [300, 800])
def test_what_is_nested_deeper_than_anything_of_ours_hides_nothing_else(
    alva: Phone, shift_id: str, device: str, bo: Browser, phone_of: PhoneOf, cast: Cast, depth: int
) -> None:
    """No page may fail on what somebody sent to break it."""
    deep: object = "ord"
    for _ in range(depth):
        deep = [deep]
    cim = phone_of(cast.cim)
    for phone in (alva, cim):
        data = {"words": "Syns", "deep": deep}
        phone.send(phone.seal("drone.land", data, shift=shift_id), phone.seal("checkin.create", a_checkin()))
    assert device
    (phone_told,) = listed(bo)
    assert phone_told["count"] == 2
    entries = bo.get(f"/reviews/shifts/{shift_id}").json()["entries"]
    assert [e["value"]["data"]["words"] for e in entries if e["kind"] == "quarantined"] == ["Syns", "Syns"]
    assert bo.get(f"/reviews/shifts/{shift_id}/report.pdf").status_code == 200


def test_what_it_says_it_has_seen_moves_no_other_phone(alva: Phone, device: str) -> None:
    """Whoever has found it could else send every phone back to its beginning, again and again."""
    assert device
    before = alva.get("/sync/hello").json()["epoch"]
    op = alva.seal("checkin.create", a_checkin())
    assert statuses(alva.send(op, seen={"seq": 1, "chain": "sha256:" + "7" * 64})) == [HELD]
    assert alva.get("/sync/hello").json()["epoch"] == before


def test_its_photos_come_too(alva: Phone, device: str, bo: Browser) -> None:
    photo = some_bytes()
    seen = alva.seal("observation.create", an_observation())
    attached = alva.seal(
        "photo.attach", {"target": seen["id"], "sha256": name_of(photo), "size": len(photo), "mime": "image/jpeg"}
    )
    answer = alva.push([seen, attached]).json()
    assert answer["want_blobs"] == [name_of(photo)]
    ids = {"ids": [seen["id"], attached["id"]]}
    assert alva.post("/sync/reconcile", json=ids).json()["missing_blobs"] == [name_of(photo)]
    upload(alva, photo)
    assert alva.post("/sync/reconcile", json=ids).json()["missing_blobs"] == []
    (phone,) = listed(bo)
    bo.post(f"/reviews/revoked/{device}/release", json={"seen_seq": phone["seen_seq"]})
    assert [p["missing"] for p in bo.pulled("photo").values()] == [False]


def test_that_somebody_read_it_is_noted(alva: Phone, device: str, bo: Browser, cast: Cast, db: Database) -> None:
    alva.send(alva.seal("checkin.create", a_checkin()))
    listed(bo)
    with db.read() as conn:
        noted = [(row.viewer_id, row.what, row.subject) for row in conn.execute(READING.select())]
    assert noted == [(cast.bo.id, "revoked", device)]


def test_there_is_nothing_to_take_in_of_a_phone_that_handed_in_nothing(bo: Browser, device: str) -> None:
    for asked in (device, new_id()):
        assert_problem(bo.post(f"/reviews/revoked/{asked}/release", json={"seen_seq": 1}), 404, "not-found")


def test_a_phone_of_somebody_else_is_not_touched(alva: Phone, device: str, phone_of: PhoneOf, cast: Cast) -> None:
    cim = phone_of(cast.cim)
    assert statuses(cim.send(cim.seal("checkin.create", a_checkin()))) == [("applied", None)]
    assert statuses(alva.send(alva.seal("checkin.create", a_checkin()))) == [HELD]
    assert device
