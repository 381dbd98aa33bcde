"""`python -m tests.bench.find [RECORDS]`: searches among many observations on SQLite; medians of 15.

Milliseconds of the process's own time, so that what else the machine does counts for little. Rows
are put into the tables as the projectors would, without ops: what is measured is reading.
"""

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.access.permission import Viewer
from app.core.clock import stamp
from app.core.db import Database
from app.core.ids import uuid7
from app.core.insert import insert_new, insert_rows
from app.core.migrate import to_head
from app.find import queries
from app.find.entries import NOTHING
from app.find.models import FindEntry
from app.find.rules import findable, place_in_time
from app.find.schemas import Filters
from app.find.shown import records
from app.observation.queries import OBSERVATION
from tests.support.world import CAST, EVENING

ROUNDS = 15
DAYS = 3 * 365
WORDS = [
    "klotter",
    "vägg",
    "ungdomar",
    "lugn",
    "samtal",
    "trasig",
    "lampa",
    "glas",
    "gången",
    "stationen",
    "parken",
    "skolan",
    "fönster",
    "öppet",
    "moped",
    "körde",
    "torget",
    "bänk",
    "väktare",
    "hjälpte",
    "äldre",
    "kvinna",
    "frågade",
    "vägen",
    "hund",
    "kopplad",
    "eld",
    "papperskorg",
    "rök",
    "trappan",
    "källaren",
    "garage",
    "bil",
    "krossad",
    "ruta",
    "skräp",
    "nedskräpat",
    "musik",
    "högljudd",
    "grupp",
    "skingrades",
    "trygg",
    "närvaro",
    "kiosken",
    "bussen",
    "väntade",
]
BO = Viewer(CAST.bo.id, CAST.bo.name, CAST.bo.role)
DAN = Viewer(CAST.dan.id, CAST.dan.name, CAST.dan.role)


def rows(count: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    dice = random.Random(7)
    for number in range(count):
        at = EVENING - timedelta(seconds=dice.randrange(DAYS * 86_400))
        said = " ".join(dice.choices(WORDS, k=12)) + (" fyrverkeri" if number % 5000 == 0 else "")
        one = uuid7(int(at.timestamp() * 1000))
        lon, lat = 14.8 + dice.random() / 5, 56.1 + dice.random() / 5
        own: dict[str, Any] = {"id": one, "author_id": None, "install": None, "stated_at": at, "estimated_at": None,
               "estimated_within_ms": None, "received_at": at, "lat": lat, "lon": lon, "accuracy_m": 8.0,
               "position_age_ms": 0.0, "position_source": "gnss", "seq": number, "changed_seq": number,
               "shift_id": None, "status": "current", "category": dice.choice(("U1", "S2", "A4", "P1", "X1")),
               "happened_kind": "point", "happened_from": at, "happened_to": None, "place_id": None,
               "place_text": None, "count": None, "ages": None, "certainty": None, "severity": dice.randint(1, 4),
               "ongoing": None, "actions": [], "text": said, "attachments": [], "flagged": None,
               "retracted": None}  # fmt: skip
        yield own, NOTHING | {
            "nth": place_in_time(at, one), "id": one, "kind": "observation", "status": "current",
            "code": own["category"], "severity": own["severity"], "shift_id": None, "lon": lon, "lat": lat,
            "is_restricted": own["category"] == "X1", "words": findable(([said], None)),
        }  # fmt: skip


def fill(db: Database, count: int) -> None:
    part: list[tuple[dict[str, Any], dict[str, Any]]] = []
    with db.write() as conn:
        for pair in rows(count):
            part.append(pair)
            if len(part) == 1000:
                insert_rows(conn, OBSERVATION, [own for own, _ in part])
                insert_new(conn, FindEntry, [entry for _, entry in part], ["nth"])
                part = []


def asked(**members: Any) -> Filters:
    return Filters.model_validate_json(json.dumps(members))


NIGHT = {"from": stamp(EVENING - timedelta(hours=400)), "to": stamp(EVENING - timedelta(hours=388))}
QUESTIONS = {
    "a common word": asked(text="klotter"), "two words, one half typed": asked(text="trasiga lam"),
    "a rare word": asked(text="fyrverkerier"), "no such word": asked(text="zeppelinare"),
    "words within a month": asked(text="moped", **{"from": stamp(EVENING - timedelta(days=30))}),
    "12 hours in a box": asked(bbox="14.85,56.15,14.95,56.25", **NIGHT), "the newest": asked(),
    "one category": asked(codes=["S2"]), "most severe first": asked(sort="severe"),
}  # fmt: skip


def measure(work: Callable[[], object]) -> list[float]:
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        took.append((time.process_time() - began) * 1000)
    return took


def page(db: Database, viewer: Viewer, filters: Filters) -> int:
    """As the route does it: fifty records as they are shown, and the count."""
    with db.read() as conn:
        hits = queries.hits(conn, viewer, filters, limit=50, after=None)
        queries.count(conn, viewer, filters)
        return len(records(conn, viewer, hits.found))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        to_head(db)
        began = time.perf_counter()
        fill(db, count)
        print(f"{count} observations, filled in {time.perf_counter() - began:.0f} s")
        for name, filters in QUESTIONS.items():
            for who, viewer in (("all", BO), ("none restricted", DAN)):
                took = measure(lambda: page(db, viewer, filters))  # noqa: B023 (called at once)
                told = f"{statistics.median(took):6.1f} ({min(took):.1f}–{max(took):.1f})"
                print(f"{name:26} {who:16} {told} ms, {page(db, viewer, filters)} shown")
        db.close()


if __name__ == "__main__":
    main()
