"""A fault that Alva reported, and the supervisor's desk."""

from typing import Any

import pytest

from tests.conftest import SignIn
from tests.support.client import Browser, Phone, new_id
from tests.support.factories import a_shift, an_observation
from tests.support.world import Cast

LAMP = {"category": "P1", "place_text": None, "text": "Lampan vid porten är trasig."}
Json = dict[str, Any]


@pytest.fixture
def shift_id(alva: Phone, cast: Cast) -> str:
    return alva.start(a_shift(cast.alva, cast.cim))


@pytest.fixture
def report(alva: Phone, shift_id: str) -> str:
    return reported(alva, shift_id, place_id=new_id())


@pytest.fixture
def desk(sign_in: SignIn, cast: Cast) -> Browser:
    return sign_in(cast.bo)


def reported(phone: Phone, shift_id: str, **members: Any) -> str:
    op = phone.seal("observation.create", an_observation(**(LAMP | members)), shift=shift_id)
    assert phone.send(op)[0]["status"] == "applied"
    return str(op["id"])


def begun(desk: Browser, report: str, cast: Cast, **members: Any) -> Json:
    body = {"observation": report, "kind": "fault_report", "owner": cast.bo.id, "due": "2026-11-30"} | members
    answer = desk.post("/followups", json=body)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()["followup"]
    return found


def said(desk: Browser, followup: Json, what: str, **members: Any) -> Any:
    return desk.post(f"/followups/{followup['id']}/{what}", json={"based_on": followup["version"]} | members)
