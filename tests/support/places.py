"""Where the tests keep their databases: in memory where the machine has room, else on its disk."""

import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM_BYTES = 4 * 1024**3


def new_folder() -> Path:
    """A short path of our own: a unix socket's may not be longer than about 100 bytes."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    return Path(tempfile.mkdtemp(prefix="lykta-", dir=MEMORY if roomy else "/tmp"))
