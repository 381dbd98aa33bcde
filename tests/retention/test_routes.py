"""Deciding, holding back, carrying out and reading the protocol over HTTP; and once a day by itself."""

from datetime import UTC, datetime
from typing import Any

import pytest

from app.access.context import Context
from app.blob.queries import BLOB
from app.blob.store import open_store
from app.retention.rules import Cls
from app.retention.running import Keeper
from tests.conftest import PhoneOf, SignIn
from tests.retention.acts import decided_long_ago
from tests.support import on_sqlite
from tests.support.blobs import name_of, some_bytes, upload
from tests.support.client import Browser, Phone
from tests.support.factories import a_shift, an_observation
from tests.support.world import Cast, FakeClock

DECIDED: dict[str, Any] = {"based_on": None, "months": 24, "reference": "KS 2026/7"}


@pytest.fixture
def arne(sign_in: SignIn, cast: Cast) -> Browser:
    return sign_in(cast.arne)


def rule_of(browser: Browser, cls: str = "shift") -> Any:
    told = browser.get("/retention").json()
    return next(rule for rule in told["rules"] if rule["cls"] == cls)


def decide(browser: Browser, cls: str = "shift", **other: Any) -> Any:
    return browser.request("PUT", f"/retention/rules/{cls}", json=DECIDED | other)


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def test_a_decision_is_told_with_who_and_from_when(arne: Browser, cast: Cast) -> None:
    assert rule_of(arne)["decision"] is None
    assert decide(arne).status_code == 204
    told = rule_of(arne)["decision"]
    assert (told["months"], told["reference"], told["author"]["name"]) == (24, "KS 2026/7", cast.arne.name)
    assert (told["stated_at"], told["in_force_at"]) == ("2026-11-20T20:00:00.000Z", "2026-11-27T20:00:00.000Z")
    assert decide(arne, based_on=told["version"]).status_code == 204
    assert rule_of(arne)["decision"] == told, "The same again begins no new week."


def test_who_did_not_see_the_newest_decision_changes_nothing(arne: Browser, sign_in: SignIn, cast: Cast) -> None:
    decide(arne)
    answer = decide(sign_in(cast.dora), months=12)
    assert code_of(answer) == (409, "changed")
    assert answer.json()["current"]["decision"]["months"] == 24
    assert rule_of(arne)["decision"]["months"] == 24
    version = rule_of(arne)["decision"]["version"]
    assert decide(arne, months=None, based_on=version).status_code == 204
    assert rule_of(arne)["decision"]["months"] is None


def test_words_that_must_not_be_kept_are_hidden_from_others(arne: Browser, sign_in: SignIn, cast: Cast) -> None:
    decide(arne, reference="Enligt 19121212-1212")
    told = rule_of(sign_in(cast.bo))["decision"]
    assert (told["reference"], told["hidden"]) == (None, True)
    assert rule_of(arne)["decision"]["reference"] == "Enligt 19121212-1212"


def test_it_is_not_carried_out_before_it_is_in_force(arne: Browser, clock: FakeClock, cast: Cast) -> None:
    decide(arne)
    based_on = rule_of(arne)["decision"]["version"]
    assert code_of(arne.post("/retention/runs", json={"cls": "shift", "based_on": based_on})) == (409, "not-yet")
    assert code_of(arne.post("/retention/runs", json={"cls": "plan", "based_on": based_on})) == (409, "changed")
    clock.advance(days=7)
    arne.sign_in(cast.arne)
    assert arne.post("/retention/runs", json={"cls": "shift", "based_on": based_on}).json() == {
        "run": None,
        "things": 0,
        "more": False,
    }


