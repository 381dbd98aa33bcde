"""Heads that were noted elsewhere: whoever can write the database can also forge a whole chain, but not those.

Written `8124:sha256:…`, the number and the chain of the journal's newest op at some moment.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from app.core.errors import Refused
from app.core.files import refusing
from app.journal import chain, epoch
from app.journal.rows import head
from app.journal.verify import Fault

FILE_BYTES_MAX = 4 * 1024**2


class Anchor(NamedTuple):
    seq: int
    chain: bytes

    def __str__(self) -> str:
        return f"{self.seq}:{chain.text(self.chain)}"


def newest(conn: Connection) -> Anchor:
    now = head(conn)
    return Anchor(now.seq, now.chain)


def read(given: Sequence[str]) -> list[Anchor]:
    """Each an anchor, or a file with one a line. Raises Refused: what cannot be read must not pass for held."""
    found: set[Anchor] = set()
    for one in given:
        anchor = _parse(one)
        found.update([anchor] if anchor is not None else _in_file(Path(one)))
    return sorted(found)


def lost(conn: Connection, anchors: Sequence[Anchor]) -> list[Fault]:
    """Those which this journal does not go through: it was cut before them, or written anew."""
    return [Fault(seq, "anchor") for seq, link in anchors if not epoch.knows(conn, seq, link)]


def _parse(line: str) -> Anchor | None:
    number, _, digest = line.strip().partition(":")
    link = chain.parse(digest)
    return Anchor(int(number), link) if link is not None and number.isascii() and number.isdecimal() else None


def _in_file(file: Path) -> list[Anchor]:
    with refusing(f"{file} is neither a head (8124:sha256:…) nor a file that can be read"), file.open("rb") as opened:
        lines = opened.read(FILE_BYTES_MAX).decode("utf-8", "replace").split()
    found = [_parse(line) for line in lines]
    if not lines or None in found:
        raise Refused(f"{file.name} holds no heads, or something else beside them.")
    return [anchor for anchor in found if anchor is not None]
