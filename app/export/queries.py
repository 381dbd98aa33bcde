"""Every read of what leaves as a file: what the search finds for this viewer, page after page of one moment."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from app.access.permission import Viewer
from app.export.schemas import ExportIn
from app.export.table import Language, Names
from app.find import queries as find
from app.find.shown import records
from app.place import queries as place
from app.place.vocabulary import shipped

CHUNK = 1000


def rows(conn: Connection, viewer: Viewer, asked: ExportIn) -> Iterator[dict[str, Any]]:
    """In the order of the search. Without those of protection 3, unless they are asked for by who may read them."""
    after = None
    while True:
        hits = find.hits(conn, viewer, asked, limit=CHUNK, after=after, restricted=asked.restricted)
        yield from records(conn, viewer, hits.found)
        after = hits.next
        if after is None:
            return


def is_more_than(conn: Connection, viewer: Viewer, asked: ExportIn, most: int) -> bool:
    return find.count(conn, viewer, asked, restricted=asked.restricted, most=most) > most


def names(conn: Connection, language: Language) -> Names:
    places = place.places(conn)
    return Names(place.vocabulary(conn) or shipped(), {row.id: row.name for row in places},
                 {row.id: row.name for row in place.areas(conn)}, {row.id: row.area_id for row in places},
                 language)  # fmt: skip
