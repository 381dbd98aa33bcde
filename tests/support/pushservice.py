"""A push service on loopback with browsers of its own: it believes nothing, and reads what came with their keys.

It decrypts by RFC 8188 and 8291 from the plain building blocks, sharing no code with the server.
"""

import base64
import hashlib
import hmac
import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HOST = "127.0.0.1"
BODY_BYTES_MAX = 4096
HANG_S_MAX = 60


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """A subscription and the keys that only its browser has. `answers`: statuses to give, then 201 for ever."""

    endpoint: str
    private: ec.EllipticCurvePrivateKey
    auth: bytes = field(default_factory=lambda: os.urandom(16))
    answers: list[int] = field(default_factory=list)
    retry_after: str | None = None
    hangs: bool = False
    #: The applicationServerKey that it was made for; None takes any.
    key: str | None = None
    got: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    tries: int = 0
    sizes: list[int] = field(default_factory=list)

    @property
    def p256dh(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def as_json(self) -> dict[str, Any]:
        """As PushSubscription.toJSON(), and the key that it was made for."""
        return {"endpoint": self.endpoint, "expirationTime": None, "key": self.key or "anybody's",
                "keys": {"p256dh": b64(self.p256dh), "auth": b64(self.auth)}}  # fmt: skip


class PushService:
    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.browsers: dict[str, Browser] = {}
        self.refused: list[str] = []
        self.released = threading.Event()
        self._server = ThreadingHTTPServer((HOST, 0), self._handler())
        self._server.daemon_threads = True
        self.origin = f"http://{HOST}:{self._server.server_port}"

    def subscribe(self, **given: Any) -> Browser:
        path = f"/push/{b64(os.urandom(12))}"
        made = Browser(self.origin + path, ec.generate_private_key(ec.SECP256R1()), **given)
        self.browsers[path] = made
        return made

    @contextmanager
    def running(self) -> Iterator["PushService"]:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.released.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def answer(self, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, str | None]:
        browser = self.browsers.get(path)
        if browser is None:
            return 404, None
        browser.tries += 1
        if browser.hangs:
            self.released.wait(HANG_S_MAX)
        if fault := self._fault(browser, headers, body):
            self.refused.append(fault)
            return 403, None
        status = browser.answers.pop(0) if browser.answers else 201
        if status == 201:
            browser.headers.append(headers)
            browser.sizes.append(len(body))
            browser.got.append(json.loads(decrypt(body, browser)))
        return status, browser.retry_after if status in (429, 503) else None

    def _fault(self, browser: Browser, headers: Mapping[str, str], body: bytes) -> str | None:
        """Why a push service would not take it."""
        if headers.get("content-encoding") != "aes128gcm":
            return "encoding"
        if not headers.get("ttl", "").isdigit() or headers.get("urgency") not in ("very-low", "low", "normal", "high"):
            return "ttl or urgency"
        if not 0 < len(headers.get("topic", "x")) <= 32 or set(headers.get("topic", "x")) - set(b64(bytes(range(256)))):
            return "topic"
        return "size" if len(body) > BODY_BYTES_MAX else self._vapid_fault(browser, headers.get("authorization", ""))

    def _vapid_fault(self, browser: Browser, told: str) -> str | None:
        scheme, _, rest = told.partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
        if scheme != "vapid" or set(parts) != {"t", "k"}:
            return "authorization"
        if browser.key not in (None, parts["k"]):
            return "another key than that of the subscription"
        head, claims, signature = parts["t"].split(".")
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(parts["k"]))
        raw = unb64(signature)
        der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        try:
            key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
        except InvalidSignature:
            return "signature"
        said, now = json.loads(unb64(claims)), self.clock()
        if json.loads(unb64(head))["alg"] != "ES256" or said["aud"] != self.origin:
            return "alg or aud"
        expires_s = said["exp"] - now.astimezone(UTC).timestamp()
        if not 0 < expires_s <= 24 * 3600:
            return "exp"
        return None if str(said.get("sub", "")).startswith(("mailto:", "https://")) else "sub"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status, retry_after = service.answer(self.path, headers, body)
                self.send_response(status)
                if retry_after is not None:
                    self.send_header("Retry-After", retry_after)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """It says nothing."""

        return Handler


def decrypt(body: bytes, browser: Browser) -> bytes:
    """Raises InvalidTag where a bit of it is another."""
    salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
    sender, sealed = body[21 : 21 + length], body[21 + length :]
    assert len(sealed) <= size
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    shared = browser.private.exchange(ec.ECDH(), public)
    secret = _hkdf(browser.auth, shared, b"WebPush: info\0" + browser.p256dh + sender, 32)
    key = _hkdf(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(salt, secret, b"Content-Encoding: nonce\0", 12)
    plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
    assert plain.endswith(b"\x02"), "the last record ends with a delimiter of 2"
    return plain[:-1]


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    key = hmac.new(salt, secret, hashlib.sha256).digest()
    return hmac.new(key, info + b"\x01", hashlib.sha256).digest()[:length]
