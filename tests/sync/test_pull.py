"""The pull feed: what changed after a cursor, as the reader may see it, and nothing else (§4.5)."""

import base64
import json
from typing import Any

import pytest

from app.access import accounts
from app.access.context import Context
from app.access.permission import Scope
from app.journal import epoch
from app.place.vocabulary import restricted_categories
from tests.conftest import PhoneOf, SignIn
from tests.support import on_sqlite
from tests.support.canary import assert_problem
from tests.support.client import Browser, Phone
from tests.support.factories import (
    a_checkin,
    a_comment,
    a_retraction,
    a_shift,
    a_shift_end,
    an_amendment,
    an_attempt,
    an_escalation,
    an_observation,
)
from tests.support.world import Cast, FakeClock

RECORDS = ("shift", "checkin", "observation", "escalation", "comment", "review")
POINT = tuple[int, str, str]


@pytest.fixture
def phone(phone_of: PhoneOf, cast: Cast) -> Phone:
    return phone_of(cast.alva)


@pytest.fixture
def shift(phone: Phone, cast: Cast) -> str:
    """Alva's and Cim's, with a record of every kind."""
    shift = phone.start(a_shift(cast.alva, cast.cim))
    called = phone.seal("escalation.create", an_escalation(), shift=shift)
    phone.send(
        phone.seal("checkin.create", a_checkin(), shift=shift),
        phone.seal("observation.create", an_observation(), shift=shift),
        called,
        phone.seal("escalation.attempt", an_attempt(called["id"]), shift=shift),
        phone.seal("comment.add", a_comment(shift), shift=shift),
    )
    return shift


def kinds(changes: list[dict[str, Any]]) -> set[str]:
    return {c["kind"] for c in changes}


def records(browser: Browser, **given: Any) -> set[tuple[str, str]]:
    return {(c["kind"], c["id"]) for c in browser.pull_all(**given)[0] if c["kind"] in RECORDS and not c["deleted"]}


def test_a_first_pull_brings_reference_data_and_ones_own_shifts(phone: Phone, shift: str) -> None:
    changes, _ = phone.pull_all()
    assert kinds(changes) == {"vocabulary", "user", "shift", "checkin", "observation", "escalation", "comment"}
    seqs = [c["seq"] for c in changes]
    assert seqs == sorted(seqs)
    assert shift in {c["id"] for c in changes}


def test_a_colleague_on_the_shift_reads_all_of_it(sign_in: SignIn, phone: Phone, shift: str, cast: Cast) -> None:
    assert records(sign_in(cast.cim)) == records(phone)
    assert len(records(phone)) == 5
    assert shift


def test_a_host_of_another_crew_reads_none_of_it(sign_in: SignIn, shift: str, cast: Cast) -> None:
    assert shift
    assert records(sign_in(cast.elin)) == set()


@pytest.mark.parametrize("who", ["bo", "ada", "dan"])
def test_those_who_oversee_read_everything(sign_in: SignIn, phone: Phone, shift: str, cast: Cast, who: str) -> None:
    assert shift
    assert records(sign_in(getattr(cast, who))) == records(phone)


@pytest.mark.parametrize(("scopes", "status", "count"), [
    ([Scope.READ], 200, 5), ([Scope.READ, Scope.RESTRICTED], 200, 5), ([Scope.WRITE], 403, 0),
    ([Scope.RESTRICTED], 403, 0),
])  # fmt: skip
def test_a_program_reads_with_the_scope_for_it(
    api: Any, ctx: Context, shift: str, scopes: list[Scope], status: int, count: int
) -> None:
    assert shift
    _, token = accounts.add_token(ctx, "rapport", scopes)
    program = Browser(api, token=token)
    assert program.get("/sync/pull").status_code == status
    if status == 200:
        assert len(records(program)) == count


