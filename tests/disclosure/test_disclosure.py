"""What was handed out: never more than was decided, kept as it was, and flagged when it was corrected since."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader

from app.access.context import Context
from app.audit.models import AuditReading
from app.core.db import Database
from app.core.ids import uuid7
from app.disclosure import routes
from app.retention.rules import Cls
from tests.conftest import SignIn
from tests.retention.acts import decided_long_ago, erase
from tests.support import on_sqlite
from tests.support.client import Browser, Phone
from tests.support.factories import a_position, a_retraction, an_amendment, an_observation
from tests.support.world import Cast, FakeClock

NUMBER = "18900101-9802"
TOLD = "Grå jacka, ABC 123, sprang mot stationen"
Sees = Callable[..., str]
Json = dict[str, Any]


@pytest.fixture
def sees(alva: Phone, shift_id: str) -> Sees:
    """`sees(text=…)`: the id of an observation of Alva's."""

    def _sees(**members: Any) -> str:
        op = alva.seal("observation.create", an_observation(**members), shift=shift_id, position=a_position())
        assert alva.send(op)[0]["status"] == "applied"
        return str(op["id"])

    return _sees


@pytest.fixture
def amends(alva: Phone, shift_id: str) -> Callable[..., None]:
    def _amends(target: str, **members: Any) -> None:
        told = an_amendment(target, "Fel park, sa Bo Ek", **members)
        assert alva.send(alva.seal("observation.amend", told, shift=shift_id))[0]["status"] == "applied"

    return _amends


def drafted(desk: Browser, **asked: Any) -> list[Json]:
    answer = desk.post("/disclosures/draft", json=asked)
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["records"]
    return found


def asked(*records: Json, earlier: bool = False, unmasked: bool = False, **more: Any) -> Json:
    def _version(one: Json) -> Json:
        masked = {} if unmasked else {name: said["found"] for name, said in one["fields"].items()}
        return {"id": one["id"], "masked": masked}

    told = [
        {"id": one["id"], "versions": [_version(v) for v in (one["versions"] if earlier else one["versions"][-1:])]}
        for one in records
    ]
    return {"id": uuid7(), "to": "police", "decision": "Enligt 10 kap. 24 § OSL", "records": told} | more


def hand_out(desk: Browser, *records: Json, **more: Any) -> Json:
    answer = desk.post("/disclosures", json=asked(*records, **more))
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


def paper(desk: Browser, made: Json, language: str = "sv") -> tuple[PdfReader, str]:
    answer = desk.get(f"/disclosures/{made['id']}/extract.pdf", params={"language": language})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].endswith(f'"lykta-utlamnande-{made["year"]}-{made["number"]}.pdf"')
    reader = PdfReader(io.BytesIO(answer.content))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_a_draft_is_what_the_search_finds_with_what_is_to_be_masked(bo: Browser, sees: Sees) -> None:
    plate, other = sees(text=TOLD, category="S1"), sees(text="Lugnt", category="K1")
    assert {one["id"] for one in drafted(bo)} == {plate, other}
    (one,) = drafted(bo, codes=["S1"])
    (version,) = one["versions"]
    said = version["fields"]["text"]
    assert [said["said"][start:end] for start, end in said["found"]] == ["ABC 123"]
    assert [one["id"] for one in drafted(bo, ids=[other, uuid7()])] == [other]


def test_what_is_or_ever_was_restricted_is_never_handed_out(bo: Browser, sees: Sees, amends: Any) -> None:
    closed, once = sees(category="V5"), sees(category="V5")
    amends(once, category="S1")
    assert drafted(bo) == drafted(bo, ids=[closed, once]) == []
    for one in (closed, once):
        answer = bo.post("/disclosures", json=asked({"id": one, "versions": [{"id": one, "fields": {}}]}))
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "not-disclosable")
    assert bo.get("/disclosures").json()["total"] == 0


