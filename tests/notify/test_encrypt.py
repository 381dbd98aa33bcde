"""What only the browser can read: the standard's own example, and what is not a browser's key."""

from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from app.notify.encrypt import PLAIN_BYTES_MAX, encrypt, receiver
from tests.support.pushservice import Browser, b64, decrypt
from tests.support.shared import shared_json


def browser(private: int | None = None, auth: bytes = bytes(16)) -> Browser:
    key = ec.generate_private_key(ec.SECP256R1()) if private is None else ec.derive_private_key(private, ec.SECP256R1())
    return Browser("http://127.0.0.1/", key, auth)


def sealed(plain: bytes, to: Browser, **given: Any) -> bytes:
    return encrypt(plain, receiver(b64(to.p256dh), b64(to.auth)), **given)


def test_the_example_of_rfc_8291_comes_out_to_the_byte() -> None:
    for vector in shared_json("corpora/webpush/rfc8291.json")["accept"]:
        to = browser(int(vector["recv_private"], 16), bytes.fromhex(vector["auth_secret"]))
        assert to.p256dh.hex() == vector["recv_public"]
        ours = ec.derive_private_key(int(vector["sender_private"], 16), ec.SECP256R1())
        made = sealed(vector["plaintext"].encode(), to, salt=bytes.fromhex(vector["salt"]), ours=ours)
        assert made.hex() == vector["payload"]
        assert decrypt(made, to).decode() == vector["plaintext"]


@given(plain=st.binary(max_size=PLAIN_BYTES_MAX).map(lambda raw: raw.rstrip(b"\0")), padded=st.integers(0, 3993))
def test_whatever_is_said_is_read_and_never_too_long(plain: bytes, padded: int) -> None:
    to = browser()
    made = sealed(plain, to, padded_to=padded)
    assert decrypt(made, to) == plain
    assert len(made) == 103 + max(len(plain), padded) <= 4096


def test_nothing_longer_than_push_services_take_is_made() -> None:
    with pytest.raises(ValueError, match="longer"):
        sealed(bytes(PLAIN_BYTES_MAX + 1), browser())


def test_another_browser_cannot_read_it_and_two_messages_share_nothing() -> None:
    to = browser()
    first, second = sealed(b"samma ord", to), sealed(b"samma ord", to)
    assert first[:16] != second[:16]
    assert first[21:86] != second[21:86]
    with pytest.raises(InvalidTag):
        decrypt(first, browser())


@pytest.mark.parametrize(("p256dh", "auth"), [
    ("", "A" * 22), (b64(b"\x04" + bytes(64)), "A" * 22), (b64(bytes(65)), "A" * 22), ("Å" * 87, "A" * 22),
    (None, ""), (None, "A" * 20), (None, "!" * 22),
])  # fmt: skip
def test_what_is_no_key_of_a_browser_is_refused(p256dh: str | None, auth: str) -> None:
    with pytest.raises(ValueError, match="length|base64url|Invalid EC key|point type"):
        receiver(b64(browser().p256dh) if p256dh is None else p256dh, auth)
