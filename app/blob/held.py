"""Photos in a backup: those that the copied database calls complete."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, select, update

from app.backup.files import Gone, Item, digest
from app.blob.queries import BLOB
from app.blob.store import Away, Damaged, Store
from app.core.errors import Refused

AWAY = "The object store of the photos does not answer as it should; try again."


class Photos:
    kind = "photo"

    def __init__(self, store: Store) -> None:
        self._store = store

    def items(self, conn: Connection) -> list[Item]:
        """The database is copied before its photos, and a photo is whole before it is called complete."""
        whole = select(BLOB.c.sha256, BLOB.c.synced_bytes).where(BLOB.c.complete_at.is_not(None))
        return [Item(row.sha256, row.synced_bytes, {}) for row in conn.execute(whole.order_by(BLOB.c.sha256))]

    def expected(self, conn: Connection, _listed: Sequence[Item]) -> list[Item]:
        return self.items(conn)

    def chunks(self, item: Item) -> Iterator[bytes]:
        content = self._read(item)
        if content is None:
            raise Gone
        yield content

    def has(self, item: Item) -> bool:
        content = self._read(item)
        return content is not None and digest([content]) == item.sha256

    def put(self, item: Item, chunks: Iterable[bytes]) -> None:
        try:
            self._store.put(item.sha256, b"".join(chunks))
        except Away as error:
            raise Refused(AWAY) from error

    def _read(self, item: Item) -> bytes | None:
        """Raises Refused: while the store does not answer, nothing can be said of any photo."""
        try:
            return self._store.read(item.sha256)
        except Damaged:
            return None
        except Away as error:
            raise Refused(AWAY) from error

    def lose(self, conn: Connection, items: Sequence[Item]) -> None:
        """Their upload begins again: a phone that still has one is asked for it."""
        for item in items:
            begun_again = {"synced_bytes": 0, "claim": None, "complete_at": None, "mime": None,
                           "generation": BLOB.c.generation + 1, "synced_generation": BLOB.c.generation + 1}  # fmt: skip
            conn.execute(update(BLOB).where(BLOB.c.sha256 == item.sha256).values(begun_again))
