"""A message only the subscribed browser can read: RFC 8291 with the aes128gcm coding of RFC 8188, in one record."""

import base64
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

#: What every push service takes (RFC 8030 §7.2), less salt, sizes, our public key, the tag and the delimiter.
PLAIN_BYTES_MAX = 4096 - 86 - 16 - 1
RECORD_SIZE = 4096
AUTH_BYTES, POINT_BYTES, SALT_BYTES = 16, 65, 16


@dataclass(frozen=True, slots=True)
class Receiver:
    """A browser's public key and the secret that it shares with us alone."""

    public: ec.EllipticCurvePublicKey
    auth: bytes


def receiver(p256dh: str, auth: str) -> Receiver:
    """As the browser tells them, in base64url. Raises ValueError."""
    point, secret = _decoded(p256dh), _decoded(auth)
    if len(point) != POINT_BYTES or len(secret) != AUTH_BYTES:
        raise ValueError("of another length than a browser's")
    return Receiver(ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point), secret)


def encrypt(
    plain: bytes, to: Receiver, *, padded_to: int = 0, salt: bytes | None = None,
    ours: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:  # fmt: skip
    """`padded_to` bytes, so that its length does not tell what it says. Only a test gives `salt` and `ours`."""
    if len(plain) > PLAIN_BYTES_MAX:
        raise ValueError("longer than push services take")
    salt, ours = salt or os.urandom(SALT_BYTES), ours or ec.generate_private_key(ec.SECP256R1())
    sender, theirs = _point(ours.public_key()), _point(to.public)
    shared = ours.exchange(ec.ECDH(), to.public)
    secret = _hkdf(shared, to.auth, b"WebPush: info\x00" + theirs + sender, 32)
    key = _hkdf(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _hkdf(secret, salt, b"Content-Encoding: nonce\x00", 12)
    record = plain + b"\x02" + bytes(max(0, padded_to - len(plain)))
    header = salt + RECORD_SIZE.to_bytes(4, "big") + bytes([len(sender)]) + sender
    return header + AESGCM(key).encrypt(nonce, record, None)


def _hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value.rstrip("=") + "=" * (-len(value.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except ValueError as error:  # binascii's is one, too
        raise ValueError("not base64url") from error
