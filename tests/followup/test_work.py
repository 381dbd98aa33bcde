"""A follow-up from the report to the word back to its host; two supervisors at once; what is overdue."""

from datetime import timedelta

import pytest

from app.access.context import Context
from app.access.permission import Role, Viewer
from app.core.db import Database
from app.followup import queries
from app.followup.rules import Step, clashes, since, today
from app.followup.schemas import FollowupsAsked
from app.journal.rebuild import rebuild
from app.sync.registry import PROJECTIONS, REGISTRY
from tests.conftest import PhoneOf, SignIn
from tests.followup.conftest import begun, reported, said
from tests.support import on_sqlite
from tests.support.client import Browser, Phone, new_id
from tests.support.factories import a_shift, an_amendment
from tests.support.plans import REVISIONS, scanned
from tests.support.readings import noted
from tests.support.sql import statements
from tests.support.tables import projected
from tests.support.world import EVENING, Cast, FakeClock

DAN = Viewer("019a0000-0000-7000-8000-000000000041", "Dan", Role.ANALYST)
BO = Viewer("019a0000-0000-7000-8000-000000000021", "Bo", Role.SUPERVISOR)


def test_the_reporting_host_sees_what_came_of_it(
    alva: Phone, phone_of: PhoneOf, desk: Browser, report: str, cast: Cast
) -> None:
    work = begun(desk, report, cast, note="Ring Gatukontoret: de svarar före nio.")
    told = alva.pulled("followup")[work["id"]]
    assert (told["status"], told["kind"], told["due"]) == ("open", "fault_report", "2026-11-30")
    assert (told["category"], told["observation_id"], told["owner_id"]) == ("P1", report, cast.bo.id)
    assert "Gatukontoret" not in str(told)

    closed = said(desk, work, "close", outcome="fixed", result="Lampan är bytt.")
    assert closed.status_code == 200, closed.text
    told = alva.pulled("followup")[work["id"]]
    assert (told["status"], told["outcome"], told["result"]) == ("closed", "fixed", "Lampan är bytt.")
    assert work["id"] in phone_of(cast.cim).pulled("followup"), "of the same shift"
    assert phone_of(cast.elin).pulled("followup") == {}


@on_sqlite
def test_what_came_of_a_restricted_report_is_for_its_author_alone(
    alva: Phone, phone_of: PhoneOf, desk: Browser, shift_id: str, cast: Cast
) -> None:
    work = begun(desk, reported(alva, shift_id, category="H4"), cast, kind="concern_report")
    assert work["id"] in alva.pulled("followup")
    assert phone_of(cast.cim).pulled("followup") == {}


def test_what_becomes_restricted_is_taken_back_from_the_partner(
    alva: Phone, phone_of: PhoneOf, desk: Browser, report: str, shift_id: str, cast: Cast
) -> None:
    work, cim = begun(desk, report, cast), phone_of(cast.cim)
    found, cursor = cim.pull_all()
    assert work["id"] in {change["id"] for change in found}
    alva.send(alva.seal("observation.amend", an_amendment(report, category="X1"), shift=shift_id))
    later = {change["id"]: change["deleted"] for change in cim.pull_all(cursor=cursor)[0]}
    assert later[work["id"]] is True


@on_sqlite
def test_lists_hide_what_a_reader_may_not_read(
    alva: Phone, desk: Browser, report: str, shift_id: str, cast: Cast, ctx: Context, clock: FakeClock
) -> None:
    """Nobody but overseers is let in by the route; what else comes to read these asks the same queries."""
    begun(desk, reported(alva, shift_id, category="X1"), cast)
    plain = begun(desk, report, cast)
    asked = FollowupsAsked(status="all")
    with ctx.db.read() as conn:
        rows, total = queries.page(conn, DAN, asked, clock())
        assert ([row.id for row in rows], total) == ([plain["id"]], 1)
        assert queries.counts(conn, DAN, clock()) == {"open": 1, "overdue": 0, "mine": 0}
        assert queries.counts(conn, BO, clock()) == {"open": 2, "overdue": 0, "mine": 2}


