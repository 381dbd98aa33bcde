"""The Monday meeting's week: what counts, what it is compared with, and editions that never change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from app.access.context import Context
from app.core.db import Database
from app.situation import counted, queries
from app.situation.rules import Span, last_year, span_of, spans_of, week_of, weeks_before
from tests.conftest import PhoneOf, SignIn
from tests.support.client import Browser, Phone, new_id
from tests.support.factories import (
    a_retraction,
    a_shift,
    a_shift_end,
    an_amendment,
    an_attempt,
    an_escalation,
    an_observation,
    happened,
)
from tests.support.sql import statements
from tests.support.world import EVENING, Cast

WEEK = "2026-W47"
URL = f"/situation/weeks/{WEEK}"
STATION, PARK, CENTRE = new_id(), new_id(), new_id()
See = Callable[..., dict[str, Any]]


@pytest.fixture
def places(ctx: Context) -> None:
    square = {"type": "Polygon", "coordinates": [[[14.8, 56.1], [14.9, 56.1], [14.9, 56.2], [14.8, 56.1]]]}
    ctx.journal.write("area.put", {"id": CENTRE, "name": "Centrum", "geometry": square}, author=None)
    for place, name, area in ((STATION, "Stationen", CENTRE), (PARK, "Parken", None)):
        told = {"id": place, "name": name, "lon": 14.86, "lat": 56.16, "area_id": area}
        ctx.journal.write("place.put", told, author=None)


@pytest.fixture
def see(alva: Phone, cast: Cast, places: None) -> See:
    """`see(at, **members)`: an observation of Alva's, by default a brawl at the station on Friday evening."""
    assert places is None
    shift = alva.start(a_shift(cast.alva))

    def _see(at: datetime = EVENING, **members: Any) -> dict[str, Any]:
        told = {"category": "V1", "place_id": STATION, "place_text": None, "happened": happened(at)} | members
        op = alva.seal("observation.create", an_observation(**told), shift=shift)
        assert alva.send(op)[0]["status"] == "applied"
        return op | {"shift": shift}

    return _see


@pytest.fixture
def bo(sign_in: SignIn, cast: Cast) -> Browser:
    return sign_in(cast.bo)


