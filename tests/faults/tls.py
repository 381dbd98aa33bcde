"""HTTPS in front of a server of the tests: a certificate of the moment, and a relay on loopback that can be cut."""

import ssl
import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from socket import create_connection, socket

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.core.clock import now
from tests.faults.relay import CHUNK, HOST, Relay, end

NAME = "localhost"


class Tls(Relay):
    """Relays what comes encrypted to `server_port`, which may be told later than the own port is known."""

    def __init__(self, folder: Path) -> None:
        self.server_port = 0
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(_certificate(folder / "own.pem"))
        super().__init__()
        self.url = f"https://{NAME}:{self.port}"

    def relay(self, app: socket) -> None:
        # A hand that is not shaken, a server that is down: the app sees that its connection is gone, as in a tunnel.
        with app, suppress(OSError):
            if not self.is_up:
                return
            with (
                self._context.wrap_socket(app, server_side=True) as plain,
                create_connection((HOST, self.server_port)) as server,
                self.held(plain, server),
            ):
                back = threading.Thread(target=_pour, args=(server, plain), daemon=True)
                back.start()
                _pour(plain, server)
                back.join()


def _pour(source: socket, target: socket) -> None:
    """Until either end is gone; then neither is of use to the other."""
    with suppress(OSError):
        while data := source.recv(CHUNK):
            target.sendall(data)
    end(source)
    end(target)


def _certificate(file: Path) -> Path:
    """Signed by itself, for a day: nobody trusts it who was not told to."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1)).not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(secret + made.public_bytes(pem))
    return file
