"""A real walk with its gaps, moved to a Swedish town and to last night."""

import json
import math
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import gpxpy

STOCKHOLM = ZoneInfo("Europe/Stockholm")
#: A walk of 3.6 hours as a receiver recorded it, with three gaps.
TRACK = "gps/gpx/zbevnica_hike_3_gaps.gpx"
#: Where the walk begins: a town on the coast of Blekinge.
STATION = (56.1739, 14.8604)
#: A receiver that has been silent for longer than this knows no position.
SILENT = timedelta(seconds=90)
ACCURACY_M = 8
#: Places along the way: name, kind, and at which minute of the walk one stands there.
STOPS = (
    ("Stationen", "station", 15), ("Skejtparken på Näset", "youth", 35), ("Järnvägsparken", "park", 58),
    ("Östra skolan", "school", 75), ("Garage Fyren, plan −2", "garage", 105), ("Ångbåtskajen", "water", 165),
    ("Björkhöjdens centrum", "housing", 190),
)  # fmt: skip


@dataclass(frozen=True)
class Point:
    at: datetime
    lat: float
    lon: float


class Walk:
    """The track of `file` beginning at STATION, its last point at `ends`."""

    def __init__(self, file: Path, ends: datetime) -> None:
        recorded = [
            Point(p.time, p.latitude, p.longitude)
            for track in gpxpy.parse(file.read_text(encoding="utf-8")).tracks
            for segment in track.segments
            for p in segment.points
            if p.time is not None
        ]
        later = ends - recorded[-1].at
        first, (lat, lon) = recorded[0], STATION
        # A degree of longitude is shorter this far north: without this the walk would be squeezed.
        wider = math.cos(math.radians(first.lat)) / math.cos(math.radians(lat))
        self.points = [
            Point(p.at + later, lat + p.lat - first.lat, lon + (p.lon - first.lon) * wider) for p in recorded
        ]
        self._times = [p.at for p in self.points]

    @property
    def begins(self) -> datetime:
        return self.points[0].at

    @property
    def ends(self) -> datetime:
        return self.points[-1].at

    def minute(self, minutes: float) -> datetime:
        return self.begins + timedelta(minutes=minutes)

    def at(self, when: datetime) -> Point | None:
        """The last point that the receiver told; None in a gap."""
        n = bisect_right(self._times, when)
        if n == 0:
            return None
        last = self.points[n - 1]
        return last if when - last.at <= SILENT else None

    def gaps(self) -> list[tuple[datetime, timedelta]]:
        pairs = zip(self.points, self.points[1:], strict=False)
        return [(a.at, b.at - a.at) for a, b in pairs if b.at - a.at > SILENT]


def last_night(hour: int = 1, minute: int = 12) -> datetime:
    """Past midnight in Stockholm, at least an hour ago: the phone's clock is right when it comes home.

    Soon after that, a little earlier in the night instead of a day: a log shows what is not older than one.
    """
    now = datetime.now(STOCKHOLM)
    end = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    earlier = now - timedelta(hours=1)
    if end > earlier:
        end = earlier if earlier.date() == now.date() else end - timedelta(days=1)
    return end.astimezone(UTC)


def write_town(walk: Walk, file: Path) -> None:
    """Places where the walk passes, and one area around all of it, as `lykta place import` takes them."""
    features: list[dict[str, Any]] = []
    for name, kind, minutes in STOPS:
        n = bisect_right(walk._times, walk.minute(minutes))
        spot = walk.points[n - 1]
        features.append(_feature({"name": name, "kind": kind}, "Point", [round(spot.lon, 6), round(spot.lat, 6)]))
    lons, lats = [p.lon for p in walk.points], [p.lat for p in walk.points]
    west, east, south, north = min(lons) - 0.01, max(lons) + 0.01, min(lats) - 0.01, max(lats) + 0.01
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    features.append(_feature({"name": "Norra Åsum"}, "Polygon", [ring]))
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), "utf-8")


def _feature(properties: dict[str, Any], kind: str, coordinates: list[Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}
