"""Phones of one shift, as the desk's tests need them."""

from typing import Any

from app.core.clock import stamp
from app.core.ids import uuid7
from app.journal.append import Journal
from tests.support.client import Browser, Phone
from tests.support.factories import a_checkin, a_position, a_shift_end
from tests.support.world import EVENING

Json = dict[str, Any]


def row(desk: Browser, shift_id: str) -> Json:
    """The shift as the list tells it, which must be as its own page tells it."""
    listed = {item["id"]: item for item in desk.get("/reviews/shifts").json()["items"]}[shift_id]
    own: Json = desk.get(f"/reviews/shifts/{shift_id}").json()["shift"]
    assert listed == own
    return own


def log_of(desk: Browser, shift_id: str) -> Json:
    answer = desk.get(f"/reviews/shifts/{shift_id}")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def completeness(desk: Browser, shift_id: str) -> Json:
    found: Json = row(desk, shift_id)["completeness"]
    return found


def check_ins(phone: Phone, shift_id: str, count: int) -> list[Json]:
    return [phone.seal("checkin.create", a_checkin(), shift=shift_id) for _ in range(count)]


def ends(phone: Phone, shift_id: str, ops: int) -> Json:
    return phone.seal("shift.end", a_shift_end(ops), shift=shift_id)


def raised(phone: Phone, shift_id: str, **members: object) -> str:
    op = phone.seal("alert.raise", {"kind": "help"} | members, shift=shift_id, position=a_position())
    assert [told["status"] for told in phone.send(op)] == ["applied"]
    return str(op["id"])


def tells(journal: Journal, alert: str, shift_id: str, *people: str) -> None:
    """As the server's timer does, and it reaches the first."""
    step = journal.write("alert.step", {"target": alert, "number": 0, "attempt": 1, "rung": "supervisors",
                                        "to": list(people)}, author=None, shift=shift_id)  # fmt: skip
    told = [{"person": one, "channel": "push", "ok": one == people[0]} for one in people]
    journal.write("alert.notified", {"target": step.id, "told": told}, author=None, shift=shift_id)


def overdue(journal: Journal, shift_id: str, host: str) -> str:
    data = {"host": host, "checkin": uuid7(), "due": stamp(EVENING)}
    return journal.write("alert.overdue", data, author=None, shift=shift_id).id