def test_two_supervisors_at_once_lose_nothing(desk: Browser, sign_in: SignIn, report: str, cast: Cast) -> None:
    other, work = sign_in(cast.ada), begun(desk, report, cast, note="Först")
    assert said(desk, work, "changes", note="Bos ord").status_code == 200
    late = said(other, work, "changes", note="Adas ord", due="2026-12-24")
    assert (late.status_code, late.json()["members"]) == (409, ["note"])
    both = said(other, work, "changes", due="2026-12-24")
    assert both.status_code == 200, both.text
    assert {"note": "Bos ord", "due": "2026-12-24"}.items() <= both.json()["followup"].items()
    steps = [(step["what"], step["author_id"], step["said"]) for step in both.json()["history"]]
    assert steps[1:] == [("change", cast.bo.id, {"note": "Bos ord"}), ("change", cast.ada.id, {"due": "2026-12-24"})]

    assert said(desk, work, "close", outcome="fixed").status_code == 200
    assert said(other, work, "close", outcome="nothing").json()["members"] == ["outcome"]


@on_sqlite
def test_a_second_press_is_the_same_word(desk: Browser, report: str, cast: Cast) -> None:
    work, op_id = begun(desk, report, cast), new_id()
    for _ in range(2):
        answer = said(desk, work, "changes", id=op_id, note="En gång")
        assert answer.status_code == 200
    assert len(answer.json()["history"]) == 2
    assert said(desk, work, "changes", id=op_id, note="Något annat").status_code == 409


@on_sqlite
def test_overdue_ones_come_first_and_are_counted(
    alva: Phone, desk: Browser, report: str, shift_id: str, cast: Cast, clock: FakeClock
) -> None:
    late = begun(desk, report, cast, due="2026-11-21")
    begun(desk, reported(alva, shift_id), cast, due="2026-12-21", owner=cast.ada.id)
    assert desk.get("/followups/counts").json() == {"open": 2, "overdue": 0, "mine": 1}
    clock.at = EVENING + timedelta(days=1, hours=2, minutes=59)  # a minute to its midnight
    desk.sign_in(cast.bo)
    assert desk.get("/followups/counts").json()["overdue"] == 0
    clock.advance(minutes=1)
    assert desk.get("/followups/counts").json() == {"open": 2, "overdue": 1, "mine": 1}
    listed = desk.get("/followups").json()
    assert [item["overdue"] for item in listed["items"]] == [True, False]
    assert [item["id"] for item in desk.get("/followups?due=overdue").json()["items"]] == [late["id"]]
    assert said(desk, late, "close", outcome="gone").status_code == 200
    assert desk.get("/followups?due=overdue").json()["total"] == 0
    assert [item["id"] for item in desk.get("/followups?status=closed").json()["items"]] == [late["id"]]


@on_sqlite
def test_followed_up_it_asks_until_it_is_done(
    phone_of: PhoneOf, desk: Browser, report: str, cast: Cast, clock: FakeClock
) -> None:
    cim = phone_of(cast.cim)
    work = begun(desk, report, cast)
    clock.advance(days=40)
    desk.sign_in(cast.bo)
    cim.sign_in(cast.cim)
    assert report in cim.pulled("question")
    shift = cim.start(a_shift(cast.cim))
    assert cim.send(cim.seal("followup.answer", {"target": report, "answer": "yes"}, shift=shift))[0]["why"] is None
    item = desk.get("/followups").json()["items"][0]
    assert [one["answer"] for one in item["answers"]] == ["yes"]
    cursor = cim.pull_all()[1]
    assert said(desk, work, "close", outcome="fixed").status_code == 200
    gone = {c["id"]: c["deleted"] for c in cim.pull_all(cursor=cursor)[0] if c["kind"] == "question"}
    assert gone == {report: True}


@on_sqlite
def test_a_number_of_a_person_in_a_note_is_hidden_from_others(
    desk: Browser, sign_in: SignIn, alva: Phone, report: str, cast: Cast
) -> None:
    work = begun(desk, report, cast)
    assert said(desk, work, "close", outcome="fixed", result="Talade med 18900101-9802.").status_code == 200
    assert "18900101" not in str(alva.pulled("followup"))
    answer = sign_in(cast.ada).get(f"/followups/{work['id']}").json()
    assert "18900101" not in str(answer)
    assert answer["followup"]["hidden"] is True
    assert "18900101-9802" in str(desk.get(f"/followups/{work['id']}").json())


