"""Real input of other people (tracks, notices, corpora): beside the clone, never in it; each has its licence."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from app.core.settings import PROJECT_DIR

FOLDER = Path(os.environ.get("LYKTA_SHARED_DATA") or PROJECT_DIR.parent / "shared" / "data")


def shared(name: str) -> Path:
    """Where it is missing nothing can be shown: a failure in CI, elsewhere a skip that says so."""
    path = FOLDER / name
    if not path.exists():
        reason = f"{name} is not beside this clone (expected in ../shared/data)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def shared_json(name: str) -> Any:
    return json.loads(shared(name).read_text(encoding="utf-8"))
