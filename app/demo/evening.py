"""One evening as its hosts live it: walk, look, talk, write down, call for help. Pure but for the dice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.core.clock import stamp, stamp_or_none
from app.demo import content
from app.demo.dice import Deck, Dice
from app.demo.phone import Act
from app.demo.plan import Crew, Evening
from app.demo.texts import PLACE_TEXTS, texts

OBSERVATIONS_MIN, OBSERVATIONS_MAX = 5, 12
BREAK_AFTER = timedelta(hours=3)
JOINS_AFTER = timedelta(minutes=75)
#: Nothing new is begun this close to the end.
WIND_DOWN = timedelta(minutes=25)
#: So many evenings ago the hosts were threatened: a record that only they and overseers may read.
THREATENED_AGO = 3


@dataclass
class Decks:
    """Shared by all evenings, so that texts do not repeat from one evening to the next."""

    dice: Dice
    seen: Deck = field(init=False)
    meetings: Deck = field(init=False)
    rounds: Deck = field(init=False)
    help: Deck = field(init=False)

    def __post_init__(self) -> None:
        names = ("seen", "meetings", "rounds", "help")
        self.seen, self.meetings, self.rounds, self.help = (Deck(self.dice, texts()[name]) for name in names)


@dataclass
class Written:
    """An observation with what a later correction needs."""

    act: Act
    category: str


class Script:
    """Collects the acts of one evening; `phone` 0 is the one that starts and ends the shift."""

    def __init__(self, evening: Evening, hosts: list[str], places: list[dict[str, Any]], decks: Decks) -> None:
        self.evening = evening
        self.hosts = hosts if evening.crew is Crew.PAIR else hosts[:1]
        self.joiner = hosts[1] if evening.crew is Crew.JOINED else None
        self.places = places
        self.decks = decks
        self.dice = decks.dice
        self.shift = self.dice.uuid7(evening.starts_at)
        self.acts: list[Act] = []
        self.observations: list[Written] = []
        self.visited: set[str] = set()
        self.called: list[str] = []

    def write(self) -> list[Act]:
        """In the order of time."""
        self._start()
        self._walk()
        if self.evening.ago == THREATENED_AGO:
            station = next(place for place in self.places if place["kind"] == "station")
            at = self.evening.starts_at + (self.evening.ends_at - self.evening.starts_at) * 0.6
            self.observe(at.replace(microsecond=0), texts()["restricted"], station)
        self._correct()
        if not self.evening.is_open:
            self._end()
        return sorted(self.acts, key=lambda act: (act.at, act.phone))

    def act(self, at: datetime, op_type: str, data: dict[str, Any], **given: Any) -> Act:
        made = Act(at, given.get("phone", 0), op_type, data, given.get("id") or self.dice.uuid7(at),
                   given.get("position"))  # fmt: skip
        self.acts.append(made)
        return made

    def _start(self) -> None:
        evening = self.evening
        alone = {Crew.ALONE: texts()["alone"][0], Crew.JOINED: texts()["alone"][1]}.get(evening.crew)
        centre = next(place for place in self.places if place["kind"] == "square")
        transport = self.dice.choice(["foot", "foot", "car"])
        data = {"hosts": self.hosts, "area_id": centre["area_id"], "transport": transport,
                "planned_end": stamp(evening.planned_end), "alone_reason": alone}  # fmt: skip
        self.act(evening.starts_at, "shift.start", data, id=self.shift, position=self._near(centre))
        if self.joiner is not None:
            self.act(evening.starts_at + JOINS_AFTER, "shift.join", {}, phone=1)

    def _walk(self) -> None:
        at = self.evening.starts_at + self.dice.minutes(6, 12)
        rested, help_due = False, self.evening.ago % 2 == 0
        while at < self.evening.ends_at - WIND_DOWN:
            place = self.dice.choice([p for p in self.places if p["id"] not in self.visited] or self.places)
            self.visited.add(place["id"])
            if not rested and at - self.evening.starts_at > BREAK_AFTER:
                rested = True
                self.checkin(at, "pause", None, note="Rast i lokalen.")
                at += self.dice.minutes(22, 30)
                continue
            at = self._stop(at, place)
            if help_due and at - self.evening.starts_at > timedelta(minutes=50):
                help_due = not self._call_help(at, place)
                at += self.dice.minutes(3, 8)
            at += self.dice.minutes(7, 15)

    def _stop(self, at: datetime, place: Mapping[str, Any]) -> datetime:
        """Arrive, perhaps see something; when they leave."""
        if self.dice.happens(0.62):
            self.checkin(at, self.dice.choice(["arrived", "arrived", "round"]), place)
        elif self.dice.happens(0.4):
            self.checkin(at, "ok", None, near=place)
        missing = OBSERVATIONS_MIN - len(self.observations)
        if len(self.observations) < OBSERVATIONS_MAX and self.dice.happens(0.85 if missing > 0 else 0.5):
            at += self.dice.minutes(1, 5)
            self.observe(at, self._sight(place), place)
        at += self.dice.minutes(2, 9)
        if self.dice.happens(0.12):
            self.checkin(at, "left", place)
        return at

    def _sight(self, place: Mapping[str, Any]) -> dict[str, Any]:
        chance = self.dice.random()
        found = None
        if chance < 0.22:
            found = self.decks.meetings.draw(place["kind"])
        elif chance < 0.66:
            found = self.decks.seen.draw(place["kind"])
        return dict(found or self.decks.rounds.draw(place["kind"]) or {})

    def checkin(self, at: datetime, kind: str, place: Mapping[str, Any] | None, **given: Any) -> None:
        next_due = None if kind == "left" else content.five(at + self.dice.minutes(30, 50))
        data = {"kind": kind, "place_id": place["id"] if place else None, "note": given.get("note"),
                "next_due": stamp_or_none(next_due)}  # fmt: skip
        near = place or given.get("near")
        self.act(at, "checkin.create", data, phone=self._writer(at), position=self._near(near) if near else None)

    def observe(self, at: datetime, sight: Mapping[str, Any], place: Mapping[str, Any]) -> Act:
        typed = sight["category"] != "E2" and self.dice.happens(0.08)
        earlier = self.dice.minutes(8, 35)
        where = (None, self.dice.choice(PLACE_TEXTS)) if typed else (place["id"], None)
        data = content.observation(sight, where, content.happened(at, sight.get("happened", "point"), earlier))
        made = self.act(at, "observation.create", data, phone=self._writer(at), position=self._near(place))
        self.observations.append(Written(made, sight["category"]))
        return made

    def _call_help(self, at: datetime, place: Mapping[str, Any]) -> bool:
        """An observation, a call for help about it, each attempt when its outcome is known, and how it ended."""
        scene = self.decks.help.draw(place["kind"])
        if scene is None:
            return False
        seen = self.observe(at, scene["observation"], place)
        created = self.act(at + timedelta(seconds=50), "escalation.create", {
            "service": scene["service"], "channel": scene["channel"], "observation_id": seen.id,
            "cause": scene["cause"],
        }, phone=seen.phone, position=self._near(place))  # fmt: skip
        self.called.append(scene["service"])
        known_at = at
        for attempt in scene["attempts"]:
            known_at = at + content.known_after(attempt)
            self.act(known_at, "escalation.attempt", content.attempt(created.id, at, attempt), phone=seen.phone)
        self.act(known_at + timedelta(minutes=2), "escalation.close", {"target": created.id, **scene["close"]},
                 phone=seen.phone)  # fmt: skip
        return True

    def _correct(self) -> None:
        """Now and then a second thought, by the one who wrote, while the shift lasts."""
        late = self.evening.ends_at - timedelta(minutes=70)
        plain = [w.act for w in self.observations if w.category != "E2" and w.act.at < late]
        if plain and self.evening.ago % 3 == 0:
            chosen = self.dice.choice(plain)
            change = texts()["amendments"][self.evening.ago // 3 % len(texts()["amendments"])]
            self.act(chosen.at + self.dice.minutes(12, 55), "observation.amend", {
                "target": chosen.id, "reason": change["reason"], "observation": content.amended(chosen.data, change),
            }, phone=chosen.phone)  # fmt: skip
        elif plain and self.evening.ago % 4 == 1:
            chosen = self.dice.choice(plain)
            reason = texts()["retractions"][self.evening.ago // 4 % len(texts()["retractions"])]
            self.act(chosen.at + self.dice.minutes(4, 30), "observation.retract",
                     {"target": chosen.id, "reason": reason}, phone=chosen.phone)  # fmt: skip

    def _end(self) -> None:
        """Each phone states how many ops it made, its end included; the first tells the evening in words."""
        last = max(act.at for act in self.acts)
        at = max(self.evening.ends_at, last + timedelta(minutes=2))
        words = content.summary([w.act.data for w in self.observations], len(self.visited), self.called)
        left = texts()["handovers"].get(str(self.evening.ago))
        phones = sorted({act.phone for act in self.acts})
        for phone in phones:
            ops = sum(act.phone == phone for act in self.acts) + 1
            self.act(at + timedelta(seconds=45 * phone), "shift.end",
                     {"ops": ops, "summary": words if phone == 0 else None,
                      "handover": left if phone == phones[-1] else None}, phone=phone)  # fmt: skip

    def _writer(self, at: datetime) -> int:
        both = self.evening.crew is Crew.PAIR or (
            self.joiner is not None and at > self.evening.starts_at + JOINS_AFTER + timedelta(minutes=5)
        )
        return 1 if both and self.dice.happens(0.4) else 0

    def _near(self, place: Mapping[str, Any]) -> dict[str, Any] | None:
        """No position in a garage, and none now and then elsewhere."""
        if place["kind"] == "garage" or self.dice.happens(0.1):
            return None
        return self.dice.position_near(place["lon"], place["lat"])
