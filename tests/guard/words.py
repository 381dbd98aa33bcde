"""How much the rules find, and how much of it wrongly: `python -m tests.guard` prints what docs/words.md publishes."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from app.guard.rules import Kind, find
from tests.support.shared import shared, shared_json

NOTICES = ("polisen_night_summaries", "polisen_events_with_body", "polisen_events_2023_2024")
SEED = 2026
SAMPLE = 2000
#: The commonest surnames, and some that have no Swedish ending.
SURNAMES = [
    "Andersson", "Johansson", "Karlsson", "Nilsson", "Eriksson", "Larsson", "Olsson", "Persson", "Svensson",
    "Gustafsson", "Pettersson", "Jonsson", "Lindberg", "Lindström", "Lindqvist", "Bergström", "Sandberg", "Forsberg",
    "Wallin", "Engström", "Eklund", "Danielsson", "Lundgren", "Berglund", "Holm", "Björk", "Ali", "Mohamed", "Ahmed",
    "Hassan", "Nguyen", "Khan", "Hussein", "Jovanović", "Nowak", "Yilmaz",
]  # fmt: skip


class Told(NamedTuple):
    texts: Counter[str]
    characters: int
    marked: Counter[Kind]


def forms(number: str) -> list[str]:
    """Twelve digits as people write them."""
    century, date, last = number[:2], number[2:8], number[8:]
    spaced = f"{date[:2]} {date[2:4]} {date[4:]}"
    return [
        number, f"{century}{date}-{last}", f"{date}-{last}", f"{date}{last}", f"{date}+{last}", f"{date} {last}",
        f"{date}\u2013{last}", f"{date}\u2011{last}", f"{date}\u00a0{last}", f"{century} {spaced} {last}",
        f"{century}{date[:2]}-{date[2:4]}-{date[4:]}-{last}", f"{date} - {last}",
        "".join(chr(0xFF10 + int(digit)) for digit in number),
    ]  # fmt: skip


def notices() -> Iterator[tuple[str, str]]:
    for name in NOTICES:
        with shared(f"incidents/{name}.ndjson").open(encoding="utf-8") as lines:
            for line in lines:
                one = json.loads(line)
                yield name, "\n".join(filter(None, (one.get("summary"), one.get("body"))))


def false_positives() -> Told:
    texts: Counter[str] = Counter()
    marked: Counter[Kind] = Counter()
    characters = 0
    for name, text in notices():
        texts[name] += 1
        characters += len(text)
        marked.update(found.kind for found in find(text))
    return Told(texts, characters, marked)


def recall() -> dict[str, tuple[int, int]]:
    """what → (found as what it is, put in): each in the middle of a real notice, between two of its sentences."""
    dice = random.Random(SEED)
    hosts = [text for _, text in notices() if text.count(". ") > 1]
    told = {}
    for what, (kind, samples) in _samples(dice).items():
        met = 0
        for sample in samples:
            before, _, after = dice.choice(hosts).partition(". ")
            text = f"{before}. Det var {sample} där. {after}"
            met += any(found.kind == kind and found.words.startswith(sample) for found in find(text))
        told[what] = (met, len(samples))
    return told


def _samples(dice: random.Random) -> dict[str, tuple[Kind, list[str]]]:
    people = shared_json("corpora/personnummer/official_test_numbers_even_years.json")
    coordination = shared_json("corpora/personnummer/official_test_coordination_numbers_a.json")
    firsts = [line.split(",")[0] for sex in ("kvinnor", "man") for line in _names(sex)]
    weights = [int(line.split(",")[1]) for sex in ("kvinnor", "man") for line in _names(sex)]

    def names(drawn: list[str]) -> list[str]:
        return [f"{first} {dice.choice(SURNAMES)}" for first in drawn]

    return {
        "personnummer": (Kind.PERSONNUMMER, [dice.choice(forms(number)) for number in people]),
        "samordningsnummer": (Kind.SAMORDNINGSNUMMER, [dice.choice(forms(number)) for number in coordination]),
        "phone": (Kind.PHONE, [_phone(dice) for _ in range(SAMPLE)]),
        "plate": (Kind.PLATE, [_plate(dice) for _ in range(SAMPLE)]),
        "name, as often as it is borne": (Kind.NAME, names(dice.choices(firsts, weights, k=SAMPLE))),
        "name, any of the 5,000": (Kind.NAME, names(dice.choices(firsts, k=SAMPLE))),
    }


def _names(sex: str) -> list[str]:
    return shared(f"corpora/names/first_names_{sex}.csv").read_text(encoding="utf-8").splitlines()[1:]


def _phone(dice: random.Random) -> str:
    d = "".join(str(dice.randrange(10)) for _ in range(8))
    begin = dice.choice(["070", "072", "073", "076", "079"])
    local = f"{1 + int(d[0]) % 9}{d[1:3]}"
    return dice.choice(
        [f"{begin}-{d[:3]} {d[3:5]} {d[5:7]}", f"{begin}{d[:7]}", f"+46 {begin[1:]} {d[:3]} {d[3:5]} {d[5:7]}",
         f"08-{local} {d[3:6]} {d[6:8]}", f"0411-{local} {d[3:5]}"]
    )  # fmt: skip


def _plate(dice: random.Random) -> str:
    letters = "".join(dice.choices("ABCDEFGHJKLMNOPRSTUWXYZ", k=3))
    last = dice.choice("0123456789ABCDEFGHJKLMNPRSTUWXYZ")
    plate = f"{letters}{dice.choice(['', ' '])}{dice.randrange(10)}{dice.randrange(10)}{last}"
    return dice.choice([plate, plate.lower()])
