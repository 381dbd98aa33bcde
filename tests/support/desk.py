"""The questions of the desk's pages, as it asks them: what each costs, and what it may read whole."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.core.clock import stamp
from tests.support.client import Browser
from tests.support.world import EVENING

WEEK, PLACE = "2026-W47", "019a0000-0000-7000-8000-000000000102"
AREA, NUMBER = "019a0000-0000-7000-8000-000000000202", "019a0000-0000-7000-8000-000000000302"
OWN_CATEGORY = "019a0000-0000-7000-8000-000000000402"
SQUARE = {"type": "Polygon", "coordinates": [[[14.8, 56.1], [14.9, 56.1], [14.9, 56.2], [14.8, 56.1]]]}
#: In the order of time, and no further than a page and its count need.
IN_ORDER = frozenset({"find_entry"})


@dataclass(frozen=True)
class Read:
    """A page's question. `cost`: statements, the session's own among them. `whole`: tables it may go through, why."""

    cost: int
    path: str
    whole: frozenset[str] = frozenset()
    body: dict[str, Any] | None = None
    asked: dict[str, Any] | None = None
    #: So many statements more on SQLite.
    more_on_sqlite: int = 0


READS: dict[str, Read] = {
    "retention": Read(3, "/retention"),
    "retention: the protocol": Read(3, "/retention/runs", frozenset({"retention_run"})),
    "retention: of a shift": Read(3, "/retention/holds/{shift}"),
    "board: alarms": Read(5, "/alerts", asked={"limit": 200}),
    "board: shifts": Read(9, "/reviews/shifts", asked={"status": "open", "limit": 200}),
    "board: a shift that changed": Read(9, "/reviews/shifts", asked={"ids": "{shift}", "limit": 1}),
    "shifts, the newest": Read(9, "/reviews/shifts", frozenset({"shift"})),
    "shifts of days": Read(9, "/reviews/shifts", asked={"from": "2026-11-01", "to": "2026-11-30"}),
    "shift: log": Read(12, "/reviews/shifts/{shift}"),
    "shift: seal": Read(12, "/reviews/shifts/{shift}/seal"),
    "shift: report": Read(16, "/reviews/shifts/{shift}/report.pdf"),
    "shift: duplicates": Read(4, "/duplicates", asked={"shift_id": "{shift}"}),
    "shift: debriefs": Read(2, "/debriefs", asked={"shift_id": "{shift}"}),
    "shift: follow-ups": Read(5, "/followups", asked={"shift_id": "{shift}", "status": "all"}),
    "waiting: count": Read(2, "/reviews/quarantined/count"),
    "waiting": Read(7, "/reviews/quarantined"),
    "waiting: file": Read(5, "/reviews/quarantined/export"),
    "waiting: one as a file": Read(4, "/reviews/quarantined/{stray}/export"),
    "history": Read(4, "/epochs"),
    "phones revoked": Read(2, "/reviews/revoked"),
    "find: the newest": Read(9, "/find", IN_ORDER, body={}),
    "find: words": Read(6, "/find", body={"text": "klotter väg"}),
    "find: words and days": Read(6, "/find", body={"text": "klotter", "from": stamp(EVENING - timedelta(days=30))}),
    "find: map and hours": Read(7, "/find", body={
        "bbox": "14,56,15,57", "from": stamp(EVENING - timedelta(hours=1)), "to": stamp(EVENING + timedelta(hours=9))}),
    "find: map": Read(7, "/find", IN_ORDER, body={"bbox": "14,56,15,57"}),
    "find: categories": Read(6, "/find", body={"codes": ["S2", "P1"]}),
    "find: group": Read(6, "/find", body={"groups": ["S"]}),
    "find: place": Read(6, "/find", body={"place_id": PLACE}),
    "find: area": Read(9, "/find", IN_ORDER | {"shift"}, body={"area_id": AREA}, more_on_sqlite=2),
    "find: shifts": Read(6, "/find", body={"kinds": ["shift"]}),
    "find: severe": Read(7, "/find", body={"sort": "severe", "severity": 3}),
    "find: oldest": Read(9, "/find", IN_ORDER, body={"sort": "oldest"}),
    "find: status": Read(6, "/find", IN_ORDER, body={"status": ["amended"]}),
    "find: saved": Read(2, "/find/saved"),
    "export": Read(10, "/exports", body={"format": "csv", "language": "sv", "codes": ["S2"]}),
    "follow-ups": Read(5, "/followups"),
    "follow-ups: closed": Read(5, "/followups", asked={"status": "closed"}),
    "follow-ups: overdue": Read(5, "/followups", asked={"due": "overdue"}),
    "follow-ups: own": Read(5, "/followups", asked={"owner": "{bo}"}),
    "follow-ups: of a record": Read(5, "/followups", asked={"observation_id": "{observation}", "status": "all"}),
    "follow-ups: counts": Read(2, "/followups/counts"),
    "follow-up": Read(10, "/followups/{followup}"),
    "missing": Read(12, "/missing"),
    "briefings": Read(4, "/briefings"),
    "briefings: earlier": Read(4, "/briefings/earlier", frozenset({"briefing"})),
    "briefing: proposal": Read(4, "/situation/focus"),
    "week": Read(16, f"/situation/weeks/{WEEK}"),
    "week: records": Read(3, f"/situation/weeks/{WEEK}/records"),
    "week: records of an hour": Read(3, f"/situation/weeks/{WEEK}/records", asked={"day": 4, "hour": 21}),
    "week: calls": Read(3, f"/situation/weeks/{WEEK}/records", asked={"service": "POL114"}),
    "week: edition": Read(4, "/situation/editions/{edition}"),
    "disclosures": Read(4, "/disclosures", frozenset({"disclosure"})),
    "disclosure": Read(7, "/disclosures/{disclosure}"),
    "disclosure: extract": Read(9, "/disclosures/{disclosure}/extract.pdf"),
    "disclosure: draft": Read(6, "/disclosures/draft", body={"codes": ["S2"]}),
    "plans": Read(3, "/plans", asked={"from": "2026-11-20", "to": "2026-12-31"}),
    "planned: history": Read(5, "/planned/{planned}/history"),
    "calendar": Read(2, "/calendar"),
    "calendar: feed": Read(4, "{feed}"),
    "people": Read(2, "/people"),
    "person: history": Read(3, "/people/{bo}/history"),
    "phones": Read(4, "/phones"),
    "places": Read(3, "/places"),
    "place: history": Read(4, f"/places/{PLACE}/history"),
    "area: history": Read(4, f"/areas/{AREA}/history"),
    "numbers": Read(2, "/numbers"),
    "number: history": Read(4, f"/numbers/{NUMBER}/history"),
    "categories": Read(2, "/categories"),
    "category: history": Read(4, f"/categories/{OWN_CATEGORY}/history"),
    "ladders": Read(5, "/ladders"),
    "ladder: history": Read(3, "/ladders/overdue/history"),
}  # fmt: skip


def filled(told: Any, ids: dict[str, str]) -> Any:
    if isinstance(told, str):
        for name, value in ids.items():
            told = told.replace("{" + name + "}", value)
    return told


def ask(desk: Browser, read: Read, ids: dict[str, str]) -> Any:
    path = filled(read.path, ids)
    if read.body is not None:
        return desk.post(path, json=read.body)
    return desk.get(path, params={name: filled(value, ids) for name, value in (read.asked or {}).items()})


def put_reference(desk: Browser) -> None:
    """The area, place, number and category that the questions name."""
    area = {"name": "Centrum", "geometry": SQUARE}
    place = {"name": "Torget", "kind": "square", "area_id": AREA, "lon": 14.86, "lat": 56.16, "note": None}
    number = {"service": "FEL", "name": "Fel", "number": "0457-61 80 00", "hours": None, "note": None,
              "checked_on": None, "active": True}  # fmt: skip
    category = {"group": "P", "sv": "Hal gångbana", "en": "Slippery path", "protection": 1, "photos": True,
                "active": True}  # fmt: skip
    ladder = {"grace_min": 10, "repeat_min": 5,
              "steps": [{"after_min": 0, "whom": ["supervisors"], "via": ["push"]}]}  # fmt: skip
    puts: dict[str, dict[str, Any]] = {
        f"/areas/{AREA}": area, f"/places/{PLACE}": place, f"/numbers/{NUMBER}": number,
        f"/categories/{OWN_CATEGORY}": category, "/ladders/overdue": ladder,
    }  # fmt: skip
    for path, said in puts.items():
        answer = desk.request("PUT", path, json={"based_on": None} | said)
        assert answer.status_code == 204, answer.text
