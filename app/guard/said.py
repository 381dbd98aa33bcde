"""Of what an op says: which kinds of words it holds that must not be kept, less those that were kept with a reason.

Asked by projectors, so nothing but the op is looked at, and a rebuild tells the same.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import Field

from app.guard.rules import find
from app.journal.ops import CODES_MAX, Code, Data, Lenient, ShortText


class KeptWord(Data):
    """The host has looked at a word of this kind and says why it stays; the word itself is not told again."""

    kind: Code
    reason: ShortText


class Told(Data):
    """The data of an op with free text. What cannot be read here keeps nothing, and never makes an op fail."""

    kept_words: Annotated[Annotated[list[KeptWord], Field(max_length=CODES_MAX)] | None, Lenient()] = None


#: Of a statement: its kinds, and who made it, who may read it all the same. None where nothing was found.
Flagged = dict[str, Any] | None


def flagged(author: str | None, texts: Iterable[str | None], *said: Told) -> Flagged:
    """`said`: the data that the texts are of. A reason for keeping is a text too."""
    given = [text for text in texts if text]
    kept = [word for told in said for word in told.kept_words or ()]
    if not given and not kept:  # as most records are: a check-in has no words
        return None
    kinds = _kinds(given, kept)
    return {"kinds": kinds, "by": author} if kinds else None


def _kinds(texts: Sequence[str], kept: Sequence[KeptWord]) -> list[str]:
    """Each word that is found needs a reason of its own."""
    words = {(found.kind.value, found.words) for text in texts for found in find(text)}
    words |= {(found.kind.value, f"{i}. {found.words}") for i, one in enumerate(kept) for found in find(one.reason)}
    if not words:
        return []
    left = Counter(kind for kind, _ in words)
    left.subtract(Counter(word.kind for word in kept))
    return sorted(kind for kind, count in left.items() if count > 0)
