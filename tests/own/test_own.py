"""GET /me/data: all that is stored about whoever asks, and nothing that others wrote."""

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Table
from sqlmodel import SQLModel, col
from starlette.testclient import TestClient

from app.access import accounts, contact
from app.access.context import Context
from app.access.permission import Scope
from app.alert.models import Alert
from app.own.kinds import KINDS
from tests.access.entries import A_SUBSCRIPTION
from tests.conftest import PhoneOf, SignIn
from tests.golden.stage import Stage
from tests.golden.test_golden import OPS, loaded
from tests.support import on_sqlite
from tests.support.client import Browser, Phone
from tests.support.factories import (
    a_comment,
    a_position,
    a_retraction,
    an_amendment,
    an_escalation,
    an_observation,
)
from tests.support.sql import statements
from tests.support.tables import everything
from tests.support.world import Cast, Person

#: What these are called in the tables there are: one that names a person by another word is found by its rows.
NAMING = frozenset({"person_id", "user_id", "author_id", "viewer_id", "host_id", "owner_id", "author"})
#: Every op that was applied is there as the record that was made of it; one in quarantine has a kind of its own.
TOLD_BY_ITS_ROWS = {"journal_op"}


def _own(browser: Browser, query: str = "?limit=1000") -> dict[str, dict[str, Any]]:
    answer = browser.get(f"/me/data{query}")
    assert answer.status_code == 200, answer.text
    return {section["kind"]: section for section in answer.json()["sections"]}


def _tables_naming(ctx: Context, person: Person) -> set[str]:
    with ctx.db.read() as conn:
        rows = everything(conn)
    return {name for name, found in rows.items() if any(person.id in repr(row) for row in found)}


def _names_people(table: Table) -> bool:
    return any(column.name in NAMING for column in table.columns)


def _everything_happens(api: TestClient, ctx: Context, cast: Cast, phone_of: PhoneOf) -> list[Browser]:
    """Each kind of op that there is, and beside the journal a phone, a session, a browser to tell, a reading."""
    stage = Stage(api, ctx)
    for path in OPS:
        for act in loaded(path)["acts"]:
            stage.play(act)
    people = (cast.alva, cast.cim, cast.bo)
    signed_in: list[Browser] = []
    for person in people:
        contact.change(ctx, person.username, f"{person.username}@example.se", "070-123 45 67")
        phone = phone_of(person)
        subscription = A_SUBSCRIPTION | {"endpoint": f"https://push.example.net/{person.username}"}
        key = phone.get("/push/key").json()["key"]
        assert phone.request("PUT", "/push/subscription", json=subscription | {"key": key}).is_success
        assert phone.post("/calendar").is_success
        signed_in.append(phone)
        _own(phone)
    return signed_in


@on_sqlite
def test_every_table_that_names_a_person_is_told_to_that_person(
    api: TestClient, ctx: Context, cast: Cast, phone_of: PhoneOf
) -> None:
    """A new table that names people fails here until `app/own/kinds.py` has it."""
    signed_in = _everything_happens(api, ctx, cast, phone_of)
    planted: set[str] = set()
    for person, browser in zip((cast.alva, cast.cim, cast.bo), signed_in, strict=True):
        told, naming = _own(browser), _tables_naming(ctx, person)
        shown = {table.name for kind in KINDS for table in kind.tables if told[kind.name]["total"]}
        others = {one.id for one in (cast.alva, cast.cim, cast.bo)} - {person.id}
        assert all(one not in json.dumps(told["notice"]) for one in others)
        assert all(step["ways"] is None or step["ways"] for step in told["notice"]["items"])
        assert naming - shown - TOLD_BY_ITS_ROWS == set(), person.username
        planted |= naming
    expected = {table.name for table in SQLModel.metadata.sorted_tables if _names_people(table)}
    assert expected - planted == set(), "no golden op plants a row in these tables"
    seen = {name for browser in signed_in for name, section in _own(browser).items() if section["total"]}
    unseen = {kind.name for kind in KINDS} - seen
    assert unseen == set(), "a kind that nothing is found for"


def _see(phone: Phone, shift_id: str, **members: object) -> str:
    op = phone.seal("observation.create", an_observation(**members), shift=shift_id, position=a_position())
    assert phone.send(op)[0]["status"] == "applied"
    return str(op["id"])


def test_a_host_is_told_their_own_restricted_records(alva: Phone, shift_id: str, sign_in: SignIn, cast: Cast) -> None:
    seen = _see(alva, shift_id, category="X1", text="Hot vid torget")
    alva.send(alva.seal("escalation.create", an_escalation(observation_id=seen, cause="Hotet"), shift=shift_id))
    mine = _own(sign_in(cast.alva))
    assert [one["text"] for one in mine["observation"]["items"]] == ["Hot vid torget"]
    assert [one["cause"] for one in mine["escalation"]["items"]] == ["Hotet"]
    others = json.dumps([_own(sign_in(one)) for one in (cast.cim, cast.dan, cast.bo)], ensure_ascii=False)
    assert "Hot" not in others
    assert seen not in others