def week(browser: Browser, name: str = WEEK) -> dict[str, Any]:
    answer = browser.get(f"/situation/weeks/{name}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def freeze(browser: Browser, number: int = 1, based_on: str = "new") -> Any:
    return browser.post(f"{URL}/editions", json={"id": new_id(), "based_on": based_on, "number": number})


def test_a_week_begins_when_sundays_night_is_over() -> None:
    assert span_of(WEEK) == Span(datetime(2026, 11, 16, 5, tzinfo=UTC), datetime(2026, 11, 23, 5, tzinfo=UTC))
    assert week_of(datetime(2026, 11, 23, 1, tzinfo=UTC)) == WEEK
    assert week_of(datetime(2026, 11, 23, 5, tzinfo=UTC)) == "2026-W48"
    assert weeks_before("2026-W02") == ["2025-W50", "2025-W51", "2025-W52", "2026-W01"]
    assert last_year("2026-W53") == "2025-W52"


def test_an_hour_of_a_week_is_seven_hours_also_when_clocks_change() -> None:
    assert len(spans_of(span_of("2026-W43"), None, 21)) == 7
    assert len(spans_of(span_of("2026-W43"), 5, 2)) == 2, "the night in which 02 comes twice"
    assert spans_of(span_of(WEEK), 6, 1) == [Span(*(datetime(2026, 11, 23, h, tzinfo=UTC) for h in (0, 1)))]


def test_incidents_by_place_area_weekday_and_hour(bo: Browser, see: See) -> None:
    see(EVENING, actions=["talk", "presence"])
    see(EVENING + timedelta(minutes=20), actions=["talk"])
    see(EVENING + timedelta(days=2, hours=5), place_id=PARK, category="S1")
    see(EVENING, category="K1")
    see(EVENING, category="E2")
    figures = week(bo)["figures"]
    assert [(p["name"], p["now"]) for p in figures["places"]] == [("Stationen", 2), ("Parken", 1)]
    assert [(a["name"], a["now"]) for a in figures["areas"]] == [("Centrum", 2), (None, 1)]
    cells = {(c["day"], c["hour"]): c["now"] for c in figures["cells"] if c["now"]}
    assert cells == {(4, 21): 2, (6, 2): 1}, "two in the night to Monday is Sunday's"
    totals = [figures[name]["now"] for name in ("incidents", "meetings", "rounds")]
    assert totals == [3, 1, 1]
    assert figures["actions"][0] == {"group": "V", "now": 2, "actions": {"talk": 2, "presence": 1}}


def test_weeks_without_anything_are_not_compared_with(bo: Browser, see: See) -> None:
    see()
    for _ in range(3):
        see(EVENING - timedelta(days=7))
    see(EVENING - timedelta(days=21))
    see(EVENING - timedelta(days=364), place_id=PARK)
    figures = week(bo)["figures"]
    assert (figures["weeks_compared"], figures["incidents"]) == (2, {"now": 1, "mean": 2.0, "last_year": 1})
    assert [(p["name"], p["now"], p["mean"], p["last_year"]) for p in figures["places"]] == [
        ("Stationen", 1, 2.0, 0),
        ("Parken", 0, 0.0, 1),
    ]
    assert [(one["week"], one["now"]) for one in figures["trend"]] == [
        ("2026-W43", None), ("2026-W44", 1), ("2026-W45", None), ("2026-W46", 3), (WEEK, 1)
    ]  # fmt: skip


def test_effort_is_hours_of_every_host(bo: Browser, phone_of: PhoneOf, cast: Cast, places: None) -> None:
    assert places is None
    alva = phone_of(cast.alva)
    shift = alva.start(a_shift(cast.alva, cast.cim, area_id=CENTRE))
    alva.wait(hours=3)
    alva.send(alva.seal("shift.end", a_shift_end(2), shift=shift))
    figures = week(bo)["figures"]
    assert figures["hours"] == pytest.approx(6, abs=0.1)
    assert [(a["name"], a["now"], a["hours"]) for a in figures["areas"]] == [("Centrum", 0, pytest.approx(6, abs=0.1))]
    assert {c["hour"] for c in figures["cells"]} == {21, 22, 23, 0}


def test_calls_and_what_came_of_each_attempt(bo: Browser, alva: Phone, see: See) -> None:
    secret = see(category="V5")
    at = {"shift": secret["shift"]}
    called = alva.seal("escalation.create", an_escalation(), **at)
    hidden = alva.seal("escalation.create", an_escalation(observation_id=secret["id"]), **at)
    alva.send(called, hidden, *(alva.seal("escalation.attempt", an_attempt(called["id"], outcome=how), **at)
                                for how in ("EJSVAR", "EJSVAR", "PLATS")))  # fmt: skip
    assert week(bo)["figures"]["calls"] == [{"service": "POL114", "now": 1, "outcomes": {"EJSVAR": 2, "PLATS": 1}}]
    behind = bo.get(f"{URL}/records", params={"service": "POL114"}).json()
    assert [(one["id"], one["service"], one["shift_id"]) for one in behind["items"]] == [
        (called["id"], "POL114", secret["shift"])
    ]
    assert behind["total"] == 1, "what was called for a restricted record is in no figure"
    assert bo.get(f"{URL}/records", params={"service": "AMB112"}).json()["items"] == []


def test_as_many_attempts_behind_an_outcome_as_its_number_says(bo: Browser, alva: Phone, see: See) -> None:
    """Of each service and each outcome; not of a call for a restricted record, nor of one of another week."""
    secret = see(category="V5")
    at = {"shift": secret["shift"]}
    calls = {service: alva.seal("escalation.create", an_escalation(service=service), **at)
             for service in ("POL114", "AMB112")}  # fmt: skip
    hidden = alva.seal("escalation.create", an_escalation(observation_id=secret["id"]), **at)
    made = [alva.seal("escalation.attempt", an_attempt(call["id"], outcome=how), **at)
            for call, how in ((calls["POL114"], "EJSVAR"), (calls["POL114"], "EJSVAR"), (calls["POL114"], "PLATS"),
                              (calls["AMB112"], "EJSVAR"), (hidden, "EJSVAR"))]  # fmt: skip
    alva.send(*calls.values(), hidden, *made)
    alva.wait(hours=7 * 24)
    later = alva.seal("escalation.create", an_escalation(), **at)
    alva.send(later, alva.seal("escalation.attempt", an_attempt(later["id"], outcome="EJSVAR"), **at))

    calls_told = week(bo)["figures"]["calls"]
    told = {(one["service"], outcome): n for one in calls_told for outcome, n in one["outcomes"].items()}
    assert told == {("POL114", "EJSVAR"): 2, ("POL114", "PLATS"): 1, ("AMB112", "EJSVAR"): 1}
    for (service, outcome), n in told.items():
        behind = bo.get(f"{URL}/records", params={"service": service, "outcome": outcome}).json()
        assert (behind["total"], len({one["id"] for one in behind["items"]})) == (n, n)
        for one in behind["items"]:
            assert (one["service"], one["outcome"], one["target"]) == (service, outcome, calls[service]["id"])
    any_help = bo.get(f"{URL}/records", params={"outcome": "EJSVAR"}).json()
    assert {one["id"] for one in any_help["items"]} == {made[n]["id"] for n in (0, 1, 3)}


def test_two_reports_of_one_event_count_once(bo: Browser, see: See) -> None:
    one, other = see(), see(EVENING + timedelta(minutes=3))
    assert bo.post("/duplicates/link", json={"one": one["id"], "other": other["id"]}).status_code < 300
    assert week(bo)["figures"]["incidents"]["now"] == 1
    assert bo.get(f"{URL}/records").json()["total"] == 1


def test_what_is_restricted_or_ever_was_is_in_no_figure(
    bo: Browser, alva: Phone, sign_in: SignIn, cast: Cast, see: See
) -> None:
    """Also not for the supervisor, who is told how many; nor in the list behind, the proposal or an edition."""
    opened, gone = see(category="V5"), see()
    see(category="H2")
    alva.send(alva.seal("observation.amend", an_amendment(opened["id"], category="P1", place_id=STATION),
                        shift=opened["shift"]),
              alva.seal("observation.retract", a_retraction(gone["id"]), shift=gone["shift"]))  # fmt: skip
    frozen = freeze(bo).json()
    for browser, count in ((bo, 2), (sign_in(cast.dan), None)):
        told = week(browser)
        assert (told["figures"]["incidents"]["now"], told["restricted"]) == (0, count)
        assert told["figures"]["places"] == told["figures"]["open"] == told["figures"]["actions"] == []
        for asked in ({}, {"category": "P1"}, {"group": "V"}, {"group": "?"}, {"place_id": STATION}):
            assert browser.get(f"{URL}/records", params=asked).json()["total"] == 0
        assert browser.get("/situation/focus").json() == {"places": [], "questions": []}
        assert browser.get(f"/situation/editions/{frozen['id']}").json()["figures"]["incidents"]["now"] == 0


@pytest.mark.parametrize(("asked", "count"), [
    ({}, 3), ({"place_id": STATION}, 2), ({"area_id": CENTRE}, 2), ({"category": "S1"}, 1), ({"group": "V"}, 2),
    ({"group": "K"}, 1), ({"day": 4}, 2), ({"day": 4, "hour": 21}, 2), ({"hour": 2}, 1), ({"action": "talk"}, 1),
    ({"action": "tal"}, 0), ({"without": "action"}, 2), ({"without": "place"}, 1), ({"without": "area"}, 1),
])  # fmt: skip
def test_every_figure_has_its_records(bo: Browser, see: See, asked: dict[str, Any], count: int) -> None:
    see(actions=["talk"])
    see()
    see(EVENING + timedelta(days=2, hours=5), place_id=PARK, category="S1")
    see(category="K1")
    if asked.get("without") == "place":
        see(place_id=None, place_text="Vid kanten")
    found = bo.get(f"{URL}/records", params=asked).json()
    assert (found["total"], len(found["items"])) == (count, count)
    assert all("text" not in one for one in found["items"])


def test_two_who_write_the_words_of_a_week(bo: Browser, sign_in: SignIn, cast: Cast) -> None:
    dan = sign_in(cast.dan)
    first = bo.request("PUT", URL, json={"text": "Lugnt.", "based_on": "new"}).json()
    again = bo.request("PUT", URL, json={"text": "Lugnt.", "based_on": "new"}).json()
    assert again == first, "the same once more is no new version"
    late = dan.request("PUT", URL, json={"text": "Mer ljus.", "based_on": "new"})
    assert (late.status_code, late.json()["current"]) == (409, first)
    dan.request("PUT", URL, json={"text": "Mer ljus.", "based_on": first["version"]})
    assert week(bo)["said"]["text"] == "Mer ljus."


def test_an_edition_never_changes_and_says_what_was_corrected_since(bo: Browser, alva: Phone, see: See) -> None:
    wrong, gone, kept = see(), see(), see(EVENING + timedelta(hours=1), place_id=PARK)
    alva.send(alva.seal("observation.amend", an_amendment(kept["id"], category="V1", place_id=PARK),
                        shift=kept["shift"]))  # fmt: skip
    words = bo.request("PUT", URL, json={"text": "Tre bråk.", "based_on": "new"}).json()
    frozen = freeze(bo, based_on=words["version"]).json()
    path = f"/situation/editions/{frozen['id']}"
    was = bo.get(path).json()
    assert (was["number"], was["text"], was["figures"]["incidents"]["now"]) == (1, "Tre bråk.", 3)
    assert (was["corrected"], was["corrected_restricted"], was["late"]) == ([], 0, 0), "corrected before, not since"

    alva.send(alva.seal("observation.amend", an_amendment(wrong["id"], category="V5"), shift=wrong["shift"]),
              alva.seal("observation.retract", a_retraction(gone["id"]), shift=gone["shift"]),
              alva.seal("followup.answer", {"target": kept["id"], "answer": "yes"}))  # fmt: skip
    see(EVENING + timedelta(hours=2))
    bo.request("PUT", URL, json={"text": "Ett bråk.", "based_on": words["version"]})
    now = bo.get(path).json()
    assert {name: now[name] for name in ("number", "text", "figures")} == {
        name: was[name] for name in ("number", "text", "figures")
    }
    assert ([one["id"] for one in now["corrected"]], now["corrected_restricted"]) == ([gone["id"]], 1)
    assert now["late"] == 1
    assert [(e["number"], e["corrected"]) for e in week(bo)["editions"]] == [(1, 2)]


def test_an_edition_is_of_what_its_maker_saw(bo: Browser, see: See) -> None:
    """Words that changed meanwhile, or a number that somebody else took: nothing is frozen."""
    see()
    words = bo.request("PUT", URL, json={"text": "Lugnt.", "based_on": "new"}).json()
    assert freeze(bo).status_code == 409
    body = {"id": new_id(), "based_on": words["version"], "number": 1}
    assert bo.post(f"{URL}/editions", json=body).status_code == 201
    assert bo.post(f"{URL}/editions", json=body).json()["number"] == 1, "the same once more is the same edition"
    assert freeze(bo, based_on=words["version"]).status_code == 409
    assert freeze(bo, 2, words["version"]).json()["number"] == 2
    assert bo.post("/situation/weeks/2026-W46/editions", json=body).status_code == 409
    assert [e["number"] for e in week(bo)["editions"]] == [2, 1]


def test_a_focus_is_drafted_from_the_last_fortnight(bo: Browser, alva: Phone, see: See) -> None:
    for ago in (timedelta(days=7), timedelta(days=7, minutes=-30), timedelta(days=1)):
        see(EVENING - ago)
    see(EVENING - timedelta(days=1, hours=1), place_id=PARK)
    see(EVENING - timedelta(days=20))
    lamp, mended = see(category="P1", place_id=PARK), see(category="P1", place_id=PARK)
    alva.send(alva.seal("followup.answer", {"target": mended["id"], "answer": "no"}))
    found = bo.get("/situation/focus", params={"days": "4"}).json()
    station = {"place_id": STATION, "name": "Stationen", "count": 3, "same_day": 2, "from_hour": 21, "to_hour": 22,
               "categories": ["V1"]}  # fmt: skip
    assert found["places"] == [station], "one incident points at nothing"
    assert [(one["id"], one["shift_id"]) for one in found["questions"]] == [(lamp["id"], lamp["shift"])]


@pytest.mark.parametrize(
    ("path", "cost"),
    [(URL, 15), (f"{URL}/records", 2), (f"{URL}/records?service=POL114", 2),
     (f"{URL}/records?service=POL114&outcome=EJSVAR", 2), ("/situation/focus", 3)],
)  # fmt: skip
def test_as_many_statements_whatever_there_is(bo: Browser, see: See, path: str, cost: int) -> None:
    costs = set()
    for _ in range(2):
        see(category="P1", actions=["talk"])
        see(EVENING - timedelta(days=7), place_id=PARK)
        freeze(bo, len(week(bo)["editions"]) + 1)
        with statements() as asked:
            assert bo.get(path).status_code == 200
        costs.add(len(asked) - 1)  # the session's own
    assert costs == {cost}


def test_no_statement_looks_through_all_observations(ctx: Context, db: Database, see: See) -> None:
    """On an empty planner's own terms: with an index for each step there is one, and it is taken."""
    see()
    run: list[tuple[str, Any]] = []
    with db.read() as conn:
        if not db.is_sqlite:
            conn.execute(text("SET enable_seqscan = off"))

        def _note(_conn: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
            run.append((statement, given))

        event.listen(conn.engine, "before_cursor_execute", _note)
        span, now = span_of(WEEK), ctx.journal.clock()
        queries.by_hour(conn, span)
        queries.by_week(conn, [span_of(one) for one in (*weeks_before(WEEK), last_year(WEEK))])
        queries.actions(conn, span)
        queries.parts(conn, [span], now)
        queries.calls(conn, span)
        queries.outcomes(conn, span)
        queries.listed_calls(conn, span, "POL114", "EJSVAR", limit=20, offset=0)
        queries.questions(conn, now)
        queries.seen_lately(conn, now)
        queries.counted_ids(conn, span)
        queries.listed(conn, counted.counts(spans_of(span, None, 21)), limit=20, offset=0)
        event.remove(conn.engine, "before_cursor_execute", _note)
        explain = "EXPLAIN QUERY PLAN " if db.is_sqlite else "EXPLAIN "
        for statement, given in list(run):
            plan = [str(row[-1]) for row in conn.exec_driver_sql(explain + statement, given)]
            whole = [line for line in plan if line.startswith("SCAN observation") or "Seq Scan on observation" in line
                     or line.startswith("SCAN escalation") or "Seq Scan on escalation" in line]  # fmt: skip
            assert whole == [], (statement, plan)
    assert len(run) == 14
