"""Where the time of a push goes: `python -m tests.bench.profile` reads and appends batches of 100 in this process."""

import cProfile
import json
import pstats
import tempfile
import time
from pathlib import Path

from app.access.context import Phone
from app.core.db import Database
from app.core.migrate import to_head
from app.sync.frame import read_push
from app.sync.push import push
from tests.bench.load import OPS, Client
from tests.support.client import DEVICE, Outbox
from tests.support.world import CAST, FakeClock, hire, make_context, make_journal

BATCHES = 100
SHOWN = 35


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="lykta-bench-", dir="/var/tmp") as name:
        db = Database(f"sqlite:///{Path(name) / 'lykta.db'}")
        to_head(db)
        ctx = make_context(db, make_journal(db, FakeClock()), Path(name))
        hire(db, ctx.journal, CAST.alva)
        client = Client.__new__(Client)
        client.outbox = Outbox(author=CAST.alva.id)
        phone = Phone(DEVICE, "mätning", frozenset({CAST.alva.id}))
        frames = [json.loads(raw) for raw in client.batches(BATCHES)]
        for frame in frames[:5]:
            push(ctx, phone, read_push(frame))
        profile, began, cpu = cProfile.Profile(), time.perf_counter(), time.process_time()
        for frame in frames[5:50]:
            push(ctx, phone, read_push(frame))
        count = 45 * OPS
        print(f"{count / (time.perf_counter() - began):,.0f} records/s, "
              f"{count / (time.process_time() - cpu):,.0f} per CPU second, without HTTP and profile")  # fmt: skip
        profile.enable()
        for frame in frames[50:]:
            push(ctx, phone, read_push(frame))
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(SHOWN)
        db.close()


if __name__ == "__main__":
    main()
