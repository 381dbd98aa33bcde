"""Blobs in a local directory and in S3 do the same; and what S3 may do that a directory does not."""

from collections.abc import Iterator

import obstore
import pytest

from app.access.context import Context
from app.backup.files import Item
from app.blob import upload
from app.blob.held import Photos
from app.blob.objects import ObjectStore, open_bucket
from app.blob.store import ORIGINAL, Damaged, LocalStore, Part, Short, Store, open_store
from app.core.errors import Refused
from app.core.settings import Settings
from tests.blob.conftest import left_over
from tests.faults.faults import rewrite_answer
from tests.faults.proxy import Proxy
from tests.support import on_sqlite, s3
from tests.support.blobs import name_of, offset, send, some_bytes, where
from tests.support.canary import assert_problem
from tests.support.client import Phone, new_id

pytestmark = on_sqlite

PHOTO = some_bytes(3000)
NAME = name_of(PHOTO)
HALF = 1500


@pytest.fixture(scope="session")
def s3_port() -> Iterator[int]:
    with s3.running() as port:
        yield port


@pytest.fixture
def way(s3_port: int) -> Iterator[Proxy]:
    """The network between the server and its object store."""
    made = Proxy(s3_port)
    yield made
    made.close()


@pytest.fixture
def objects(way: Proxy, ctx: Context, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    """What the server under test uses, in a folder of the bucket that is this test's own."""
    for name, value in {**s3.KEYS, "AWS_ENDPOINT_URL": way.url}.items():
        monkeypatch.setenv(name, value)
    url = f"s3://{s3.BUCKET}/{new_id()}"
    ctx.settings = Settings(**(ctx.settings.model_dump() | {"store_url": url}))
    made = open_store(ctx.settings)
    assert isinstance(made, ObjectStore)
    return made


def object_of(ctx: Context, content: bytes | None = None) -> bytes:
    """The object under the photo's name, as it lies there; first put there, if `content` is given."""
    bucket, key = open_bucket(ctx.settings.store_url or ""), f"{NAME[:2]}/{NAME}/{ORIGINAL}"
    if content is not None:
        obstore.put(bucket, key, content)
    return bytes(obstore.get(bucket, key).bytes())


def item_of(ctx: Context, store: Store) -> Item:
    """The one photo that is complete, as a backup sees it."""
    with ctx.db.read() as conn:
        (item,) = Photos(store).items(conn)
    return item


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, ctx: Context) -> Store:
    found: Store = request.getfixturevalue("objects") if request.param == "s3" else open_store(ctx.settings)
    assert isinstance(found, ObjectStore if request.param == "s3" else LocalStore)
    return found


def parts_in(store: Store) -> list[str]:
    root = store.staging if isinstance(store, ObjectStore) else store
    assert isinstance(root, LocalStore)
    return [name for name in left_over(root) if name.endswith(".part")]


def test_what_comes_in_pieces_is_there_as_a_whole(store: Store) -> None:
    first, second = Part(NAME, 0), Part(NAME, 1)
    store.write(first, 0, PHOTO[:HALF])
    assert store.read(NAME) is None
    store.copy(first, second, HALF)
    store.write(second, HALF, PHOTO[HALF:])
    assert store.content(second) == PHOTO
    store.finish(second)
    assert store.read(NAME) == PHOTO
    store.sweep(NAME)
    assert (store.read(NAME), parts_in(store)) == (PHOTO, [])


def test_what_was_never_here_is_not_made_up(store: Store) -> None:
    assert store.read(NAME) is None
    assert store.read_image(NAME) is None
    assert store.unrecorded(NAME) is None
    for ask in (lambda: store.write(Part(NAME, 0), 10, b"x"), lambda: store.content(Part(NAME, 0)),
                lambda: store.finish(Part(NAME, 3)), lambda: store.copy(Part(NAME, 0), Part(NAME, 1), 1)):  # fmt: skip
        with pytest.raises(Short):
            ask()


