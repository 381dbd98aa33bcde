"""All measurements, one after the other, or those that are named: `python -m tests.bench [ingest] [live] [desk]`."""

import sys
from collections.abc import Callable

from tests.bench import desk, ingest, live

PARTS: dict[str, Callable[[], None]] = {"ingest": ingest.main, "live": live.main, "desk": desk.main}

if __name__ == "__main__":
    named = sys.argv[1:] or list(PARTS)
    sys.argv[1:] = []
    for name in named:
        if name not in PARTS:
            raise SystemExit(f"{name} is none of {', '.join(PARTS)}")
        PARTS[name]()
