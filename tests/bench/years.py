"""Two years of evenings put straight into the tables, as the projectors would leave them: what is measured is reading.

Twelve observations a shift, in the order of time; a thirtieth corrected, a hundredth and a half restricted, two thirds
at a place, a photo of every twentieth; a call for help a shift; a follow-up of every fiftieth, a fifth of them open.
"""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.types.json import Jsonb
from sqlalchemy import Connection, select, update
from sqlmodel import SQLModel

from app.core.db import Database
from app.core.ids import uuid7
from app.core.insert import insert_rows
from app.find.entries import NOTHING
from app.find.filling import FILLED
from app.find.rules import findable, place_in_time
from app.journal.rows import HEAD
from tests.support.desk import AREA, PLACE
from tests.support.world import CAST, EVENING

DAYS, A_SHIFT, CHECKINS, HOSTS, PHONES, PLACES, AREAS, TEXTS = 730, 12, 3, 400, 200, 60, 6, 5_000
AT_ONCE = 3_000
SAID = """
klotter vägg ungdomar lugn samtal trasig lampa glas gången stationen parken skolan fönster öppet moped körde torget
bänk väktare hjälpte äldre kvinna frågade vägen hund kopplad eld papperskorg rök trappan källaren garage bil krossad
ruta skräp nedskräpat musik högljudd grupp skingrades trygg närvaro kiosken bussen väntade
""".split()  # noqa: SIM905 (a line each would be long)
OFTEN = ("U1", "S2", "A4", "P1", "S1", "U2", "A2", "T1", "K1", "K2", "E1", "V1", "V2", "P2", "P3", "S4", "H1", "A5")
SELDOM = ("V5", "H2", "H4", "X1")
Row = dict[str, Any]
Rows = Iterator[tuple[str, Row]]


