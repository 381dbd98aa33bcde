"""Photos that are added afterwards, and what every reader is told of photos whose bytes are not here yet."""

from typing import Any

import pytest

from app.core.db import Database
from app.journal.rebuild import rebuild
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.conftest import PhoneOf, SignIn
from tests.support.blobs import name_of, send, some_bytes, upload
from tests.support.client import Browser, Phone, new_id, statuses
from tests.support.factories import an_amendment, an_observation
from tests.support.tables import projected
from tests.support.world import Cast

PHOTO = some_bytes(700)
NAME = name_of(PHOTO)


def attached(name: str = NAME) -> dict[str, Any]:
    return {"sha256": name, "size": 700, "mime": "image/jpeg", "caption": "Norra väggen"}


def seen(phone: Phone, shift: str, *photos: dict[str, Any], **members: Any) -> str:
    op = phone.seal("observation.create", an_observation(attachments=list(photos), **members), shift=shift)
    assert statuses(phone.send(op)) == [("applied", None)]
    return str(op["id"])


def add(phone: Phone, target: str, shift: str | None, name: str = NAME) -> dict[str, Any]:
    return phone.seal("photo.attach", {"target": target, **attached(name)}, shift=shift)


def log_of(bo: Browser, shift: str, kind: str) -> list[Any]:
    entries = bo.get(f"/reviews/shifts/{shift}").json()["entries"]
    return [entry["value"] for entry in entries if entry["kind"] == kind]


def told(bo: Browser, alva: Phone, shift: str, observation: str) -> list[bool]:
    """Whether the photo is missing, by each way of reading."""
    (log,) = log_of(bo, shift, "observation")
    one = bo.get(f"/observations/{observation}").json()
    (listed,) = bo.get("/observations").json()["items"]
    pulled = alva.pulled("observation")[observation]
    return [attachment["missing"] for value in (log, one, listed, pulled) for attachment in value["attachments"]]


def test_a_record_says_that_its_photo_is_missing_until_all_of_it_is_here(
    alva: Phone, bo: Browser, shift_id: str
) -> None:
    observation = seen(alva, shift_id, attached())
    assert told(bo, alva, shift_id, observation) == [True] * 4
    send(alva, NAME, PHOTO[:500])
    assert told(bo, alva, shift_id, observation) == [True] * 4
    send(alva, NAME, PHOTO[500:], 500, last=True)
    assert told(bo, alva, shift_id, observation) == [False] * 4


def test_every_version_says_it(alva: Phone, bo: Browser, shift_id: str) -> None:
    observation = seen(alva, shift_id, attached())
    alva.send(alva.seal("observation.amend", an_amendment(observation), shift=shift_id))

    def missing() -> list[bool]:
        versions = bo.get(f"/observations/{observation}").json()["revisions"]
        return [one["missing"] for version in versions for one in version["observation"]["attachments"]]

    assert missing() == [True]
    upload(alva, PHOTO)
    assert missing() == [False]


def test_a_reader_hears_of_a_photo_that_came_after_its_record(alva: Phone, shift_id: str) -> None:
    """A change like any other (I9): by the record that names the photo, however it names it."""
    observation = seen(alva, shift_id, attached())
    photo = add(alva, observation, shift_id)
    alva.send(photo)
    _, cursor = alva.pull_all()
    assert alva.pull_all(cursor=cursor)[0] == []
    upload(alva, PHOTO)
    changes, _ = alva.pull_all(cursor=cursor)
    assert {(c["kind"], c["id"]) for c in changes} == {("observation", observation), ("photo", photo["id"])}
    assert changes[0]["value"]["attachments"][0]["missing"] is False


def test_a_photo_is_added_to_an_observation(alva: Phone, bo: Browser, shift_id: str, cast: Cast) -> None:
    observation = seen(alva, shift_id)
    op = add(alva, observation, shift_id)
    assert statuses(alva.send(op, op)) == [("applied", None), ("duplicate", None)]
    for reader in (alva, bo):
        value = reader.pulled("photo")[op["id"]]
        assert value | attached() | {"target": observation, "shift_id": shift_id, "missing": True} == value
        assert value["author_id"] == cast.alva.id
    upload(alva, PHOTO)
    assert bo.pulled("photo")[op["id"]]["missing"] is False