def test_a_cursor_brings_only_what_came_after_it(phone: Phone, shift: str) -> None:
    _, cursor = phone.pull_all()
    assert phone.pull_all(cursor=cursor)[0] == []
    op = phone.seal("checkin.create", a_checkin(), shift=shift)
    phone.send(op)
    changes, cursor = phone.pull_all(cursor=cursor)
    assert [(c["kind"], c["id"]) for c in changes] == [("checkin", op["id"])]
    assert phone.pull_all(cursor=cursor)[0] == []


def test_a_change_of_a_record_brings_it_again_whole(phone: Phone, shift: str) -> None:
    seen = phone.seal("observation.create", an_observation(text="Först"), shift=shift)
    phone.send(seen)
    _, cursor = phone.pull_all()
    phone.send(phone.seal("observation.amend", an_amendment(seen["id"], text="Rättat"), shift=shift),
               phone.seal("observation.retract", a_retraction(seen["id"]), shift=shift))  # fmt: skip
    (change,) = phone.pull_all(cursor=cursor)[0]
    value = change["value"]
    assert (value["text"], value["status"]) == ("Rättat", "retracted")
    assert [v["observation"]["text"] for v in value["revisions"]] == ["Först", "Rättat"]


def test_what_belongs_to_a_record_brings_that_record(phone: Phone, shift: str, cast: Cast) -> None:
    """Attempts and closes change their escalation; joins, leaves and ends their shift."""
    called = phone.seal("escalation.create", an_escalation(), shift=shift)
    phone.send(called)
    for op_type, data, kind in (
        ("escalation.attempt", an_attempt(called["id"]), "escalation"),
        ("escalation.close", {"target": called["id"], "outcome": "PLATS"}, "escalation"),
        ("shift.leave", {}, "shift"),
        ("shift.end", a_shift_end(9), "shift"),
    ):
        _, cursor = phone.pull_all()
        phone.send(phone.seal(op_type, data, shift=shift))
        assert [c["kind"] for c in phone.pull_all(cursor=cursor)[0]] == [kind]
    members = phone.pulled("shift")[shift]["members"]
    assert {m["user_id"]: m["left_at"] is not None for m in members} == {cast.alva.id: True, cast.cim.id: False}


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_of_any_size_give_the_same(phone: Phone, shift: str, limit: int) -> None:
    """Several entities may change at one seq, even of one kind; none is lost between two pages."""
    called = phone.seal("escalation.create", an_escalation(), shift=shift)
    waiting = [phone.seal("comment.add", a_comment(called["id"]), shift=shift) for _ in range(5)]
    phone.send(*waiting)
    phone.send(called)  # releases all five at its own seq
    whole, end = phone.pull_all()
    by_pages, same_end = phone.pull_all(limit=limit)
    assert by_pages == whole
    assert same_end == end


def test_a_page_says_whether_there_is_more(phone: Phone, shift: str) -> None:
    assert shift
    total = len(phone.pull_all()[0])
    assert phone.get("/sync/pull", params={"limit": total}).json()["more"] is False
    assert phone.get("/sync/pull", params={"limit": total - 1}).json()["more"] is True


def test_who_joins_late_gets_what_was_written_before(phone: Phone, phone_of: PhoneOf, shift: str, cast: Cast) -> None:
    elin = phone_of(cast.elin)
    elin.send(elin.seal("checkin.create", a_checkin()))
    _, cursor = elin.pull_all()  # beyond everything of that shift
    elin.send(elin.seal("shift.join", {}, shift=shift))
    changes, cursor = elin.pull_all(cursor=cursor)
    assert {(c["kind"], c["id"]) for c in changes} == records(phone)
    assert elin.pull_all(cursor=cursor)[0] == []


def test_who_has_left_still_reads_the_shift(phone: Phone, phone_of: PhoneOf, shift: str, cast: Cast) -> None:
    cim = phone_of(cast.cim)
    cim.send(cim.seal("shift.leave", {}, shift=shift))
    assert records(cim) == records(phone)


def test_ones_own_record_outside_any_shift_is_ones_own(phone: Phone, sign_in: SignIn, cast: Cast) -> None:
    op = phone.seal("checkin.create", a_checkin())
    phone.send(op)
    assert ("checkin", op["id"]) in records(phone)
    assert records(sign_in(cast.cim)) == set()


