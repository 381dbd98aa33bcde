"""Requests to servers outside: to whom we may connect, and for how long.

A name is looked up once, and what was looked up is what is connected to: a name that answers otherwise a moment
later gains nothing.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpcore

from app.core.outside import is_loopback

URL_CHARS_MAX = 2000
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
look_up = socket.getaddrinfo


class Forbidden(Exception):
    """There is where we do not connect to."""


class Late(Exception):
    """No answer in time."""


class Unreachable(Exception):
    """No connection, or none that holds."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    retry_after_s: int | None


def may_be_named(url: str, hosts: Sequence[str]) -> bool:
    """An address from a browser: https on its usual port at a public name, or a host that the operator named."""
    if len(url) > URL_CHARS_MAX or not url.isascii() or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or parts.password is not None or parts.fragment:
        return False
    if hosts:
        encrypted = parts.scheme == "https" or parts.scheme == "http" and is_loopback(host)
        return encrypted and is_among(host, hosts)
    return parts.scheme == "https" and port in (None, 443) and "." in host and not _is_numeric(host)


def is_among(host: str, hosts: Iterable[str]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in hosts)


def is_public(address: str) -> bool:
    """Not this machine, not the own network, not behind a mapping of one of them."""
    ip: IpAddress = ipaddress.ip_address(address.partition("%")[0])
    inner = None
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return all(one.is_global and not one.is_multicast for one in (ip, inner) if one is not None)


def post(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float, only_public: bool) -> Answer:
    """All of it, name and encryption included, within `seconds`. Raises Forbidden, Late or Unreachable.

    No redirect is followed and no body is read: a status is all that is wanted.
    """
    ends = time.monotonic() + seconds
    sent = [(name.encode(), value.encode()) for name, value in headers.items()]
    limits = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
    try:
        with (
            httpcore.ConnectionPool(ssl.create_default_context(), network_backend=_Backend(ends, only_public)) as pool,
            pool.stream("POST", url, headers=sent, content=body, extensions={"timeout": limits}) as answer,
        ):
            return Answer(answer.status, _seconds(answer.headers))
    except httpcore.TimeoutException as error:
        raise Late from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
        raise Unreachable from error


class _Backend(httpcore.NetworkBackend):
    """Looks names up itself, and gives every step only what is left of the time."""

    def __init__(self, ends: float, only_public: bool) -> None:
        self._real = httpcore.SyncBackend()
        self._ends = ends
        self._only_public = only_public

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        last: Exception = httpcore.ConnectError("no address")
        for address in self._addresses(host, port):
            try:
                left = _left(self._ends, timeout)
                return _Stream(self._real.connect_tcp(address, port, left, local_address, socket_options), self._ends)
            except httpcore.ConnectError as error:
                last = error
        raise last

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = look_up(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(type(error).__name__) from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if self._only_public and not all(is_public(address) for address in addresses):
            raise Forbidden
        return addresses


class _Stream(httpcore.NetworkStream):
    def __init__(self, real: httpcore.NetworkStream, ends: float) -> None:
        self._real = real
        self._ends = ends

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._real.read(max_bytes, _left(self._ends, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._real.write(buffer, _left(self._ends, timeout))

    def close(self) -> None:
        self._real.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._real.start_tls(ssl_context, server_hostname, _left(self._ends, timeout)), self._ends)

    def get_extra_info(self, info: str) -> Any:
        return self._real.get_extra_info(info)


def _left(ends: float, timeout: float | None) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time is over")
    return left if timeout is None else min(left, timeout)


def _seconds(headers: Iterable[tuple[bytes, bytes]]) -> int | None:
    """A Retry-After in seconds; the other form, a date, counts as not said."""
    told = next((value for name, value in headers if name.lower() == b"retry-after"), b"")
    return int(told) if told.isdigit() and len(told) < 7 else None


def _is_numeric(host: str) -> bool:
    """An address instead of a name, also in the shorter ways in which some systems read one."""
    last = host.rstrip(".").rsplit(".", 1)[-1].lower()
    return ":" in host or last.isdigit() or last.startswith("0x")
