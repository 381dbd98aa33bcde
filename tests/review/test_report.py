"""A shift's log on paper: what stands in it, for whom, and that nobody's words are read as markup."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from app.access.context import Context
from app.audit.models import AuditReading
from app.core.errors import Problem
from app.core.ids import uuid7
from app.review import routes, typeset
from tests.conftest import SignIn
from tests.support import on_sqlite
from tests.support.client import Browser, Phone
from tests.support.factories import a_checkin, a_shift, a_shift_end, an_amendment, an_attempt, an_escalation
from tests.support.factories import an_observation as seen
from tests.support.world import Cast

ODD = '#let x = 1 $y^2$ @ref *stjärna* _under_ `kod` <etikett> [hak] \\ "citat" {klammer} {time} // slut'
NUMBER = "18900101-9802"


@pytest.fixture
def shift_id(alva: Phone, cast: Cast) -> str:
    return alva.start(a_shift(cast.alva, cast.cim))


@pytest.fixture
def desk(sign_in: SignIn, cast: Cast) -> Browser:
    return sign_in(cast.bo)


def paper(desk: Browser, shift_id: str, language: str = "sv", **asked: bool) -> tuple[PdfReader, str]:
    answer = desk.get(f"/reviews/shifts/{shift_id}/report.pdf", params={"language": language, **asked})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@on_sqlite
def test_it_tells_the_evening_tagged_in_its_language_with_marks_as_they_were_written(
    desk: Browser, alva: Phone, shift_id: str, cast: Cast, ctx: Context
) -> None:
    at = {"shift": shift_id}
    wall, risk = alva.seal("observation.create", seen(), **at), alva.seal("observation.create", seen(text=ODD), **at)
    called = alva.seal("escalation.create", an_escalation(), **at)
    alva.send(wall, risk, called, alva.seal("checkin.create", a_checkin(note=f"Pnr {NUMBER}"), **at),
              alva.seal("observation.amend", an_amendment(wall["id"], "Fel vägg", text="Södra väggen"), **at),
              alva.seal("escalation.attempt", an_attempt(called["id"]), **at),
              alva.seal("shift.end", a_shift_end(8, summary="Lugnt."), **at))  # fmt: skip
    reader, words = paper(desk, shift_id, names=True)
    for said in ("Passrapport 2026-11-20", cast.alva.name, "Lugnt.", "Södra väggen", "”Fel vägg”", "Tidigare lydelse",
                 "Kedjan verifierad", "Text dold", "Pass avslutat", "ringt"):  # fmt: skip
        assert said in words, said
    assert ODD in words
    assert NUMBER not in words
    root: Any = reader.root_object
    assert root["/Lang"].startswith("sv")
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == "Passrapport 2026-11-20"
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
    assert "Shift report" in paper(desk, shift_id, "en")[1]
    with ctx.db.read() as conn:
        noted = conn.execute(AuditReading.__table__.select()).all()  # type: ignore[attr-defined]
    assert [(row.viewer_id, row.subject) for row in noted if row.what == "report.names"] == [(cast.bo.id, shift_id)]


@on_sqlite
def test_nobody_is_named_unless_it_is_asked_for(desk: Browser, alva: Phone, shift_id: str, cast: Cast) -> None:
    at = {"shift": shift_id}
    wall = alva.seal("observation.create", seen(), **at)
    alva.send(wall, alva.seal("observation.amend", an_amendment(wall["id"], "Fel vägg"), **at))
    assert (
        desk.post(f"/reviews/shifts/{shift_id}/comments", json={"target": shift_id, "text": "Bra."}).status_code == 200
    )
    people = (cast.alva.name, cast.cim.name, cast.bo.name)
    bare, named = paper(desk, shift_id)[1], paper(desk, shift_id, names=True)[1]
    assert [name for name in people if name in bare] == []
    assert [name for name in people if name not in named] == []
    for said in ("Värd 1, Värd 2", "av Värd 1: ”Fel vägg”", "arbetsledningen", "Bra."):
        assert said in bare, said
    assert "Host 1, Host 2" in paper(desk, shift_id, "en")[1]


@on_sqlite
def test_what_is_restricted_or_ever_was_is_left_out_unless_it_is_asked_for(
    desk: Browser, alva: Phone, shift_id: str, ctx: Context
) -> None:
    at = {"shift": shift_id}
    threat = alva.seal("observation.create", seen(category="X1", text="Hotad med kniv"), **at)
    once = alva.seal("observation.create", seen(category="H2", text="Ville dö"), **at)
    call = alva.seal("escalation.create", an_escalation(observation_id=threat["id"], cause="Kniven"), **at)
    alva.send(threat, once, call, alva.seal("observation.create", seen(text="Klotter"), **at),
              alva.seal("observation.amend", an_amendment(once["id"], "Fel", category="S2", text="Lugnt nu"), **at),
              alva.seal("observation.later", {"text": "Framtida ord"}, **at))  # fmt: skip
    about = threat["id"]
    for text in ("Anmäl detta", "Svar ett", "Svar två", "Svar tre"):  # each is about the one before it
        said = desk.post(f"/reviews/shifts/{shift_id}/comments", json={"target": about, "text": text})
        about = said.json()["id"]
    closed = ("Svar ett", "Svar två", "Svar tre", "Hotad med kniv", "Ville dö", "Lugnt nu", "Kniven", "Anmäl detta",
              "Framtida ord", "Hot mot personal")  # fmt: skip
    bare, whole = paper(desk, shift_id)[1], paper(desk, shift_id, restricted=True)[1]
    assert [words for words in closed if words in bare] == []
    assert bare.count("Skyddad post (innehållet är inte med)") == 7
    assert "Klotter" in bare
    assert [words for words in closed[:-2] if words not in whole] == []
    with ctx.db.read() as conn:
        noted = conn.execute(AuditReading.__table__.select()).all()  # type: ignore[attr-defined]
    assert {row.what for row in noted if row.what.startswith("report")} == {"report", "report.restricted"}


@on_sqlite
def test_an_own_category_has_its_name_in_either_language(
    sign_in: SignIn, desk: Browser, alva: Phone, shift_id: str, cast: Cast
) -> None:
    told = {"based_on": None, "group": "P", "sv": "Hal gångbana", "en": "Slippery path", "protection": 1,
            "photos": True, "active": True}  # fmt: skip
    ada = sign_in(cast.ada)
    assert ada.request("PUT", f"/categories/{uuid7()}", json=told).status_code == 204
    (own,) = [one["code"] for one in ada.get("/categories").json()["categories"] if one["sv"] == told["sv"]]
    alva.send(alva.seal("observation.create", seen(category=own), shift=shift_id))
    for language, name in (("sv", "Hal gångbana"), ("en", "Slippery path")):
        words = paper(desk, shift_id, language)[1]
        assert name in words
        assert own not in words


@on_sqlite
def test_one_that_is_not_here_or_too_long_is_not_made(
    desk: Browser, shift_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.get("/reviews/shifts/019a0000-0000-7000-8000-000000000098/report.pdf").status_code == 404
    monkeypatch.setattr(routes, "ENTRIES_MAX", 0)
    refused = desk.get(f"/reviews/shifts/{shift_id}/report.pdf")
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/export-large")


def test_what_cannot_be_set_in_time_is_told_as_busy_and_quotes_nothing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, value, document in (("TIME_S", 0.001, {}), ("TIME_S", 20, {"title": NUMBER})):
        monkeypatch.setattr(typeset, name, value)
        with pytest.raises(Problem) as told:
            typeset.typeset(document)
        assert told.value.kind.status == 503
    assert NUMBER not in "".join(capfd.readouterr())