@on_sqlite
@pytest.mark.parametrize(("members", "pointer"), [
    ({"owner": new_id()}, "/owner"), ({"observation": new_id()}, "/observation"),
    ({"kind": "x-later"}, "/kind"), ({"due": "igår"}, "/due"),
])  # fmt: skip
def test_what_cannot_be_is_refused(
    desk: Browser, report: str, cast: Cast, members: dict[str, str], pointer: str
) -> None:
    body = {"observation": report, "kind": "visit", "owner": cast.bo.id, "due": "2026-11-30"} | members
    answer = desk.post("/followups", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


@on_sqlite
def test_a_phone_cannot_push_a_follow_up(alva: Phone, report: str, cast: Cast) -> None:
    body = {"observation": report, "kind": "visit", "owner": cast.bo.id, "due": "2026-11-30"}
    assert alva.send(alva.seal("followup.create", body))[0]["why"] == "type"


@on_sqlite
def test_a_rebuild_tells_the_same(desk: Browser, report: str, cast: Cast, ctx: Context) -> None:
    work = begun(desk, report, cast, note="Ring 070-174 06 05")
    said(desk, work, "close", outcome="fixed", result="Bytt")
    with ctx.db.read() as conn:
        before = projected(conn)
    rebuild(ctx.db, REGISTRY, PROJECTIONS)
    with ctx.db.read() as conn:
        assert projected(conn) == before


def test_a_list_costs_the_same_whatever_it_holds(
    alva: Phone, desk: Browser, shift_id: str, cast: Cast, ctx: Context, clock: FakeClock
) -> None:
    costs = set()
    for _ in range(2):
        begun(desk, reported(alva, shift_id), cast)
        with statements() as asked, ctx.db.read() as conn:
            rows, _ = queries.page(conn, BO, FollowupsAsked(), clock())
            queries.answers(conn, [row.observation_id for row in rows])
            queries.counts(conn, BO, clock())
        costs.add(len(asked))
    assert costs == {4}


def test_a_day_that_is_due_ends_at_midnight_in_the_town() -> None:
    assert today(EVENING + timedelta(hours=2, minutes=59)).isoformat() == "2026-11-20"
    assert today(EVENING + timedelta(hours=3)).isoformat() == "2026-11-21"


def test_only_what_another_set_to_something_else_clashes() -> None:
    steps = [Step("a", "create", {"note": "x"}), Step("b", "change", {"note": "y", "due": "1"})]
    later = since(steps, "a")
    assert later == steps[1:]
    assert clashes({"note": "z", "owner": "o"}, steps[1:]) == ["note"]
    assert clashes({"note": "y"}, steps[1:]) == []
    assert since(steps, "nowhere") is None


def test_no_table_is_read_whole(desk: Browser, report: str, cast: Cast, db: Database, clock: FakeClock) -> None:
    begun(desk, report, cast)
    asked = [FollowupsAsked(), FollowupsAsked(status="closed"), FollowupsAsked(due="overdue"),
             FollowupsAsked(observation_id=report)]  # fmt: skip
    for viewer in (BO, DAN):
        for one in asked:
            found = scanned(db, lambda conn, v=viewer, a=one: queries.page(conn, v, a, clock()))  # type: ignore[misc]
            assert found - REVISIONS == set(), one
        assert scanned(db, lambda conn, v=viewer: queries.counts(conn, v, clock())) - REVISIONS == set()  # type: ignore[misc]


@on_sqlite
def test_reading_a_list_of_follow_ups_is_noted_of_each(
    desk: Browser, report: str, sign_in: SignIn, ctx: Context, cast: Cast
) -> None:
    work = begun(desk, report, cast)
    ada = sign_in(cast.ada)
    ada.get("/followups/counts")
    assert ada.get("/followups?status=closed").json()["items"] == []
    assert noted(ctx, cast.ada.id) == set()
    assert len(ada.get("/followups").json()["items"]) == 1
    assert noted(ctx, cast.ada.id) == {(cast.ada.id, "followup", work["id"])}
