"""An SMTP server on loopback that keeps what it was given: open, or encrypted with a certificate of its own."""

import datetime
import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.e2e.server import free_port

HOST = "127.0.0.1"
USERNAME, PASSWORD = "lykta", "hemligt/:@-4711"


@dataclass
class Post:
    """`answers`: replies to RCPT or DATA instead of taking it."""

    port: int = 0
    got: list[tuple[str, EmailMessage]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if "rcpt" in self.answers:
            return self.answers["rcpt"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        if "data" in self.answers:
            return self.answers["data"]
        message = message_from_bytes(cast(bytes, envelope.content), policy=policy.default)
        self.got += [(address, message) for address in envelope.rcpt_tos]
        assert server.transport is not None
        self.encrypted.append(server.transport.get_extra_info("cipher") is not None)
        return "250 taken"

    def authenticate(self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, told: Any) -> AuthResult:
        fits = (told.login, told.password) == (USERNAME.encode(), PASSWORD.encode())
        self.signed_in += [told.login.decode()] if fits else []
        return AuthResult(success=fits)


@contextmanager
def running(security: str, tls: ssl.SSLContext | None = None, *, with_password: bool = False) -> Iterator[Post]:
    """`security` as in LYKTA_SMTP_URL: smtp+plain, smtp (STARTTLS), smtps."""
    post = Post()
    options: dict[str, Any] = {"hostname": HOST, "port": free_port(), "ready_timeout": 30}
    if with_password:
        options |= {"authenticator": post.authenticate, "auth_required": True, "auth_require_tls": True}
    if security == "smtps":
        # It counts as encrypted for AUTH only what STARTTLS has encrypted.
        controller = Controller(
            post, ssl_context=tls, **(options | {"auth_require_tls": False, "auth_required": False})
        )
    elif security == "smtp":
        controller = Controller(post, tls_context=tls, require_starttls=True, **options)
    else:
        controller = Controller(post, **options)
    controller.start()
    try:
        post.port = options["port"]
        yield post
    finally:
        controller.stop()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine's address, to be trusted by its file, and a server's side that shows it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.lyckhamn.example")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file, key_file = folder / "mail.pem", folder / "mail.key"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                           serialization.NoEncryption()))  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key_file)
    return file, context
