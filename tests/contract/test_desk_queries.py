"""Each page of the desk: how many statements it costs, and that none of them goes through what grows.

Asked over HTTP with something of everything there, twice, the second time with twice as much. A route of the desk that
is not in the table fails the last test.
"""

import re
from datetime import timedelta
from typing import Any

import pytest

from app.core.clock import stamp
from app.core.db import Database
from app.core.ids import uuid7
from app.find import filling
from tests.access.desk_entries import DESK
from tests.access.test_routes import TABLE
from tests.conftest import PhoneOf, SignIn
from tests.support.blobs import name_of, some_bytes
from tests.support.client import Browser, Phone
from tests.support.desk import AREA, PLACE, READS, WEEK, ask, put_reference
from tests.support.factories import (
    a_briefing,
    a_checkin,
    a_close,
    a_comment,
    a_plan,
    a_position,
    a_shift,
    a_shift_end,
    an_amendment,
    an_attempt,
    an_escalation,
    an_observation,
    happened,
)
from tests.support.plans import read_whole, watched
from tests.support.world import EVENING, Cast, FakeClock

#: As many as there are people, phones, places and the like: they do not grow with what is reported.
REFERENCE = frozenset({
    "person", "account", "person_contact", "device", "device_user", "device_report", "place", "area", "contact",
    "category", "vocabulary", "ladder", "retention_rule", "retention_hold", "journal_head",
    "journal_epoch", "find_filled",
})  # fmt: skip


#: One record by its id, and what is only written.
WRITES_AND_ONES = {
    "/alerts/{id}", "/alerts/{id}/acknowledge", "/alerts/{id}/clear", "/find/saved/{id}",
    "/reviews/quarantined/{id}/retry", "/epochs/{id}/acknowledge", "/reviews/revoked/{id}/release",
    "/retention/preview",
    "/reviews/shifts/{id}/approve", "/reviews/shifts/{id}/return", "/reviews/shifts/{id}/comments",
}  # fmt: skip
#: Words of transactions; and that a reading is noted, which happens once an hour.
NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", 'INSERT INTO "audit_reading"')


def _ok(answer: Any) -> Any:
    assert answer.status_code in (200, 201, 204), answer.text
    return answer


@pytest.fixture
def ada(sign_in: SignIn, cast: Cast) -> Browser:
    """May read all that the desk reads."""
    return sign_in(cast.ada)


