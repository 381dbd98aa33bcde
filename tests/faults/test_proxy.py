"""The proxy does what it says, or the rows of the matrix would prove nothing."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx2
import pytest

from tests.faults import faults
from tests.faults.proxy import API, HOST, PUSH, Proxy


class _Echo(BaseHTTPRequestHandler):
    """Answers with what was sent, and notes it."""

    got: list[bytes]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append(body)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """The test run is quiet."""


@pytest.fixture
def got() -> list[bytes]:
    return []


@pytest.fixture
def proxy(got: list[bytes]) -> Iterator[Proxy]:
    server = ThreadingHTTPServer((HOST, 0), type("Echo", (_Echo,), {"got": got}))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    made = Proxy(server.server_address[1])
    yield made
    made.close()
    server.shutdown()
    thread.join()
    server.server_close()


def post(proxy: Proxy, body: bytes, timeout_s: float = 5) -> httpx2.Response:
    with httpx2.Client(trust_env=False) as client:
        return client.post(f"http://{HOST}:{proxy.port}{PUSH}", content=body, timeout=timeout_s)


def test_without_a_rule_all_goes_through(proxy: Proxy, got: list[bytes]) -> None:
    body = bytes(range(256)) * 1000
    assert post(proxy, body).content == body
    assert got == [body]
    assert [request.body for request in proxy.pushes] == [body]


def test_a_request_cut_short_never_arrives_whole(proxy: Proxy, got: list[bytes]) -> None:
    proxy.spoil(faults.cut_up(40), times=1)
    with pytest.raises(httpx2.TransportError):
        post(proxy, b"x" * 500)
    assert post(proxy, b"again").content == b"again"
    assert b"x" * 500 not in got


def test_a_dropped_answer_was_answered(proxy: Proxy, got: list[bytes]) -> None:
    rule = proxy.spoil(faults.drop_answer, times=1)
    with pytest.raises(httpx2.TransportError):
        post(proxy, b"said")
    assert (rule.hits, got) == (1, [b"said"])


def test_a_cut_answer_ends_after_its_bytes(proxy: Proxy) -> None:
    proxy.spoil(faults.cut_down(3))
    with pytest.raises(httpx2.RemoteProtocolError, match="3 bytes"):
        post(proxy, b"0123456789")


def test_every_third_connection_is_reset(proxy: Proxy) -> None:
    proxy.reset_every = 3
    told = []
    for _ in range(6):
        try:
            told.append(post(proxy, b"a").status_code)
        except httpx2.TransportError:
            told.append(0)
    assert told == [200, 200, 0, 200, 200, 0]


def test_a_reset_is_a_reset_and_no_polite_end(proxy: Proxy) -> None:
    proxy.is_up = False
    with socket.create_connection((HOST, proxy.port)) as phone, pytest.raises(ConnectionResetError):
        phone.recv(1)


def test_a_black_hole_says_nothing_until_the_phone_gives_up(proxy: Proxy, got: list[bytes]) -> None:
    proxy.spoil(faults.stall)
    with pytest.raises(httpx2.ReadTimeout):
        post(proxy, b"a", timeout_s=0.2)
    assert got == []


@pytest.mark.parametrize(("fault", "status"), [(faults.captive_portal, 200), (faults.portal_redirect, 302)])
def test_a_portal_speaks_for_itself(proxy: Proxy, got: list[bytes], fault: Any, status: int) -> None:
    proxy.spoil(fault, path=API)
    answer = post(proxy, b"a")
    assert (answer.status_code, answer.headers["content-type"], got) == (status, "text/html", [])


def test_a_slow_line_takes_its_time(proxy: Proxy) -> None:
    proxy.spoil(faults.slow(bytes_per_s=2000, delay_s=0.1))
    answer = post(proxy, b"x" * 400)
    assert answer.content == b"x" * 400
    assert answer.elapsed.total_seconds() > 0.5


def test_a_limit_refuses_what_is_above_it(proxy: Proxy, got: list[bytes]) -> None:
    proxy.spoil(faults.refuse_above(10))
    assert [post(proxy, b"x" * size).status_code for size in (10, 11)] == [200, 413]
    assert got == [b"x" * 10]


def test_bytes_are_rewritten_both_ways(proxy: Proxy, got: list[bytes]) -> None:
    proxy.spoil(faults.rewrite_request(lambda body: body + b"!"), times=1)
    proxy.spoil(faults.rewrite_answer(lambda body: b"changed: " + body))
    assert [post(proxy, b"a").content, post(proxy, b"b").content] == [b"a!", b"changed: b"]
    assert got == [b"a!", b"b"]


def test_two_answers_change_places(proxy: Proxy) -> None:
    proxy.spoil(faults.swap())
    told: dict[bytes, bytes] = {}
    threads = [
        threading.Thread(target=lambda b=body: told.update({b: post(proxy, b).content})) for body in (b"a", b"b")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == {b"a": b"b", b"b": b"a"}


def test_an_answer_comes_one_request_late(proxy: Proxy) -> None:
    proxy.spoil(faults.hold_for_next())
    with pytest.raises(httpx2.TransportError):
        post(proxy, b"first")
    assert [post(proxy, b"second").content, post(proxy, b"third").content] == [b"first", b"second"]


def test_a_request_is_replayed_byte_for_byte(proxy: Proxy, got: list[bytes]) -> None:
    post(proxy, b"once")
    assert proxy.replay(proxy.pushes[0]).endswith(b"once")
    assert got == [b"once", b"once"]


def test_coverage_goes_and_comes_back(proxy: Proxy) -> None:
    proxy.cut()
    with pytest.raises(httpx2.TransportError):
        post(proxy, b"a")
    proxy.heal()
    assert post(proxy, b"a").status_code == 200


def test_coverage_flaps_until_it_is_healed(proxy: Proxy) -> None:
    proxy.flap(up_s=0.05, down_s=0.05)
    told: set[bool] = set()
    while told != {True, False}:
        try:
            told.add(post(proxy, b"a").is_success)
        except httpx2.TransportError:
            told.add(False)
    proxy.heal()
    assert [post(proxy, b"a").status_code for _ in range(20)] == [200] * 20
