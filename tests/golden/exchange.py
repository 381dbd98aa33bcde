"""Requests of the first clients, byte for byte, and what every later server must answer to them."""

import gzip
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx2

from tests.golden.stage import differences, fresh_stage
from tests.support.blobs import chunk_headers, name_of, some_bytes
from tests.support.client import Browser, Outbox
from tests.support.factories import a_checkin, a_position, a_shift
from tests.support.world import CAST, PASSWORD

Exchange = dict[str, Any]
INSTALL = "7d0c3a52-0d8e-4f65-9a54-2f0f2b1f6c01"
GENESIS = {"seq": 0, "chain": f"sha256:{'0' * 64}"}
#: What may be another value each time, by the member's name: only its form is promised.
FORMS = {"epoch": "<uuid>", "server_time": "<time>", "received_at": "<time>", "seq": "<int>", "chain": "<sha256>",
         "cursor": "<text>", "min_ui_build": "<int>", "protocol": "<list with 1>", "changes": "<list>",
         "ops": "<int>", "bytes": "<int>", "blob_chunk": "<int>", "title": "<text>"}  # fmt: skip
MATCHES = {
    "<uuid>": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<sha256>": r"sha256:[0-9a-f]{64}", "<text>": r".+",
    "<time>": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z",
}  # fmt: skip
HEADERS_TOLD = ("upload-offset", "upload-complete", "content-type")


def ask(browser: Browser, exchange: Mapping[str, Any]) -> httpx2.Response:
    body = exchange.get("body")
    content = bytes.fromhex(exchange["bytes"]) if "bytes" in exchange else None if body is None else body.encode()
    headers = dict(exchange.get("headers", {}))
    if headers.get("Content-Encoding") == "gzip":
        content = gzip.compress(content or b"")
    return browser.request(exchange["method"], exchange["path"], content=content, headers=headers)


def told(answer: httpx2.Response) -> dict[str, Any]:
    """What is promised of an answer: status, some headers, and its JSON with forms in place of passing values."""
    value = answer.json() if answer.content and "json" in answer.headers.get("content-type", "") else None
    headers = {name: answer.headers[name] for name in HEADERS_TOLD if name in answer.headers}
    cookies = sorted(line.split("=", 1)[0] for line in answer.headers.get_list("set-cookie"))
    return {"status": answer.status_code, "headers": headers, "cookies": cookies, "json": formed(value)}


def formed(value: Any, name: str = "") -> Any:
    if name in FORMS and value is not None:
        return FORMS[name]
    if isinstance(value, dict):
        ours = "<uuid>" if set(value) == {"id"} else None  # a device's
        return {key: ours or formed(inner, key) for key, inner in value.items()}
    return [formed(inner) for inner in value] if isinstance(value, list) else value


def kept_promise(then: Any, answer: httpx2.Response) -> list[str]:
    now = told(answer) | {"json": answer.json() if then["json"] is not None else None}
    return differences(*_filled(then, now))


def _filled(then: Any, now: Any) -> tuple[Any, Any]:
    """A form that fits stands for the value itself."""
    if isinstance(then, dict) and isinstance(now, dict):
        pairs = {key: _filled(value, now.get(key, ...)) for key, value in then.items()}
        return {key: pair[0] for key, pair in pairs.items()}, now | {key: pair[1] for key, pair in pairs.items()}
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        filled = [_filled(*pair) for pair in zip(then, now, strict=True)]
        return [pair[0] for pair in filled], [pair[1] for pair in filled]
    return (now, now) if isinstance(then, str) and _fits(then, now) else (then, now)


def _fits(form: str, value: Any) -> bool:
    if form == "<int>":
        return type(value) is int
    if form.startswith("<list"):
        return isinstance(value, list) and (form == "<list>" or 1 in value)
    return form in MATCHES and isinstance(value, str) and re.fullmatch(MATCHES[form], value, re.S) is not None


def recorded() -> list[Exchange]:
    with tempfile.TemporaryDirectory() as folder, fresh_stage(Path(folder)) as stage:
        browsers = {"phone": Browser(stage.api), "stranger": Browser(stage.api)}
        return [one | {"answer": told(ask(browsers[one["as"]], one))} for one in _made()]


def _made() -> Iterator[Exchange]:
    outbox = Outbox(INSTALL, CAST.alva.id)
    first = outbox.seal("checkin.create", {"kind": "ok"})
    shift = outbox.seal("shift.start", a_shift(CAST.alva, CAST.cim))
    clock = {"offset_ms": 120.0, "rtt_ms": 80.0, "age_ms": 9.5}
    whole = outbox.seal("checkin.create", a_checkin(kind="arrived", note="Åter ”här”"), position=a_position(),
                        at={"clock": clock}, shift=shift["id"])  # fmt: skip
    later = outbox.seal("later.invention", {"what": "ever"}, v=3)
    few = {"nonce": "n-1", "install": INSTALL, "ops": [{k: v for k, v in first.items() if k != "shift"}]}
    frame = outbox.frame([shift, whole, later], nonce="n-2", seen=GENESIS) | {"protocol": 1, "mood": "blå"}
    yield _get("stranger", "/sync/hello")
    yield _json("stranger", "/sync/push", few)
    signed = {"username": "alva", "password": PASSWORD, "install": INSTALL, "label": "Alvas telefon"}
    yield _json("phone", "/sessions", signed)
    yield _json("phone", "/sync/push", few)
    yield _json("phone", "/sync/push", frame, **{"Content-Encoding": "gzip"})
    yield _json("phone", "/sync/push", frame | {"nonce": "n-3"})
    damaged = shift | {"body": shift["body"].replace("foot", "boot")}
    yield _json("phone", "/sync/push", few | {"nonce": "n-4", "ops": [damaged, first]})
    yield _json("phone", "/sync/push", few | {"nonce": "n-5", "ops": [outbox.seal("clock.step", {}), later]})
    yield _json("phone", "/sync/push", few | {"nonce": None})
    yield _json("phone", "/sync/push", few | {"protocol": 999})
    asked = [first["id"], shift["id"], "019a0000-0000-7000-8000-0000000000ff"]
    yield _json("phone", "/sync/reconcile", {"install": INSTALL, "ids": asked})
    yield _get("phone", "/sync/pull")
    yield _get("phone", "/sync/pull?limit=2")
    yield _get("phone", "/sync/pull?cursor=bm9uZQ")
    yield _get("phone", f"/sync/receipts/{first['id']}")
    yield from _blob()


def _blob() -> Iterator[Exchange]:
    content = some_bytes(300)
    path = f"/blobs/{name_of(content)}"
    yield {"as": "phone", "method": "HEAD", "path": path}
    for at, last in ((0, False), (200, True), (200, True)):
        chunk = content[at : 300 if last else 200]
        yield {"as": "phone", "method": "PATCH", "path": path, "bytes": chunk.hex(),
               "headers": chunk_headers(chunk, at, last=last)}  # fmt: skip
    yield {"as": "phone", "method": "HEAD", "path": path}


def _get(who: str, path: str) -> Exchange:
    return {"as": who, "method": "GET", "path": path}


def _json(who: str, path: str, value: Any, **headers: str) -> Exchange:
    return {"as": who, "method": "POST", "path": path, "body": json.dumps(value, ensure_ascii=False),
            "headers": {"Content-Type": "application/json", **headers}}  # fmt: skip
