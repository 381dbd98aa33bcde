"""What an older or foreign client sends with a personnummer in it is stored, told, and hidden; on every way out."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import delete, select
from starlette.testclient import TestClient

from app.access import accounts
from app.access.context import Context
from app.access.permission import Scope
from app.audit import readings
from app.journal.rebuild import rebuild
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.conftest import PhoneOf, SignIn
from tests.guard.places import PNR, SAID, Spread, everywhere, said_in
from tests.support import on_sqlite
from tests.support.client import Browser, Phone
from tests.support.factories import a_comment, an_amendment, an_escalation, an_observation
from tests.support.tables import projected
from tests.support.world import Cast

READS = ("/observations", "/checkins", "/escalations", "/shifts")
GEOJSON = {"accept": "application/geo+json"}


@pytest.fixture
def spread(alva: Phone, shift_id: str, phone_of: PhoneOf, cast: Cast) -> Spread:
    return everywhere(alva, phone_of(cast.ada), shift_id)


def _reads(browser: Browser, spread: Spread) -> Iterable[tuple[str, str]]:
    for path in READS:
        yield path, browser.get(path).text
        yield f"{path} as GeoJSON", browser.get(path, headers=GEOJSON).text
    for path in (f"/observations/{spread.observation}", f"/escalations/{spread.escalation}"):
        yield path, browser.get(path).text
    yield "/sync/pull", json.dumps(browser.pull_all()[0], ensure_ascii=False)


def _log(browser: Browser, shift_id: str) -> str:
    answer = browser.get(f"/reviews/shifts/{shift_id}")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("who", ["cim", "bo", "dan", "arne"])
def test_others_read_the_record_and_none_of_its_words(spread: Spread, sign_in: SignIn, cast: Cast, who: str) -> None:
    for path, text in _reads(sign_in(getattr(cast, who)), spread):
        assert PNR not in text, path
        assert '"hidden":true' in text.replace(" ", ""), path


@pytest.mark.usefixtures("spread")
@pytest.mark.parametrize("who", ["bo", "ada"])
def test_the_log_of_a_shift_hides_them_too(sign_in: SignIn, cast: Cast, shift_id: str, who: str) -> None:
    text = _log(sign_in(getattr(cast, who)), shift_id)
    assert said_in(text) == (SAID["desk"] if who == "ada" else set())


@pytest.mark.usefixtures("spread")
def test_data_protection_and_the_author_read_them(sign_in: SignIn, cast: Cast, alva: Phone) -> None:
    for browser in (sign_in(cast.dora), alva):
        pulled = json.dumps(browser.pull_all()[0], ensure_ascii=False)
        assert said_in(pulled) == (SAID["host"] if browser is alva else SAID["host"] | SAID["desk"])


def _noted(ctx: Context, person: str) -> set[str]:
    with ctx.db.read() as conn:
        told = readings.READING.c
        return set(conn.execute(select(told.subject).where(told.viewer_id == person, told.what == "words")).scalars())


@on_sqlite
def test_each_way_on_which_data_protection_is_shown_them_is_noted(
    spread: Spread, ctx: Context, sign_in: SignIn, cast: Cast, shift_id: str
) -> None:
    dora = sign_in(cast.dora)
    for path, text in _reads(dora, spread):
        with ctx.db.write() as conn:
            conn.execute(delete(readings.READING))
        if path != "/sync/pull":
            dora.get(path.split(" ")[0], headers=GEOJSON if "GeoJSON" in path else {})
        else:
            dora.pull_all()
        assert bool(said_in(text)) == bool(_noted(ctx, cast.dora.id)), path
    dora.pull_all()
    assert {spread.observation, spread.escalation, shift_id} <= _noted(ctx, cast.dora.id)


@on_sqlite
@pytest.mark.parametrize(("path", "asked"), [
    ("/find", {"kinds": ["observation"]}), ("/exports", {"format": "csv", "kinds": ["observation"]}),
    ("/disclosures/draft", {}),
])  # fmt: skip
def test_so_is_each_search_file_and_draft_that_shows_them(
    spread: Spread, ctx: Context, sign_in: SignIn, cast: Cast, path: str, asked: dict[str, Any]
) -> None:
    for person, noted in ((cast.dora, {spread.observation}), (cast.bo, set())):
        answer = sign_in(person).post(path, json=asked)
        assert (answer.status_code, PNR in answer.text) == (200, bool(noted))
        assert _noted(ctx, person.id) == noted


@on_sqlite
@pytest.mark.usefixtures("spread")
def test_who_is_shown_none_is_not_said_to_have_read_them(ctx: Context, sign_in: SignIn, cast: Cast) -> None:
    for person in (cast.bo, cast.cim):
        sign_in(person).pull_all()
        assert _noted(ctx, person.id) == set()


@on_sqlite
def test_an_alarm_goes_through_and_its_words_are_hidden(
    alva: Phone, bo: Browser, sign_in: SignIn, cast: Cast, shift_id: str
) -> None:
    raised = alva.seal("alert.raise", {"kind": "help", "note": f"{PNR} har kniv"}, shift=shift_id)
    over = alva.seal("alert.clear", {"target": raised["id"], "note": f"hämtad {PNR}"}, shift=shift_id)
    assert {told["status"] for told in alva.send(raised)} == {"applied"}
    seen = bo.get(f"/alerts/{raised['id']}").json()
    assert (seen["kind"], seen["note"], seen["flagged"], seen["hidden"]) == ("help", None, ["personnummer"], True)
    alva.send(over)
    for text in (bo.get(f"/alerts/{raised['id']}").text, bo.get("/alerts?status=all").text):
        assert PNR not in text
    for browser in (bo, sign_in(cast.cim)):
        assert PNR not in json.dumps(browser.pull_all()[0])
    mine = next(one["value"] for one in alva.pull_all()[0] if one["kind"] == "alert")
    assert (mine["note"], mine["cleared"]["note"]) == (f"{PNR} har kniv", f"hämtad {PNR}")


@on_sqlite
def test_a_program_reads_none_of_it_whatever_its_scopes(api: TestClient, ctx: Context, spread: Spread) -> None:
    _, token = accounts.add_token(ctx, "rapport", list(Scope))
    for path, text in _reads(Browser(api, token=token), spread):
        assert PNR not in text, path


@pytest.mark.usefixtures("spread")
def test_a_rebuild_hides_the_same(ctx: Context) -> None:
    with ctx.db.read() as conn:
        before = projected(conn)
    assert any(row["flagged"] for row in before["observation"])
    rebuild(ctx.db, REGISTRY, PROJECTIONS)
    with ctx.db.read() as conn:
        assert projected(conn) == before


@on_sqlite
def test_what_waits_for_a_person_is_hidden_as_well(alva: Phone, bo: Browser, shift_id: str) -> None:
    """No projector has looked at it."""
    alva.send(alva.seal("observation.sniff", {"deep": [{"text": f"a {PNR}", "other": "läsbart"}]}, shift=shift_id))
    text = _log(bo, shift_id)
    assert PNR not in text
    assert "läsbart" in text


# --- kept with a reason, and other kinds ---


def _seen(alva: Phone, shift_id: str, **members: Any) -> str:
    op = alva.seal("observation.create", an_observation(**members), shift=shift_id)
    alva.send(op)
    return str(op["id"])


@on_sqlite
def test_a_number_that_was_kept_with_a_reason_is_read_by_all(alva: Phone, bo: Browser, shift_id: str) -> None:
    kept = [{"kind": "personnummer", "reason": "ordernummer"}]
    seen = bo.get(f"/observations/{_seen(alva, shift_id, text='ordernummer 2011301237', kept_words=kept)}").json()
    assert seen["text"] == "ordernummer 2011301237"
    assert "flagged" not in seen


@on_sqlite
def test_one_reason_keeps_one_number(alva: Phone, bo: Browser, shift_id: str) -> None:
    kept = [{"kind": "personnummer", "reason": "ordernummer"}]
    seen = bo.get(f"/observations/{_seen(alva, shift_id, text=f'2011301237 {PNR}', kept_words=kept)}").json()
    assert (seen["text"], seen["flagged"], seen["hidden"]) == (None, ["personnummer"], True)


@on_sqlite
def test_a_reason_is_no_place_for_a_number(alva: Phone, bo: Browser, shift_id: str) -> None:
    kept = [{"kind": "personnummer", "reason": f"hans {PNR}"}]
    seen = bo.get(f"/observations/{_seen(alva, shift_id, text='2011301237', kept_words=kept)}").json()
    assert (seen["text"], seen["hidden"]) == (None, True)
    assert PNR not in json.dumps(seen)


@on_sqlite
@pytest.mark.parametrize(
    "kept", ["ja", [{"kind": 4}], {}, [{"kind": "personnummer", "reason": "x" * 501}], [None] * 99]
)
def test_reasons_that_cannot_be_read_keep_nothing_and_fail_nothing(
    alva: Phone, bo: Browser, shift_id: str, kept: Any
) -> None:
    assert bo.get(f"/observations/{_seen(alva, shift_id, text=PNR, kept_words=kept)}").json()["hidden"] is True


@on_sqlite
def test_other_kinds_are_told_and_hide_nothing(alva: Phone, bo: Browser, shift_id: str) -> None:
    text = "ABC 123, Erik Svensson, 070-123 45 67, a@exempel.se"
    seen = bo.get(f"/observations/{_seen(alva, shift_id, text=text)}").json()
    assert (seen["text"], seen["hidden"]) == (text, False)
    assert seen["flagged"] == ["email", "name", "phone", "plate"]


# --- corrections ---


@on_sqlite
def test_a_correction_without_it_is_read_and_the_version_before_is_not(alva: Phone, bo: Browser, shift_id: str) -> None:
    target = _seen(alva, shift_id, text=f"han sade {PNR}")
    alva.send(alva.seal("observation.amend", an_amendment(target, text="utan nummer"), shift=shift_id))
    seen = bo.get(f"/observations/{target}").json()
    assert (seen["text"], "flagged" in seen) == ("utan nummer", False)
    assert [v["observation"]["text"] for v in seen["revisions"]] == [None, "utan nummer"]
    assert PNR not in json.dumps(seen)


@on_sqlite
def test_what_a_colleague_wrote_is_hidden_from_the_author_of_the_record(
    alva: Phone, shift_id: str, phone_of: PhoneOf, cast: Cast
) -> None:
    target, cim = _seen(alva, shift_id), phone_of(cast.cim)
    cim.send(cim.seal("observation.amend", an_amendment(target, reason=PNR), shift=shift_id))
    assert PNR not in json.dumps(alva.pulled("observation")[target])
    assert cim.pulled("observation")[target]["revisions"][-1]["reason"] == PNR


# --- a restricted record, and what belongs to it ---


@pytest.fixture
def called(alva: Phone, shift_id: str) -> tuple[str, str, str]:
    """(observation, escalation, comment on that): all about a threat."""
    threat = _seen(alva, shift_id, category="X1", text="Hemligt hot")
    call = alva.seal("escalation.create", an_escalation(observation_id=threat, cause="Hemlig orsak"), shift=shift_id,
                     position={"lat": 56.1, "lon": 14.8, "accuracy_m": 5, "age_ms": 1, "source": "gnss"})  # fmt: skip
    said = alva.seal("comment.add", a_comment(call["id"], "Hemlig kommentar"), shift=shift_id)
    alva.send(call, said)
    return threat, str(call["id"]), str(said["id"])


@pytest.mark.parametrize("who", ["cim", "dan", "arne", "elin"])
def test_help_that_was_called_tells_colleagues_nothing_of_why(
    called: tuple[str, str, str], sign_in: SignIn, cast: Cast, who: str
) -> None:
    threat, call, said = called
    browser = sign_in(getattr(cast, who))
    texts = [browser.get(path).text for path in ("/escalations", "/observations", f"/escalations/{call}")]
    texts += [browser.get("/escalations", headers=GEOJSON).text, json.dumps(browser.pull_all()[0], ensure_ascii=False)]
    assert not any("Hemlig" in text for text in texts)
    pulled = browser.pulled("escalation")
    if who != "elin":
        told = pulled[call]
        assert (told["service"], told["status"], told["restricted"]) == ("POL114", "open", True)
        assert (told["cause"], told["observation_id"], told["position"]) == (None, None, None)
    assert said not in browser.pulled("comment")


@on_sqlite
def test_its_author_and_the_supervisor_read_all_of_it(called: tuple[str, str, str], alva: Phone, bo: Browser) -> None:
    for browser in (alva, bo):
        assert browser.pulled("escalation")[called[1]]["cause"] == "Hemlig orsak"
        assert called[2] in browser.pulled("comment")


def test_what_is_closed_later_is_taken_back_from_a_colleague_who_has_read_it(
    alva: Phone, shift_id: str, phone_of: PhoneOf, cast: Cast
) -> None:
    """The call came before the record, which was first written under an open category."""
    cim, target = phone_of(cast.cim), _seen(alva, shift_id, category="U2")
    call = alva.seal("escalation.create", an_escalation(observation_id=target, cause="Orsak"), shift=shift_id)
    alva.send(call, alva.seal("comment.add", a_comment(target, "Sagt"), shift=shift_id))
    changes, cursor = cim.pull_all()
    assert "Orsak" in json.dumps(changes)
    alva.send(alva.seal("observation.amend", an_amendment(target, category="X1"), shift=shift_id))
    again, _ = cim.pull_all(cursor=cursor)
    told = {change["kind"]: change for change in again}
    assert told["escalation"]["value"]["cause"] is None
    assert (told["observation"]["deleted"], told["comment"]["deleted"]) == (True, True)
