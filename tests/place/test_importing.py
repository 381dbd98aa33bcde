"""`lykta place import`: what gets in, what is told, and that a repeat changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.access.context import Context
from app.core.errors import Refused
from app.journal.rows import OP
from app.place import jsonfile, queries
from app.place.importing import import_places
from app.place.report import SENTENCES, Report
from tests.place.files import SQUARE, a_place, an_area, write
from tests.support import on_sqlite
from tests.support.shared import shared

AN_ID = "0b0e7a9e-5f0c-4f39-8a55-1b0d6b7f0a01"


def stored(ctx: Context) -> dict[str, Any]:
    with ctx.db.read() as conn:
        return {row.name: queries.place_wire(row) for row in queries.places(conn)}


def op_count(ctx: Context) -> int:
    with ctx.db.read() as conn:
        return int(conn.execute(select(func.count()).select_from(OP)).scalar_one())


def codes(report: Report) -> list[tuple[int, str]]:
    return [(f.index, f.code) for f in report.findings]


def test_places_and_areas_are_imported_with_their_names_whole(ctx: Context, tmp_path: Path) -> None:
    path = write(tmp_path, an_area("Östra hamnen"), a_place("Ängöns förskola", kind="school", note="Stängd nu"))
    report = import_places(ctx, path)
    place = stored(ctx)["Ängöns förskola"]
    with ctx.db.read() as conn:
        (area,) = queries.areas(conn)
    assert (report.added, report.findings) == (2, ())
    assert area.name == "Östra hamnen"
    assert place["area_id"] == area.id
    assert (place["kind"], place["note"], place["lon"], place["lat"]) == ("school", "Stängd nu", 14.865, 56.17)


def test_a_repeat_makes_no_op(ctx: Context, tmp_path: Path) -> None:
    path = write(tmp_path, an_area(), a_place(), a_place("Stationen", 14.8651234, 56.1712345, kind="station"))
    import_places(ctx, path)
    before = op_count(ctx)
    report = import_places(ctx, path)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 3)
    assert op_count(ctx) == before


def test_a_changed_feature_updates_what_is_there(ctx: Context, tmp_path: Path) -> None:
    import_places(ctx, write(tmp_path, a_place(kind="other"), a_place("Torget")))
    before = op_count(ctx)
    report = import_places(ctx, write(tmp_path, a_place(lat=56.18, kind="park"), a_place("Torget")))
    assert (report.added, report.changed, report.unchanged) == (0, 1, 1)
    assert op_count(ctx) == before + 1
    assert stored(ctx)["Järnvägsparken"]["kind"] == "park"


def test_a_place_can_be_retired(ctx: Context, tmp_path: Path) -> None:
    import_places(ctx, write(tmp_path, a_place()))
    import_places(ctx, write(tmp_path, a_place(active=False)))
    assert stored(ctx)["Järnvägsparken"]["active"] is False


@on_sqlite
def test_an_id_of_the_file_is_kept_and_lets_the_name_change(ctx: Context, tmp_path: Path) -> None:
    import_places(ctx, write(tmp_path, a_place(id=AN_ID.upper())))
    import_places(ctx, write(tmp_path, a_place("Stadsparken") | {"id": AN_ID}))
    assert {name: place["id"] for name, place in stored(ctx).items()} == {"Stadsparken": AN_ID}


@on_sqlite
def test_swedish_property_names_and_kinds_are_understood(ctx: Context, tmp_path: Path) -> None:
    feature = a_place() | {"properties": {"namn": "Skejtparken", "Typ": "Skejtpark", "ANTECKNING": "Belyst till 22"}}
    import_places(ctx, write(tmp_path, feature))
    assert {k: stored(ctx)["Skejtparken"][k] for k in ("kind", "note")} == {"kind": "youth", "note": "Belyst till 22"}


@on_sqlite
def test_an_area_named_in_the_file_goes_before_the_outlines(ctx: Context, tmp_path: Path) -> None:
    far = [[x + 1, y] for x, y in SQUARE]
    import_places(ctx, write(tmp_path, an_area("Centrum"), an_area("Hamnen", far)))
    report = import_places(ctx, write(tmp_path, a_place("A", area="HAMNEN"), a_place("B", area="Okänd"), a_place("C")))
    with ctx.db.read() as conn:
        ids = {row.name: row.id for row in queries.areas(conn)}
    areas = {name: place["area_id"] for name, place in stored(ctx).items()}
    assert areas == {"A": ids["Hamnen"], "B": ids["Centrum"], "C": ids["Centrum"]}
    assert codes(report) == [(2, "area")]


BAD: dict[str, Any] = {
    "name": a_place(""),
    "note": a_place(note="x" * 501),
    "active": a_place(active="ja"),
    "swapped": a_place(lon=56.17, lat=14.865),
    "outside": a_place(lon=2.35, lat=48.85),
    "range": a_place(lon=514.0),
    "metres": a_place(lon=473_210, lat=6_212_345),
    "coordinates": a_place(lon="14.8"),
    "geometry": a_place() | {"geometry": None},
    "geometry-type": a_place() | {"geometry": {"type": "LineString", "coordinates": SQUARE}},
    "ring-open": an_area("Öppen", SQUARE[:-1]),
    "ring-short": an_area("Kort", [SQUARE[0], SQUARE[1], SQUARE[0]]),
    "ring-flat": an_area("Platt", [SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[1], SQUARE[0]]),
    "feature": a_place() | {"type": "feature"},
}


@on_sqlite
@pytest.mark.parametrize("code", BAD)
def test_one_bad_feature_is_told_and_the_good_ones_are_imported(ctx: Context, tmp_path: Path, code: str) -> None:
    report = import_places(ctx, write(tmp_path, a_place("Före"), BAD[code], a_place("Efter")))
    assert codes(report) == [(2, code)]
    assert set(stored(ctx)) == {"Före", "Efter"}
    assert not report.failed


@on_sqlite
@pytest.mark.parametrize("code", BAD)
def test_strict_imports_nothing_where_one_feature_is_bad(ctx: Context, tmp_path: Path, code: str) -> None:
    before = op_count(ctx)
    report = import_places(ctx, write(tmp_path, a_place("Före"), BAD[code]), strict=True)
    assert (report.stopped, report.failed, op_count(ctx)) == (True, True, before)


@on_sqlite
def test_all_faults_of_a_feature_are_told_at_once(ctx: Context, tmp_path: Path) -> None:
    report = import_places(ctx, write(tmp_path, a_place(None, lon=56.17, lat=14.865, note=5)))
    assert codes(report) == [(1, "name"), (1, "swapped"), (1, "note")]
    assert report.failed


@on_sqlite
def test_oddities_are_told_but_imported_even_strictly(ctx: Context, tmp_path: Path) -> None:
    path = write(tmp_path, a_place("A", kind="rymdhamn"), a_place("B", id=17), a_place("C", area="Ingenstans"))
    report = import_places(ctx, path, strict=True)
    assert codes(report) == [(1, "kind"), (2, "id"), (3, "area")]
    assert report.added == 3
    assert stored(ctx)["A"]["kind"] == "other"


@on_sqlite
def test_two_places_of_one_name_need_ids_of_their_own(ctx: Context, tmp_path: Path) -> None:
    report = import_places(ctx, write(tmp_path, a_place(), a_place("järnvägsparken ", lat=56.18)))
    assert codes(report) == [(2, "duplicate")]
    report = import_places(ctx, write(tmp_path, a_place(id=AN_ID)))
    assert codes(report) == [(1, "same-name")]
    assert report.added == 1


@on_sqlite
@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{}", '{"type": "FeatureCollection"}', '{"type": "FeatureCollection", "features": {}}',
        '{"type": "FeatureCollection", "features": [], "type": "FeatureCollection"}', "[" * 100_000,
        '{"type": "FeatureCollection", "features": [NaN]}', "<html>", json.dumps(a_place()),
        '{"type": "FeatureCollection", "features": [' + "9" * 5000 + "]}",
    ],
)  # fmt: skip
def test_a_file_that_is_no_feature_collection_is_refused_whole(ctx: Context, tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.geojson"
    path.write_text(text)
    before = op_count(ctx)
    with pytest.raises(Refused):
        import_places(ctx, path)
    assert op_count(ctx) == before


@on_sqlite
def test_a_file_in_another_coordinate_system_is_refused(ctx: Context, tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}}
    with pytest.raises(Refused, match="WGS 84"):
        import_places(ctx, write(tmp_path, a_place(), crs=crs))
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert import_places(ctx, write(tmp_path, a_place(), crs=crs)).added == 1


@on_sqlite
def test_a_file_in_latin_1_is_refused_and_a_byte_order_mark_is_not(ctx: Context, tmp_path: Path) -> None:
    path = write(tmp_path, a_place("Ängen"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text, encoding="latin-1")
    with pytest.raises(Refused, match="UTF-8"):
        import_places(ctx, path)
    path.write_text(text, encoding="utf-8-sig")
    assert import_places(ctx, path).added == 1


@on_sqlite
def test_a_file_has_limits(ctx: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, a_place("A"), a_place("B"))
    monkeypatch.setattr(jsonfile, "FEATURES_MAX", 1)
    with pytest.raises(Refused, match="features"):
        import_places(ctx, path)
    with pytest.raises(Refused, match="cannot be read"):
        import_places(ctx, tmp_path / "none.geojson")
    with pytest.raises(Refused, match="larger"):
        jsonfile.read_bytes(path, bytes_max=10)


@on_sqlite
@pytest.mark.parametrize("name", ["bad", "good", "fixtures_2d"])
def test_no_document_of_the_corpora_gets_in_or_crashes(ctx: Context, tmp_path: Path, name: str) -> None:
    """None lies in Sweden or has a name: each is refused as a file, or feature by feature."""
    documents = json.loads(shared(f"corpora/geojson/{name}.json").read_text(encoding="utf-8"))
    before = op_count(ctx)
    refused = 0
    for document in documents:
        path = tmp_path / "document.geojson"
        path.write_text(document["text"], encoding="utf-8")
        try:
            report = import_places(ctx, path)
        except Refused:
            refused += 1
        else:
            assert report.refused >= 1
    assert op_count(ctx) == before
    assert refused >= 5


@on_sqlite
def test_naughty_strings_as_names_never_crash_and_never_change_on_a_repeat(ctx: Context, tmp_path: Path) -> None:
    sections = json.loads(shared("corpora/strings/naughty_strings_a.json").read_text(encoding="utf-8"))
    strings = list(_strings(sections))
    path = write(tmp_path, *(a_place(text, id=_numbered(i)) for i, text in enumerate(strings)))
    first = import_places(ctx, path)
    again = import_places(ctx, path)
    assert len(strings) > 100
    assert first.added + first.refused == len(strings)
    assert (again.added, again.changed) == (0, 0)
    assert {f.code for f in first.findings if f.refused} <= {"name"}


def test_the_municipalities_of_sweden_are_areas_once_they_are_given_names(ctx: Context, tmp_path: Path) -> None:
    value = json.loads(shared("geo/municipalities_se_simplified.geojson").read_text(encoding="utf-8"))
    for feature in value["features"]:
        feature["properties"] = {"name": feature["properties"]["kom_namn"]}
    path = write(tmp_path, *value["features"], a_place("Stationen i Ronneby", 15.28, 56.21))
    report = import_places(ctx, path)
    with ctx.db.read() as conn:
        names = {row.id: row.name for row in queries.areas(conn)}
    assert [(f.code, f.name) for f in report.findings if f.refused] == []
    assert len(names) == 290
    assert names[stored(ctx)["Stationen i Ronneby"]["area_id"]] == "Ronneby"
    assert import_places(ctx, path).unchanged == 291


@on_sqlite
@pytest.mark.parametrize("name", ["osm_fruangen_stockholm", "osm_kth_campus_stockholm"])
def test_a_map_extract_gives_its_named_points_and_outlines(ctx: Context, name: str) -> None:
    path = shared(f"geo/{name}.geojson")
    report = import_places(ctx, path)
    assert report.added > 20
    assert {f.code for f in report.findings} <= {"name", "geometry-type", "duplicate", "kind", "same-name"}
    assert import_places(ctx, path).unchanged == report.added


def test_every_code_has_a_sentence() -> None:
    assert all(sentence.endswith(".") and len(sentence) < 120 for sentence in SENTENCES.values())


def _strings(value: Any) -> Any:
    if isinstance(value, str):
        yield value
        return
    for part in value.values() if isinstance(value, dict) else value:
        yield from _strings(part)


def _numbered(number: int) -> str:
    return f"0b0e7a9e-5f0c-4f39-8a55-{number:012x}"