# --- restricted categories ---


@pytest.fixture
def restricted(phone: Phone, shift: str) -> str:
    op = phone.seal("observation.create", an_observation(category="H2", text="Känsligt"), shift=shift)
    phone.send(op)
    return str(op["id"])


def test_the_shipped_vocabulary_restricts_these() -> None:
    assert set(restricted_categories()) == {"H2", "H4", "V5", "X1"}


@pytest.mark.parametrize(
    ("who", "reads"), [("alva", True), ("cim", False), ("bo", True), ("ada", True), ("dan", False)]
)
def test_a_restricted_record_is_for_its_author_and_for_overseers(
    sign_in: SignIn, restricted: str, cast: Cast, who: str, reads: bool
) -> None:
    changes, _ = sign_in(getattr(cast, who)).pull_all()
    assert [c["value"]["text"] for c in changes if c["id"] == restricted] == (["Känsligt"] if reads else [])
    assert (restricted in json.dumps(changes)) is reads


@pytest.mark.parametrize("who", ["cim", "dan"])
def test_that_a_restricted_record_is_there_is_not_told_nor_what_belongs_to_it(
    phone: Phone, shift: str, restricted: str, sign_in: SignIn, cast: Cast, who: str
) -> None:
    """Its id tells when it was written, and that somebody is to be talked to afterwards what it was about."""
    said = phone.seal("comment.add", a_comment(restricted), shift=shift)
    answer = phone.seal("comment.add", a_comment(said["id"]), shift=shift)
    photo = {"target": restricted, "sha256": "0" * 64, "size": 1, "mime": "image/jpeg", "caption": None}
    added = phone.seal("photo.attach", photo, shift=shift)
    assert {result["status"] for result in phone.send(said, answer, added)} == {"applied"}
    bo = sign_in(cast.bo)
    assert bo.request("PUT", f"/debriefs/{restricted}", json={"status": "offered"}).status_code == 200
    work = {"observation": restricted, "kind": "visit", "owner": cast.bo.id, "due": "2026-12-01"}
    assert bo.post("/followups", json=work).status_code == 201
    changes, _ = sign_in(getattr(cast, who)).pull_all()
    told = {c["id"] for c in changes}
    assert told.isdisjoint({restricted, said["id"], answer["id"], added["id"]})
    assert not any(c["kind"] in ("debrief", "followup", "photo") for c in changes)


def test_a_record_corrected_into_a_restricted_category_is_taken_back_from_colleagues(
    phone: Phone, phone_of: PhoneOf, shift: str, cast: Cast
) -> None:
    cim = phone_of(cast.cim)
    seen = phone.seal("observation.create", an_observation(), shift=shift)
    phone.send(seen)
    changes, cursor = cim.pull_all()
    assert seen["id"] in {c["id"] for c in changes}
    phone.send(phone.seal("observation.amend", an_amendment(seen["id"], category="X1"), shift=shift))
    (change,) = cim.pull_all(cursor=cursor)[0]
    assert (change["id"], change["deleted"], change["value"]) == (seen["id"], True, None)
    assert phone.pulled("observation")[seen["id"]]["category"] == "X1"


def test_a_record_corrected_out_of_a_restricted_category_stays_closed(
    phone: Phone, phone_of: PhoneOf, restricted: str, cast: Cast
) -> None:
    """Its earlier version is still in it."""
    phone.send(phone.seal("observation.amend", an_amendment(restricted, category="S2")))
    assert restricted not in phone_of(cast.cim).pulled("observation")


@pytest.mark.parametrize(("scopes", "reads"), [([Scope.READ], False), ([Scope.READ, Scope.RESTRICTED], True)])
def test_a_program_reads_restricted_records_with_the_scope_for_it(
    api: Any, ctx: Context, restricted: str, scopes: list[Scope], reads: bool
) -> None:
    _, token = accounts.add_token(ctx, "rapport", scopes)
    assert (restricted in Browser(api, token=token).pulled("observation")) is reads


