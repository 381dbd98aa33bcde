"""The frame of a push: what makes a whole push fail, with which problem, and that nothing typed comes back (§4.3)."""

import gzip
import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.sync.frame import BYTES_MAX, OPS_MAX
from tests.conftest import PhoneOf
from tests.support import on_sqlite
from tests.support.canary import CANARY, assert_problem, watched_logs
from tests.support.client import Phone, statuses
from tests.support.factories import a_checkin
from tests.support.world import Cast

pytestmark = on_sqlite


@pytest.fixture
def phone(phone_of: PhoneOf, cast: Cast) -> Phone:
    return phone_of(cast.alva)


@pytest.mark.parametrize("raw", [
    b"", b"{", b"[]", b"7", b"null", f'"{CANARY}"'.encode(), f"{{{CANARY}".encode(), b'{"nonce": NaN}', b"\xff\xfe{}",
    b"[" * 100_000, b'{"a":' * 50_000, json.dumps({"nonce": CANARY}).encode(),
], ids=str)  # fmt: skip
def test_what_is_no_push_is_refused(phone: Phone, raw: bytes) -> None:
    with watched_logs():
        assert_problem(phone.push_bytes(raw), 400, "frame")


@pytest.mark.parametrize(("member", "value"), [
    ("nonce", None), ("nonce", 7), ("nonce", CANARY * 20), ("nonce", "\ud800" + CANARY), ("install", CANARY),
    ("install", None), ("ops", None), ("ops", {"a": CANARY}), ("ops", CANARY),
])  # fmt: skip
def test_a_member_of_the_frame_that_does_not_fit_is_named(phone: Phone, member: str, value: Any) -> None:
    with watched_logs():
        frame = phone.frame([phone.seal("checkin.create", a_checkin())]) | {member: value}
        answer = phone.push_bytes(json.dumps(frame).encode())
        assert [e["pointer"] for e in assert_problem(answer, 400, "frame")["errors"]] == [f"/{member}"]


@pytest.mark.parametrize("member", ["epoch", "seen", "sent", "pending", "phone"])
@pytest.mark.parametrize("value", [
    None, 7, [CANARY], {"seq": -1, "chain": CANARY}, {"count": 2**70, "max_seq": 1.5},
    {"wall": CANARY, "mono": True, "page": 7}, {"wall": "0001-01-01T00:00:00+14:00"},
    {"wall": "9999-12-31T23:59:59-14:00", "mono": 1e300, "page": CANARY},
    {"persisted": "yes", "build": CANARY * 20, "oldest": CANARY}, {"persisted": 1, "build": "\ud800", "oldest": 7},
    {"battery": True}, {"battery": 101}, {"battery": 12.5}, {"battery": 2**70},
])  # fmt: skip
def test_what_the_server_could_do_without_never_fails_a_push(phone: Phone, member: str, value: Any) -> None:
    assert statuses(phone.send(phone.seal("checkin.create", a_checkin()), **{member: value})) == [("applied", None)]


def test_an_unknown_member_of_the_frame_is_let_through(phone: Phone) -> None:
    assert statuses(phone.send(phone.seal("checkin.create", a_checkin()), mood=CANARY)) == [("applied", None)]


def test_the_nonce_comes_back_as_it_was(phone: Phone) -> None:
    assert phone.push([], nonce="åäö 🦊").json()["nonce"] == "åäö 🦊"


def test_a_later_protocol_is_told_which_are_spoken(phone: Phone) -> None:
    assert assert_problem(phone.push([], protocol=2), 426, "protocol")["protocol"] == [1]


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "kanarie", "gzip, gzip"])
def test_an_unknown_encoding_is_refused(phone: Phone, encoding: str) -> None:
    answer = phone.push_bytes(b"{}", {"Content-Encoding": encoding})
    assert_problem(answer, 415, "media")


@pytest.mark.parametrize(
    "raw", [b"", b"no gzip", gzip.compress(b"{}", mtime=0)[:-9], gzip.compress(b"{}", mtime=0)[:5]]
)
def test_a_broken_gzip_is_refused(phone: Phone, raw: bytes) -> None:
    assert_problem(phone.push_bytes(raw, {"Content-Encoding": "gzip"}), 400, "frame")


def test_a_gzip_bomb_is_refused_before_it_bursts(phone: Phone) -> None:
    bomb = gzip.compress(b" " * 20_000_000)
    assert len(bomb) < BYTES_MAX
    answer = phone.push_bytes(bomb, {"Content-Encoding": "gzip"})
    assert assert_problem(answer, 413, "too-large")["limits"]["bytes"] == BYTES_MAX


def test_too_many_bytes_are_told_the_limit(phone: Phone) -> None:
    answer = phone.push_bytes(b" " * (BYTES_MAX + 1))
    assert assert_problem(answer, 413, "too-large")["limits"] == {"ops": 200, "bytes": 524288, "blob_chunk": 524288}


def test_too_many_ops_are_told_the_limit(phone: Phone) -> None:
    ops = [phone.seal("checkin.create", a_checkin()) for _ in range(OPS_MAX + 1)]
    assert_problem(phone.push(ops), 413, "too-large")
    assert {r["status"] for r in phone.send(*ops[:OPS_MAX])} == {"applied"}


def test_an_empty_push_tells_where_the_server_is(phone: Phone) -> None:
    answer = phone.push([]).json()
    assert (answer["results"], answer["gaps"], answer["fork"], answer["want_blobs"]) == ([], [], False, [])
    assert answer["head"]["seq"] > 0
    assert answer["head"]["chain"].startswith("sha256:")


def test_a_browser_without_a_phone_cannot_push(api: TestClient) -> None:
    phone = Phone(api)
    assert_problem(phone.push([{"body": CANARY}]), 401, "device")


def test_a_made_up_device_cookie_cannot_push(api: TestClient) -> None:
    phone = Phone(api)
    phone.cookies["lykta_device"] = "kanarie-4711"
    assert_problem(phone.push([]), 401, "device")


def test_a_push_from_another_site_is_refused(phone: Phone) -> None:
    answer = phone.push_bytes(b"{}", {"Origin": "https://evil.example"})
    assert_problem(answer, 403, "origin")


@pytest.mark.parametrize("origin", ["http://[", "null", "", "http://testserver.evil.example", "testserver"])
def test_an_origin_that_is_none_is_refused(phone: Phone, origin: str) -> None:
    assert_problem(phone.push_bytes(b"{}", {"Origin": origin}), 403, "origin")
