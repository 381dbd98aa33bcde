"""Phones of one shift, as the desk's tests need them."""

from typing import Any

from tests.support.client import Browser, Phone
from tests.support.factories import a_checkin, a_shift_end

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
