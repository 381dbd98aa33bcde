"""Which words of a record can be found, how a search is put to either database, and a record's place in time. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.core.columns import EPOCH
from app.find.stem import stem, words_in
from app.guard.rules import IDENTITIES, find

#: Below the seconds of a place in time: so many bits of the id, its last ones, which are of chance. Those of one second
#: stand in no order, but two in one place are not to be expected, whatever order they come in.
TIE_BITS = 25
TIE = (1 << TIE_BITS) - 1
#: So many words of a search are looked for; a record may hold as many as it likes.
WORDS_MAX = 8
#: The last word may be half typed, from so many letters on: with fewer it would be the beginning of half of all words.
PREFIX_MIN = 2
SECOND = timedelta(seconds=1)


def findable(*said: tuple[Iterable[str | None], Mapping[str, Any] | None]) -> str:
    """The words by which a record is found, sorted: each as it is written and as its stem.

    `said`: texts, with what was found in them. Of a text with an identity number there is no word, since it is hidden
    from almost all; of one with a phone number, a plate or a name all but that, since persons are not searched for.
    """
    words: set[str] = set()
    for texts, flagged in said:
        if flagged is not None and not IDENTITIES.isdisjoint(flagged["kinds"]):
            continue
        for text in texts:
            words.update(words_in(text if flagged is None else _without_found(text or "")) if text else ())
    return " ".join(sorted(words | {stem(word) for word in words}))


def _without_found(text: str) -> str:
    left, at = [], 0
    for found in find(text):
        left.append(text[at : found.start])
        at = found.end
    return " ".join([*left, text[at:]])


def kinds_in(*texts: str | None) -> list[str]:
    """Of a search: what in it looks like a person. Any of it, and nothing is looked for."""
    return sorted({found.kind.value for text in texts if text for found in find(text)})


def terms(text: str) -> list[str]:
    """The words of a search, each once."""
    return list(dict.fromkeys(words_in(text)))[:WORDS_MAX]


def for_sqlite(wanted: Sequence[str]) -> str:
    """An FTS5 query. Words hold letters and digits alone, so nothing in them is a sign of its language."""
    return " AND ".join(f"({' OR '.join(parts)})" for parts in _parts(wanted, '"{}"', '"{}"*'))


def for_postgresql(wanted: Sequence[str]) -> str:
    """A tsquery."""
    return " & ".join(f"({' | '.join(parts)})" for parts in _parts(wanted, "'{}'", "'{}':*"))


def _parts(wanted: Sequence[str], whole: str, begins: str) -> Iterator[list[str]]:
    """Of each word its stem; for the last one, which may be half typed, whatever begins with it too."""
    for word in wanted:
        is_last = word == wanted[-1] and len(word) >= PREFIX_MIN
        yield [whole.format(stem(word)), *([begins.format(word)] if is_last else [])]


def place_in_time(at: datetime, record_id: str) -> int:
    """The records in the order in which things happened, as one number: to sort by it, to page by it, and as FTS5's

    rowid, so that a search among a million reads the newest hits and no other. Whole seconds, then bits of the id.
    """
    return first_of(at) | UUID(record_id).int & TIE


def first_of(at: datetime) -> int:
    """The lowest place of that second."""
    return ((at - EPOCH) // SECOND) << TIE_BITS


def end_before(at: datetime) -> int:
    """All that is before `at` is below it; a fraction of a second counts as a whole one."""
    return -((EPOCH - at) // SECOND) << TIE_BITS
