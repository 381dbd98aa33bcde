"""The list of frozen files, in the form of `sha256sum`: a file that was changed or taken away no longer fits it."""

import hashlib

from tests.golden.stage import HERE

LIST = HERE / "MANIFEST"


def listed() -> dict[str, str]:
    """Name → hash."""
    lines = LIST.read_text(encoding="utf-8").splitlines() if LIST.exists() else []
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def found() -> dict[str, str]:
    files = sorted((*HERE.glob("ops/*"), *HERE.glob("http/*"), *HERE.glob("app/*")))
    return {str(path.relative_to(HERE)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def add_new() -> None:
    """Never takes a changed hash: who has a reason to break old phones edits the list by hand, and is seen to."""
    kept = found() | listed()
    LIST.write_text("".join(f"{kept[name]}  {name}\n" for name in sorted(kept)), encoding="utf-8")
