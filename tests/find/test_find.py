"""POST /find: who finds what, by which words, in which order, and what it costs."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from app.access.context import Context
from app.access.permission import Viewer
from app.audit.readings import READING
from app.core.clock import stamp
from app.core.db import Database
from app.find import filling, queries
from app.find.entries import ENTRY
from app.find.schemas import Filters
from tests.conftest import SignIn
from tests.find.conftest import Find, See
from tests.support import on_postgresql, on_sqlite
from tests.support.canary import assert_problem, watched_logs
from tests.support.client import Browser, Phone
from tests.support.factories import (
    a_close,
    a_position,
    a_retraction,
    a_shift_end,
    an_amendment,
    an_attempt,
    an_escalation,
    happened,
)
from tests.support.sql import statements
from tests.support.world import CAST, EVENING, Cast

RESTRICTED = "X1"
#: Skatteverket's test number.
PERSONNUMMER = "18900101-9802"


def test_words_are_found_in_any_form_and_half_typed(see: See, find: Find) -> None:
    wall = see(text="Klotter på norra väggen, två ungdomar sprang")
    lamp = see(text="Trasig lampa vid Kafé Ängen")
    for said in ("klotter väggar", "ungdom", "KLOTT", "väggen norra", "sprang två ungdomarna"):
        assert find(said) == [wall], said
    for said in ("lampan", "lamporna trasiga", "kafe", "a\u0308ngen", "äng"):
        assert find(said) == [lamp], said
    for said in ("angen", "klotter lampa", "vägg klottr x", "!!"):
        assert find(said) == [], said
    assert set(find()) == {lamp, wall}


def test_signs_of_a_query_language_are_only_signs(see: See, find: Find) -> None:
    seen = see(text="Bråk NEAR AND OR grillen")
    for said in ('bråk"', "bråk*", "(bråk", "bråk OR", "-bråk", "bråk:*", "bråk & !grillen", "'bråk'", "NEAR(bråk"):
        assert find(said) == [seen], said
    assert find("words:bråk") == find("\\") == find("%") == []


def test_words_of_a_call_for_help_of_its_end_and_of_a_shift(alva: Phone, shift_id: str, find: Find) -> None:
    call = alva.seal("escalation.create", an_escalation(cause="Slagsmål på torget"), shift=shift_id)
    alva.send(call)
    assert find("slagsmål") == [call["id"]]
    alva.send(alva.seal("escalation.attempt", an_attempt(call["id"], note="Upptaget"), shift=shift_id))
    alva.send(alva.seal("escalation.close", a_close(call["id"], note="Patrullen lugnade"), shift=shift_id))
    assert find("upptaget") == find("patrullerna lugnade slagsmål") == [call["id"]]
    assert find(kinds=["escalation"], status=["closed"], codes=["POL114"]) == [call["id"]]
    alva.send(alva.seal("shift.end", a_shift_end(2, summary="Stökigt vid badhuset"), shift=shift_id))
    assert find("badhus") == find(kinds=["shift"]) == [shift_id]


def test_a_correction_is_found_by_its_new_words_alone(see: See, find: Find, alva: Phone) -> None:
    seen = see(text="Klotter")
    alva.send(alva.seal("observation.amend", an_amendment(seen, text="Affisch", happened=happened(EVENING))))
    assert (find("klotter"), find("affischer"), find(status=["amended"])) == ([], [seen], [seen])


def test_what_was_retracted_is_found_only_when_asked_for_and_says_so(
    see: See, find: Find, alva: Phone, bo: Browser
) -> None:
    seen = see(text="Klotter")
    alva.send(alva.seal("observation.retract", a_retraction(seen, "Fel plats")))
    assert find("klotter") == find() == []
    assert find("klotter", status=["retracted"]) == find("klotter", status=["current", "retracted"]) == [seen]
    item = bo.post("/find", json={"status": ["retracted"]}).json()["items"][0]
    assert (item["status"], item["retracted"]["reason"]) == ("retracted", "Fel plats")


def test_filters_narrow_together(see: See, find: Find) -> None:
    here = see(category="S2", severity=3, position=a_position(), happened=happened(EVENING))
    late = see(category="U1", severity=1, happened=happened(EVENING + timedelta(hours=2)))
    hour = stamp(EVENING + timedelta(hours=1))
    assert find(to=hour) == find(groups=["S"]) == find(codes=["S2"]) == find(severity=2) == [here]
    assert find(**{"from": hour}) == find(codes=["U1"]) == find("klotter", groups=["U"]) == [late]
    assert find(bbox="14.8,56.1,14.9,56.2") == find("klotter", bbox="14.8,56.1,14.9,56.2") == [here]
    assert find(bbox="15.8,56.1,15.9,56.2") == find(codes=["S2"], groups=["nothing"], severity=4) == []
    assert find(**{"from": stamp(EVENING)}, to=stamp(EVENING + timedelta(milliseconds=1))) == [here]


@pytest.mark.parametrize("few", [queries.AREA_FEW, 0], ids=["a small area", "a large one"])
def test_a_place_and_its_area_are_those_of_the_record_or_of_its_shift(
    ctx: Context, see: See, find: Find, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(queries, "AREA_FEW", few)
    place, area = "019a0000-0000-7000-8000-0000000000b1", "019a0000-0000-7000-8000-0000000000b2"
    ctx.journal.write("place.put", {"id": place, "name": "Skolan", "kind": "school", "area_id": area, "lon": 14.8,
                                    "lat": 56.1, "note": None, "active": True}, author=None)  # fmt: skip
    there = see(place_id=place)
    see()
    assert find(place_id=place) == find(area_id=area) == find(bbox="14.7,56.0,14.9,56.2") == [there]


@pytest.mark.parametrize("sort", ["newest", "oldest", "severe"])
@pytest.mark.parametrize("said", [None, "klotter"])
def test_every_page_follows_the_one_before(see: See, bo: Browser, sort: str, said: str | None) -> None:
    seen = {see(severity=1 + n % 3, happened=happened(EVENING + timedelta(minutes=n % 4))): n for n in range(7)}
    asked: dict[str, Any] = {"sort": sort, "limit": 3} | ({} if said is None else {"text": said})
    told: list[dict[str, Any]] = []
    while True:
        page = bo.post("/find", json=asked).json()
        told += page["items"]
        assert page["count"] == 7
        if page["next"] is None:
            break
        asked["cursor"] = page["next"]
    assert {item["id"] for item in told} == set(seen)
    assert len(told) == 7
    times = [item["happened"]["from"] for item in told]
    severities = [item["severity"] for item in told]
    if sort == "severe":
        assert severities == sorted(severities, reverse=True)
    else:
        assert times == sorted(times, reverse=sort == "newest")


def test_a_restricted_record_is_neither_found_nor_counted_nor_hinted_at(
    see: See, find: Find, alva: Phone, shift_id: str, sign_in: SignIn, cast: Cast
) -> None:
    dan = sign_in(cast.dan)
    closed = see(shift=shift_id, category=RESTRICTED, text="Kniv visades")
    once = see(shift=shift_id, category=RESTRICTED, text="Kniv kastades")
    alva.send(alva.seal("observation.amend", an_amendment(once, category="U1", text="Kniv kastades"), shift=shift_id))
    early = alva.seal("escalation.create", an_escalation(cause="Kniven", observation_id=closed), shift=shift_id)
    alva.send(early)
    assert set(find("kniv")) == {closed, once, early["id"]}
    kinds: tuple[dict[str, Any], ...] = ({"kinds": ["escalation"]}, {"kinds": ["observation"]})
    for asked in ({"text": "kniv"}, {"codes": [RESTRICTED]}, *kinds):
        answer = dan.post("/find", json=asked).json()
        assert (answer["items"], answer["count"], answer["next"]) == ([], 0, None), asked


def test_a_call_for_help_is_closed_though_its_observation_comes_later(
    alva: Phone, find: Find, sign_in: SignIn, cast: Cast
) -> None:
    seen = alva.seal("observation.create", {"category": RESTRICTED, "happened": happened()})
    call = alva.seal("escalation.create", an_escalation(cause="Kniven", observation_id=seen["id"]))
    alva.send(call)
    alva.send(seen)
    assert find("kniv", by=sign_in(cast.dan)) == []
    assert find("kniv") == [call["id"]]


def test_the_reading_of_a_restricted_record_is_noted(ctx: Context, see: See, find: Find) -> None:
    closed = see(category=RESTRICTED, text="Kniv")
    see(text="Lampa")
    find()
    with ctx.db.read() as conn:
        noted = {(row.what, row.subject) for row in conn.execute(select(READING)) if row.viewer_id == CAST.bo.id}
    assert noted == {("find", "list"), ("find.restricted", closed)}


def test_hidden_words_are_found_by_nobody_and_shown_to_few(
    see: See, find: Find, bo: Browser, sign_in: SignIn, cast: Cast
) -> None:
    seen = see(text=f"Grå jacka {PERSONNUMMER}", place_text="Kiosken")
    for said in ("jacka", "grå", "kiosken", "18900101", "9802"):
        assert find(said) == find(said, by=sign_in(cast.dora)) == [], said
    assert find() == [seen]
    (item,) = bo.post("/find", json={}).json()["items"]
    assert (item["text"], item["place_text"], item["hidden"]) == (None, None, True)
    (item,) = sign_in(cast.dora).post("/find", json={}).json()["items"]
    assert PERSONNUMMER in item["text"]


def test_a_plate_a_phone_and_a_name_are_not_among_the_words_that_find(see: See, find: Find) -> None:
    seen = see(text="Svart Volvo DWR 45K, ring 070-174 06 05, sa Erik Johansson vid bron")
    assert find("svarta volvo bron") == [seen]
    for said in ("dwr", "45k", "070", "erik", "johansson"):
        assert find(said) == [], said


@on_sqlite
@pytest.mark.parametrize(("said", "kinds"), [
    (PERSONNUMMER, ["personnummer"]), ("jacka 189001019802", ["personnummer"]), ("070-174 06 05", ["phone"]),
    ("dwr45k", ["plate"]), ("nils@example.se", ["email"]), ("Erik Johansson", ["name"]),
])  # fmt: skip
def test_what_looks_like_a_person_is_refused_and_never_told_again(
    bo: Browser, said: str, kinds: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    with watched_logs() as lines:
        answer = bo.post("/find", json={"text": said})
    assert_problem(answer, 422, "find-person")
    assert answer.json()["kinds"] == kinds
    told = answer.text + str(answer.headers) + str(lines) + "".join(capfd.readouterr())
    assert said not in told


def test_a_number_that_is_no_person_is_looked_for(see: See, find: Find) -> None:
    seen = see(text="Felanmälan 4711 plan -2")
    assert find("4711") == find("felanmälan plan 2") == [seen]


def test_no_name_or_id_of_a_host_is_in_an_answer(see: See, alva: Phone, shift_id: str, bo: Browser, cast: Cast) -> None:
    seen = see(shift=shift_id)
    alva.send(alva.seal("observation.retract", a_retraction(seen), shift=shift_id))
    call = alva.seal("escalation.create", an_escalation(), shift=shift_id)
    alva.send(call, alva.seal("escalation.close", a_close(call["id"]), shift=shift_id))
    told = bo.post("/find", json={"status": ["current", "retracted", "open", "closed"]})
    assert len(told.json()["items"]) == 3
    for host in (cast.alva, cast.cim):
        assert host.id not in told.text
        assert host.name not in told.text


def test_a_search_costs_the_same_whatever_it_finds(
    db: Database, see: See, find: Find, alva: Phone, shift_id: str
) -> None:
    costs = set()
    find()  # the reading of this hour is noted once
    for _ in range(3):
        seen = see(shift=shift_id)
        alva.send(alva.seal("observation.amend", an_amendment(seen), shift=shift_id))
        alva.send(alva.seal("escalation.create", an_escalation(observation_id=seen), shift=shift_id))
        filling.catch_up(db)
        with statements() as asked:
            find()
        costs.add(len(asked))
    assert costs == {8}


ASKED: dict[str, dict[str, Any]] = {
    "words": {"text": "klotter"}, "words and time": {"text": "klotter", "from": stamp(EVENING)},
    "time and box": {"from": stamp(EVENING), "to": stamp(EVENING + timedelta(hours=12)), "bbox": "14,56,15,57"},
    "everything": {}, "severe": {"sort": "severe"}, "oldest": {"sort": "oldest"}, "category": {"codes": ["S2"]},
    "place": {"place_id": "019a0000-0000-7000-8000-0000000000b1"}, "shifts": {"kinds": ["shift"]},
}  # fmt: skip
BO = Viewer(CAST.bo.id, CAST.bo.name, CAST.bo.role)
DAN = Viewer(CAST.dan.id, CAST.dan.name, CAST.dan.role)


def _plans(db: Database, asked: dict[str, Any], viewer: Viewer, explain: str) -> list[str]:
    """One for each statement of a page and its count."""
    filters = Filters.model_validate_json(json.dumps(asked))
    with db.read() as conn:
        if not db.is_sqlite:
            conn.execute(text("SET LOCAL enable_seqscan = off"))
        plans = []
        found, place = queries._asked(conn, viewer, filters, True, [ENTRY.c.id])
        for stmt in (found.order_by(*queries._order(filters, place)).limit(51), found.limit(1001)):
            compiled = stmt.compile(conn, compile_kwargs={"render_postcompile": True})
            rows = conn.exec_driver_sql(f"{explain} {compiled}", _values(compiled))
            plans.append("\n".join(str(row[-1]) for row in rows))
        return plans


def _values(compiled: Any) -> Any:
    values = {k: (v.value if hasattr(v, "value") else v) for k, v in compiled.construct_params().items()}
    return tuple(values[name] for name in compiled.positiontup) if compiled.positional else values


@on_sqlite
@pytest.mark.parametrize("viewer", [BO, DAN])
def test_no_search_goes_through_all_and_sorts_on_sqlite(db: Database, viewer: Viewer) -> None:
    """Without words the table is read in the order of time, or by an index: never sorted, so a page is all it takes."""
    for name, asked in ASKED.items():
        page, _ = _plans(db, asked, viewer, "EXPLAIN QUERY PLAN")
        assert "B-TREE FOR ORDER BY" not in page, (name, page)
        assert ("VIRTUAL TABLE" in page) == ("words" in name), (name, page)
        if name == "time and box":
            assert "rowid>? AND rowid<?" in page or "nth>? AND nth<?" in page, page


@on_postgresql
def test_every_search_has_an_index_on_postgresql(db: Database) -> None:
    for name, asked in ASKED.items():
        page, count = _plans(db, asked, DAN, "EXPLAIN")
        assert "Seq Scan on find_entry" not in page, (name, page)
        # Where nothing narrows, a count ends after so many rows of whatever it reads.
        assert name in ("everything", "severe", "oldest") or "Seq Scan on find_entry" not in count, (name, count)
    assert "ix_find_entry_words" in _plans(db, ASKED["words"], BO, "EXPLAIN")[1]
