"""Basemap files: what is taken, how it is kept, and who may read it over HTTP."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.access.accounts import add_token
from app.access.context import Context
from app.access.permission import Scope
from app.core.errors import Refused
from app.place.basemaps import MapInfo, add_map, file_of, list_maps, remove_map
from tests.place.files import SQUARE, a_place, an_area, write
from tests.support import on_sqlite
from tests.support.client import Browser
from tests.support.shared import shared
from tests.support.world import Cast

SignIn = Callable[..., Browser]


def a_pmtiles(folder: Path, *, version: int = 3, tile_type: int = 1, cut: int = 0, filling: bytes = b"x" * 900) -> Path:
    header = bytearray(127)
    header[:8] = b"PMTiles" + bytes([version])
    for at, (offset, length) in zip((8, 24, 40, 56), ((127, 100), (227, 100), (0, 0), (327, 700)), strict=True):
        header[at : at + 16] = offset.to_bytes(8, "little") + length.to_bytes(8, "little")
    header[99] = tile_type
    path = folder / "lyckhamn.pmtiles"
    content = bytes(header) + filling
    path.write_bytes(content[: len(content) - cut])
    return path


@pytest.fixture
def kept(ctx: Context, tmp_path: Path) -> MapInfo:
    return add_map(ctx.settings, a_pmtiles(tmp_path), "Lyckhamn", "© Lantmäteriet")


@on_sqlite
def test_a_map_is_kept_under_its_hash_and_listed(ctx: Context, kept: MapInfo) -> None:
    content = file_of(ctx.settings, kept).read_bytes()
    assert hashlib.sha256(content).hexdigest() == kept.id
    assert list_maps(ctx.settings) == [kept]
    assert (kept.name, kept.kind, kept.size, kept.attribution) == ("Lyckhamn", "pmtiles", 1027, "© Lantmäteriet")
    assert sorted(p.suffix for p in ctx.settings.maps_dir.iterdir()) == [".json", ".pmtiles"]


@on_sqlite
def test_the_same_file_again_is_one_map_with_its_new_name(ctx: Context, tmp_path: Path, kept: MapInfo) -> None:
    again = add_map(ctx.settings, a_pmtiles(tmp_path), "Kommunen")
    assert again.id == kept.id
    assert [info.name for info in list_maps(ctx.settings)] == ["Kommunen"]


@on_sqlite
def test_a_removed_map_leaves_nothing(ctx: Context, kept: MapInfo) -> None:
    remove_map(ctx.settings, kept.id)
    assert list(ctx.settings.maps_dir.iterdir()) == []
    with pytest.raises(Refused):
        remove_map(ctx.settings, kept.id)


@on_sqlite
def test_a_map_whose_file_is_cut_off_is_not_offered(ctx: Context, kept: MapInfo) -> None:
    os.truncate(file_of(ctx.settings, kept), 10)
    (ctx.settings.maps_dir / "notes.json").write_text("[]")
    assert list_maps(ctx.settings) == []


@on_sqlite
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"version": 2}, "version 3"), ({"cut": 1000}, "version 3"), ({"cut": 300}, "cut off"),
        ({"tile_type": 9}, "tiles"),
    ],
)  # fmt: skip
def test_a_bad_pmtiles_file_is_refused(ctx: Context, tmp_path: Path, wrong: dict[str, int], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        add_map(ctx.settings, a_pmtiles(tmp_path, **wrong))  # type: ignore[arg-type]
    assert list_maps(ctx.settings) == []


@on_sqlite
@pytest.mark.parametrize(
    ("features", "sentence"),
    [
        ([a_place()], "no line"), ([], "no line"), ([an_area("", [[y, x] for x, y in SQUARE])], "swapped"),
        ([an_area("", [[x - 20, y] for x, y in SQUARE])], "bounds"),
        ([an_area("", [[x * 100, y] for x, y in SQUARE])], "degrees"),
        ([{"type": "Feature", "properties": {}, "geometry": None}], "no point"), ([5], "no point"),
    ],
)  # fmt: skip
def test_a_geojson_map_that_cannot_be_drawn_here_is_refused(
    ctx: Context, tmp_path: Path, features: list[object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        add_map(ctx.settings, write(tmp_path, *features))


@on_sqlite
def test_a_file_of_another_kind_is_refused(ctx: Context, tmp_path: Path) -> None:
    path = tmp_path / "map.png"
    path.write_bytes(b"\x89PNG")
    with pytest.raises(Refused, match="neither"):
        add_map(ctx.settings, path)
    with pytest.raises(Refused, match="cannot be read"):
        add_map(ctx.settings, tmp_path / "none.pmtiles")


@on_sqlite
@pytest.mark.parametrize("name", ["coastline_blekinge_hanobukten", "osm_kth_campus_stockholm", "regions_se_simplified"])
def test_real_lines_and_outlines_make_a_map(ctx: Context, name: str) -> None:
    path = shared(f"geo/{name}.geojson")
    info = add_map(ctx.settings, path)
    assert (info.kind, info.name, info.size) == ("geojson", name, path.stat().st_size)
    assert file_of(ctx.settings, info).read_bytes() == path.read_bytes()


@on_sqlite
def test_a_stranger_gets_no_map(stranger: Browser, kept: MapInfo) -> None:
    assert stranger.get("/maps").status_code == 401
    assert stranger.get(f"/maps/{kept.id}").status_code == 401


@on_sqlite
def test_a_program_without_the_read_scope_gets_no_map(ctx: Context, stranger: Browser, kept: MapInfo) -> None:
    stranger.token = add_token(ctx, "writer", [Scope.WRITE])[1]
    assert stranger.get(f"/maps/{kept.id}").status_code == 403
    stranger.token = add_token(ctx, "reader", [Scope.READ])[1]
    assert stranger.get(f"/maps/{kept.id}").status_code == 200


@on_sqlite
def test_a_host_fetches_a_map_whole_and_may_keep_it_for_ever(
    ctx: Context, sign_in: SignIn, cast: Cast, kept: MapInfo
) -> None:
    host = sign_in(cast.alva)
    (item,) = host.get("/maps").json()["items"]
    answer = host.get(item["url"].removeprefix("/api/v1"))
    assert item == kept.as_json()
    assert answer.content == file_of(ctx.settings, kept).read_bytes()
    assert answer.headers["etag"] == f'"{kept.sha256}"'
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"] == "application/vnd.pmtiles"


@on_sqlite
def test_a_kept_copy_is_not_sent_again(sign_in: SignIn, cast: Cast, kept: MapInfo) -> None:
    answer = sign_in(cast.alva).get(f"/maps/{kept.id}", headers={"If-None-Match": f'"{kept.sha256}"'})
    assert (answer.status_code, answer.content) == (304, b"")


@on_sqlite
def test_a_part_is_answered_and_its_place_is_told(ctx: Context, sign_in: SignIn, cast: Cast, kept: MapInfo) -> None:
    host = sign_in(cast.alva)
    answer = host.get(f"/maps/{kept.id}", headers={"Range": "bytes=0-6"})
    assert (answer.status_code, answer.content) == (206, b"PMTiles")
    assert answer.headers["content-range"] == "bytes 0-6/1027"
    assert answer.headers["content-length"] == "7"
    rest = host.get(f"/maps/{kept.id}", headers={"Range": "bytes=7-", "If-Range": f'"{kept.sha256}"'})
    assert answer.content + rest.content == file_of(ctx.settings, kept).read_bytes()


@on_sqlite
def test_a_part_of_another_version_gives_the_whole(sign_in: SignIn, cast: Cast, kept: MapInfo) -> None:
    headers = {"Range": "bytes=0-6", "If-Range": '"another"'}
    assert len(sign_in(cast.alva).get(f"/maps/{kept.id}", headers=headers).content) == 1027


@on_sqlite
def test_a_part_beyond_the_end_is_a_problem(sign_in: SignIn, cast: Cast, kept: MapInfo) -> None:
    answer = sign_in(cast.alva).get(f"/maps/{kept.id}", headers={"Range": "bytes=5000-"})
    assert (answer.status_code, answer.json()["type"]) == (416, "/problems/range")
    assert answer.headers["content-range"] == "bytes */1027"


@on_sqlite
@pytest.mark.parametrize("map_id", ["0" * 64, "x", "..%2F..%2Flykta.db"])
def test_what_is_no_map_is_not_found(sign_in: SignIn, cast: Cast, kept: MapInfo, map_id: str) -> None:
    assert kept.id != map_id
    assert sign_in(cast.alva).get(f"/maps/{map_id}").status_code == 404


@on_sqlite
def test_a_copy_that_fails_half_way_leaves_no_file(
    ctx: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def _full(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", _full)
    with pytest.raises(Refused, match="No space left"):
        add_map(ctx.settings, a_pmtiles(tmp_path))
    assert list(ctx.settings.maps_dir.iterdir()) == []


@on_sqlite
def test_the_sidecar_is_plain_json(ctx: Context, kept: MapInfo) -> None:
    text = (ctx.settings.maps_dir / f"{kept.id}.json").read_text(encoding="utf-8")
    assert json.loads(text)["attribution"] == "© Lantmäteriet"