class Evening:
    """Two hosts' evening with something of everything, and what the desk made of it; again and again."""

    def __init__(self, ada: Browser, alva: Phone, desk: Phone, cast: Cast) -> None:
        self.ada, self.alva, self.desk, self.cast = ada, alva, desk, cast
        self.ids = {"bo": cast.bo.id}
        self.number = 0

    def happens(self) -> None:
        self.number += 1
        shift = self.alva.start(a_shift(self.cast.alva, self.cast.cim, area_id=AREA))
        seen = [self._sees(shift, **more) for more in (
            {"actions": ["talk"]}, {"category": "P1", "severity": 3, "place_id": PLACE, "place_text": None},
            {"category": "X1", "severity": 4}, {"category": "V1", "severity": 3, "place_id": PLACE,
                                                "place_text": None}, {})]  # fmt: skip
        self.alva.send(self.alva.seal("checkin.create", a_checkin(place_id=PLACE), shift=shift))
        self._is_called(shift, seen[0])
        self._is_called(shift, seen[2])
        photo = {"target": seen[0], "sha256": name_of(some_bytes(self.number)), "size": 1, "mime": "image/jpeg",
                 "caption": None}  # fmt: skip
        self.alva.send(self.alva.seal("observation.amend", an_amendment(seen[3], category="V1"), shift=shift),
                       self.alva.seal("photo.attach", photo, shift=shift),
                       self.alva.seal("mood.note", {"mood": "Gott"}, shift=shift),
                       self.alva.seal("alert.raise", {"kind": "help"}, shift=shift))  # fmt: skip
        self.desk.send(self.desk.seal("comment.add", a_comment(shift), shift=shift))
        _ok(self.ada.post("/duplicates/link", json={"one": seen[0], "other": seen[4]}))
        _ok(self.ada.post("/followups", json={"observation": seen[1], "kind": "visit", "owner": self.cast.bo.id,
                                              "due": "2026-11-01"}))  # fmt: skip
        done = _ok(
            self.ada.post(
                "/followups",
                json={"observation": seen[3], "kind": "visit", "owner": self.cast.bo.id, "due": "2026-12-01"},
            )
        ).json()
        done = done["followup"]
        _ok(self.ada.post(f"/followups/{done['id']}/close", json={"based_on": done["version"], "outcome": "fixed"}))
        self.alva.send(self.alva.seal("followup.answer", {"target": seen[1], "answer": "yes"}, shift=shift))
        self._strays()
        self._is_disclosed(seen[0], seen[3])
        self._is_planned()
        self.alva.send(self.alva.seal("shift.end", a_shift_end(99), shift=shift))
        self.alva.start(a_shift(self.cast.alva, self.cast.cim, area_id=AREA))
        self.ids |= {"shift": shift, "observation": seen[1], "followup": done["id"]}

    def _sees(self, shift: str, **more: Any) -> str:
        told = an_observation(happened=happened(EVENING), **more)
        op = self.alva.seal("observation.create", told, shift=shift, position=a_position())
        assert self.alva.send(op)[0]["status"] == "applied"
        return str(op["id"])

    def _is_called(self, shift: str, seen: str) -> None:
        call = self.alva.seal("escalation.create", an_escalation(observation_id=seen), shift=shift)
        self.alva.send(call, self.alva.seal("escalation.attempt", an_attempt(call["id"]), shift=shift))
        if self.number % 2:
            self.alva.send(self.alva.seal("escalation.close", a_close(call["id"]), shift=shift))

    def _strays(self) -> None:
        """What no shift shows: of a shift that never began, and the same again with other words; and a step back."""
        op = self.alva.seal("checkin.create", a_checkin(), shift=uuid7())
        rival = self.alva.seal("checkin.create", a_checkin(note="Annat"), shift=op["shift"], id=op["id"])
        head = self.alva.push([op, rival]).json()
        seen = {"seq": head["head"]["seq"] + 9, "chain": "sha256:" + "7" * 64}
        assert self.alva.push([], seen=seen, epoch=head["epoch"]).status_code == 409
        self.ids["stray"] = op["id"]

    def _is_disclosed(self, *seen: str) -> None:
        found = _ok(self.ada.post("/disclosures/draft", json={"ids": list(seen)})).json()["records"]
        told = [{"id": one["id"], "versions": [{"id": said["id"]} for said in one["versions"]]} for one in found]
        made: dict[str, Any] = {"id": uuid7(), "to": "police", "decision": "Lämnas ut.", "records": told}
        _ok(self.ada.post("/disclosures", json=made))
        self.ids["disclosure"] = made["id"]

    def _is_planned(self) -> None:
        ago: dict[str, Any] = {
            "valid_from": stamp(EVENING - timedelta(days=9)),
            "valid_to": stamp(EVENING - timedelta(days=8)),
        }
        for more in (dict[str, Any](), ago):
            _ok(self.ada.request("PUT", f"/briefings/{uuid7()}", json=a_briefing(**more)))
        _ok(self.ada.request("PUT", f"/plans/{uuid7()}", json=a_plan(self.cast.alva, self.cast.cim)))
        saved: dict[str, Any] = {"name": f"Klotter {self.number}", "asked": {"text": "klotter"}}
        _ok(self.ada.request("PUT", f"/find/saved/{uuid7()}", json=saved))
        edition = uuid7()
        frozen = {"id": edition, "based_on": "new", "number": self.number}
        _ok(self.ada.post(f"/situation/weeks/{WEEK}/editions", json=frozen))
        plans = self.ada.get("/plans", params={"from": "2026-11-20", "to": "2026-12-31"}).json()
        feed = _ok(self.ada.post("/calendar")).json()["path"].removeprefix("/api/v1")
        self.ids |= {"edition": edition, "planned": plans["shifts"][0]["id"], "feed": feed}


def test_each_page_costs_what_is_written_and_reads_no_table_whole(
    ada: Browser, alva: Phone, phone_of: PhoneOf, cast: Cast, clock: FakeClock, db: Database
) -> None:
    put_reference(ada)
    evening = Evening(ada, alva, phone_of(cast.bo), cast)
    costs: dict[str, set[int]] = {name: set() for name in READS}
    whole: dict[str, set[str]] = {name: set() for name in READS}
    for _ in range(2):
        evening.happens()
        clock.advance(minutes=10)
        with watched() as asked:
            assert filling.catch_up(db) > 0
        assert read_whole(db, asked, in_order=True) <= REFERENCE
        for name, read in READS.items():
            with watched() as asked:
                assert ask(ada, read, evening.ids).status_code == 200, name
            costs[name].add(sum(not one.startswith(NOT_COUNTED) for one, _ in asked))
            whole[name] |= read_whole(db, asked, in_order=True) - REFERENCE
    more = {name: read.more_on_sqlite if db.is_sqlite else 0 for name, read in READS.items()}
    assert costs == {name: {read.cost + more[name]} for name, read in READS.items()}
    expected = {name: read.whole for name, read in READS.items()}
    assert {name: found - expected[name] for name, found in whole.items() if found - expected[name]} == {}


def test_the_table_has_every_question_of_the_desk() -> None:
    known = [read.path.replace("{feed}", "/calendars/{secret}.ics") for read in READS.values()]
    asked = {path for method, path in DESK if method == "GET"}
    of_desk = ("/reviews", "/epochs", "/find", "/exports", "/briefings", "/alerts")
    asked |= {path for _, path in TABLE if path.startswith(of_desk)}
    pattern = {path: re.compile(re.sub(r"\{\w+\}", "[^/]+", path)) for path in asked}
    missing = {path for path in asked if not any(pattern[path].fullmatch(one) for one in known)}
    assert missing == WRITES_AND_ONES