def test_it_is_kept_masked_and_numbered_by_year(bo: Browser, sees: Sees, cast: Cast) -> None:
    sees(text=TOLD)
    (one,) = drafted(bo)
    first = hand_out(bo, one, recipient="Polisen Syd", reference="KS 2026/41")
    assert (first["year"], first["number"], hand_out(bo, one)["number"]) == (2026, 1, 2)
    assert (first["to"], first["recipient"], first["reference"]) == ("police", "Polisen Syd", "KS 2026/41")
    assert first["author"] == {"id": cast.bo.id, "name": cast.bo.name}
    (item,) = first["items"]
    assert item["versions"][0]["fields"]["text"] == ["Grå jacka, ", None, ", sprang mot stationen"]
    assert item["versions"][0]["position"] is None
    assert bo.get(f"/disclosures/{first['id']}").json() == first
    heads = bo.get("/disclosures", params={"limit": 1}).json()
    assert (heads["total"], heads["items"][0]["number"], heads["items"][0]["records"]) == (2, 2, 1)


def test_the_same_id_again_is_one_disclosure(bo: Browser, sees: Sees) -> None:
    sees()
    body = asked(*drafted(bo))
    first, again = (bo.post("/disclosures", json=body) for _ in range(2))
    assert first.json() == again.json()
    assert bo.get("/disclosures").json()["total"] == 1


def test_an_id_that_was_used_hands_out_nothing_else(bo: Browser, sees: Sees) -> None:
    sees(text=TOLD)
    body = asked(*drafted(bo))
    assert bo.post("/disclosures", json=body).status_code == 201
    others: list[Json] = [
        {"decision": "En annan"}, {"to": "public"}, {"positions": True}, {"reference": "KS 1"},
        {"records": asked(*drafted(bo), unmasked=True)["records"]},
    ]  # fmt: skip
    for other in others:
        answer = bo.post("/disclosures", json=body | other)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/conflict"), other
    assert bo.get("/disclosures").json()["total"] == 1


def test_what_is_corrected_later_is_flagged_and_what_was_handed_out_stays(
    bo: Browser, alva: Phone, shift_id: str, sees: Sees, amends: Any
) -> None:
    wrong, right, dropped = (sees(text=text) for text in ("Norra parken", "Torget", "Dubbelt"))
    made = hand_out(bo, *drafted(bo))
    amends(wrong, text="Södra parken")
    alva.send(alva.seal("observation.retract", a_retraction(dropped), shift=shift_id))
    assert bo.get("/disclosures").json()["items"][0]["corrected"] == 2
    now = bo.get(f"/disclosures/{made['id']}").json()
    assert {item["id"]: item["is_corrected"] for item in now["items"]} == {wrong: True, right: False, dropped: True}
    assert {**now, "corrected": 0, "items": [{**item, "is_corrected": False} for item in now["items"]]} == made
    again = hand_out(bo, *drafted(bo, ids=[wrong, right, dropped]))
    assert again["corrected"] == 0, "of what it was when it was handed out"


def test_what_is_erased_stays_in_the_register_without_its_words(
    bo: Browser, sees: Sees, ctx: Context, clock: FakeClock, cast: Cast
) -> None:
    seen = sees(text=TOLD)
    made = hand_out(bo, *drafted(bo))
    decided_long_ago(ctx.journal, clock, Cls.SHIFT)
    erase(ctx.journal, clock, Cls.SHIFT)
    bo.sign_in(cast.bo)
    (item,) = bo.get(f"/disclosures/{made['id']}").json()["items"]
    assert (item["id"], item["erased"], item["closed"], item["versions"]) == (seen, True, False, [])
    _, words = paper(bo, made)
    assert "Posten är gallrad." in words
    assert "sprang" not in words


def test_both_wordings_go_out_where_that_is_decided(bo: Browser, sees: Sees, amends: Any) -> None:
    seen = sees(text="Norra parken")
    amends(seen, text="Södra parken")
    (one,) = drafted(bo)
    new, both = hand_out(bo, one), hand_out(bo, one, earlier=True)
    assert [v["fields"]["text"] for v in new["items"][0]["versions"]] == [["Södra parken"]]
    assert [v["fields"]["text"] for v in both["items"][0]["versions"]] == [["Norra parken"], ["Södra parken"]]
    assert both["items"][0]["versions"][1]["fields"]["reason"] == ["Fel park, sa ", None]


def test_a_draft_that_is_old_is_not_handed_out(bo: Browser, sees: Sees, amends: Any) -> None:
    seen = sees()
    body = asked(*drafted(bo))
    amends(seen)
    assert bo.post("/disclosures", json=body).json()["type"] == "/problems/newer"
    (one,) = drafted(bo)
    one["versions"] = one["versions"][:1]
    assert bo.post("/disclosures", json=asked(one)).status_code == 409
    assert bo.get("/disclosures").json()["total"] == 0