class Years:
    """`rows()` gives (table, row) in the order of time; a column that is not named is NULL."""

    def __init__(self, count: int, seq: int) -> None:
        self.shifts = max(1, count // A_SHIFT)
        self.dice = random.Random(7)
        self.seq = seq
        texts = [" ".join(self.dice.choices(SAID, k=12)) for _ in range(TEXTS)]
        #: What is said, with the words by which it is found.
        self.said = [(text, findable(([text], None))) for text in texts]
        self.rare = ("Fyrverkeri på torget", findable((["Fyrverkeri på torget"], None)))
        self.hosts = [uuid7() for _ in range(HOSTS)]
        self.places = [PLACE, *(uuid7() for _ in range(PLACES - 1))]
        self.areas = [AREA, *(uuid7() for _ in range(AREAS - 1))]
        #: A shift of the last whole week and one of its records, for who asks for one.
        self.shift = self.observation = self.followup = ""

    def rows(self) -> Rows:
        yield from (("person", {"id": one, "username": f"host{n}", "name": f"Värd {n}", "role": "host", "active": True,
                                "changed_seq": 1}) for n, one in enumerate(self.hosts))  # fmt: skip
        for n, one in enumerate(self.areas[1:]):
            yield "area", {"id": one, "name": f"Område {n}", "geometry": {}, "active": True, "changed_seq": 1}
        for n, one in enumerate(self.places[1:]):
            yield "place", {"id": one, "name": f"Plats {n}", "lon": self._lon(), "lat": self._lat(), "kind": "square",
                            "area_id": self.areas[n % AREAS], "active": True, "changed_seq": 1}  # fmt: skip
        for one in self.hosts[:PHONES]:
            yield "journal_install", {"install": one, "contiguous_seq": 10**9, "max_seq": 10**9, "forked": False}
        for number in range(self.shifts):
            yield from self._shift(number)

    def _shift(self, number: int) -> Rows:
        day = EVENING - timedelta(days=DAYS) + timedelta(days=(number + 1) * DAYS // self.shifts)
        at = day - timedelta(minutes=self.dice.randrange(30, 240))
        is_open = day >= EVENING - timedelta(hours=1)
        ended = None if is_open else at + timedelta(hours=8)
        crew = self.dice.sample(self.hosts, 2)
        shift, install = uuid7(_ms(at)), self.hosts[number % PHONES]
        area = self.dice.choice(self.areas)
        yield "shift", self._record(shift, crew[0], install, at) | {
            "status": "open" if is_open else "ended", "shift_date": at.date(), "started_at": at, "ended_at": ended,
            "hosts": crew, "area_id": area, "transport": "foot", "planned_end": at + timedelta(hours=8),
            "summary": None if is_open else "Lugn kväll.",
        }  # fmt: skip
        for who in crew:
            yield "shift_member", {"shift_id": shift, "user_id": who, "joined_at": at, "left_at": ended, "since_seq": 1}
            yield "shift_presence", {"op_id": shift, "user_id": who, "shift_id": shift, "joins": True, "stated_at": at,
                                     "applied_seq": self.seq}  # fmt: skip
        total = 2 + A_SHIFT + CHECKINS
        yield "journal_tally", {"shift": shift, "install": install, "received": total, "min_seq": number * 20,
                                "max_seq": number * 20 + total - 1}  # fmt: skip
        yield self._op("shift.start", shift, crew[0], shift, install, at)
        yield self._entry(shift, "shift", "open" if is_open else "ended", at, shift, "kväll lugn")
        yield from self._whereabouts(shift, crew[0], install, at, ended)
        yield from self._seen(shift, crew[0], install, at)

    def _whereabouts(self, shift: str, who: str, install: str, at: datetime, ended: datetime | None) -> Rows:
        for hour in range(CHECKINS):
            then = at + timedelta(hours=hour * 2)
            yield "checkin", self._record(uuid7(_ms(then)), who, install, then) | {"shift_id": shift, "kind": "ok"}
        if ended is None:
            return
        own = uuid7(_ms(ended))
        yield "shift_end", {"id": own, "shift_id": shift, "author_id": who, "install": install, "client_seq": 1,
                            "ops": 1, "stated_at": ended, "received_at": ended, "seq": self.seq}  # fmt: skip
        yield self._op("shift.end", own, who, shift, install, ended)
        back = self.dice.random() < 0.02
        yield "review", self._record(uuid7(_ms(ended)), CAST.bo.id, None, ended + timedelta(hours=12)) | {
            "shift_id": shift, "target": shift, "verdict": "return" if back else "approve"}  # fmt: skip

    def _seen(self, shift: str, who: str, install: str, begun: datetime) -> Rows:
        for n in range(A_SHIFT):
            at = begun + timedelta(minutes=self.dice.randrange(480))
            one, dice = uuid7(_ms(at)), self.dice
            code = dice.choice(SELDOM if dice.random() < 0.015 else OFTEN)
            status = dice.choices(("current", "amended", "retracted"), (965, 30, 5))[0]
            severity = dice.choices((1, 2, 3, 4), (55, 32, 10, 3))[0]
            place = dice.choice(self.places) if dice.random() < 0.66 else None
            text, words = self.rare if dice.random() < 0.0002 else dice.choice(self.said)
            row = self._record(one, who, install, at) | {
                "shift_id": shift, "status": status, "category": code, "happened_kind": "point", "happened_from": at,
                "place_id": place, "place_text": None if place else "Vid hörnet", "severity": severity,
                "certainty": "seen", "actions": ["talk"] if n % 3 else [], "text": text, "attachments": [],
            }  # fmt: skip
            yield "observation", row
            yield self._entry(one, "observation", status, at, shift, words, code=code, severity=severity,
                              place_id=place, lon=row["lon"], lat=row["lat"], is_restricted=code in SELDOM)  # fmt: skip
            if status == "amended":
                yield from self._versions(row)
            if n == 0:
                yield from self._called(shift, who, install, at, one, severity)
            yield from self._after(row, at)
            if at < EVENING - timedelta(days=10):
                self.shift, self.observation = shift, one

    def _versions(self, row: Row) -> Rows:
        names = ("category", "happened_kind", "place_id", "place_text", "severity", "text", "actions", "attachments",
                 "count", "ages", "certainty", "ongoing")  # fmt: skip
        content = {name: row.get(name) for name in names} | {
            "happened_from": "2026-01-01T00:00:00Z",
            "happened_to": None,
        }
        for version, reason in ((row["id"], None), (uuid7(), "Fel vägg")):
            yield "observation_revision", {
                "id": version, "observation_id": row["id"], "author_id": row["author_id"], "install": row["install"],
                "client_seq": 1, "stated_at": row["stated_at"], "reason": reason, "content": content,
            }  # fmt: skip

    def _called(self, shift: str, who: str, install: str, at: datetime, about: str, severity: int) -> Rows:
        call, is_open = uuid7(_ms(at)), self.dice.random() < 0.01
        row = self._record(call, who, install, at) | {
            "shift_id": shift, "status": "open" if is_open else "closed", "service": "POL114", "channel": "phone",
            "observation_id": about if severity > 2 else None, "cause": "Hotfull stämning",
        }  # fmt: skip
        yield "escalation", row
        told = {"kind": "point", "from": "2026-01-01T00:00:00Z"}
        yield "escalation_attempt", {"id": uuid7(), "escalation_id": call, "author_id": who, "stated_at": at,
                                     "attempted_at": at, "attempted": told, "outcome": "PLATS"}  # fmt: skip
        yield self._entry(call, "escalation", row["status"], at, shift, "hotfull stämning", code="POL114",
                          about_id=row["observation_id"], lon=row["lon"], lat=row["lat"])  # fmt: skip

    def _after(self, row: Row, at: datetime) -> Rows:
        chance = self.dice.random()
        if chance < 0.05:
            yield "observation_blob", {"sha256": f"{self.dice.getrandbits(256):064x}", "observation_id": row["id"]}
        if chance < 0.02:
            own, done = uuid7(_ms(at)), at < EVENING - timedelta(days=21) or chance < 0.01
            due = (at + timedelta(days=14)).date()
            yield "followup", {
                "id": own, "observation_id": row["id"], "shift_id": row["shift_id"], "reporter_id": row["author_id"],
                "author_id": CAST.bo.id, "stated_at": at, "received_at": at, "kind": "visit", "owner_id": CAST.bo.id,
                "status": "closed" if done and chance < 0.016 else "open", "due": due, "sent": [],
                "version": own, "changed_seq": self.seq,
            }  # fmt: skip
            yield "followup_step", {"id": own, "followup_id": own, "seq": self.seq, "what": "create",
                                    "author_id": CAST.bo.id, "stated_at": at, "said": {}}  # fmt: skip
            self.followup = own
        if chance > 0.99:
            yield "followup_answer", self._record(uuid7(_ms(at)), row["author_id"], row["install"], at) | {
                "target": row["id"], "answer": "no", "shift_id": row["shift_id"]}  # fmt: skip

    def _record(self, one: str, who: str, install: str | None, at: datetime) -> Row:
        self.seq += 1
        return {"id": one, "author_id": who, "install": install, "stated_at": at, "received_at": at, "lon": self._lon(),
                "lat": self._lat(), "accuracy_m": 8.0, "position_age_ms": 0.0, "position_source": "gnss",
                "seq": self.seq, "changed_seq": self.seq}  # fmt: skip

    def _op(self, kind: str, one: str, who: str, shift: str, install: str, at: datetime) -> tuple[str, Row]:
        """Only those that a log reads itself."""
        self.seq += 1
        some = self.dice.randbytes(32)
        return "journal_op", {
            "seq": self.seq, "op_id": one, "hash": some, "chain": some, "type": kind, "v": 1, "author": who,
            "shift": shift, "install": install, "client_seq": 1, "body": b"{}", "received_at": at, "status": "applied",
        }  # fmt: skip

    def _entry(
        self, one: str, kind: str, status: str, at: datetime, shift: str, words: str, **more: Any
    ) -> tuple[str, Row]:
        told = {"nth": place_in_time(at, one), "id": one, "kind": kind, "status": status, "shift_id": shift}
        return "find_entry", NOTHING | told | {"words": words} | more

    def _lon(self) -> float:
        return 14.8 + self.dice.random() / 5

    def _lat(self) -> float:
        return 56.1 + self.dice.random() / 5


def settle(db: Database) -> None:
    """PostgreSQL comes to know its tables by itself, a minute after they have grown; SQLite does without."""
    if not db.is_sqlite:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            conn.exec_driver_sql("VACUUM ANALYZE")


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def fill(db: Database, count: int) -> Years:
    """All in one transaction."""
    with db.write() as conn:
        years = Years(count, conn.execute(select(HEAD.c.seq)).scalar_one())
        put = _copied(conn) if not db.is_sqlite else insert_rows
        waiting: dict[str, list[Row]] = {}
        for name, row in years.rows():
            mine = waiting.setdefault(name, [])
            mine.append(row)
            if len(mine) == AT_ONCE:
                _pour(conn, put, name, waiting.pop(name))
        for name, rows in waiting.items():
            _pour(conn, put, name, rows)
        conn.execute(update(HEAD).values(seq=years.seq))
        conn.execute(update(FILLED).values(seq=years.seq))
    return years


Put = Callable[[Connection, Any, list[Row]], None]


def _pour(conn: Connection, put: Put, name: str, rows: list[Row]) -> None:
    table = SQLModel.metadata.tables[name]
    nothing = dict.fromkeys(table.columns.keys())
    put(conn, table, [nothing | row for row in rows])


def _copied(conn: Connection) -> Put:
    """COPY takes a fifth of the time of an insert."""
    driver: psycopg.Connection[Any] = conn.connection.driver_connection  # type: ignore[assignment]

    def _put(_conn: Connection, table: Any, rows: list[Row]) -> None:
        names = list(table.columns.keys())
        told = ", ".join(f'"{name}"' for name in names)
        as_json = {c.name for c in table.columns if isinstance(c.type, sa.JSON)}
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({told}) FROM STDIN'.encode()) as copy:
            for row in rows:
                copy.write_row([Jsonb(row[n]) if n in as_json and row[n] is not None else row[n] for n in names])

    return _put
