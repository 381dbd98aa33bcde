"""Places and areas from a GeoJSON file into the journal. A repeat updates what the first import made."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.access.context import Context
from app.core.geo import Box
from app.core.ids import is_uuid
from app.journal.append import Guard
from app.place import feature, jsonfile, queries, rules
from app.place.feature import Draft
from app.place.report import Finding, Report, in_order

Rows = dict[str, dict[str, Any]]


def import_places(ctx: Context, path: Path, *, strict: bool = False) -> Report:
    """Good features are imported though others are refused; `strict`: all or nothing, in one transaction either way.

    Raises Refused where the file itself is not a GeoJSON FeatureCollection.
    """
    return import_features(ctx, jsonfile.features(path), strict=strict)


def import_features(
    ctx: Context, raw: list[Any], *, strict: bool = False, author: str | None = None, is_look: bool = False,
    guard: Guard | None = None,
) -> Report:  # fmt: skip
    """`is_look`: only tells what would come of it."""
    drafts, findings = _read(raw, ctx.settings.bounds)
    with ctx.db.read() as conn:
        areas: Rows = {row.id: queries.area_wire(row) for row in queries.areas(conn)}
        places: Rows = {row.id: queries.place_wire(row) for row in queries.places(conn)}
    findings += _namesakes(drafts, {"area": areas, "place": places})
    new_areas = {d.id: _area(d) for d in drafts if d.entity == "area"}
    drafts, unknown = _with_areas(drafts, areas | new_areas)
    new_places = {d.id: _place(d) for d in drafts if d.entity == "place"}
    wanted = [("area.put", areas, new_areas), ("place.put", places, new_places)]
    return put_changed(ctx, wanted, [*findings, *unknown], strict=strict, author=author, is_look=is_look, guard=guard)


def put_changed(
    ctx: Context, wanted: Iterable[tuple[str, Rows, Rows]], findings: Iterable[Finding], *, strict: bool,
    author: str | None = None, is_look: bool = False, guard: Guard | None = None,
) -> Report:  # fmt: skip
    """Journal what differs: (op type, stored rows, wanted rows), both by id. What is unchanged makes no op."""
    told = in_order(findings)
    if strict and any(finding.refused for finding in told):
        return Report(0, 0, 0, told, stopped=True)
    ops, added, changed, unchanged = [], 0, 0, 0
    for op_type, stored, rows in wanted:
        for row_id, row in rows.items():
            if stored.get(row_id) == row:
                unchanged += 1
                continue
            added, changed = (added, changed + 1) if row_id in stored else (added + 1, changed)
            ops.append(ctx.journal.make(op_type, row, author=author))
    if any(op.parsed is None for op in ops):
        raise ValueError("an import made an op that cannot be applied")  # our own fault: the readers check all members
    if ops and not is_look:
        ctx.journal.hand_in(ops, guard)
    return Report(added, changed, unchanged, told)


def _read(raw: list[Any], bounds: Box) -> tuple[list[Draft], list[Finding]]:
    drafts: dict[str, Draft] = {}
    findings = []
    for index, item in enumerate(raw, start=1):
        reading = feature.read(index, item, bounds)
        draft, codes = reading.draft, list(reading.codes)
        if draft is not None and draft.id in drafts:
            codes = [*codes, "duplicate"]
        elif draft is not None:
            drafts[draft.id] = draft
        findings += [Finding(index, reading.name, code) for code in codes]
    return list(drafts.values()), findings


def _namesakes(drafts: Iterable[Draft], stored: Mapping[str, Rows]) -> list[Finding]:
    """Two of one name are allowed, since their ids differ; the person who imports should know."""
    seen: dict[tuple[str, str], set[str]] = {}
    for entity, rows in stored.items():
        for row in rows.values():
            if row["active"]:
                seen.setdefault((entity, rules.plain(row["name"])), set()).add(row["id"])
    findings = []
    for draft in drafts:
        same = seen.setdefault((draft.entity, rules.plain(draft.name)), set())
        if same - {draft.id}:
            findings.append(Finding(draft.index, draft.name, "same-name"))
        same.add(draft.id)
    return findings


def _with_areas(drafts: Iterable[Draft], areas: Rows) -> tuple[list[Draft], list[Finding]]:
    """Each place's area as an id: as the file says, else by the outlines."""
    live = {area_id: row for area_id, row in areas.items() if row["active"]}
    by_name = {rules.plain(row["name"]): area_id for area_id, row in live.items()}
    outlines = {area_id: row["geometry"] for area_id, row in live.items()}
    settled, findings = [], []
    for draft in drafts:
        if draft.entity == "place":
            told = (draft.area or "").lower()
            area_id = told if is_uuid(told) and told in live else by_name.get(rules.plain(told))
            if draft.area and area_id is None:
                findings.append(Finding(draft.index, draft.name, "area"))
            lon, lat = draft.geometry["coordinates"]
            draft = replace(draft, area=area_id or rules.area_of(outlines, lon, lat))
        settled.append(draft)
    return settled, findings


def _area(draft: Draft) -> dict[str, Any]:
    return {"id": draft.id, "name": draft.name, "geometry": draft.geometry, "active": draft.active}


def _place(draft: Draft) -> dict[str, Any]:
    lon, lat = draft.geometry["coordinates"]
    return {"id": draft.id, "name": draft.name, "kind": draft.kind, "area_id": draft.area, "lon": lon, "lat": lat,
            "note": draft.note, "active": draft.active}  # fmt: skip
