"""`lykta demo`: a small town with its people and two weeks of evenings, through the same doors as real ones."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from app.access import queries as access
from app.access.context import Context
from app.access.models import Account
from app.access.permission import Role
from app.core.clock import stamp
from app.core.errors import Refused
from app.core.insert import put
from app.demo import desk
from app.demo.dice import Dice
from app.demo.evening import Decks, Script
from app.demo.phone import Act, Phone
from app.demo.plan import Evening, Twist, evenings
from app.demo.review import review
from app.demo.texts import CONTACTS_FILE, TOWN_FILE, texts
from app.journal.append import Journal
from app.place import queries as places
from app.place.contacts import import_contacts
from app.place.importing import import_places

#: Digits and letters that are not mistaken for one another when read from a screen.
PASSWORD_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
PASSWORD_GROUPS, PASSWORD_GROUP_LENGTH = 3, 5
CAST = (
    ("alva", "Alva N", Role.HOST), ("cim", "Cim R", Role.HOST), ("bo", "Bo S", Role.SUPERVISOR),
    ("disa", "Disa K", Role.ADMIN),
)  # fmt: skip
LABELS = ("Alvas telefon", "Cims telefon", "Cims nya telefon")
LOST = 2
KEPT_MONTHS = {"shift": 24, "plan": 12, "account": 12, "reading": 24}
REFERENCE = "Dnr 2026/114, dokumenthanteringsplan"
BRIEFED_BEFORE, BRIEFED_FOR = timedelta(hours=3), timedelta(days=3)
#: What a phone makes within this time goes out in one push.
TOGETHER = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    id: str
    username: str
    name: str
    role: Role
    #: Told once, kept nowhere.
    password: str


@dataclass(frozen=True, slots=True)
class DemoPeople:
    people: tuple[DemoPerson, ...]
    shifts: int
    ops: int

    def as_json(self) -> dict[str, Any]:
        people = [{"id": p.id, "username": p.username, "name": p.name, "role": p.role.value, "password": p.password}
                  for p in self.people]  # fmt: skip
        return {"people": people, "shifts": self.shifts, "ops": self.ops}

    def text(self) -> str:
        lines = [f"Lyckhamn: {self.shifts} evenings, {self.ops} ops. The passwords are shown only now.", ""]
        return "\n".join(lines + [f"{p.username:6} {p.password:20} {p.role.value:11} {p.name}" for p in self.people])


class Ticker:
    """The server's clock while the past is played."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@dataclass(order=True)
class Event:
    at: datetime
    number: int
    run: Callable[[], None] = field(compare=False)


def make_demo(ctx: Context, seed: int = 1, now: datetime | None = None) -> DemoPeople:
    """The same seed and `now` give the same rows; only passwords and what guards them differ.

    Raises Refused where there already are people: a demo never mixes with an organisation.
    """
    with ctx.db.read() as conn:
        if access.persons(conn):
            raise Refused("There are people in this database already; the demo is made only in an empty one.")
    end = now or ctx.journal.clock()
    dice, clock = Dice(seed), Ticker(end)
    then = replace(ctx, journal=Journal(ctx.db, ctx.journal.registry, clock))
    plan = evenings(end, dice)
    clock.at = plan[0].starts_at - timedelta(days=1)
    people = _hire(then, dice)
    import_places(then, TOWN_FILE, strict=True)
    import_contacts(then, CONTACTS_FILE, strict=True)
    admin = next(person for person in people if person.role is Role.ADMIN)
    for cls, months in KEPT_MONTHS.items():
        said = {"cls": cls, "months": months, "reference": REFERENCE}
        then.journal.write("retention.decide", said, author=admin.id)
    player = Player(then, dice, clock, people, end)
    for evening in plan:
        player.add(evening)
    player.brief(plan[-1])
    player.look_ahead()
    return DemoPeople(people, len(plan), player.play())


