"""Words as they are looked for: small letters, without accents but for å, ä and ö, and their Swedish stems. Pure.

The stems are written here, after the published Swedish algorithm of Snowball, and not taken from a library or from the
database: the same ops must give the same rows in ten years and on both databases (I23), and one search must find the
same on either. `tests/find/test_stem.py` compares them with PostgreSQL's own. One thing more than that: `lampan` and
`biblioteket` are `lampa` and `bibliotek`, for hosts write of things that are known.
"""

import re
import unicodedata
from functools import lru_cache

#: A word that is longer is cut: nobody types more, and an index entry has an end.
WORD_MAX = 40
_WORD = re.compile(r"[^\W_]+")
_SWEDISH = frozenset("åäö")
#: Letters that are another way of writing one of ours.
_OTHER = str.maketrans({"æ": "ä", "ø": "ö", "ß": "ss", "đ": "d", "ł": "l"})
_VOWELS = frozenset("aeiouyäåö")
_ENDINGS_1 = (
    "heterna", "hetens", "anden", "andes", "andet", "arens", "arnas", "ernas", "heten", "heter", "ornas", "ades",
    "ande", "aren", "arna", "arne", "aste", "erna", "erns", "orna", "ade", "are", "ast", "ens", "ern", "het", "ad",
    "ans", "ets", "ar", "as", "at", "en", "er", "es", "or", "an", "et", "a", "e",
)  # fmt: skip
_BEFORE_S = frozenset("bcdfghjklmnoprtvy")
_ENDINGS_2 = ("dd", "gd", "nn", "dt", "gt", "kt", "tt")
_ENDINGS_3 = (("löst", "lös"), ("fullt", "full"), ("lig", ""), ("els", ""), ("ig", ""))


def words_in(text: str) -> list[str]:
    """In their order, as they are compared: `Kafé Ängen` is `kafe`, `ängen`."""
    return [word[:WORD_MAX] for word in _WORD.findall(_plain(text))]


class _Signs(dict[int, str]):
    """Sign → as it is compared; made when it is met. Nobody writes with more than `MAX` signs."""

    MAX = 2_000

    def __missing__(self, code: int) -> str:
        sign = chr(code).translate(_OTHER)
        plain = sign if sign in _SWEDISH else _bare(sign)
        if len(self) < self.MAX:
            self[code] = plain
        return plain


_AS_COMPARED = _Signs()


def _plain(text: str) -> str:
    """Both ways of writing å (one sign or two) are the same; é is e, but å is not a."""
    said = unicodedata.normalize("NFC", text.lower())
    return said if said.isascii() else said.translate(_AS_COMPARED)


def _bare(sign: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """`klottrade`, `klottrar` → `klottr`; of a word as `words_in` gives it."""
    start = _region(word)
    word = _first(word, start)
    if len(word) - 2 >= start and word.endswith(_ENDINGS_2):
        word = word[:-1]
    for ending, left in _ENDINGS_3:
        if word.endswith(ending) and len(word) - len(ending) >= start:
            return word[: len(word) - len(ending)] + left
    return word


def _region(word: str) -> int:
    """Where endings may begin: after the first consonant that follows a vowel, and at least three letters in."""
    for at in range(1, len(word)):
        if word[at] not in _VOWELS and word[at - 1] in _VOWELS:
            return max(at + 1, 3)
    return len(word)


def _first(word: str, start: int) -> str:
    ending = next((e for e in _ENDINGS_1 if word.endswith(e) and len(word) - len(e) >= start), None)
    if ending is not None:
        return word[: len(word) - len(ending)]
    if word.endswith("s") and len(word) - 1 >= start and word[-2:-1] in _BEFORE_S:
        return word[:-1]
    return word
