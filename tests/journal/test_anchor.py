"""A journal that was cut or forged whole, by somebody who knows how, is told by the heads noted elsewhere."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from app.core.clock import stamp
from app.core.db import Database
from app.journal import anchor, chain, rows
from app.journal.append import Journal
from tests.support import on_sqlite
from tests.support.client import Outbox
from tests.support.factories import a_checkin
from tests.support.lykta import Lykta
from tests.support.tables import journalled
from tests.support.world import CAST


def _write(journal: Journal, count: int) -> None:
    outbox = Outbox(author=CAST.alva.id)
    journal.append(outbox.read(*[outbox.seal("checkin.create", a_checkin()) for _ in range(count)]))


def _newest(db: Database) -> anchor.Anchor:
    with db.read() as conn:
        return anchor.newest(conn)


def _forge(db: Database) -> None:
    """Every link anew from what is there, and a head to it: as the page says how, anybody can."""
    with db.write() as conn:
        link, seq = chain.GENESIS, 0
        for seq, row in enumerate(journalled(conn), 1):
            link = chain.link(link, row.op_id, bytes(row.hash), seq, stamp(row.received_at))
            conn.execute(update(rows.OP).where(rows.OP.c.op_id == row.op_id).values(seq=seq, chain=link))
        conn.execute(update(rows.HEAD).values(seq=seq, chain=link))


def _altered(journal: Journal, last: int) -> None:
    body = b'{"other":true}'
    with journal.db.write() as conn:
        conn.execute(update(rows.OP).where(rows.OP.c.seq == last - 2).values(body=body, hash=chain.of(body)))


def _cut(journal: Journal, last: int) -> None:
    with journal.db.write() as conn:
        conn.execute(delete(rows.OP).where(rows.OP.c.seq > last - 2))


def _taken_out(journal: Journal, last: int) -> None:
    with journal.db.write() as conn:
        conn.execute(delete(rows.OP).where(rows.OP.c.seq == last - 2))


def _spliced(journal: Journal, last: int) -> None:
    """Others in the place of those that were cut, so that the number noted is there again."""
    _cut(journal, last)
    _forge(journal.db)
    _write(journal, 4)


HARMS: Sequence[Callable[[Journal, int], None]] = (_altered, _cut, _taken_out, _spliced)


@pytest.mark.parametrize("harm", HARMS)
def test_row_61_a_forged_journal_looks_whole_and_misses_the_head_that_was_noted(
    lykta: Lykta, journal: Journal, harm: Callable[[Journal, int], None]
) -> None:
    early = lykta("journal", "head").out.strip()
    _write(journal, 5)
    noted = lykta("journal", "head").out.strip()
    _write(journal, 1)
    assert lykta("journal", "verify", "--anchor", early, "--anchor", noted).code == 0
    last = int(noted.split(":")[0])
    harm(journal, last)
    _forge(journal.db)
    assert lykta("journal", "verify", "--anchor", early).code == 0
    told = lykta("journal", "verify", "--json", "--anchor", early, "--anchor", noted)
    assert (told.code, told.json["ok"], told.json["faults"]) == (1, False, [{"seq": last, "what": "anchor"}])


def test_a_file_of_noted_heads_goes_on_holding(lykta: Lykta, journal: Journal, tmp_path: Path) -> None:
    file = tmp_path / "heads"
    for _ in range(3):
        _write(journal, 2)
        with file.open("a", encoding="utf-8") as heads:
            heads.write(lykta("journal", "head").out)
    assert "noted heads held: 3" in lykta("journal", "verify", "--anchor", str(file)).out
    now = lykta("journal", "head", "--json").json
    assert anchor.Anchor(now["seq"], chain.parse(now["chain"]) or b"") == _newest(journal.db)


@on_sqlite
@pytest.mark.parametrize("content", [None, "", "12:sha256:00", "all is well\n", f"-1:{chain.text(bytes(32))}"])
def test_what_is_no_head_is_refused_and_does_not_pass_for_held(
    lykta: Lykta, tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "heads"
    if content is not None:
        file.write_text(content, "utf-8")
    assert lykta("journal", "verify", "--anchor", str(file)).code == 1
    assert lykta("journal", "verify", "--anchor", "12:sha256:00").code == 1
