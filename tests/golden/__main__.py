"""`python -m tests.golden`: record what has no file yet, and list it in the manifest. What is there stays as it is."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from app.place.queries import VOCABULARY_ID
from app.sync.registry import REGISTRY
from tests.golden import manifest
from tests.golden.exchange import recorded
from tests.golden.night import Night
from tests.golden.stage import HERE, fresh_stage
from tests.golden.stories import STORIES


def main() -> int:
    for op_type, v in sorted(REGISTRY.kinds):
        if v == REGISTRY.newest(op_type):
            keep(HERE / "ops" / f"{op_type}.v{v}.json", lambda op_type=op_type, v=v: story(op_type, v))
    keep(HERE / "http" / "phone.v1.json", recorded)
    manifest.add_new()
    return 0


def keep(path: Path, make: Any) -> None:
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(make(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def story(op_type: str, v: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, fresh_stage(Path(folder)) as stage:
        before = stage.read()
        acts = []
        for act in STORIES[op_type](Night()):
            acts.append(act | {"results": stage.play(act)})
        after = stage.read()
    # What ships grows with releases; that an organisation's own words are merged into it is tested elsewhere.
    after.pop(("vocabulary", VOCABULARY_ID), None)
    reads = [{"kind": kind, "id": key, "value": value} for (kind, key), value in after.items()
             if before.get((kind, key), ...) != value]  # fmt: skip
    return {"type": op_type, "v": v, "acts": acts, "reads": reads}


if __name__ == "__main__":
    sys.exit(main())
