"""A gateway for text messages on loopback that checks its caller's name and password, and sends nothing."""

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

HOST, PATH = "127.0.0.1", "/a1/sms"
USERNAME, PASSWORD = "u4711", "hemligt:å"


@dataclass
class Gateway:
    port: int = 0
    status: int = 200
    got: list[dict[str, str]] = field(default_factory=list)
    tries: int = 0

    def answer(self, path: str, told: str | None, body: bytes) -> int:
        self.tries += 1
        wanted = "Basic " + base64.b64encode(f"{USERNAME}:{PASSWORD}".encode()).decode()
        if path != PATH or told != wanted:
            return 401
        if self.status == 200:
            form = parse_qs(body.decode("ascii"), strict_parsing=True, keep_blank_values=True)
            self.got.append({name: value for name, (value,) in form.items()})
        return self.status


@contextmanager
def running() -> Iterator[Gateway]:
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(gateway.answer(self.path, self.headers["Authorization"], body))
            self.end_headers()
            self.wfile.write(b'{"status": "created"}')

        def log_message(self, *_: Any) -> None:
            """It says nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    gateway.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