def test_a_correction_while_it_is_stored_stops_it(
    bo: Browser, sees: Sees, amends: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = sees()
    body, data = asked(*drafted(bo)), routes._data

    def _meanwhile(*args: Any) -> Any:
        told = data(*args)
        amends(seen)
        return told

    monkeypatch.setattr(routes, "_data", _meanwhile)
    assert bo.post("/disclosures", json=body).json()["type"] == "/problems/newer"
    assert bo.get("/disclosures").json()["total"] == 0


def test_of_two_at_once_the_second_has_the_next_number(
    bo: Browser, sees: Sees, monkeypatch: pytest.MonkeyPatch
) -> None:
    sees()
    records, data = drafted(bo), routes._data
    others: list[Json] = []

    def _meanwhile(*args: Any) -> Any:
        told = data(*args)
        if not others:
            others.append({})
            others.append(hand_out(bo, *records))
        return told

    monkeypatch.setattr(routes, "_data", _meanwhile)
    assert (hand_out(bo, *records)["number"], others[1]["number"]) == (2, 1)


def test_words_that_the_supervisor_may_not_see_go_out_to_nobody(
    bo: Browser, sees: Sees, sign_in: SignIn, cast: Cast
) -> None:
    sees(text=f"Pnr {NUMBER}")
    (one,) = drafted(bo)
    assert (one["versions"][0]["hidden"], one["versions"][0]["fields"]) == (True, {})
    made = hand_out(bo, one)
    dora = sign_in(cast.dora)
    for reader in (bo, dora):
        answer = reader.get(f"/disclosures/{made['id']}")
        assert answer.json()["items"][0]["versions"][0]["fields"] == {}
        assert NUMBER not in answer.text


def test_exact_positions_only_where_it_is_said(bo: Browser, sees: Sees) -> None:
    sees()
    (one,) = drafted(bo)
    at = hand_out(bo, one, positions=True)["items"][0]["versions"][0]["position"]
    assert (round(at["lat"], 2), round(at["lon"], 2)) == (56.16, 14.87)


def test_a_search_for_a_person_drafts_nothing(bo: Browser) -> None:
    answer = bo.post("/disclosures/draft", json={"text": NUMBER})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/find-person")
    assert NUMBER not in answer.text


def test_a_record_is_in_it_once(bo: Browser, sees: Sees) -> None:
    sees()
    (one,) = drafted(bo)
    assert bo.post("/disclosures", json=asked(one, one)).status_code == 422


def test_each_reading_is_noted(bo: Browser, sees: Sees, db: Database, ctx: Context) -> None:
    assert ctx
    sees()
    made = hand_out(bo, *drafted(bo))
    table = AuditReading.__table__  # type: ignore[attr-defined]
    with db.read() as conn:
        noted = {(row.what, row.subject) for row in conn.execute(table.select())}
    assert ("disclosure", made["id"]) in noted
    assert "disclosure.draft" in {what for what, _ in noted}


@on_sqlite
def test_on_paper_it_is_masked_nameless_tagged_and_in_both_languages(
    bo: Browser, sees: Sees, amends: Any, cast: Cast
) -> None:
    seen = sees(text=f"{TOLD} #let x = 1 $y$ *stjärna*", category="S1")
    amends(seen, text="Södra parken", category="S1")
    made = hand_out(bo, *drafted(bo), earlier=True, positions=True, recipient="Polisen Syd")
    reader, words = paper(bo, made)
    for said in ("Utlämnande 2026:1", "Polisen: Polisen Syd", "10 kap. 24 §", "Tidigare lydelse", "Grå jacka, █████",
                 "#let x = 1 $y$ *stjärna*", "Södra parken", "Skäl för rättelsen: Fel park, sa █████",
                 "WGS 84"):  # fmt: skip
        assert said in words, (said, words)
    for gone in ("ABC 123", "Bo Ek", cast.alva.name, cast.bo.name):
        assert gone not in words, gone
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv"
    _, english = paper(bo, made, "en")
    assert "Disclosure 2026:1" in english
    assert "Earlier wording" in english