def test_the_desk_sees_added_photos_at_their_record_and_counts_all_of_them(
    alva: Phone, bo: Browser, shift_id: str, cast: Cast
) -> None:
    late, restricted = some_bytes(900, seed=2), some_bytes(500, seed=3)
    observation = seen(alva, shift_id, attached())
    op = add(alva, observation, shift_id, name_of(late))
    alva.send(op, add(alva, seen(alva, shift_id, attached()), shift_id, name_of(late)))
    seen(alva, shift_id, attached(name_of(restricted)), category="H2")

    def counted() -> list[tuple[int, int]]:
        """By the log and by the list; the same photo in two records is one."""
        (listed,) = [one for one in bo.get("/reviews/shifts").json()["items"] if one["id"] == shift_id]
        one = bo.get(f"/reviews/shifts/{shift_id}").json()["shift"]
        return [(row["photos"]["received"], row["photos"]["expected"]) for row in (one, listed)]

    assert counted() == [(0, 3)] * 2
    upload(alva, late)
    assert counted() == [(1, 3)] * 2
    upload(alva, PHOTO)
    upload(alva, restricted)
    assert counted() == [(3, 3)] * 2
    entries = bo.get(f"/reviews/shifts/{shift_id}").json()["entries"]
    (shown,) = next(entry["photos"] for entry in entries if entry["id"] == observation)
    assert (shown["id"], shown["author_id"], shown["sha256"]) == (op["id"], cast.alva.id, name_of(late))
    assert shown["missing"] is False


def test_a_photo_waits_for_its_observation(alva: Phone, bo: Browser, shift_id: str) -> None:
    first = alva.seal("observation.create", an_observation(), shift=shift_id)
    op = add(alva, first["id"], shift_id)
    assert statuses(alva.send(op)) == [("quarantined", "target")]
    assert bo.pulled("photo") == {}
    alva.send(first)
    assert set(bo.pulled("photo")) == {op["id"]}


def test_who_has_no_part_in_a_shift_adds_nothing_to_it(
    phone_of: PhoneOf, alva: Phone, shift_id: str, cast: Cast
) -> None:
    observation = seen(alva, shift_id)
    elin, bo = phone_of(cast.elin), phone_of(cast.bo)
    assert statuses(elin.send(add(elin, observation, shift_id))) == [("quarantined", "permission")]
    assert statuses(bo.send(add(bo, observation, shift_id))) == [("applied", None)]


@pytest.mark.parametrize("wrong", [{"sha256": "a"}, {"sha256": NAME.upper()}, {"size": -1}, {"target": "kanarie"}])
def test_what_cannot_be_a_photo_is_kept_in_quarantine(alva: Phone, shift_id: str, wrong: dict[str, Any]) -> None:
    observation = seen(alva, shift_id)
    op = alva.seal("photo.attach", {"target": observation, **attached(), **wrong}, shift=shift_id)
    assert statuses(alva.send(op)) == [("quarantined", "body")]


def test_a_phone_cannot_say_that_a_photo_is_complete(alva: Phone) -> None:
    op = alva.seal("blob.complete", {"sha256": NAME, "size": 700, "mime": "image/jpeg"})
    assert statuses(alva.send(op)) == [("quarantined", "type")]


def test_photos_are_for_those_who_may_read_their_observation(
    alva: Phone, phone_of: PhoneOf, sign_in: SignIn, shift_id: str, cast: Cast
) -> None:
    """X1 is restricted: for its author and for overseers."""
    closed, open_ = seen(alva, shift_id, category="X1"), seen(alva, shift_id)
    hidden, shown = add(alva, closed, shift_id), add(alva, open_, shift_id, name_of(b"another"))
    assert statuses(alva.send(hidden, shown)) == [("applied", None)] * 2
    ids = {hidden["id"], shown["id"]}
    assert set(alva.pulled("photo")) == set(sign_in(cast.bo).pulled("photo")) == ids
    assert set(phone_of(cast.cim).pulled("photo")) == set(sign_in(cast.dan).pulled("photo")) == {shown["id"]}
    assert phone_of(cast.elin).pulled("photo") == {}


def test_a_rebuild_gives_the_same_rows(alva: Phone, shift_id: str, db: Database) -> None:
    """Whether the bytes, the observation or the photo came first."""
    other = some_bytes(700, seed=2)
    upload(alva, other)
    late = alva.seal("observation.create", an_observation(attachments=[attached(name_of(other))]), shift=shift_id)
    alva.send(add(alva, late["id"], shift_id), add(alva, new_id(), shift_id))
    observation = seen(alva, shift_id, attached())
    alva.send(add(alva, observation, shift_id, name_of(other)))
    upload(alva, PHOTO)
    alva.send(late)
    with db.read() as conn:
        before = projected(conn)
    rebuild(db, REGISTRY, PROJECTIONS)
    with db.read() as conn:
        assert projected(conn) == before
    assert len(before["photo"]) == 2
    assert len(before["observation_blob"]) == 2
