"""Basemaps in a backup: those that are listed now. No database knows of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from sqlalchemy import Connection

from app.backup.files import Gone, Item, digest
from app.core.errors import Refused
from app.core.settings import Settings
from app.place.basemaps import MEDIA_TYPES, MapInfo, chunks, file_of, keep_map, list_maps


class Maps:
    kind = "map"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def items(self, _conn: Connection) -> list[Item]:
        return [Item(info.sha256, info.size, asdict(info)) for info in list_maps(self._settings)]

    def expected(self, _conn: Connection, listed: Sequence[Item]) -> list[Item]:
        for item in listed:
            _info(item)
        return list(listed)

    def chunks(self, item: Item) -> Iterator[bytes]:
        try:
            yield from chunks(file_of(self._settings, _info(item)), 0, item.size)
        except OSError as error:
            raise Gone from error

    def has(self, item: Item) -> bool:
        """Listed, too: a file alone is shown to nobody."""
        is_listed = any(info.id == item.sha256 for info in list_maps(self._settings))
        return is_listed and digest(self.chunks(item)) == item.sha256

    def put(self, item: Item, content: Iterable[bytes]) -> None:
        keep_map(self._settings, _info(item), content)

    def lose(self, _conn: Connection, _items: Sequence[Item]) -> None:
        """Phones ask which maps there are."""


def _info(item: Item) -> MapInfo:
    """Raises Refused: a list may be damaged, or made by somebody else."""
    try:
        info = MapInfo(**item.info)
    except TypeError:
        info = None
    if info is None or info.kind not in MEDIA_TYPES or not info.id == info.sha256 == item.sha256:
        raise Refused(f"The map {item.sha256} is listed in a way that cannot be read.")
    return info
