"""Basemap files beside the database: added by the operator, fetched whole by the phones, named by their content."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from app.core.errors import Refused
from app.core.geo import Box, in_box, positions
from app.core.settings import Settings
from app.place import jsonfile

#: A phone holds the whole file in memory once; larger ones fail there, not here.
PMTILES_BYTES_MAX = 200_000_000
PMTILES_HEADER_BYTES = 127
PMTILES_MAGIC = b"PMTiles"
#: Byte offsets in the header (PMTiles 3, §3): each an offset and a length of a part of the file.
PMTILES_PARTS = (8, 24, 40, 56)
TILE_TYPES = frozenset({1, 2, 3, 4, 5})
DRAWN = frozenset({"LineString", "MultiLineString", "Polygon", "MultiPolygon"})
MARKED = frozenset({"Point", "MultiPoint"})
CHUNK_BYTES = 1 << 18
NAME_MAX, ATTRIBUTION_MAX = 120, 300
MEDIA_TYPES = {"pmtiles": "application/vnd.pmtiles", "geojson": "application/geo+json"}


@dataclass(frozen=True, slots=True)
class MapInfo:
    """`id` is the file's SHA-256: another content is another map, so a copy may be kept for ever."""

    id: str
    name: str
    kind: str
    size: int
    sha256: str
    attribution: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"url": f"/api/v1/maps/{self.id}"}


def add_map(settings: Settings, path: Path, name: str | None = None, attribution: str | None = None) -> MapInfo:
    """Check, copy and list a basemap; the same file again only renames it. Raises Refused."""
    kind = _kind(path)
    if kind == "geojson":
        _check_geojson(path, settings.bounds)
    told = (name or path.stem).strip()[:NAME_MAX] or "Karta"
    folder = settings.maps_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as source:
            digest, size = _store(folder, kind, source)
        info = MapInfo(digest, told, kind, size, digest, (attribution or "").strip()[:ATTRIBUTION_MAX])
        _write(folder / f"{digest}.json", [_sidecar(info)])
    except OSError as error:
        raise Refused(f"The map cannot be stored: {error.strerror}.") from None
    return info


def keep_map(settings: Settings, info: MapInfo, content: Iterable[bytes]) -> None:
    """A map that was listed elsewhere, its bytes already compared with its name."""
    settings.maps_dir.mkdir(parents=True, exist_ok=True)
    _write(file_of(settings, info), content)
    _write(settings.maps_dir / f"{info.sha256}.json", [_sidecar(info)])


def list_maps(settings: Settings) -> list[MapInfo]:
    """Those whose file is there whole, by name."""
    found = [_listed(sidecar) for sidecar in settings.maps_dir.glob("*.json")]
    whole = [info for info in found if info is not None and _is_whole(file_of(settings, info), info.size)]
    return sorted(whole, key=lambda info: (info.name.casefold(), info.id))


def find_map(settings: Settings, map_id: str) -> MapInfo | None:
    return next((info for info in list_maps(settings) if info.id == map_id), None)


def remove_map(settings: Settings, map_id: str) -> None:
    """Phones drop it when they next ask which maps there are. Raises Refused."""
    info = find_map(settings, map_id)
    if info is None:
        raise Refused("There is no such map.")
    (settings.maps_dir / f"{info.id}.json").unlink(missing_ok=True)
    file_of(settings, info).unlink(missing_ok=True)


def file_of(settings: Settings, info: MapInfo) -> Path:
    return settings.maps_dir / f"{info.sha256}.{info.kind}"


def chunks(path: Path, start: int, end: int) -> Iterator[bytes]:
    """Bytes from `start` up to, not including, `end`."""
    with path.open("rb") as file:
        file.seek(start)
        left = end - start
        while left > 0 and (part := file.read(min(CHUNK_BYTES, left))):
            left -= len(part)
            yield part


def _kind(path: Path) -> str:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(PMTILES_HEADER_BYTES)
    except OSError as error:
        raise Refused(f"The file cannot be read: {error.strerror}.") from None
    if header.startswith(PMTILES_MAGIC):
        _check_pmtiles(header, size)
        return "pmtiles"
    if header.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "geojson"
    raise Refused("The file is neither PMTiles nor GeoJSON.")


def _check_pmtiles(header: bytes, size: int) -> None:
    if size > PMTILES_BYTES_MAX:
        raise Refused(f"The file is larger than {PMTILES_BYTES_MAX // 1_000_000} MB; cut out the organisation's area.")
    if len(header) < PMTILES_HEADER_BYTES or header[7] != 3:
        raise Refused("Only PMTiles of version 3 can be added.")
    for at in PMTILES_PARTS:
        offset, length = (int.from_bytes(header[i : i + 8], "little") for i in (at, at + 8))
        if offset + length > size:
            raise Refused("The PMTiles file is cut off: its header names parts beyond its end.")
    if header[99] not in TILE_TYPES:
        raise Refused("The PMTiles file holds tiles of a kind that the map cannot draw.")


def _check_geojson(path: Path, bounds: Box) -> None:
    """Lines or outlines in degrees, some of them where the organisation is."""
    here = swapped = drawn = 0
    for index, feature in enumerate(jsonfile.features(path), start=1):
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if geometry is None or kind not in DRAWN | MARKED:
            raise Refused(f"Feature {index} is no point, line or polygon.")
        drawn += kind in DRAWN
        try:
            for lon, lat in positions(geometry["coordinates"]):
                here += in_box(lon, lat, bounds)
                swapped += in_box(lat, lon, bounds)
        except (KeyError, ValueError, TypeError, OverflowError):
            raise Refused(f"Feature {index} has coordinates that are not degrees.") from None
    if not drawn:
        raise Refused("The file has no line and no polygon to draw.")
    if not here:
        raise Refused("It looks like lat, lon swapped: GeoJSON has longitude first." if swapped else
                      "Nothing in the file lies inside the organisation's bounds (setting LYKTA_BOUNDS).")  # fmt: skip


def _store(folder: Path, kind: str, source: BinaryIO) -> tuple[str, int]:
    """(SHA-256, size). The file takes its name only when all of it is on the disk."""
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".adding-", delete=False) as target:
        try:
            while part := source.read(CHUNK_BYTES):
                digest.update(part)
                size += len(part)
                target.write(part)
            _seal(target.file, Path(target.name), folder / f"{digest.hexdigest()}.{kind}")
        finally:
            Path(target.name).unlink(missing_ok=True)
    return digest.hexdigest(), size


def _sidecar(info: MapInfo) -> bytes:
    return json.dumps(asdict(info), ensure_ascii=False).encode()


def _write(path: Path, content: Iterable[bytes]) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".adding-", delete=False) as target:
        try:
            target.writelines(content)
            _seal(target.file, Path(target.name), path)
        finally:
            Path(target.name).unlink(missing_ok=True)


def _seal(file: Any, temporary: Path, final: Path) -> None:
    """Synced, readable by the group, renamed, and the rename synced too."""
    file.flush()
    os.fsync(file.fileno())
    temporary.chmod(0o640)
    temporary.replace(final)
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _is_whole(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size


def _listed(sidecar: Path) -> MapInfo | None:
    """A file that somebody else put there is not ours to list."""
    try:
        info = MapInfo(**json.loads(sidecar.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return info if info.kind in MEDIA_TYPES and info.id == info.sha256 == sidecar.stem else None
