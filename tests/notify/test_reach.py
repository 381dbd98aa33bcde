"""To whom the server connects when a browser names the address: to public hosts alone, and never for long."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from app.notify import reach

LOOPBACK = "127.0.0.1"


@pytest.mark.parametrize(("address", "public"), [
    ("93.184.215.14", True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
    ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False),
    ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("255.255.255.255", False),
    ("224.0.0.1", False), ("::1", False),
    ("::", False), ("fe80::1%eth0", False), ("fd00::1", False), ("ff02::1", False), ("::ffff:127.0.0.1", False),
    ("::ffff:10.0.0.1", False), ("2002:7f00:1::", False), ("64:ff9b::10.0.0.1", False), ("64:ff9b::8.8.8.8", True),
])  # fmt: skip
def test_what_counts_as_public(address: str, public: bool) -> None:
    assert reach.is_public(address) is public


@contextmanager
def listening(answer: bytes = b"", *, drip_s: float = 0.0) -> Iterator[tuple[int, list[bytes]]]:
    """A server that answers each connection with these bytes, one at a time where it drips. (port, what it got)"""
    got: list[bytes] = []
    ended = threading.Event()
    server = socket.create_server((LOOPBACK, 0))

    def _serve() -> None:
        while not ended.is_set():
            with suppress(OSError):
                connection, _ = server.accept()
                with connection:
                    got.append(connection.recv(65536))
                    for at in range(len(answer) if drip_s else 1):
                        connection.sendall(answer[at : at + 1] if drip_s else answer)
                        if drip_s and ended.wait(drip_s):
                            break
                    if not answer:
                        ended.wait(30)

    thread = threading.Thread(target=_serve, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1], got
    finally:
        ended.set()
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)


def ask(url: str, *, only_public: bool = False, seconds: float = 20.0) -> reach.Answer:
    return reach.post(url, b"x", {"Host": "push.example"}, seconds=seconds, only_public=only_public)


def named(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Every name has these addresses; what was asked for is noted."""
    asked: list[str] = []

    def _found(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(reach, "look_up", _found)
    return asked


@pytest.mark.parametrize("addresses", [(LOOPBACK,), ("169.254.169.254",), ("93.184.215.14", "10.0.0.1")])
def test_a_public_name_with_an_inner_address_is_not_connected_to(
    monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...]
) -> None:
    with listening(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n") as (port, got):
        named(monkeypatch, *addresses)
        with pytest.raises(reach.Forbidden):
            ask(f"http://push.example:{port}/a", only_public=True)
    assert got == []


def test_what_was_looked_up_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once: a name that answers with another address a moment later is not asked again."""
    with listening(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n") as (port, got):
        asked = named(monkeypatch, LOOPBACK)
        assert ask(f"http://push.example:{port}/a").status == 201
    assert asked == ["push.example"]
    assert b"Host: push.example" in got[0]


def test_no_redirect_is_followed() -> None:
    with listening(b"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n") as (port, got):
        assert ask(f"http://{LOOPBACK}:{port}/a").status == 307
    assert len(got) == 1


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_says_nothing_is_left(scheme: str) -> None:
    began = time.monotonic()
    with listening() as (port, _), pytest.raises(reach.Late):
        ask(f"{scheme}://{LOOPBACK}:{port}/a", seconds=0.5)
    assert time.monotonic() - began < 8


def test_a_server_that_drips_is_left_when_the_time_is_over() -> None:
    """Each byte comes well within the time of one read; all of them would take five minutes."""
    began = time.monotonic()
    with listening(b"HTTP/1.1 201 Created\r\n" + b"X" * 3000, drip_s=0.1) as (port, _), pytest.raises(reach.Late):
        ask(f"http://{LOOPBACK}:{port}/a", seconds=0.6)
    assert time.monotonic() - began < 8


@pytest.mark.parametrize("answer", [b"not http at all\r\n\r\n", b"HTTP/1.1 201 Cre"])
def test_what_is_no_http_is_no_answer(answer: bytes) -> None:
    with listening(answer) as (port, _), pytest.raises(reach.Unreachable):
        ask(f"http://{LOOPBACK}:{port}/a")


def test_nobody_there_and_no_such_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as (port, _):
        pass
    with pytest.raises(reach.Unreachable):
        ask(f"http://{LOOPBACK}:{port}/a")

    def _unknown(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(reach, "look_up", _unknown)
    with pytest.raises(reach.Unreachable):
        ask("http://push.example/a")


def test_a_certificate_of_another_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The encryption is checked against the name in the address, not against the address that was found."""
    told: list[Any] = []

    def _refusing(self: ssl.SSLContext, *_: Any, server_hostname: str | None = None, **__: Any) -> Any:
        told.append((server_hostname, self.check_hostname, self.verify_mode))
        raise ssl.SSLCertVerificationError("certificate of another")

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", _refusing)
    with listening() as (port, _):
        named(monkeypatch, LOOPBACK)
        with pytest.raises(reach.Unreachable):
            ask(f"https://push.example:{port}/a")
    assert told == [("push.example", True, ssl.CERT_REQUIRED)]
