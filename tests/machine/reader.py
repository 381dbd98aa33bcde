"""Somebody who reads by the feed, page by page, and keeps what was told (I9)."""

from typing import Any

from starlette.testclient import TestClient

from tests.support.client import Browser
from tests.support.world import Person

PAGE = 7


class Reader:
    def __init__(self, api: TestClient, person: Person) -> None:
        self.person = person
        self._browser = Browser(api)
        assert self._browser.sign_in(person).status_code == 201
        self._cursor: str | None = None
        self._held: dict[tuple[str, str], Any] = {}

    def catch_up(self) -> None:
        """From where the reader was, page by page, it must come to what one who begins now is given at once."""
        while True:
            asked = {"limit": PAGE} | ({} if self._cursor is None else {"cursor": self._cursor})
            answer = self._browser.get("/sync/pull", params=asked)
            if answer.status_code == 410:
                self._cursor, self._held = None, {}
                continue
            assert answer.status_code == 200, answer.text
            told = answer.json()
            self._take(self._held, told["changes"])
            self._cursor = told["cursor"]
            if not told["more"]:
                break
        fresh: dict[tuple[str, str], Any] = {}
        self._take(fresh, self._browser.pull_all(limit=2000)[0])
        assert self._held == fresh, "A reader at a cursor missed a change (I9)."

    def _take(self, held: dict[tuple[str, str], Any], changes: list[dict[str, Any]]) -> None:
        for change in changes:
            held[change["kind"], change["id"]] = None if change["deleted"] else change["value"]
