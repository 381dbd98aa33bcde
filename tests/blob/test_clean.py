"""Clearing away what nobody will miss, and nothing else."""

from app.access.context import Context
from app.blob.clean import DAYS, clear_unfinished, clear_unnamed
from app.blob.store import LocalStore
from app.photo.named import named_by_any
from tests.blob.conftest import left_over
from tests.support import on_sqlite
from tests.support.blobs import name_of, offset, send, some_bytes, upload, where
from tests.support.client import Phone
from tests.support.factories import an_amendment, an_observation
from tests.support.lykta import Lykta
from tests.support.world import FakeClock

PHOTO = some_bytes(3000)
NAME = name_of(PHOTO)


def unnamed(ctx: Context, store: LocalStore) -> int:
    return clear_unnamed(ctx.db, store, ctx.journal.clock(), named_by_any)


def unfinished(ctx: Context, store: LocalStore) -> int:
    return clear_unfinished(ctx.db, store, ctx.journal.clock())


def attached(content: bytes) -> dict[str, object]:
    return {"sha256": name_of(content), "size": len(content), "mime": "image/jpeg", "caption": None}


def test_an_upload_that_was_given_up_is_cleared_away_and_may_begin_anew(
    alva: Phone, ctx: Context, store: LocalStore, clock: FakeClock
) -> None:
    send(alva, NAME, PHOTO[:1000], 0)
    clock.advance(days=DAYS)
    assert (unfinished(ctx, store), offset(alva, NAME)) == (0, (1000, False))
    clock.advance(seconds=1)
    assert (unfinished(ctx, store), offset(alva, NAME)) == (1, (0, False))
    assert left_over(store) == []
    assert send(alva, NAME, PHOTO[1000:], 1000, last=True).status_code == 409
    assert where(send(alva, NAME, PHOTO, last=True)) == (len(PHOTO), True)
    assert store.read(NAME) == PHOTO


def test_a_writer_at_work_is_told_to_begin_anew(alva: Phone, ctx: Context, store: LocalStore, clock: FakeClock) -> None:
    """Cleared away between two of its chunks, files and all."""
    send(alva, NAME, PHOTO[:1000], 0)
    clock.advance(days=DAYS + 1)
    unfinished(ctx, store)
    answer = send(alva, NAME, PHOTO[1000:2000], 1000)
    assert (answer.status_code, where(answer)) == (409, (0, False))


def test_a_photo_that_no_op_names_goes_and_one_that_any_op_names_stays(
    alva: Phone, ctx: Context, store: LocalStore, clock: FakeClock
) -> None:
    """Also where the record was amended since, or waits in quarantine."""
    shown, amended, waiting, alone = (some_bytes(2000, seed=n) for n in range(4))
    for photo in (shown, amended, waiting, alone):
        upload(alva, photo)
    seen = alva.seal("observation.create", an_observation(attachments=[attached(amended)]))
    other = alva.seal("observation.create", an_observation(attachments=[attached(shown)]))
    changed = alva.seal("observation.amend", an_amendment(seen["id"], observation=an_observation(attachments=[])))
    target = "019a0000-0000-7000-8000-00000000dead"
    held = alva.seal("photo.attach", {"target": target, **attached(waiting)})
    assert [r["status"] for r in alva.send(seen, other, changed, held)] == ["applied"] * 3 + ["quarantined"]
    clock.advance(days=DAYS)
    assert unnamed(ctx, store) == 0
    clock.advance(days=1)
    assert unnamed(ctx, store) == 1
    assert store.read(name_of(alone)) is None
    assert [store.read(name_of(photo)) for photo in (shown, amended, waiting)] == [shown, amended, waiting]
    assert unnamed(ctx, store) == 0


def test_one_that_is_named_after_all_is_asked_for(
    alva: Phone, ctx: Context, store: LocalStore, clock: FakeClock
) -> None:
    upload(alva, PHOTO)
    clock.advance(days=DAYS + 1)
    assert unnamed(ctx, store) == 1
    op = alva.seal("observation.create", an_observation(attachments=[attached(PHOTO)]))
    assert alva.push([op]).json()["want_blobs"] == [NAME]
    upload(alva, PHOTO)
    assert store.read(NAME) == PHOTO


@on_sqlite
def test_the_command_says_how_many(alva: Phone, lykta: Lykta, clock: FakeClock) -> None:
    """By the machine's own clock, which is long after the test's."""
    clock.advance(days=-400)
    send(alva, NAME, PHOTO[:1000], 0)
    upload(alva, some_bytes(seed=5))
    assert lykta("clean", "--json").json == {"unfinished": 1, "unnamed": 1}
    said = lykta("clean")
    assert (said.code, said.out.strip()) == (
        0, "Cleared away 0 unfinished uploads and 0 photos that no record names."
    )  # fmt: skip
