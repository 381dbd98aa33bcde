from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from app.access.context import Context
from app.main import create_app
from tests.live.reader import Reader, Served, served, session_of
from tests.support.world import Cast, Person

Listen = Callable[..., Reader]


@pytest.fixture
def server(ctx: Context) -> Iterator[Served]:
    with served(create_app(ctx)) as running:
        yield running


@pytest.fixture
def listen(server: Served, ctx: Context, cast: Cast) -> Iterator[Listen]:
    """`listen(cast.bo)`: a page that is open; `last_id` resumes."""
    assert cast
    with ExitStack() as opened:

        def _listen(person: Person, last_id: str | None = None) -> Reader:
            reader = Reader(server.base, session_of(ctx, person), last_id)
            opened.callback(reader.close)
            return reader

        yield _listen