# --- cursors ---


def test_a_cursor_of_another_reader_asks_for_a_fresh_start(phone: Phone, sign_in: SignIn, cast: Cast) -> None:
    _, cursor = phone.pull_all()
    for person in (cast.cim, cast.bo, cast.dan):
        assert_problem(sign_in(person).get("/sync/pull", params={"cursor": cursor}), 410, "reset")


def test_overseers_of_one_scope_share_cursors(sign_in: SignIn, cast: Cast) -> None:
    _, cursor = sign_in(cast.bo).pull_all()
    assert sign_in(cast.ada).get("/sync/pull", params={"cursor": cursor}).status_code == 200


def test_a_cursor_of_another_epoch_asks_for_a_fresh_start(phone: Phone, ctx: Context) -> None:
    _, cursor = phone.pull_all()
    epoch.mint(ctx.db, ctx.journal.clock(), "restored")
    assert_problem(phone.get("/sync/pull", params={"cursor": cursor}), 410, "reset")
    assert phone.get("/sync/pull").json()["epoch"] == phone.get("/sync/hello").json()["epoch"]


def test_a_role_that_changed_asks_for_a_fresh_start(phone: Phone, ctx: Context, cast: Cast) -> None:
    _, cursor = phone.pull_all()
    data = {"id": cast.alva.id, "username": "alva", "name": "Alva", "role": "supervisor"}
    ctx.journal.write("user.put", data, author=None)
    assert_problem(phone.get("/sync/pull", params={"cursor": cursor}), 410, "reset")


@pytest.mark.parametrize("parts", [
    None, 7, [], ["e"], ["EPOCH", "own:ID", 10**30, 0, ""], ["EPOCH", "own:ID", 0, 10**30, ""],
    ["EPOCH", "own:ID", -1, -5, ""], ["EPOCH", "own:ID", "7", "1", "a\0b"], ["EPOCH", "own:ID", 3, 4, "a\0b"],
    ["EPOCH", "own:ID", 3, 4, "\ud800"], ["EPOCH", "own:ID", 1e400, 0, ""], ["EPOCH", "own:ID", None, 0, ""],
    ["EPOCH", "own:ID", 0, 0, None], ["EPOCH", "own:ID", [], {}, ""],
])  # fmt: skip
def test_a_made_up_cursor_is_no_reason_to_fail(phone: Phone, cast: Cast, parts: Any) -> None:
    current = phone.get("/sync/hello").json()["epoch"]
    text = json.dumps(parts).replace("EPOCH", current).replace("own:ID", f"own:{cast.alva.id}")
    cursor = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    assert phone.get("/sync/pull", params={"cursor": cursor}).status_code in (200, 410)


@on_sqlite
@pytest.mark.parametrize("limit", ["0", "2001", "-1", "many", "1.5"])
def test_a_limit_out_of_bounds_is_refused(phone: Phone, limit: str) -> None:
    assert_problem(phone.get("/sync/pull", params={"limit": limit}), 422, "invalid")


# --- time ---


def test_a_host_reads_fourteen_days_back_and_an_overseer_everything(
    phone: Phone, sign_in: SignIn, shift: str, clock: FakeClock, cast: Cast
) -> None:
    clock.advance(days=13, hours=23)
    phone.sign_in(cast.alva)
    assert shift in phone.pulled("shift")
    clock.advance(hours=2)
    phone.sign_in(cast.alva)
    assert records(phone) == set()
    assert shift in sign_in(cast.bo).pulled("shift")


def test_a_person_who_changed_is_told_without_their_user_name(phone: Phone, ctx: Context, cast: Cast) -> None:
    _, cursor = phone.pull_all()
    accounts.set_active(ctx, "cim", active=False)
    (change,) = phone.pull_all(cursor=cursor)[0]
    assert change["value"] == {"id": cast.cim.id, "name": cast.cim.name, "role": "host", "active": False}
