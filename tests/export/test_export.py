"""POST /exports: the search as a file, in the viewer's scope, without hosts, harmless in a spreadsheet."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from sqlalchemy import select

import app.export.queries
from app.access import accounts
from app.access.context import Context
from app.access.permission import Scope
from app.audit.readings import READING
from app.export import files
from tests.conftest import SignIn
from tests.support import on_sqlite
from tests.support.canary import assert_problem
from tests.support.client import Browser, Phone
from tests.support.factories import a_position, a_retraction, an_escalation, an_observation, happened
from tests.support.world import EVENING, Cast

pytestmark = on_sqlite
FORMATS = ("geojson", "csv", "xlsx")
CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c"
PERSONNUMMER = "18900101-9802"
See = Callable[..., str]


@pytest.fixture
def see(alva: Phone, shift_id: str) -> See:
    def _see(position: Any = None, **members: Any) -> str:
        op = alva.seal("observation.create", an_observation(**members), shift=shift_id, position=position)
        alva.send(op)
        return str(op["id"])

    return _see


def taken(browser: Browser, form: str, **asked: Any) -> bytes:
    answer = browser.post("/exports", json={"format": form, **asked})
    assert answer.status_code == 200, answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.headers["content-disposition"] == f'attachment; filename="lykta-2026-11-20.{form}"'
    return bytes(answer.content)


def rows(content: bytes, delimiter: str = ";") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def plain(content: bytes, form: str) -> str:
    """All words of a file."""
    if form != "xlsx":
        return content.decode()
    with ZipFile(io.BytesIO(content)) as book:
        return " ".join(book.read(name).decode() for name in book.namelist())


def test_a_swedish_spreadsheet_reads_the_csv(see: See, bo: Browser) -> None:
    seen = see(text='Klotter; "stort"\npå väggen', position=a_position())
    content = taken(bo, "csv", kinds=["observation"])
    assert content.startswith(b"\xef\xbb\xbfId;Slag;Fr\xc3\xa5n;")
    (row,) = rows(content)
    told = ("Id", "Slag", "Från", "Kategori eller tjänst", "Grupp", "Latitud", "Text", "Läge", "Skyddad")
    assert [row[name] for name in told] == [
        seen, "Observation", "2026-11-20 21:00:00", "Klotter", "Skada, brand, skräp, ljud", "56,1612",
        'Klotter; "stort"\npå väggen', "Gäller", "nej",
    ]  # fmt: skip
    (english,) = rows(taken(bo, "csv", kinds=["observation"], language="en"), ",")
    assert (english["Latitude"], english["Category or service"]) == ("56.1612", "Graffiti")


def test_a_formula_in_a_record_is_a_text_in_each_table(see: See, bo: Browser) -> None:
    see(text="=1+1", place_text="-2")
    (row,) = rows(taken(bo, "csv", kinds=["observation"]))
    assert (row["Text"], row["Plats i ord"]) == ("'=1+1", "'-2")
    with ZipFile(io.BytesIO(taken(bo, "xlsx", kinds=["observation"]))) as book:
        cells = list(ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(CELL))
    texts = {"".join(cell.itertext()) for cell in cells if cell.get("t") == "inlineStr"}
    assert {"=1+1", "-2", "Klotter"} <= texts
    assert not [cell for cell in cells if cell.find(CELL[:-1] + "f") is not None]


def test_geojson_has_a_feature_for_each(see: See, bo: Browser) -> None:
    here, nowhere = see(position=a_position()), see()
    found = json.loads(taken(bo, "geojson", kinds=["observation"]))
    features = {feature["id"]: feature for feature in found["features"]}
    assert set(features) == {here, nowhere}
    assert found["type"] == "FeatureCollection"
    assert features[here]["geometry"] == {"type": "Point", "coordinates": [14.8654, 56.1612]}
    assert features[nowhere]["geometry"] is None
    assert features[here]["properties"]["code_name"] == "Klotter"


def test_it_holds_what_the_search_finds_over_many_pages(see: See, bo: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.export.queries, "CHUNK", 2)
    wanted = [see(text=f"Klotter {n}", happened=happened(EVENING + timedelta(minutes=n))) for n in range(5)]
    see(text="Lampa")
    assert [row["Id"] for row in rows(taken(bo, "csv", text="klotter", sort="oldest"))] == wanted


def test_a_retracted_one_is_there_when_asked_for(see: See, alva: Phone, bo: Browser) -> None:
    gone = see()
    alva.send(alva.seal("observation.retract", a_retraction(gone, "Fel plats")))
    assert rows(taken(bo, "csv", kinds=["observation"])) == []
    (row,) = rows(taken(bo, "csv", status=["retracted"]))
    assert (row["Läge"], row["Skäl för återtagande"]) == ("Återtagen", "Fel plats")


@pytest.mark.parametrize("form", FORMATS)
def test_restricted_ones_only_where_asked_for_by_who_may(
    see: See, alva: Phone, bo: Browser, sign_in: SignIn, cast: Cast, form: str
) -> None:
    closed = see(category="X1", text="Kniv")
    alva.send(alva.seal("escalation.create", an_escalation(cause="Kniven", observation_id=closed)))
    assert "Kniv" not in plain(taken(bo, form), form)
    assert plain(taken(bo, form, restricted=True), form).count("Kniv") == 2
    assert "Kniv" not in plain(taken(sign_in(cast.dan), form, restricted=True), form)


@pytest.mark.parametrize("form", FORMATS)
def test_neither_hosts_nor_hidden_words_leave(
    see: See, alva: Phone, shift_id: str, bo: Browser, cast: Cast, form: str
) -> None:
    see(text=f"Jacka {PERSONNUMMER}")
    gone = see()
    alva.send(alva.seal("observation.retract", a_retraction(gone, f"Var {PERSONNUMMER}"), shift=shift_id))
    told = plain(taken(bo, form, status=["current", "retracted", "open"]), form)
    assert "Återtagen" in told or "retracted" in told
    for word in (PERSONNUMMER, "Jacka", cast.alva.id, cast.alva.name, cast.cim.id, cast.cim.name, shift_id * 2):
        assert word not in told, word
    if form == "csv":
        assert "[dold text]" in told


def test_each_file_is_noted(ctx: Context, see: See, bo: Browser, cast: Cast) -> None:
    see()
    taken(bo, "csv")
    taken(bo, "csv")
    taken(bo, "geojson", restricted=True)
    with ctx.db.read() as conn:
        noted = [row.what for row in conn.execute(select(READING)) if row.viewer_id == cast.bo.id]
    assert sorted(noted) == ["export.csv", "export.csv", "export.geojson.restricted"]


def test_a_person_is_not_searched_for_by_a_file_either(bo: Browser) -> None:
    answer = bo.post("/exports", json={"format": "csv", "text": PERSONNUMMER})
    assert_problem(answer, 422, "find-person")
    assert PERSONNUMMER not in answer.text


def test_a_file_has_an_end(see: See, bo: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    media, write, _ = files.FORMATS["csv"]
    monkeypatch.setitem(files.FORMATS, "csv", (media, write, 1))
    see()
    taken(bo, "csv", kinds=["observation"])
    see()
    problem = assert_problem(bo.post("/exports", json={"format": "csv", "kinds": ["observation"]}), 422, "export-large")
    assert problem["limit"] == 1


def test_a_program_takes_no_restricted_ones_without_the_scope(ctx: Context, api: Any, see: See) -> None:
    see(category="X1", text="Kniv")
    for scopes, count in (([Scope.READ], 0), ([Scope.READ, Scope.RESTRICTED], 1)):
        program = Browser(api, token=accounts.add_token(ctx, "gis", scopes)[1])
        assert plain(taken(program, "geojson", restricted=True), "geojson").count("Kniv") == count
