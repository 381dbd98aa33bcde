"""`lykta place contacts`: the phone list, from JSON and from what a spreadsheet saves."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.access.context import Context
from app.core.errors import Refused
from app.place import queries
from app.place.contacts import import_contacts
from tests.support import on_sqlite

ORDV = {"service": "ORDV", "name": "Ordningsvakter", "number": "070-1740605", "hours": "fre–lör 21–03",
        "note": "Centrum", "checked_on": "2026-11-01"}  # fmt: skip


def a_file(folder: Path, *contacts: Any) -> Path:
    path = folder / "contacts.json"
    path.write_text(json.dumps(list(contacts), ensure_ascii=False), encoding="utf-8")
    return path


def stored(ctx: Context) -> dict[str, Any]:
    with ctx.db.read() as conn:
        return {row.name: queries.contact_wire(row) for row in queries.contacts(conn)}


def test_contacts_are_imported_and_a_repeat_makes_no_op(ctx: Context, tmp_path: Path) -> None:
    path = a_file(tmp_path, ORDV, {"service": "POL114", "number": 11414})
    assert import_contacts(ctx, path).added == 2
    kept = stored(ctx)["Ordningsvakter"]
    assert {key: kept[key] for key in ORDV} == ORDV
    assert stored(ctx)["Polis ej akut, tips"]["number"] == "11414"
    again = import_contacts(ctx, path)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)


def test_a_changed_number_updates_the_contact(ctx: Context, tmp_path: Path) -> None:
    import_contacts(ctx, a_file(tmp_path, ORDV))
    report = import_contacts(ctx, a_file(tmp_path, ORDV | {"number": "070-1740606"}))
    assert (report.changed, stored(ctx)["Ordningsvakter"]["number"]) == (1, "070-1740606")


@on_sqlite
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_spreadsheet_s_csv_is_read(ctx: Context, tmp_path: Path, delimiter: str) -> None:
    head = ["Tjänst", "Namn", "Telefon", "Tider"]
    lines = [head, ["FÄLT-X", "Fältgruppen Åsen", "070-1740607", "vardagar 16-22"], []]
    path = tmp_path / "contacts.csv"
    path.write_text("\r\n".join(delimiter.join(line) for line in lines), encoding="utf-8-sig")
    report = import_contacts(ctx, path)
    assert [(f.index, f.code, f.refused) for f in report.findings] == [(1, "unknown-service", False)]
    assert stored(ctx)["Fältgruppen Åsen"]["hours"] == "vardagar 16-22"


@on_sqlite
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"service": None}, "service"), ({"number": "ring oss"}, "number"), ({"number": "07017" * 9}, "number"),
        ({"hours": "x" * 501}, "hours"), ({"checked_on": "1/11 2026"}, "checked-on"),
        ({"checked_on": "2026-02-30"}, "checked-on"), ({"service": "EGEN", "name": ""}, "name"),
    ],
)  # fmt: skip
def test_one_bad_row_is_told_and_the_others_are_imported(
    ctx: Context, tmp_path: Path, wrong: dict[str, Any], code: str
) -> None:
    report = import_contacts(ctx, a_file(tmp_path, ORDV | {"name": "Fel"} | wrong, ORDV))
    assert [(f.index, f.code) for f in report.findings] == [(1, code)]
    assert set(stored(ctx)) == {"Ordningsvakter"}


@on_sqlite
def test_a_contact_told_twice_and_a_row_that_is_none_are_refused(ctx: Context, tmp_path: Path) -> None:
    report = import_contacts(ctx, a_file(tmp_path, ORDV, ORDV, "112"))
    assert [(f.index, f.code) for f in report.findings] == [(2, "duplicate"), (3, "row")]


@on_sqlite
@pytest.mark.parametrize(
    ("name", "text"),
    [("a.json", '{"a": 1}'), ("a.csv", "x;y\n1;2"), ("a.csv", ""), ("a.csv", 'service\n"open')],
)
def test_a_file_that_is_no_phone_list_is_refused(ctx: Context, tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(Refused):
        import_contacts(ctx, path)
