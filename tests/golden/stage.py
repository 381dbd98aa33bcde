"""Playing a story: its pushes and the server's own ops in order, and what a supervisor then reads."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from app.access.context import Context
from app.core.db import Database
from app.core.migrate import to_head
from app.journal import chain
from app.journal.ops import Op
from app.journal.read import understand
from app.main import create_app
from app.sync.registry import REGISTRY
from tests.support.client import BASE_URL, ORIGIN, Browser, Phone
from tests.support.world import CAST, FakeClock, hire, make_context, make_journal

HERE = Path(__file__).parent
#: (status, why) of each op of an act.
Results = list[list[str | None]]
Read = dict[tuple[str, str], Any]


class Stage:
    """A fresh server on which everybody has an account."""

    def __init__(self, api: TestClient, ctx: Context) -> None:
        self.api = api
        self._ctx = ctx
        self._phones: dict[tuple[str, str], Phone] = {}
        self._desk = Browser(api)
        self._desk.sign_in(CAST.bo)

    def play(self, act: Mapping[str, Any]) -> Results:
        """{"as": who, "push": a frame} or {"server": an op}."""
        if "server" in act:
            made = act["server"]
            op = Op(id=made["id"], type=made["type"], v=made["v"], author=made["author"], shift=made["shift"],
                    install=None, client_seq=None, hash=chain.parse(made["hash"]) or b"",
                    body=made["body"].encode())  # fmt: skip
            receipts = self._ctx.journal.append([understand(op, REGISTRY, pushed=False)])
            return [[receipt.status.value, receipt.why] for receipt in receipts]
        answer = self._phone(act["as"], act["push"]["install"]).post("/sync/push", json=act["push"])
        assert answer.status_code == 200, answer.text
        return [[result["status"], result["why"]] for result in answer.json()["results"]]

    def read(self) -> Read:
        """All that a supervisor is given."""
        return {(c["kind"], c["id"]): c["value"] for c in self._desk.pull_all()[0]}

    def _phone(self, who: str, install: str) -> Phone:
        if (who, install) not in self._phones:
            phone = self._phones[who, install] = Phone(self.api, install)
            assert phone.sign_in(getattr(CAST, who)).status_code == 201
        return self._phones[who, install]


@contextmanager
def fresh_stage(folder: Path) -> Iterator[Stage]:
    """For recording; tests have theirs from fixtures."""
    db = Database(f"sqlite:///{folder / 'golden.db'}")
    to_head(db)
    journal = make_journal(db, FakeClock())
    hire(db, journal, *CAST.everybody)
    ctx = make_context(db, journal, folder)
    with TestClient(create_app(ctx), base_url=BASE_URL, headers={"Origin": ORIGIN}) as api:
        yield Stage(api, ctx)
    db.close()


def differences(then: Any, now: Any, where: str = "") -> list[str]:
    """What was told then and is not told so now. New members are no difference; new items of a list are."""
    if isinstance(then, dict) and isinstance(now, dict):
        return [
            line for name, value in then.items() for line in differences(value, now.get(name, ...), f"{where}/{name}")
        ]
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        pairs = enumerate(zip(then, now, strict=True))
        return [line for at, (old, new) in pairs for line in differences(old, new, f"{where}/{at}")]
    return [] if then == now and type(then) is type(now) else [f"{where}: {then!r} was {now!r}"]
