"""Photos and maps in a backup: all of them, each once, and told by name where one is damaged or gone."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.access.context import Context
from app.backup.files import FOLDER, Item, list_of
from app.backup.make import take
from app.backup.restore import Restored, restore
from app.blob.held import Photos
from app.blob.queries import BLOB
from app.blob.store import LocalStore
from app.core.db import Database
from app.core.errors import Refused
from app.core.settings import Settings
from app.place.basemaps import add_map, file_of, list_maps
from app.place.held import Maps
from tests.backup.test_make import FORK, left
from tests.support import on_sqlite
from tests.support.blobs import name_of, some_bytes, upload
from tests.support.client import Phone
from tests.support.lykta import Lykta
from tests.support.world import EVENING

PHOTOS = [some_bytes(2000 + n, seed=n) for n in range(4)]
NAMES = [name_of(photo) for photo in PHOTOS]
LINE = {"type": "LineString", "coordinates": [[14.8, 56.1], [14.9, 56.2]]}


@pytest.fixture
def photos(alva: Phone) -> list[str]:
    """Four photos are on the server; their names."""
    return [upload(alva, photo) for photo in PHOTOS]


@pytest.fixture
def basemap(ctx: Context, tmp_path: Path) -> str:
    """One map is on the server; its id."""
    file = tmp_path / "town.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": LINE}]}))
    return add_map(ctx.settings, file, "Centrum").id


def at(ctx: Context, share: Path, name: str) -> Path:
    """In the folder of all backups, as it lies there."""
    assert ctx
    return share / FOLDER / name[:2] / name


def restored(file: Path, folder: Path) -> tuple[Settings, Restored]:
    """On another machine."""
    folder.mkdir()
    settings = Settings(database_url=f"sqlite:///{folder / 'lykta.db'}", data_dir=folder)
    held = (Photos(LocalStore(settings.blobs_dir)), Maps(settings))
    return settings, restore(settings, file, EVENING, held=held)


def complete(settings: Settings) -> set[str]:
    db = Database(settings.url)
    with db.read() as conn:
        found = {row.sha256 for row in conn.execute(BLOB.select()) if row.complete_at is not None}
    db.close()
    return found


def test_photos_and_maps_come_back_with_their_database(
    ctx: Context, photos: list[str], basemap: str, lykta: Lykta, share: Path, tmp_path: Path
) -> None:
    said = lykta("backup", str(share / "a.db"))
    assert (said.code, said.err) == (0, "")
    assert "4 photos, 1 map (5 new)." in said.out
    settings, done = restored(share / "a.db", tmp_path / "other")
    assert done.files.as_json() == {"counts": {"photo": 4, "map": 1}, "new": 5, "faults": []}
    assert [LocalStore(settings.blobs_dir).read(name) for name in photos] == PHOTOS
    assert complete(settings) == set(photos)
    assert list_maps(settings) == list_maps(ctx.settings)
    (info,) = list_maps(settings)
    assert (info.id, file_of(settings, info).read_bytes()) == (basemap, file_of(ctx.settings, info).read_bytes())


@on_sqlite
def test_the_next_backup_takes_only_what_is_new(
    ctx: Context, photos: list[str], alva: Phone, lykta: Lykta, share: Path
) -> None:
    lykta("backup", str(share / "a.db"))
    before = {path: path.stat().st_mtime_ns for path in (share / FOLDER).rglob("*") if path.is_file()}
    added = upload(alva, some_bytes(seed=99))
    told = lykta("backup", str(share / "b.db"), "--json").json
    assert told["files"] == {"counts": {"photo": 5, "map": 0}, "new": 1, "faults": []}
    after = {path: path.stat().st_mtime_ns for path in (share / FOLDER).rglob("*") if path.is_file()}
    assert after.keys() - before.keys() == {at(ctx, share, added)}
    assert before.items() <= after.items()
    assert set(photos) < {path.name for path in after}


@on_sqlite
def test_a_photo_that_is_damaged_at_its_source_is_told_by_name_and_stops_nothing(
    ctx: Context, photos: list[str], lykta: Lykta, share: Path, tmp_path: Path
) -> None:
    folder = ctx.settings.blobs_dir
    hurt, gone = (folder / name[:2] / name / "original" for name in photos[:2])
    hurt.write_bytes(b"\xff" + hurt.read_bytes()[1:-1] + b"?")
    gone.unlink()
    said = lykta("backup", str(share / "a.db"))
    assert said.code == 1
    assert f"photo {photos[0]}" in said.err
    assert f"photo {photos[1]}" in said.err
    assert photos[2] not in said.err
    assert not list((share / FOLDER).rglob("*.part"))
    settings, done = restored(share / "a.db", tmp_path / "other")
    assert done.files.faults == sorted(f"photo {name}" for name in photos[:2])
    assert complete(settings) == set(photos[2:])


@on_sqlite
def test_a_photo_that_is_damaged_in_the_backup_is_told_by_name_and_asked_for_anew(
    ctx: Context, photos: list[str], alva: Phone, lykta: Lykta, share: Path, tmp_path: Path
) -> None:
    lykta("backup", str(share / "a.db"))
    copy = at(ctx, share, photos[2])
    copy.write_bytes(bytes(copy.stat().st_size))
    settings, done = restored(share / "a.db", tmp_path / "other")
    assert done.files.faults == [f"photo {photos[2]}"]
    assert photos[2] in (done.files.trouble() or "")
    assert complete(settings) == set(photos) - {photos[2]}
    assert lykta("backup", str(share / "b.db"), "--json").json["files"]["new"] == 0
    assert lykta("backup", str(share / "c.db"), "--reread", "--json").json["files"]["new"] == 1
    assert copy.read_bytes() == PHOTOS[2]
    assert alva


@on_sqlite
def test_restoring_where_the_photos_still_are_needs_none_from_the_backup(
    ctx: Context, photos: list[str], lykta: Lykta, share: Path
) -> None:
    lykta("backup", str(share / "a.db"))
    at(ctx, share, photos[0]).unlink()
    beside = Settings(database_url=f"sqlite:///{share / 'other.db'}", data_dir=ctx.settings.data_dir)
    done = restore(beside, share / "a.db", EVENING, held=(Photos(LocalStore(beside.blobs_dir)), Maps(beside)))
    assert done.files.as_json() == {"counts": {"photo": 4, "map": 0}, "new": 0, "faults": []}


@on_sqlite
def test_a_backup_from_before_photos_were_in_it_says_which_are_missing(
    ctx: Context, photos: list[str], share: Path, tmp_path: Path
) -> None:
    take(ctx.db, share / "a.db", data_dir=tmp_path)
    assert left(share) == ["a.db"]
    _, done = restored(share / "a.db", tmp_path / "other")
    assert done.files.faults == sorted(f"photo {name}" for name in photos)


class Killing(Photos):
    """The process is killed in the middle of the third photo."""

    read = 0

    def chunks(self, item: Item) -> Iterator[bytes]:
        self.read += 1
        for content in super().chunks(item):
            yield content[:1000]
            if self.read == 3:
                os.kill(os.getpid(), signal.SIGKILL)
            yield content[1000:]


def _backed_up(ctx: Context, file: Path, data_dir: Path) -> None:
    db = Database(ctx.db.url)
    take(db, file, data_dir=data_dir, held=(Killing(LocalStore(ctx.settings.blobs_dir)),))


@on_sqlite
def test_a_backup_killed_among_its_photos_is_none_and_the_next_goes_on_from_there(
    ctx: Context, photos: list[str], lykta: Lykta, share: Path, tmp_path: Path
) -> None:
    ctx.db.close()
    process = FORK.Process(target=_backed_up, args=(ctx, share / "a.db", tmp_path))
    process.start()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    assert not (share / "a.db").exists()
    assert not list_of(share / "a.db").exists()
    told = lykta("backup", str(share / "a.db"), "--json").json
    assert told["files"] == {"counts": {"photo": 4, "map": 0}, "new": 2, "faults": []}
    _, done = restored(share / "a.db", tmp_path / "other")
    assert done.files.counts["photo"] == len(photos)


@on_sqlite
def test_old_backups_are_cleared_away_with_their_lists(photos: list[str], lykta: Lykta, share: Path) -> None:
    for _ in range(3):
        assert lykta("backup", "--to", str(share), "--keep", "1").code == 0
    assert [path.suffix for path in sorted(share.glob("lykta-2*"))] == [".db", ".json"]
    assert photos


@on_sqlite
@pytest.mark.parametrize(
    "told",
    [b"{", b"[]", b'{"files": {"photo": [["../../etc/passwd", 1, {}]]}}',
     b'{"files": {"map": [["' + b"0" * 64 + b'", 1, {}]]}}'],
)  # fmt: skip
def test_a_list_that_cannot_be_read_is_refused(
    ctx: Context, photos: list[str], share: Path, tmp_path: Path, told: bytes
) -> None:
    take(ctx.db, share / "a.db", data_dir=tmp_path)
    list_of(share / "a.db").write_bytes(told)
    with pytest.raises(Refused):
        restored(share / "a.db", tmp_path / "other")
    assert not (tmp_path / "other" / "lykta.db").exists()
    assert photos
