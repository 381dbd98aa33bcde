"""What in a text must not be kept: identity numbers, phone numbers, plates, addresses of e-mail, likely names. Pure.

The same rules are written in TypeScript (`pwa/src/guard/find.ts`), for the phone; `tests/guard/cases.json` holds the
two together. Offsets count code points. Nothing found is logged or told to anybody by this module.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple


class Kind(StrEnum):
    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    PHONE = "phone"
    PLATE = "plate"
    EMAIL = "email"
    NAME = "name"


#: They name one person for certain: a text that holds one is hidden, the others are only marked.
IDENTITIES = frozenset({Kind.PERSONNUMMER, Kind.SAMORDNINGSNUMMER})


class Found(NamedTuple):
    kind: Kind
    start: int
    end: int
    words: str


_START = attrgetter("start")
#: First digit of each block of other decimal digits, and how many blocks of ten follow one another there.
DIGITS = ((0x0660, 1), (0x06F0, 1), (0xFF10, 1), (0x1D7CE, 5))
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\ufe58\ufe63\uff0d"
SPACES = (
    "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u202f\u205f\u2060\u3000\ufeff"
)
PLAIN = (
    {ord(dash): "-" for dash in DASHES}
    | {ord(space): " " for space in SPACES}
    | {0xFF0B: "+", 0xFF20: "@", 0xFF0E: "."}
    | {first + i: str(i % 10) for first, blocks in DIGITS for i in range(blocks * 10)}
)

#: Without a digit, an @ or two words with capitals there is nothing to look for; most texts end here.
DIGIT = re.compile(r"[0-9]")
TWO_CAPITALS = re.compile(r"[a-zà-žåäö] [A-ZÅÄÖÉÜĆČŠŽ]")
SEP = r"[ +./-]{0,3}"
NUMBER = rf"([0-9]{{2}}){SEP}([0-9]{{2}}){SEP}([0-9]{{2}}){SEP}([0-9]{{2}}) ?([0-9]{{2}})(?![0-9])"
LONG = re.compile(rf"(18|19|20){SEP}{NUMBER}")
SHORT = re.compile(NUMBER)
EMAIL = re.compile(
    r"[0-9A-Za-zÅÄÖåäöéü._%+-]{1,64}@[0-9A-Za-zÅÄÖåäöéü-]{1,63}"
    r"(?:\.[0-9A-Za-zÅÄÖåäöéü-]{1,63}){0,5}\.[A-Za-z]{2,20}"
)
PHONE = re.compile(
    r"(?:(?:\+|00)[1-9](?:[ ()/-]{0,2}[0-9]){7,13}|0(?!10|20|77)[1-9][0-9]{0,2}(?: ?[/-] ?| ?)[0-9](?:[ -]?[0-9]){4,7})"
    r"(?![0-9])"
)
PLATE = re.compile(r"([A-HJ-PR-UW-Za-hj-pr-uw-z]{3})[ -]?[0-9]{2}[0-9A-HJ-NPR-UW-Za-hj-npr-uw-z](?![0-9A-Za-zÅÄÖåäö])")
WORD = re.compile(r"[A-ZÅÄÖÉÜĆČŠŽ][A-Za-zÀ-žåäöÅÄÖ'’-]{0,40}[a-zà-žåäö]")
#: Neither within a longer number nor the decimals of one.
IN_NUMBER = re.compile(r"[0-9][.,]?\Z")
IN_WORD = re.compile(r"[0-9A-Za-zÀ-ž]\Z")
MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
#: Digits of a phone number after its leading 0, or with its country's.
PHONE_DIGITS = range(8, 16)


@cache
def _words() -> dict[str, frozenset[str]]:
    lists = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in lists.items()}


def plain(text: str) -> str:
    """The same length: every digit as 0–9, every dash as -, every space as a space."""
    return text if text.isascii() else text.translate(PLAIN)


def find(text: str) -> list[Found]:
    """In the order of the text, never overlapping; of two that overlap the surer one is told."""
    said = plain(text)
    looks = [_emails] if "@" in said else []
    looks += [_numbers, _phones, _plates] if DIGIT.search(said) else []
    looks += [_names] if TWO_CAPITALS.search(said) else []
    taken: list[Found] = []
    for look in looks:
        for kind, start, end in look(said):
            at = bisect_left(taken, start, key=_START)
            if (at == 0 or taken[at - 1].end <= start) and (at == len(taken) or end <= taken[at].start):
                taken.insert(at, Found(kind, start, end, text[start:end]))
    return taken


Span = tuple[Kind, int, int]


def _matches(pattern: re.Pattern[str], said: str, inside: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Also those that begin within a longer one that was none. `inside`: what may not stand before (two characters)."""
    at = 0
    while (found := pattern.search(said, at)) is not None:
        at = found.start() + 1
        if inside.search(said[max(0, at - 3) : at - 1]) is None:
            yield found


