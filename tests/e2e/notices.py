"""Real notices as texts for observations: long ones, several paragraphs, quotation marks."""

import json
import random

from tests.support.shared import shared

SEED = 2026_11_20
#: Notices and night summaries of the Swedish police: polisen.se, public information, by way of its archive.
FILES = ("incidents/polisen_events_with_body.ndjson", "incidents/polisen_night_summaries.ndjson")
LENGTH_MIN, LENGTH_MAX = 80, 3000


def notices(count: int, seed: int = SEED) -> list[str]:
    """Varied, the same every time: among them the longest, the shortest, a quoted one and one of many paragraphs."""
    bodies = {str(json.loads(line)["body"]) for name in FILES for line in shared(name).read_text("utf-8").splitlines()}
    texts = sorted(filter(_typable, bodies), key=lambda t: (len(t), t))
    must = [
        texts[0],
        texts[-1],
        next(t for t in texts if "”" in t or '"' in t),
        max(texts, key=lambda t: t.count("\n")),
    ]
    wanted = list(dict.fromkeys(must))
    rest = [text for text in texts if text not in wanted]
    dice = random.Random(seed)
    chosen = wanted + dice.sample(rest, count - len(wanted))
    dice.shuffle(chosen)
    return chosen


def _typable(body: str) -> bool:
    """A field of the app gives it back as it went in: no carriage returns, nothing blank around it."""
    return LENGTH_MIN <= len(body) <= LENGTH_MAX and "\r" not in body and body == body.strip()