class Player:
    """Turns evenings into what reached the server, and plays that in the order in which it arrived."""

    def __init__(self, ctx: Context, dice: Dice, clock: Ticker, people: Sequence[DemoPerson], end: datetime) -> None:
        self.ctx, self.dice, self.clock, self.people, self.end = ctx, dice, clock, people, end
        with ctx.db.read() as conn:
            self.places = [places.place_wire(row) for row in places.places(conn)]
        self.decks = Decks(dice)
        self.phones = [self._phone(0, LABELS[0]), self._phone(1, LABELS[1])]
        self.events: list[Event] = []
        self.reported: list[Act] = []
        self.ops = 0

    def add(self, evening: Evening) -> None:
        script = Script(evening, [p.id for p in self.people[:2]], self.places, self.decks)
        acts = [act for act in script.write() if act.at < self.end - timedelta(minutes=1)]
        self.reported += [act for act in acts if "fault_reported" in act.data.get("actions", ())]
        for phone in self.phones:
            phone.open_app(evening.starts_at - self.dice.minutes(1, 9))
        lost = _lost(acts) if evening.twist is Twist.GAP else set()
        window = _no_coverage(acts) if evening.twist is Twist.NO_COVERAGE else None
        for index, phone in enumerate(self.phones):
            self._deliver(phone, script.shift, [a for a in acts if a.phone == index], lost, window)
        if lost:  # the broken phone keeps what it held; its owner gets another
            self.clock.at = evening.ends_at
            self.phones[1] = self._phone(1, LABELS[2])
        if not evening.is_open:
            bo = self.people[2].id
            for at, op_type, data, op_id in review(self.dice, script, evening):
                self._write(at, op_type, data, bo, op_id)

    def brief(self, evening: Evening) -> None:
        """What the supervisor asks of this evening and the next few."""
        told, ids = texts()["briefing"], {place["name"]: place["id"] for place in self.places}
        at = evening.starts_at - BRIEFED_BEFORE
        focus = [{"place_id": ids[name], "hours": hours} for name, hours in told["places"]]
        valid = {"valid_from": stamp(evening.starts_at), "valid_to": stamp(evening.planned_end + BRIEFED_FOR)}
        data = {"id": self.dice.uuid7(at), "text": told["text"], "places": focus, "area_id": None, "active": True}
        self._write(at, "briefing.put", data | valid, self.people[2].id, self.dice.uuid7(at))

    def look_ahead(self) -> None:
        """Comes last: it takes from the dice what no evening needs any more."""
        hosts, bo = [person.id for person in self.people[:2]], self.people[2].id
        area = next((place["area_id"] for place in self.places if place["area_id"]), None)
        for at, op_type, data, op_id in (
            *desk.followups(self.dice, self.reported, bo, self.end), *desk.plans(self.dice, hosts, area, self.end)
        ):  # fmt: skip
            self._write(at, op_type, data, bo, op_id)

    def play(self) -> int:
        """Returns how many ops were stored."""
        for event in sorted(self.events):
            self.clock.at = event.at
            event.run()
        self.clock.at = self.end
        return self.ops

    def _deliver(
        self, phone: Phone, shift: str, acts: Sequence[Act], lost: set[str], window: tuple[datetime, datetime] | None,
    ) -> None:  # fmt: skip
        batches: list[tuple[datetime, list[dict[str, Any]]]] = []
        for act in acts:
            op = phone.seal(act, shift)
            at = act.at + timedelta(seconds=self.dice.randint(2, 25))
            if window is not None and window[0] <= act.at <= window[1]:
                at = window[1] + timedelta(seconds=40)
            if act.id in lost:
                continue
            if batches and at - batches[-1][0] < TOGETHER:
                at, ops = max(at, batches[-1][0]), batches.pop()[1]
                batches.append((at, [*ops, op]))
            else:
                batches.append((at, [op]))
        for at, ops in batches:
            self._at(at, partial(phone.send, self.ctx, ops, at))
            self.ops += len(ops)

    def _write(self, at: datetime, op_type: str, data: dict[str, Any], author: str, op_id: str) -> None:
        if at < self.end:
            self._at(at, lambda: self.ctx.journal.write(op_type, data, author=author, id=op_id) and None)
            self.ops += 1

    def _at(self, at: datetime, run: Callable[[], None]) -> None:
        self.events.append(Event(min(at, self.end), len(self.events), run))

    def _phone(self, person: int, label: str) -> Phone:
        owner = self.people[person]
        return Phone.signed_in(self.ctx, self.dice, owner.username, owner.password, label)


def _hire(ctx: Context, dice: Dice) -> tuple[DemoPerson, ...]:
    """Ids from the dice, passwords from the system's own chance."""
    at = ctx.journal.clock()
    people = tuple(
        DemoPerson(dice.uuid7(at + timedelta(milliseconds=n)), username, name, role, _password())
        for n, (username, name, role) in enumerate(CAST)
    )
    members = [{"id": p.id, "username": p.username, "name": p.name, "role": p.role.value} for p in people]
    ctx.journal.append([ctx.journal.make("user.put", data, author=None) for data in members])
    accounts = [{"person_id": p.id, "password_hash": ctx.passwords.hash(p.password), "invitation_hash": None,
                 "invitation_expires_at": None} for p in people]  # fmt: skip
    with ctx.db.write() as conn:
        put(conn, Account, accounts, ["person_id"])
    return people


def _password() -> str:
    letters = [secrets.choice(PASSWORD_ALPHABET) for _ in range(PASSWORD_GROUPS * PASSWORD_GROUP_LENGTH)]
    starts = range(0, len(letters), PASSWORD_GROUP_LENGTH)
    return "-".join("".join(letters[at : at + PASSWORD_GROUP_LENGTH]) for at in starts)


def _lost(acts: Sequence[Act]) -> set[str]:
    """Check-ins and rounds in the middle of the second phone's evening: nothing else points at those."""
    mine = [act for act in acts if act.phone == 1]
    loose = [act for act in mine[:-1] if act.type == "checkin.create" or act.data.get("category") == "E2"]
    middle = max(0, len(loose) // 2 - 1)
    return {act.id for act in loose[middle : middle + LOST]}


def _no_coverage(acts: Sequence[Act]) -> tuple[datetime, datetime]:
    """The middle third of the evening: in cellars and garages."""
    begun, ended = acts[0].at, acts[-1].at
    third = (ended - begun) / 3
    return begun + third, begun + third + min(third, timedelta(minutes=70))