def test_a_preview_is_what_a_run_takes(
    arne: Browser, alva: Phone, shift_id: str, sign_in: SignIn, clock: FakeClock, cast: Cast
) -> None:
    alva.send(alva.seal("observation.create", an_observation(), shift=shift_id))
    decide(arne)
    clock.advance(days=800)
    arne.sign_in(cast.arne)
    asked = {"params": {"cls": "shift"}}
    seen = arne.get("/retention/preview", **asked).json()
    assert (seen["things"], seen["ops"], seen["days"]) == (1, 2, ["2026-11-20", "2026-11-20"])
    longer = arne.get("/retention/preview", params={"cls": "shift", "months": 36}).json()
    assert (longer["things"], longer["ops"], longer["days"]) == (0, 0, None)
    bo = sign_in(cast.bo)
    held = {"based_on": None, "active": True, "reason": "Begärt ut"}
    assert bo.request("PUT", f"/retention/holds/{shift_id}", json=held).status_code == 204
    assert arne.get("/retention/preview", **asked).json() | {"before": None} == {
        "cls": "shift", "months": 24, "before": None, "things": 0, "ops": 0, "photos": 0, "kept": {"held": 1},
        "days": None,
    }  # fmt: skip
    (hold,) = arne.get("/retention").json()["holds"]
    assert (hold["shift_date"], hold["reason"], hold["author"]["name"]) == ("2026-11-20", "Begärt ut", cast.bo.name)
    one = bo.get(f"/retention/holds/{shift_id}").json()
    assert one["hold"] == hold
    lifted = {"based_on": one["version"], "active": False, "reason": "Klart"}
    assert bo.request("PUT", f"/retention/holds/{shift_id}", json=lifted).status_code == 204
    assert bo.get(f"/retention/holds/{shift_id}").json()["hold"] is None
    based_on = rule_of(arne)["decision"]["version"]
    run = arne.post("/retention/runs", json={"cls": "shift", "based_on": based_on}).json()["run"]
    (line,) = arne.get("/retention/runs").json()["items"]
    assert (line["id"], line["things"], line["author"]["name"]) == (run, 1, cast.arne.name)
    assert line["ops"] == 4, "The hold and its lifting said something of the shift, too."


def test_a_request_that_would_take_long_is_asked_again(
    arne: Browser, alva: Phone, clock: FakeClock, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.retention.routes.RUN_S", 0)
    monkeypatch.setattr("app.retention.erase.STEP", 2)
    for _ in range(3):
        alva.start(a_shift(cast.alva, cast.cim))
    decide(arne)
    clock.advance(days=800)
    arne.sign_in(cast.arne)
    asked = {"cls": "shift", "based_on": rule_of(arne)["decision"]["version"]}
    told = [arne.post("/retention/runs", json=asked).json() for _ in range(3)]
    assert [(one["things"], one["more"]) for one in told] == [(2, True), (1, True), (0, False)]
    assert arne.get("/retention/runs").json()["total"] == 2


def test_an_unknown_shift_is_not_held(arne: Browser) -> None:
    nowhere = "/retention/holds/019a0000-0000-7000-8000-0000000000ff"
    assert arne.request("PUT", nowhere, json={"active": True, "reason": "x"}).status_code == 404


@on_sqlite
def test_once_a_day_in_the_morning_and_with_the_files_of_photos(
    ctx: Context, phone_of: PhoneOf, clock: FakeClock, cast: Cast
) -> None:
    alva = phone_of(cast.alva)
    shift = alva.start(a_shift(cast.alva, cast.cim))
    photo = some_bytes(3000)
    upload(alva, photo)
    told = {"sha256": name_of(photo), "size": len(photo), "mime": "image/jpeg", "caption": None}
    alva.send(alva.seal("observation.create", an_observation(attachments=[told]), shift=shift))
    assert open_store(ctx.settings).read(name_of(photo)) == photo
    decided_long_ago(ctx.journal, clock, Cls.SHIFT)
    keeper = Keeper(ctx)
    clock.at = datetime(2029, 11, 20, 4, 59, tzinfo=UTC)
    keeper.look()
    assert shifts(ctx) == 1, "At six in the evening or at night people are out."
    clock.at = datetime(2029, 11, 20, 6, 30, tzinfo=UTC)
    keeper.look()
    assert shifts(ctx) == 0
    with ctx.db.read() as conn:
        assert conn.execute(BLOB.select()).all() == []
    assert open_store(ctx.settings).read(name_of(photo)) is None


def shifts(ctx: Context) -> int:
    with ctx.db.read() as conn:
        return len(conn.exec_driver_sql("SELECT id FROM shift").all())


def test_who_is_told_when_their_words_go(alva: Phone, shift_id: str, ctx: Context, sign_in: SignIn, cast: Cast) -> None:
    """In `GET /me/data`: by what is decided, and nothing where nothing is."""
    alva.send(alva.seal("observation.create", an_observation(), shift=shift_id))
    mine = sign_in(cast.alva)

    def section(kind: str) -> Any:
        told = mine.get("/me/data").json()
        return told["terms"], next(one for one in told["sections"] if one["kind"] == kind)

    terms, told = section("observation")
    assert (terms, told["cls"], told["earliest"]) == ({}, "shift", None)
    ctx.journal.write("retention.decide", {"cls": "shift", "months": 24, "reference": "KS"}, author=cast.arne.id)
    terms, told = section("observation")
    assert (terms, told["earliest"]) == ({"shift": 24}, "2028-11-21")
    assert section("disclosure")[1]["cls"] is None
    assert section("person")[1]["cls"] == "account"
