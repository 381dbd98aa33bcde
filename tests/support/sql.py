"""Counting what is asked of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def statements() -> Iterator[list[str]]:
    """All statements that any engine runs meanwhile, but for transactions' own words and those of `core.direct`."""
    seen: list[str] = []

    def _note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", _note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", _note)
