"""The table of routes: what is asked at the desk alone."""

from app.access.permission import Role
from tests.access.entries import (
    A_NUMBER,
    ADMINS,
    AS_JSON,
    NOT_MISSING,
    NOTHING,
    OVERSEERS,
    Entry,
    administers,
    bad_words,
    follow,
    of,
    pair,
    plain,
    plans,
    told,
)
from tests.place.files import SQUARE
from tests.support.canary import CANARY
from tests.support.factories import a_plan
from tests.support.world import CAST

A_PLACE = {"based_on": None, "name": "Torget", "kind": "square", "area_id": None, "lon": 14.865, "lat": 56.17,
           "note": None}  # fmt: skip
A_CATEGORY = {"based_on": None, "group": "P", "sv": "Hal gångbana", "en": "Slippery path", "protection": 1,
              "photos": True, "active": True}  # fmt: skip
A_LADDER = {"based_on": None, "grace_min": 5, "repeat_min": 10,
            "steps": [{"after_min": 0, "whom": ["supervisors"], "via": ["push"]}]}  # fmt: skip
AN_AREA = {"based_on": None, "name": "Centrum", "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}

SITUATION = OVERSEERS | {Role.ANALYST}
DISCLOSERS = OVERSEERS | {Role.ARCHIVIST, Role.DATA_PROTECTION}
HAND_OUT = {"id": "019a0000-0000-7000-8000-0000000000e2", "to": "police", "decision": "Lämnas ut."}
FREEZE = {"id": "019a0000-0000-7000-8000-0000000000e1", "based_on": "new", "number": 1}

WAITS = OVERSEERS | {Role.DATA_PROTECTION}
#: What waits where no shift shows it, and that the database went back in time.
WAITING: dict[tuple[str, str], Entry] = {
    ("GET", "/reviews/quarantined"): Entry(
        WAITS, plain("/reviews/quarantined"),
        bad=[({"params": {"limit": "0"}}, 422, "invalid"), ({"params": {CANARY: "1"}}, 422, "invalid")],
    ),
    ("GET", "/reviews/quarantined/count"): Entry(WAITS, plain("/reviews/quarantined/count")),
    ("GET", "/reviews/quarantined/export"): Entry(
        WAITS, plain("/reviews/quarantined/export"),
        bad=[({"params": {"after": CANARY}}, 422, "invalid"), ({"params": {CANARY: "1"}}, 422, "invalid")],
    ),
    ("GET", "/reviews/quarantined/{id}/export"): Entry(WAITS, of("shift", "/reviews/quarantined/{id}/export"), 404),
    ("GET", "/epochs"): Entry(OVERSEERS, plain("/epochs")),
    ("POST", "/epochs/{id}/acknowledge"): Entry(OVERSEERS, of("nobody", "/epochs/{id}/acknowledge"), 404),
}  # fmt: skip

RETAINERS = OVERSEERS | {Role.ARCHIVIST, Role.DATA_PROTECTION}
DECIDERS = frozenset({Role.ARCHIVIST, Role.DATA_PROTECTION, Role.ADMIN})
DECIDED = {"based_on": None, "months": 24, "reference": "KS 2026/7"}
HELD_BACK = {"based_on": None, "active": True, "reason": "Polisanmälan"}

DESK: dict[tuple[str, str], Entry] = {
    ("GET", "/retention"): Entry(RETAINERS, plain("/retention")),
    ("GET", "/retention/preview"): Entry(
        RETAINERS, plain("/retention/preview", params={"cls": "shift", "months": 24}),
        bad=[({"params": {"cls": CANARY}}, 422, "invalid"), ({"params": {"cls": "shift", "months": 1}}, 422, "invalid"),
             ({"params": {"cls": "shift", "x": CANARY}}, 422, "invalid")],
    ),
    ("PUT", "/retention/rules/{cls}"): Entry(
        DECIDERS, plain("/retention/rules/shift", json=DECIDED), 204,
        bad=[({"json": DECIDED | {"months": 2}}, 422, "invalid"),
             ({"json": DECIDED | {"months": CANARY}}, 422, "invalid"),
             ({"json": DECIDED | {"reference": CANARY * 100}}, 422, "invalid"),
             ({"json": DECIDED | {"based_on": CANARY}}, 422, "invalid")],
    ),
    ("GET", "/retention/holds/{shift_id}"): Entry(RETAINERS, of("shift", "/retention/holds/{id}")),
    ("PUT", "/retention/holds/{shift_id}"): Entry(
        RETAINERS, of("shift", "/retention/holds/{id}", json=HELD_BACK), 204,
        bad=[({"json": HELD_BACK | {"reason": ""}}, 422, "invalid"),
             ({"json": HELD_BACK | {"based_on": CANARY}}, 422, "invalid")],
    ),
    ("GET", "/retention/runs"): Entry(
        RETAINERS, plain("/retention/runs"), bad=[({"params": {"page": CANARY}}, 422, "invalid")]
    ),
    ("POST", "/retention/runs"): Entry(
        DECIDERS, plain("/retention/runs", json={"cls": "shift", "based_on": 1}), 409,
        bad=[({"json": {"cls": CANARY, "based_on": 1}}, 422, "invalid")],
    ),
    ("GET", "/people"): Entry(OVERSEERS, plain("/people")),
    ("POST", "/people"): administers(
        plain("/people", json={"username": "ny", "name": "Ny", "role": "host"}), 201,
        {"username": "NY NY", "name": CANARY, "role": "host"}, {"username": "bo", "name": CANARY, "role": "host"},
        {"username": "ny", "name": CANARY, "role": CANARY},
    ),
    ("PUT", "/people/{id}"): administers(
        of("nobody", "/people/{id}", json={"based_on": 1, "name": "X", "role": "host", "active": True}), 404,
        {"based_on": None, "name": CANARY, "role": "host", "active": True},
    ),
    ("PUT", "/people/{id}/contact"): administers(
        of("nobody", "/people/{id}/contact", json={"based_on": None, "email": None, "mobile": None}), 404,
        {"based_on": None, "email": CANARY, "mobile": None},
    ),
    ("POST", "/people/{id}/invitation"): Entry(ADMINS, of("nobody", "/people/{id}/invitation"), 404),
    ("GET", "/people/{id}/history"): Entry(OVERSEERS, of("nobody", "/people/{id}/history"), 404),
    ("GET", "/phones"): Entry(OVERSEERS, plain("/phones")),
    ("POST", "/phones/{id}/revoke"): Entry(ADMINS, of("nobody", "/phones/{id}/revoke"), 404),
    ("GET", "/plans"): Entry(
        OVERSEERS, plain("/plans", params={"from": "2026-11-20", "to": "2026-11-30"}),
        bad=[({"params": {"from": CANARY, "to": "2026-11-30"}}, 422, "invalid"), ({"params": {}}, 422, "invalid"),
             ({"params": {"from": "2026-11-20", "to": "2027-11-30"}}, 422, "invalid")],
    ),
    ("PUT", "/plans/{id}"): plans(
        of("nobody", "/plans/{id}", json=a_plan(CAST.alva) | {"based_on": 1}), 409,
        a_plan(CAST.alva) | {"hosts": [CANARY]},
        a_plan(CAST.alva) | {"area_id": CANARY}, a_plan(CAST.alva, starts="25:00"), a_plan(CAST.alva, until=None),
        a_plan(CAST.alva, first="2026-02-30"), a_plan(CAST.alva, first="2025-01-01", until="2025-02-01"),
    ),
    ("PUT", "/planned/{id}"): plans(
        of("nobody", "/planned/{id}", json={"based_on": 1, "starts": "17:00", "ends": "01:00", "area_id": None,
                                            "hosts": [CAST.alva.id], "cancelled": False}), 404,
        {"based_on": 1, "starts": CANARY, "ends": "01:00", "area_id": None, "hosts": [], "cancelled": False},
    ),
    ("GET", "/planned/{id}/history"): Entry(OVERSEERS, of("nobody", "/planned/{id}/history"), 404),
    ("GET", "/calendar"): told("/calendar"),
    ("POST", "/calendar"): told("/calendar", 201),
    ("DELETE", "/calendar"): told("/calendar", 204),
    ("GET", "/calendars/{secret}.ics"): Entry(None, plain(f"/calendars/{CANARY}.ics"), 404),
    ("GET", "/numbers"): Entry(OVERSEERS, plain("/numbers")),
    ("PUT", "/numbers/{id}"): plans(
        of("nobody", "/numbers/{id}", json=A_NUMBER | {"based_on": 1}), 409, A_NUMBER | {"number": CANARY},
        A_NUMBER | {"checked_on": "2026-02-30"}, A_NUMBER | {"service": ""}, A_NUMBER | {"hours": CANARY * 99},
    ),
    ("GET", "/categories"): Entry(OVERSEERS, plain("/categories")),
    ("PUT", "/categories/{id}"): administers(
        of("nobody", "/categories/{id}", json=A_CATEGORY | {"based_on": 1}), 409, A_CATEGORY | {"protection": 3},
        A_CATEGORY | {"protection": 0}, A_CATEGORY | {"group": CANARY}, A_CATEGORY | {"group": "X"},
        A_CATEGORY | {"sv": CANARY * 9}, A_CATEGORY | {"en": " "}, A_CATEGORY | {"code": CANARY},
    ),
    ("GET", "/categories/{id}/history"): Entry(OVERSEERS, of("nobody", "/categories/{id}/history"), 404),
    ("GET", "/ladders"): Entry(OVERSEERS, plain("/ladders")),
    ("PUT", "/ladders/{kind}"): administers(
        plain("/ladders/overdue", json=A_LADDER | {"based_on": 1}), 409, A_LADDER | {"grace_min": None},
        A_LADDER | {"steps": []}, A_LADDER | {"steps": [CANARY]}, A_LADDER | {"repeat_min": CANARY},
        A_LADDER | {"steps": [{"after_min": 0, "whom": ["supervisors", CANARY], "via": ["push"]}]},
        A_LADDER | {"steps": [{"after_min": 0, "whom": ["supervisors"], "via": [CANARY]}]}, A_LADDER | {CANARY: 1},
    ),
    ("POST", "/ladders/{kind}/default"): administers(
        plain("/ladders/help/default", json={"based_on": 1}), 409, {"based_on": None}, {"based_on": CANARY},
    ),
    ("GET", "/ladders/{kind}/history"): Entry(OVERSEERS, plain("/ladders/help/history")),
    ("GET", "/places"): Entry(OVERSEERS, plain("/places")),
    ("POST", "/places/import"): plans(
        plain("/places/import", json={"based_on": None, "text": '{"type":"FeatureCollection","features":[]}'}), 200,
        {"based_on": -1, "text": "{}"}, {"based_on": None, "text": CANARY}, {"based_on": None},
    ),
    ("PUT", "/places/{id}"): plans(
        of("nobody", "/places/{id}", json=A_PLACE | {"based_on": 1}), 409, A_PLACE | {"name": " "},
        A_PLACE | {"kind": CANARY}, A_PLACE | {"lon": 200}, A_PLACE | {"note": CANARY * 99},
        A_PLACE | {"area_id": CANARY},
    ),
    ("GET", "/places/{id}/history"): Entry(OVERSEERS, of("nobody", "/places/{id}/history"), 404),
    ("PUT", "/areas/{id}"): plans(
        of("nobody", "/areas/{id}", json=AN_AREA | {"based_on": 1}), 409, AN_AREA | {"name": ""},
        AN_AREA | {"geometry": {"type": "Polygon", "coordinates": [[[CANARY]]]}}, AN_AREA | {"geometry": None},
    ),
    ("GET", "/areas/{id}/history"): Entry(OVERSEERS, of("nobody", "/areas/{id}/history"), 404),
    ("GET", "/numbers/{id}/history"): Entry(OVERSEERS, of("nobody", "/numbers/{id}/history"), 404),
    ("GET", "/situation/weeks/{week}"): Entry(SITUATION, plain("/situation/weeks/2026-W47")),
    ("PUT", "/situation/weeks/{week}"): Entry(
        SITUATION, plain("/situation/weeks/2026-W48", json={"text": "Lugnt", "based_on": "new"}), 200,
        [({"json": {"text": CANARY}}, 422, "invalid"), ({"json": {"text": CANARY, "based_on": CANARY}}, 422, "invalid"),
         ({"content": b"{" + CANARY.encode(), "headers": AS_JSON}, 400, "frame")],
    ),
    ("POST", "/situation/weeks/{week}/editions"): Entry(
        SITUATION, plain("/situation/weeks/2026-W47/editions", json=FREEZE), 201,
        [({"json": FREEZE | {"number": "1"}}, 422, "invalid"), ({"json": FREEZE | {"id": CANARY}}, 422, "invalid"),
         ({"json": [CANARY]}, 422, "invalid")],
    ),
    ("GET", "/situation/weeks/{week}/records"): Entry(
        SITUATION, plain("/situation/weeks/2026-W47/records"),
        bad=[({"params": {"day": "7"}}, 422, "invalid"), ({"params": {"place_id": CANARY}}, 422, "invalid"),
             ({"params": {"without": CANARY}}, 422, "invalid"), ({"params": {"service": ""}}, 422, "invalid"),
             ({"params": {CANARY: "1"}}, 422, "invalid")],
    ),
    ("GET", "/situation/editions/{id}"): Entry(SITUATION, of("shift", "/situation/editions/{id}"), 404),
    ("GET", "/situation/focus"): Entry(
        SITUATION, plain("/situation/focus"), bad=[({"params": {"days": "7"}}, 422, "invalid")],
    ),
    ("GET", "/disclosures"): Entry(
        DISCLOSERS, plain("/disclosures"), bad=[({"params": {CANARY: "1"}}, 422, "invalid")],
    ),
    ("POST", "/disclosures"): Entry(
        DISCLOSERS,
        lambda world: ("/disclosures", {"json": HAND_OUT | {"records": [{
            "id": world.observation, "versions": [{"id": world.observation}]}]}}),
        201,
        [({"json": HAND_OUT | {"records": []}}, 422, "invalid"), ({"json": [CANARY]}, 422, "invalid"),
         ({"json": HAND_OUT | {"to": CANARY, "records": [{"id": NOTHING, "versions": [{"id": NOTHING}]}]}}, 422,
          "invalid"),
         ({"json": HAND_OUT | {"decision": CANARY, "records": [{"id": NOTHING, "versions": [{"id": NOTHING}]}]}}, 422,
          "invalid"),
         ({"json": HAND_OUT | {"records": [{"id": NOTHING, "versions": [{"id": NOTHING, "masked": {CANARY: []}}]}]}},
          422, "invalid"),
         ({"content": b"{" + CANARY.encode(), "headers": AS_JSON}, 400, "frame")],
    ),
    ("POST", "/disclosures/draft"): Entry(
        DISCLOSERS, plain("/disclosures/draft", json={}), 200,
        [({"json": {"ids": [CANARY]}}, 422, "invalid"), ({"json": {"text": "18900101-9802"}}, 422, "find-person"),
         ({"json": {CANARY: 1}}, 422, "invalid")],
    ),
    ("GET", "/disclosures/{id}"): Entry(DISCLOSERS, of("nobody", "/disclosures/{id}"), 404),
    ("GET", "/disclosures/{id}/extract.pdf"): Entry(
        DISCLOSERS, of("nobody", "/disclosures/{id}/extract.pdf"), 404,
        [({"params": {"language": CANARY}}, 422, "invalid")],
    ),
    ("GET", "/followups"): Entry(
        OVERSEERS, plain("/followups"),
        bad=[({"params": {"status": CANARY}}, 422, "invalid"), ({"params": {"due": CANARY}}, 422, "invalid"),
             ({"params": {"owner": CANARY}}, 422, "invalid"), ({"params": {CANARY: "1"}}, 422, "invalid")],
    ),
    ("GET", "/followups/counts"): Entry(OVERSEERS, plain("/followups/counts")),
    ("POST", "/followups"): Entry(
        OVERSEERS, follow("/followups", with_record=True), 201, bad_words({"kind": CANARY}, {"due": CANARY}),
    ),
    ("GET", "/followups/{id}"): Entry(OVERSEERS, of("followup", "/followups/{id}")),
    ("POST", "/followups/{id}/changes"): Entry(OVERSEERS, follow("/followups/{id}/changes", note="Ring först"), 200,
                                               bad_words({"based_on": CANARY})),
    ("POST", "/followups/{id}/close"): Entry(OVERSEERS, follow("/followups/{id}/close", outcome="fixed"), 200,
                                             bad_words({"outcome": CANARY})),
    ("POST", "/followups/{id}/reopen"): Entry(OVERSEERS, follow("/followups/{id}/reopen"), 200, bad_words()),
    ("POST", "/followups/{id}/send"): Entry(
        OVERSEERS, follow("/followups/{id}/send", id=NOTHING, channel="email"), 422, bad_words({"channel": CANARY}),
    ),
    ("GET", "/reviews/shifts/{id}/report.pdf"): Entry(
        OVERSEERS, of("shift", "/reviews/shifts/{id}/report.pdf"),
        bad=[({"params": {"language": CANARY}}, 422, "invalid"), ({"params": {CANARY: "1"}}, 422, "invalid")],
    ),
    ("GET", "/debriefs"): Entry(
        OVERSEERS, lambda world: ("/debriefs", {"params": {"shift_id": world.shift}}),
        bad=[({"params": {"shift_id": CANARY}}, 422, "invalid"), ({"params": {}}, 422, "invalid")],
    ),
    ("PUT", "/debriefs/{id}"): Entry(
        OVERSEERS, of("observation", "/debriefs/{id}", json={"status": "offered", "based_on": None}), 404,
        bad_words({"status": CANARY}, {"status": "offered", "based_on": CANARY}, {"status": "held", CANARY: 1}),
    ),
    ("GET", "/duplicates"): Entry(
        OVERSEERS, lambda world: ("/duplicates", {"params": {"shift_id": world.shift}}),
        bad=[({"params": {"shift_id": CANARY}}, 422, "invalid"), ({"params": {}}, 422, "invalid")],
    ),
    ("POST", "/duplicates/link"): Entry(OVERSEERS, pair("/duplicates/link"), 422, bad_words({"one": CANARY})),
    ("POST", "/duplicates/unlink"): Entry(OVERSEERS, pair("/duplicates/unlink"), 422, bad_words({"other": CANARY})),
    ("GET", "/missing"): Entry(OVERSEERS, plain("/missing")),
    ("POST", "/missing/dismiss"): Entry(
        OVERSEERS, plain("/missing/dismiss", json=NOT_MISSING | {"reason": "Inställt"}), 404,
        bad_words(NOT_MISSING, NOT_MISSING | {"reason": ""}),
    ),
    ("POST", "/missing/restore"): Entry(OVERSEERS, plain("/missing/restore", json=NOT_MISSING), 404,
                                        bad_words({"kind": CANARY})),
}  # fmt: skip
