"""Real notices as texts for observations: long ones, several paragraphs, quotation marks."""

import json
import random

from tests.e2e.walk import DATA

SEED = 2026_11_20


def notices(count: int, seed: int = SEED) -> list[str]:
    """Varied, the same every time: among them the longest, the shortest, a quoted one and one of many paragraphs."""
    lines = (DATA / "notices.ndjson").read_text(encoding="utf-8").splitlines()
    texts = sorted((str(json.loads(line)["text"]) for line in lines), key=len)
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
