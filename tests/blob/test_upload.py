"""Sending a blob over HTTP: chunks, repeats, other offsets, damage, limits (§4.6)."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.access import accounts
from app.access.context import Context
from app.access.queries import devices
from app.blob.rules import CHUNK_MAX, SIZE_MAX
from app.blob.store import LocalStore
from tests.blob.conftest import left_over
from tests.conftest import PhoneOf
from tests.support import on_sqlite
from tests.support.blobs import digest_of, name_of, offset, send, some_bytes, upload, where
from tests.support.canary import CANARY, assert_problem
from tests.support.client import Browser, Phone
from tests.support.world import Cast

PHOTO = some_bytes(3000)
NAME = name_of(PHOTO)


@pytest.fixture
def phone(phone_of: PhoneOf, cast: Cast) -> Phone:
    return phone_of(cast.alva)


def test_a_blob_comes_in_chunks_and_is_then_complete(phone: Phone, store: LocalStore) -> None:
    assert offset(phone, NAME) == (0, False)
    assert where(send(phone, NAME, PHOTO[:1000], 0)) == (1000, False)
    assert offset(phone, NAME) == (1000, False)
    assert store.read(NAME) is None
    assert where(send(phone, NAME, PHOTO[1000:2999], 1000)) == (2999, False)
    assert where(send(phone, NAME, PHOTO[2999:], 2999, last=True)) == (3000, True)
    assert offset(phone, NAME) == (3000, True)
    assert store.read(NAME) == PHOTO
    assert left_over(store) == ["original"]


def test_an_expired_sign_in_strands_no_photo(phone: Phone) -> None:
    phone.forget_session()
    assert where(send(phone, NAME, PHOTO, last=True)) == (3000, True)


def test_a_length_that_is_reached_says_that_it_is_the_last(phone: Phone) -> None:
    send(phone, NAME, PHOTO[:7], 0, upload_length="3000")
    assert where(send(phone, NAME, PHOTO[7:], 7, upload_length="3000", upload_complete=None)) == (3000, True)


def test_the_end_may_be_said_with_nothing_more_to_send(phone: Phone) -> None:
    send(phone, NAME, PHOTO, 0)
    assert offset(phone, NAME) == (3000, False)
    assert where(send(phone, NAME, b"", 3000, last=True)) == (3000, True)
    assert where(send(phone, NAME, b"", 3000, last=True)) == (3000, True)


@pytest.mark.parametrize("at", [0, 999, 1001, 3000])
def test_another_offset_is_told_the_right_one(phone: Phone, at: int) -> None:
    send(phone, NAME, PHOTO[:1000], 0)
    answer = send(phone, NAME, PHOTO[at:], at, last=True)
    assert_problem(answer, 409, "blob-offset")
    assert where(answer) == (1000, False)


def test_a_repeat_of_what_is_complete_is_told_so(phone: Phone, store: LocalStore) -> None:
    upload(phone, PHOTO)
    for content, at in ((PHOTO, 0), (PHOTO[:5], 0), (b"more", 3000)):
        answer = send(phone, NAME, content, at, last=True)
        assert_problem(answer, 409, "blob-offset")
        assert where(answer) == (3000, True)
    assert store.read(NAME) == PHOTO


def test_the_same_photo_from_two_phones_is_one_blob(phone: Phone, phone_of: PhoneOf, cast: Cast) -> None:
    other = phone_of(cast.cim)
    send(phone, NAME, PHOTO[:1000], 0)
    assert where(send(other, NAME, PHOTO[1000:], 1000, last=True)) == (3000, True)
    assert offset(phone, NAME) == (3000, True)


def test_bytes_of_another_name_begin_again(phone: Phone, store: LocalStore) -> None:
    send(phone, NAME, PHOTO[:1000], 0)
    answer = send(phone, NAME, some_bytes(3000, seed=2)[1000:], 1000, last=True)
    assert_problem(answer, 409, "blob-hash")
    assert where(answer) == (0, False)
    assert (offset(phone, NAME), store.read(NAME), left_over(store)) == ((0, False), None, [])
    assert where(send(phone, NAME, PHOTO, last=True)) == (3000, True)
    assert store.read(NAME) == PHOTO


def test_a_bit_that_flipped_on_the_way_is_refused(phone: Phone) -> None:
    send(phone, NAME, PHOTO[:1000], 0)
    flipped = bytes([PHOTO[1000] ^ 4]) + PHOTO[1001:]
    assert_problem(send(phone, NAME, flipped, 1000, content_digest=digest_of(PHOTO[1000:])), 400, "blob-digest")
    assert offset(phone, NAME) == (1000, False)


REFUSED: list[tuple[bytes, Mapping[str, Any], int, str]] = [
    (PHOTO, {"content_digest": None}, 400, "blob-digest"),
    (PHOTO, {"content_digest": CANARY}, 400, "blob-digest"),
    (PHOTO, {"content_digest": "sha-256=:=a:"}, 400, "blob-digest"),
    (PHOTO, {"content_digest": "sha-512=:AAAA:"}, 400, "blob-digest"),
    (PHOTO, {"upload_offset": None}, 400, "frame"),
    (PHOTO, {"upload_offset": "-1"}, 400, "frame"),
    (PHOTO, {"upload_offset": "٣"}, 400, "frame"),
    (PHOTO, {"upload_offset": "9" * 30}, 400, "frame"),
    (PHOTO, {"upload_complete": CANARY}, 400, "frame"),
    (PHOTO, {"upload_complete": "1"}, 400, "frame"),
    (PHOTO, {"upload_length": "2999"}, 400, "frame"),
    (PHOTO, {"upload_length": "3001", "last": True}, 400, "frame"),
    (PHOTO, {"upload_length": str(SIZE_MAX + 1)}, 413, "too-large"),
    (PHOTO, {"at": SIZE_MAX}, 413, "too-large"),
    (some_bytes(CHUNK_MAX + 1), {}, 413, "too-large"),
    (PHOTO, {"content_type": "image/jpeg"}, 415, "media"),
    (PHOTO, {"content_type": None}, 415, "media"),
    (b"<svg onload=alert(1)>" * 9, {}, 415, "media"),
    (b"GIF89a" * 9, {}, 415, "media"),
    (b"<!doctype html>", {"last": True}, 415, "media"),
]


@on_sqlite
@pytest.mark.parametrize(("content", "given", "status", "code"), REFUSED)
def test_what_is_refused_leaves_nothing(
    phone: Phone, store: LocalStore, content: bytes, given: Mapping[str, Any], status: int, code: str
) -> None:
    name = name_of(content)
    headers: dict[str, Any] = {k: v.encode() if isinstance(v, str) and not v.isascii() else v for k, v in given.items()}
    assert_problem(send(phone, name, content, **headers), status, code)
    assert offset(phone, name) == (0, False)
    assert left_over(store) == []


@on_sqlite
def test_a_digest_may_stand_among_others(phone: Phone) -> None:
    among = f"md5=:AAAA:, {digest_of(PHOTO)}, sha-512=:AAAA:"
    assert send(phone, NAME, PHOTO, content_digest=among).status_code == 204


@on_sqlite
def test_the_largest_blob_and_not_one_byte_more(phone: Phone, store: LocalStore) -> None:
    content = some_bytes(SIZE_MAX)
    name = name_of(content)
    for at in range(0, SIZE_MAX, CHUNK_MAX):
        assert send(phone, name, content[at : at + CHUNK_MAX], at).status_code == 204
    assert_problem(send(phone, name, b"x", SIZE_MAX, last=True), 413, "too-large")
    assert where(send(phone, name, b"", SIZE_MAX, last=True)) == (SIZE_MAX, True)
    assert store.read(name) == content


@on_sqlite
def test_a_short_text_is_no_image_at_its_end_either(phone: Phone, store: LocalStore) -> None:
    """Cut so small that the first chunk does not tell."""
    text = b"<script>alert(1)</script>"
    name = name_of(text)
    assert send(phone, name, text[:5], 0).status_code == 204
    assert_problem(send(phone, name, text[5:], 5, last=True), 415, "media")
    assert (offset(phone, name), left_over(store)) == ((0, False), [])


@on_sqlite
@pytest.mark.parametrize("name", [CANARY, "0" * 63, "0" * 65, NAME.upper(), "..%2f..%2fetc", "%00"])
def test_what_is_no_hash_names_nothing(phone: Phone, name: str) -> None:
    assert_problem(send(phone, name, PHOTO, last=True), 404, "not-found")
    assert phone.request("HEAD", f"/blobs/{name}").status_code == 404


@on_sqlite
def test_a_revoked_phone_still_hands_in_its_photos(phone: Phone, stranger: Browser, ctx: Context) -> None:
    with ctx.db.read() as conn:
        (device,) = devices(conn)
    accounts.revoke_device(ctx, device.id)
    assert send(phone, NAME, PHOTO, last=True).status_code == 204
    assert offset(phone, NAME) == (len(PHOTO), True)
    assert_problem(phone.get(f"/blobs/{NAME}"), 403, "device-revoked")
    assert_problem(send(stranger, NAME, PHOTO), 401, "device")


@on_sqlite
def test_a_full_disk_promises_nothing(phone: Phone, store: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    send(phone, NAME, PHOTO[:1000], 0)
    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", full)
        answer = send(phone, NAME, PHOTO[1000:], 1000, last=True)
        assert_problem(answer, 507, "no-room")
        assert answer.headers["retry-after"]
    assert offset(phone, NAME) == (1000, False)
    assert where(send(phone, NAME, PHOTO[1000:], 1000, last=True)) == (3000, True)
    assert (store.read(NAME), left_over(store)) == (PHOTO, ["original"])


def test_the_folder_is_in_the_data_directory(phone: Phone, tmp_path: Path) -> None:
    upload(phone, PHOTO)
    assert (tmp_path / "blobs" / NAME[:2] / NAME / "original").read_bytes() == PHOTO
