"""A process's worth of Lykta on a database, with a clock that the test sets and people whose names tell their roles."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from app.access import copykeys
from app.access.context import Context
from app.access.models import Account
from app.access.passwords import Passwords
from app.access.permission import Role
from app.core.db import Database
from app.core.insert import put
from app.core.settings import Settings
from app.journal import epoch
from app.journal.append import Journal
from app.place import vocabulary
from app.sync.registry import REGISTRY

PASSWORD = "lykta-lyser-2026"
#: A Friday evening; Stockholm is one hour ahead.
EVENING = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)


class FakeClock:
    """Stands still until it is told to move."""

    def __init__(self, at: datetime = EVENING) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **delta: float) -> datetime:
        """`advance(minutes=5)`; negative values step back."""
        self.at += timedelta(**delta)
        return self.at


@dataclass(frozen=True)
class Person:
    id: str
    username: str
    name: str
    role: Role
    password: str = PASSWORD


def _person(number: int, username: str, name: str, role: Role) -> Person:
    return Person(f"019a0000-0000-7000-8000-0000000000{number:02d}", username, name, role)


@dataclass(frozen=True)
class Cast:
    """Everybody has PASSWORD. Elin is a host of another crew: a stranger to Alva's and Cim's shift."""

    alva: Person = _person(11, "alva", "Alva Ek", Role.HOST)
    cim: Person = _person(12, "cim", "Cim Öberg", Role.HOST)
    elin: Person = _person(13, "elin", "Elin Strand", Role.HOST)
    bo: Person = _person(21, "bo", "Bo Ängström", Role.SUPERVISOR)
    ada: Person = _person(31, "ada", "Ada Åhs", Role.ADMIN)
    dan: Person = _person(41, "dan", "Dan Lind", Role.ANALYST)
    arne: Person = _person(51, "arne", "Arne Berg", Role.ARCHIVIST)
    dora: Person = _person(61, "dora", "Dora Nyström", Role.DATA_PROTECTION)

    @property
    def everybody(self) -> tuple[Person, ...]:
        return (self.alva, self.cim, self.elin, self.bo, self.ada, self.dan, self.arne, self.dora)


CAST = Cast()


def make_journal(db: Database, clock: FakeClock) -> Journal:
    """As `app.main.make_context` does, with the test's clock."""
    journal = Journal(db, REGISTRY, clock)
    epoch.ensure(db, clock())
    vocabulary.ensure(db, journal)
    return journal


@cache
def _plain_settings() -> Settings:
    """To read them takes longer than many a test."""
    return Settings(password_cost="cheapest")


def make_context(db: Database, journal: Journal, data_dir: Path) -> Context:
    own = {"database_url": db.url, "data_dir": data_dir, "web_dir": data_dir / "web"}
    settings = _plain_settings().model_copy(update=own)
    copykeys.ensure(db, journal.clock)
    return Context(settings, db, journal, Passwords("cheapest"))


@cache
def _password_hash() -> str:
    return Passwords("cheapest").hash(PASSWORD)


def hire(db: Database, journal: Journal, *people: Person) -> None:
    """Accounts in two transactions: one for the journal, one for the passwords."""
    journal.append(
        [
            journal.make(
                "user.put",
                {"id": p.id, "username": p.username, "name": p.name, "role": p.role.value, "active": True},
                author=None,
            )
            for p in people
        ]
    )
    rows = [{"person_id": p.id, "password_hash": _password_hash(), "invitation_hash": None,
             "invitation_expires_at": None} for p in people]  # fmt: skip
    with db.write() as conn:
        put(conn, Account, rows, ["person_id"])
