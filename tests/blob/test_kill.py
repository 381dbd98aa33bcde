"""A real server process, killed between the bytes' sync and the commit that records them (I14)."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.access import accounts
from app.access.context import DEVICE_COOKIE, Context
from app.blob import upload
from app.blob.store import LocalStore
from app.blob.upload import Chunk
from app.core.clock import now
from tests.blob.conftest import left_over
from tests.e2e.server import HOST, Server
from tests.support import on_sqlite
from tests.support.blobs import chunk_headers, name_of, some_bytes
from tests.support.client import new_id
from tests.support.world import Cast, FakeClock, Person

PHOTO = some_bytes(3000)
NAME = name_of(PHOTO)
HALF = 1500


@pytest.fixture
def server(db_url: str, tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path, db_url, tmp_path / "web")
    yield made
    made.stop()


@pytest.fixture
def cookie(ctx: Context, cast: Cast, clock: FakeClock) -> str:
    """Of a phone that signed in before the server started."""
    clock.at = now()
    return f"{DEVICE_COOKIE}={_token(ctx, cast.alva)}"


def _token(ctx: Context, person: Person) -> str:
    signed = accounts.sign_in(ctx, person.username, person.password, address="test", install=new_id(), label="",
                              device_token=None)  # fmt: skip
    assert signed.device_token is not None
    return signed.device_token


def ask(server: Server, cookie: str, method: str, at: int = 0, end: int = 0) -> httpx.Response:
    base = f"http://{HOST}:{server.port}"
    content = PHOTO[at:end]
    headers = {"Cookie": cookie, "Origin": base}
    if method == "PATCH":
        headers |= chunk_headers(content, at, last=end == len(PHOTO))
    return httpx.request(method, f"{base}/api/v1/blobs/{NAME}", content=content, headers=headers, timeout=30)


def die_and_start_again(server: Server, cookie: str, step: str, at: int, end: int) -> None:
    server.module, server.words = "tests.blob.dying", (step,)
    server.start()
    with pytest.raises(httpx.TransportError):
        ask(server, cookie, "PATCH", at, end)
    server.kill()
    server.module, server.words = "app.cli", ()
    server.start()


def state(server: Server, cookie: str) -> tuple[str, str]:
    head = ask(server, cookie, "HEAD").headers
    return head["upload-offset"], head["upload-complete"]


def test_a_chunk_that_was_written_but_not_recorded_is_sent_again(
    server: Server, cookie: str, ctx: Context, store: LocalStore
) -> None:
    upload.receive(ctx, store, NAME, Chunk(0, PHOTO[:HALF], False))
    die_and_start_again(server, cookie, "_record", HALF, 2000)
    assert [path.read_bytes() for path in store.root.rglob("*.part")] == [PHOTO[:2000]]
    assert state(server, cookie) == (str(HALF), "?0")
    assert ask(server, cookie, "PATCH", HALF, len(PHOTO)).status_code == 204
    assert state(server, cookie) == (str(len(PHOTO)), "?1")
    assert (store.read(NAME), left_over(store)) == (PHOTO, ["original"])


@on_sqlite
def test_a_blob_that_got_its_name_but_was_not_recorded_is_found(server: Server, cookie: str, store: LocalStore) -> None:
    die_and_start_again(server, cookie, "_complete", 0, len(PHOTO))
    assert store.read(NAME) == PHOTO
    assert state(server, cookie) == ("0", "?0")
    assert ask(server, cookie, "PATCH", 0, HALF).status_code == 204
    assert state(server, cookie) == (str(len(PHOTO)), "?1")
    assert (store.read(NAME), left_over(store)) == (PHOTO, ["original"])
