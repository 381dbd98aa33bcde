"""What waits for a crew before it goes out: the desk's focus, what an earlier shift left, and faults to look for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import expect

from app.core.clock import stamp
from tests.e2e.phone import Phone
from tests.e2e.town import Town
from tests.faults.site import phone_at
from tests.support.client import new_id
from tests.support.factories import a_briefing, a_shift, a_shift_end, an_observation, happened
from tests.support.world import CAST, Person

LEFT = "Nyckeln till ångbåtsboden ligger hos Bo."


@dataclass(frozen=True)
class Waiting:
    briefing: str
    handover: str
    #: Place → the report that asks.
    faults: dict[str, str]

    def heard(self, town: Town, person: Person) -> tuple[list[str], list[str], dict[str, list[str]]]:
        """As a colleague's phone is told: when this person read the focus and what was left; answers by place."""
        with phone_at(town.server.port, CAST.cim) as cim:
            focus, left = cim.pulled("briefing")[self.briefing], cim.pulled("handover")[self.handover]
            asked = cim.pulled("question")
        times = [[one["stated_at"] for one in told["read_by"] if one["author_id"] == person.id]
                 for told in (focus, left)]  # fmt: skip
        said = {place: [one["answer"] for one in asked[id]["answers"]] for place, id in self.faults.items()}
        return times[0], times[1], said


def wait_for_a_crew(town: Town, at: datetime, focus: Mapping[str, str], faults: Mapping[str, str]) -> Waiting:
    """`focus`: hours by place, by Bo. `faults`: category by place, seen by Elin in a shift that ended before `at`."""
    briefing, places = new_id(), [{"place_id": town.places[name], "hours": hours} for name, hours in focus.items()]
    with phone_at(town.server.port, CAST.bo) as bo:
        valid = {"valid_from": stamp(at - timedelta(hours=2)), "valid_to": stamp(at + timedelta(days=5))}
        told = bo.request("PUT", f"/briefings/{briefing}", json=a_briefing(text="", places=places, **valid))
        assert told.status_code == 200, told.text
    with phone_at(town.server.port, CAST.elin) as elin:
        elin.wall = at - timedelta(hours=5)
        shift = elin.start(a_shift(CAST.elin))
        seen = {name: elin.seal("observation.create", _fault(code, town.places[name], elin.wall), shift=shift)
                for name, code in faults.items()}  # fmt: skip
        end = elin.seal("shift.end", a_shift_end(2 + len(seen), handover=LEFT), shift=shift)
        assert {one["status"] for one in elin.send(*seen.values(), end)} == {"applied"}
    return Waiting(briefing, str(end["id"]), {name: str(op["id"]) for name, op in seen.items()})


def _fault(code: str, place: str, at: datetime) -> dict[str, Any]:
    return an_observation(category=code, place_id=place, place_text=None, text="Trasig.", happened=happened(at))


def reads_what_waits(phone: Phone) -> None:
    """One tap each."""
    for title, said in (("I kväll", "✓ läst"), ("Från tidigare pass", "1 läst överlämning")):
        part = phone.page.get_by_role("region", name=title)
        part.get_by_role("button", name="Läst", exact=True).click()
        expect(part).to_contain_text(said)


def answers(phone: Phone, place: str, words: str) -> None:
    """Says with one tap whether what was seen at a place is still there."""
    asked = phone.page.get_by_role("group", name=re.compile(re.escape(place)))
    button = asked.get_by_role("button").filter(has_text=re.compile(rf"^(✓ )?{words}$"))
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
