"""Browsers and phones as the server sees them.

The cookies are `Secure`, so a Python client does not send them over plain http: these helpers keep them by hand.
"""

import gzip
import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID, uuid4

import httpx2

from app.core.clock import stamp
from app.core.ids import uuid7
from app.journal.ops import Op
from app.journal.read import Sender, read
from app.sync.registry import REGISTRY
from tests.support.world import EVENING, Person

ORIGIN = "http://testserver"
BASE_URL = ORIGIN + "/api/v1"
#: The phone of ops that a test hands to the journal itself.
DEVICE = "019a0000-0000-7000-8000-0000000000d1"


class Browser:
    """Somebody at the API with a cookie jar of their own. Without a sign-in: a stranger."""

    def __init__(self, api: httpx2.Client, token: str | None = None) -> None:
        self.api = api
        self.cookies: dict[str, str] = {}
        self.token = token
        self.person: Person | None = None

    def request(self, method: str, path: str, **given: Any) -> httpx2.Response:
        headers = dict(given.pop("headers", None) or {})
        if self.cookies:
            headers.setdefault("Cookie", "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        answer = self.api.request(method, path, headers=headers, **given)
        self.api.cookies.clear()
        for line in answer.headers.get_list("set-cookie"):
            self._keep(line)
        return answer

    def get(self, path: str, **given: Any) -> httpx2.Response:
        return self.request("GET", path, **given)

    def post(self, path: str, **given: Any) -> httpx2.Response:
        return self.request("POST", path, **given)

    def delete(self, path: str, **given: Any) -> httpx2.Response:
        return self.request("DELETE", path, **given)

    def sign_in(self, person: Person, **more: Any) -> httpx2.Response:
        """More members for the request: `install`, `label`, another `password`."""
        body = {"username": person.username, "password": person.password, **more}
        answer = self.post("/sessions", json=body)
        if answer.status_code == 201:
            self.person = person
        return answer

    def pull_all(self, limit: int | None = None, cursor: str | None = None) -> tuple[list[dict[str, Any]], str]:
        """Every change page by page, and the cursor to go on from."""
        changes: list[dict[str, Any]] = []
        while True:
            wanted = {k: v for k, v in {"cursor": cursor, "limit": limit}.items() if v is not None}
            answer = self.get("/sync/pull", params=wanted)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            changes += page["changes"]
            cursor = page["cursor"]
            if not page["more"]:
                return changes, str(cursor)

    def pulled(self, kind: str) -> dict[str, Any]:
        """id → value of one kind, as a reader that starts without a cursor ends up with."""
        return {c["id"]: c["value"] for c in self.pull_all()[0] if c["kind"] == kind and not c["deleted"]}

    def _keep(self, line: str) -> None:
        for name, morsel in SimpleCookie(line).items():
            if morsel.value and morsel["max-age"] != "0":
                self.cookies[name] = morsel.value
            else:
                self.cookies.pop(name, None)


class Outbox:
    """What a browser profile seals, without a network: gapless numbers, two clocks, ids that carry the wall clock."""

    def __init__(self, install: str | None = None, author: str | None = None) -> None:
        self.install = install or str(uuid4())
        self.author = author
        self.page = str(uuid4())
        self.seq = 0
        self.wall = EVENING
        self.mono = 1000.0

    def wait(self, **delta: float) -> None:
        """Time passes on the phone, by both of its clocks."""
        passed = timedelta(**delta)
        self.wall += passed
        self.mono += passed.total_seconds() * 1000

    def seal(self, op_type: str, data: Mapping[str, Any], **given: Any) -> dict[str, Any]:
        """An op with the next number of this phone. `given`: id, shift, author, wall, position, seq, v, at, salt."""
        self.wait(seconds=1)
        if "seq" not in given:
            self.seq += 1
        wall = given.get("wall", self.wall)
        at = {"wall": wall if isinstance(wall, str) else stamp(wall), "mono": self.mono, "page": self.page,
              "clock": None}  # fmt: skip
        body = {"salt": given.get("salt", new_salt()), "at": at | dict(given.get("at", {})),
                "position": given.get("position"), "data": dict(data)}  # fmt: skip
        return sealed(body, id=given.get("id") or new_id(self.wall), seq=given.get("seq", self.seq), type=op_type,
                      v=given.get("v", 1), author=given.get("author", self.author),
                      shift=given.get("shift"))  # fmt: skip

    def frame(self, ops: Sequence[Any], **members: Any) -> dict[str, Any]:
        sent = {"wall": stamp(self.wall), "mono": self.mono, "page": self.page}
        base = {"nonce": str(uuid4()), "install": self.install, "epoch": None, "seen": None, "sent": sent,
                "pending": {"count": len(ops), "max_seq": self.seq}, "ops": list(ops)}  # fmt: skip
        return base | members

    def read(self, *ops: Mapping[str, Any]) -> list[Op]:
        """As the server reads them from a push of this phone."""
        return [read(dict(op), REGISTRY, Sender(self.install, DEVICE)) for op in ops]


class Phone(Outbox, Browser):
    """A browser profile that is signed in on, and can reach the server."""

    def __init__(self, api: httpx2.Client, install: str | None = None) -> None:
        Outbox.__init__(self, install)
        Browser.__init__(self, api)

    def sign_in(self, person: Person, **more: Any) -> httpx2.Response:
        answer = super().sign_in(person, **{"install": self.install, "label": f"{person.name}s telefon", **more})
        if answer.status_code == 201:
            self.author = person.id
        return answer

    def forget_session(self) -> None:
        """What the device keeps when the sign-in has run out."""
        self.cookies.pop("lykta_session", None)

    def push(self, ops: Sequence[Any], *, zipped: bool = False, **members: Any) -> httpx2.Response:
        """The raw answer; more `members` replace those of the frame."""
        return self.push_bytes(json.dumps(self.frame(ops, **members)).encode(), zipped=zipped)

    def push_bytes(
        self, raw: bytes, headers: Mapping[str, str] | None = None, *, zipped: bool = False
    ) -> httpx2.Response:
        sent = {
            "Content-Type": "application/json",
            **({"Content-Encoding": "gzip"} if zipped else {}),
            **(headers or {}),
        }
        return self.post("/sync/push", content=gzip.compress(raw) if zipped else raw, headers=sent)

    def send(self, *ops: Any, zipped: bool = False, **members: Any) -> list[dict[str, Any]]:
        """The results of a push that must have been well framed."""
        answer = self.push(ops, zipped=zipped, **members)
        assert answer.status_code == 200, answer.text
        results: list[dict[str, Any]] = answer.json()["results"]
        return results

    def start(self, data: Mapping[str, Any], **given: Any) -> str:
        """Start a shift and send it; its id."""
        op = self.seal("shift.start", data, **given)
        assert [r["status"] for r in self.send(op)] == ["applied"]
        return str(op["id"])


def sealed(body: Mapping[str, Any] | str, **envelope: Any) -> dict[str, Any]:
    """`body` serialised once (or taken as it is), with the hash of exactly those bytes."""
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return {"v": 1, "shift": None, **envelope, "hash": f"sha256:{digest}", "body": text}


def new_id(at: datetime | None = None) -> str:
    return uuid7(None if at is None else int(at.astimezone(UTC).timestamp() * 1000))


def new_salt() -> str:
    return urlsafe_b64encode(UUID(int=uuid4().int).bytes).decode().rstrip("=")


def statuses(results: Iterable[Mapping[str, Any]]) -> list[tuple[str, str | None]]:
    return [(r["status"], r["why"]) for r in results]
