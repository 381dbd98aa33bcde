"""HTTPS in front of a server of the tests: a certificate of the moment, and a relay on loopback that can be cut."""

import ssl
import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from socket import SHUT_RDWR, create_connection, create_server, socket

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.core.clock import now
from tests.e2e.server import HOST

CHUNK = 65_536
NAME = "localhost"


class Tls:
    """Relays what comes encrypted to `server_port`, which may be told later than the own port is known."""

    def __init__(self, folder: Path) -> None:
        self.server_port = 0
        self._is_up = True
        self._ends: set[socket] = set()
        self._lock = threading.Lock()
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(_certificate(folder / "own.pem"))
        self._listener = create_server((HOST, 0), backlog=64)
        self.url = f"https://{NAME}:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def up(self) -> None:
        self._is_up = True

    def cut(self) -> None:
        """What is open breaks, what is new is refused, until `up`."""
        self._is_up = False
        with self._lock:
            ends = list(self._ends)
        for end in ends:
            _end(end)

    def close(self) -> None:
        self.cut()
        _end(self._listener)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                app, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=(app,), daemon=True).start()

    def _relay(self, plain: socket) -> None:
        # A hand that is not shaken, a server that is down: the app sees that its connection is gone, as in a tunnel.
        with plain, suppress(OSError):
            if not self._is_up:
                return
            with (
                self._context.wrap_socket(plain, server_side=True) as app,
                create_connection((HOST, self.server_port)) as server,
            ):
                with self._lock:
                    self._ends |= {app, server}
                back = threading.Thread(target=_pour, args=(server, app), daemon=True)
                back.start()
                _pour(app, server)
                back.join()
                with self._lock:
                    self._ends -= {app, server}


def _pour(source: socket, target: socket) -> None:
    """Until either end is gone; then neither is of use to the other."""
    with suppress(OSError):
        while data := source.recv(CHUNK):
            target.sendall(data)
    _end(source)
    _end(target)


def _end(end: socket) -> None:
    with suppress(OSError):
        end.shutdown(SHUT_RDWR)


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