def test_a_whole_is_put_and_put_again(store: Store) -> None:
    store.put(NAME, PHOTO)
    store.put(NAME, PHOTO)
    assert store.read(NAME) == PHOTO
    store.keep_image(NAME, b"made anew")
    assert (store.read_image(NAME), store.read(NAME)) == (b"made anew", PHOTO)


def test_a_photo_that_came_whole_lies_in_the_bucket_and_nowhere_else(
    objects: ObjectStore, alva: Phone, ctx: Context
) -> None:
    assert where(send(alva, NAME, PHOTO[:HALF], 0)) == (HALF, False)
    assert where(send(alva, NAME, PHOTO[HALF:], HALF, last=True)) == (len(PHOTO), True)
    assert object_of(ctx) == PHOTO
    assert left_over(objects.staging) == []


def test_while_the_store_is_away_nothing_is_lost_and_nothing_is_called_complete(
    objects: ObjectStore, alva: Phone, ctx: Context, way: Proxy
) -> None:
    way.cut()
    assert where(send(alva, NAME, PHOTO[:HALF], 0)) == (HALF, False)
    for _ in range(2):
        answer = send(alva, NAME, PHOTO[HALF:], HALF, last=True)
        assert_problem(answer, 503, "store-away")
        assert int(answer.headers["retry-after"]) > 0
    assert offset(alva, NAME) == (HALF, False)
    assert len(parts_in(objects)) == 1
    way.heal()
    assert where(send(alva, NAME, PHOTO[HALF:], HALF, last=True)) == (len(PHOTO), True)
    assert object_of(ctx) == PHOTO
    assert left_over(objects.staging) == []


def test_an_object_that_comes_back_short_was_never_stored(
    objects: ObjectStore, alva: Phone, ctx: Context, way: Proxy
) -> None:
    """A store that says yes and keeps half."""
    assert objects
    send(alva, NAME, PHOTO[:HALF], 0)
    way.spoil(rewrite_answer(lambda body: body[:-1]), path="/")
    assert_problem(send(alva, NAME, PHOTO[HALF:], HALF, last=True), 503, "store-away")
    assert offset(alva, NAME) == (HALF, False)
    way.heal()
    assert where(send(alva, NAME, PHOTO[HALF:], HALF, last=True)) == (len(PHOTO), True)
    assert object_of(ctx) == PHOTO


def test_a_server_that_died_between_the_object_and_its_record_finishes_at_the_next_try(
    objects: ObjectStore, alva: Phone, ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(alva, NAME, PHOTO[:HALF], 0)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(upload, "_complete", dies)
        with pytest.raises(KeyboardInterrupt):
            upload.receive(ctx, objects, NAME, upload.Chunk(HALF, PHOTO[HALF:], is_last=True))
    assert object_of(ctx) == PHOTO
    assert offset(alva, NAME) == (HALF, False)
    assert where(send(alva, NAME, PHOTO[HALF:], HALF, last=True)) == (len(PHOTO), True)
    assert left_over(objects.staging) == []


def test_an_object_that_was_changed_is_found_out_when_it_is_read(
    objects: ObjectStore, alva: Phone, ctx: Context
) -> None:
    send(alva, NAME, PHOTO, last=True)
    object_of(ctx, PHOTO[:-1] + b"?")
    item = item_of(ctx, objects)
    assert not Photos(objects).has(item)
    with pytest.raises(Damaged):
        objects.read(NAME)


def test_a_backup_does_not_call_a_photo_lost_while_the_store_is_away(
    objects: ObjectStore, alva: Phone, ctx: Context, way: Proxy
) -> None:
    send(alva, NAME, PHOTO, last=True)
    item = item_of(ctx, objects)
    way.cut()
    with pytest.raises(Refused):
        Photos(objects).has(item)
    with pytest.raises(Refused):
        list(Photos(objects).chunks(item))