def _emails(said: str) -> Iterator[Span]:
    yield from ((Kind.EMAIL, found.start(), found.end()) for found in EMAIL.finditer(said))


def _numbers(said: str) -> Iterator[Span]:
    for pattern in (LONG, SHORT):
        for found in _matches(pattern, said, IN_NUMBER):
            kind = _kind_of("".join(found.groups()))
            if kind is not None:
                yield kind, found.start(), found.end()


def _kind_of(digits: str) -> Kind | None:
    """By date and check digit (Skatteverket SKV 704, 707); ten digits, or twelve with the century."""
    ten = digits[-10:]
    month, day = int(ten[2:4]), int(ten[4:6])
    if ten[6:9] == "000" or not _luhn(ten):
        return None
    if 60 <= day <= 91 and month <= 12:
        return Kind.SAMORDNINGSNUMMER  # of a birth that is not known month, day or both are 0, and days too many occur
    is_date = 1 <= month <= 12 and 1 <= day <= MONTH_DAYS[month - 1]
    is_leap = (month, day) == (2, 29)
    return Kind.PERSONNUMMER if is_date and (not is_leap or _has_leap_day(digits)) else None


def _has_leap_day(digits: str) -> bool:
    """Of ten digits the century is not known: 00 may be 2000."""
    year = int(digits[:-8])
    return year % 4 == 0 and (len(digits) == 10 or year % 100 != 0 or year % 400 == 0)


def _luhn(ten: str) -> bool:
    doubled = [int(digit) * (2 - i % 2) for i, digit in enumerate(ten)]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _phones(said: str) -> Iterator[Span]:
    end = 0
    for found in _matches(PHONE, said, IN_NUMBER):
        digits = sum(character.isdigit() for character in found[0])
        if found.start() >= end and digits in PHONE_DIGITS:
            end = found.end()
            yield Kind.PHONE, found.start(), end


def _plates(said: str) -> Iterator[Span]:
    """Three letters, then 123 or 12D. In small letters too: so they are typed on a phone."""
    for found in _matches(PLATE, said, IN_WORD):
        if found[1].lower() not in _words()["notPlates"]:
            yield Kind.PLATE, found.start(), found.end()


def _names(said: str) -> Iterator[Span]:
    """Two or three words with capitals: a common first name, or an ending that surnames have."""
    words = list(WORD.finditer(said))
    at = 0
    while at < len(words) - 1:
        run = [words[at]]
        while len(run) < 3 and at + len(run) < len(words) and said[run[-1].end() : words[at + len(run)].start()] == " ":
            run.append(words[at + len(run)])
        length = next((n for n in (3, 2) if len(run) >= n and _is_name([word[0].lower() for word in run[:n]])), 1)
        if length > 1 and not _names_a_place(said[run[length - 1].end() : run[length - 1].end() + 20]):
            yield Kind.NAME, run[0].start(), run[length - 1].end()
        at += length


def _is_name(words: list[str]) -> bool:
    known, first, last = _words(), words[0], words[-1]
    if any(word in known["notFirstNames"] for word in words) or last in known["towns"]:
        return False
    if any(last.endswith(ending) for ending in known["notSurnames"]):
        return False
    if _is_first(first):
        return len(words) == 2 or _is_first(words[1]) or _is_surname(last)
    return len(words) == 2 and not first.endswith("s") and _is_surname(last)


def _names_a_place(after: str) -> bool:
    """As in "Gustav Adolfs torg", a square."""
    following = re.match(r" ([a-zåäö]+)", after)
    return following is not None and following[1] in _words()["notSurnames"]


def _is_first(word: str) -> bool:
    return all(part in _words()["firstNames"] for part in word.split("-"))


def _is_surname(word: str) -> bool:
    """Or the same with a genitive s."""
    return any(
        len(one) > len(ending) + 1 and one.endswith(ending)
        for one in (word, word.removesuffix("s"))
        for ending in _words()["surnameEndings"]
    )
