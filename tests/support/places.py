"""Where the tests keep their databases and profiles: in memory where the machine has room, else on its disk."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM_BYTES = 4 * 1024**3


def new_folder() -> Path:
    """A short path: a unix socket's may not be longer than about 100 bytes. In the run's own folder, once it has one.

    A browser's profile on a busy disk is slower than any phone's.
    """
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    parent = None if "TMPDIR" in os.environ else MEMORY if roomy else Path("/tmp")
    return Path(tempfile.mkdtemp(prefix="lykta-", dir=parent))