def test_no_word_of_others_is_in_it(alva: Phone, shift_id: str, sign_in: SignIn, phone_of: PhoneOf, cast: Cast) -> None:
    cim = phone_of(cast.cim)
    seen = _see(alva, shift_id, text="Alvas ord")
    cim.send(cim.seal("observation.amend", an_amendment(seen, "Cims skäl", text="Cims ord"), shift=shift_id,
                      position=a_position(lat=57.5, source="map")),
             cim.seal("comment.add", a_comment(seen, "Cims kommentar"), shift=shift_id),
             cim.seal("observation.retract", a_retraction(seen, "Cims ångrade"), shift=shift_id))  # fmt: skip
    mine, theirs = (_own(sign_in(one)) for one in (cast.alva, cast.cim))
    assert "Cims" not in json.dumps(mine, ensure_ascii=False)
    (told,) = mine["observation"]["items"]
    assert (told["text"], told["lat"], told["position_source"]) == ("Alvas ord", 56.1612, "gnss")
    assert "Alvas" not in json.dumps(theirs, ensure_ascii=False)
    assert theirs["correction"]["items"][0]["content"]["text"] == "Cims ord"
    assert theirs["retraction"]["items"][0]["reason"] == "Cims ångrade"
    assert theirs["comment"]["items"][0]["text"] == "Cims kommentar"


def test_of_an_alarm_only_ones_own_part_is_told(
    alva: Phone, shift_id: str, sign_in: SignIn, phone_of: PhoneOf, cast: Cast
) -> None:
    raised = alva.seal("alert.raise", {"kind": "help", "note": "Alvas nöd"}, shift=shift_id)
    cim = phone_of(cast.cim)
    alva.send(raised)
    cim.send(cim.seal("alert.acknowledge", {"target": raised["id"]}, shift=shift_id))
    theirs = _own(sign_in(cast.cim))
    assert [one["id"] for one in theirs["acknowledgement"]["items"]] == [raised["id"]]
    assert "Alvas" not in json.dumps(theirs, ensure_ascii=False)
    assert cast.alva.id not in json.dumps(theirs)
    assert _own(sign_in(cast.alva))["alert"]["items"][0]["note"] == "Alvas nöd"


def test_who_an_alarm_is_about_is_not_told_what_another_wrote_of_it(
    ctx: Context, alva: Phone, shift_id: str, sign_in: SignIn, phone_of: PhoneOf, cast: Cast
) -> None:
    """No op of today makes such a row: the server raises for a host without a word. One that comes must not tell."""
    cim = phone_of(cast.cim)
    raised = cim.seal("alert.raise", {"kind": "help", "note": "Cims ord om Alva"}, shift=shift_id)
    assert cim.send(raised)[0]["status"] == "applied"
    with ctx.db.write() as conn:
        conn.execute(sa.update(Alert).where(col(Alert.id) == raised["id"]).values(host_id=cast.alva.id))
    (told,) = _own(sign_in(cast.alva))["alert"]["items"]
    assert (told["id"], told["kind"], told["note"]) == (raised["id"], "help", None)
    assert cast.cim.id not in json.dumps(told)
    (written,) = _own(sign_in(cast.cim))["alert"]["items"]
    assert written["note"] == "Cims ord om Alva"
    assert alva


def test_it_costs_the_same_however_much_there_is_and_comes_in_pages(
    alva: Phone, shift_id: str, sign_in: SignIn, cast: Cast
) -> None:
    desk = sign_in(cast.alva)
    costs = set()
    _own(desk)
    for _ in range(3):
        _see(alva, shift_id)
        with statements() as asked:
            _own(desk)
        costs.add(len(asked))
    assert len(costs) == 1
    first, second = (_own(desk, f"?limit=2&page={page}")["observation"] for page in (1, 2))
    assert (first["total"], len(first["items"]), len(second["items"])) == (3, 2, 1)
    assert {one["id"] for one in first["items"]}.isdisjoint({one["id"] for one in second["items"]})


def test_looking_is_noted_once_an_hour_and_told(sign_in: SignIn, cast: Cast) -> None:
    desk = sign_in(cast.alva)
    _own(desk)
    _own(desk)
    readings = _own(desk)["reading"]["items"]
    assert [(one["what"], one["subject"]) for one in readings] == [("own", cast.alva.id)]


def test_a_program_has_no_data_of_its_own(ctx: Context, api: TestClient) -> None:
    _, token = accounts.add_token(ctx, "export", list(Scope))
    assert Browser(api, token).get("/me/data").status_code == 403
