"""Rows into files, one after the other: memory does not grow with their number. Pure but for the file that is given."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import IO, Any

import orjson
import xlsxwriter

from app.export.table import COLUMNS, Cell, Language, Names, headings, row

#: A spreadsheet takes a cell that begins so for a formula, whoever wrote it; an apostrophe makes it a text.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: Swedish spreadsheets: a comma in numbers, so semicolons between cells, and a mark that says UTF-8.
DIALECT: Mapping[Language, tuple[str, str]] = {"sv": (";", ","), "en": (",", ".")}
XLSX = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CELL_MAX = 32_767

Records = Iterable[Mapping[str, Any]]


def write_csv(file: IO[bytes], records: Records, names: Names) -> None:
    """RFC 4180, as the language's spreadsheets read it."""
    delimiter, decimal = DIALECT[names.language]
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    out = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    out.writerow(headings(names.language))
    for record in records:
        out.writerow([_csv_cell(value, decimal) for value in row(record, names)])
    text.flush()
    text.detach()


def _csv_cell(value: Cell, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, int | float):
        return str(value).replace(".", decimal)
    return harmless(value)


def harmless(text: str) -> str:
    """Also where blanks come first: some programs cut them."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS) else text


def write_xlsx(file: IO[bytes], records: Records, names: Names) -> None:
    """Every text as a text: nothing that somebody wrote becomes a formula or a link."""
    book = xlsxwriter.Workbook(file, XLSX)
    sheet = book.add_worksheet("Lykta")
    bold = book.add_format({"bold": True, "bottom": 1})
    time = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"})
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width)
    for place, heading in enumerate(headings(names.language)):
        sheet.write_string(0, place, heading, bold)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, record in enumerate(records, start=1):
        for place, value in enumerate(row(record, names)):
            if isinstance(value, datetime):
                sheet.write_datetime(last, place, value, time)
            elif isinstance(value, str):
                sheet.write_string(last, place, value[:CELL_MAX])
            elif value is not None:
                sheet.write_number(last, place, value)
    sheet.autofilter(0, 0, max(last, 1), len(COLUMNS) - 1)
    book.close()


def write_geojson(file: IO[bytes], records: Records, names: Names) -> None:
    """A FeatureCollection (RFC 7946), a feature a line; its geometry is null where no position is known."""
    file.write(b'{"type":"FeatureCollection","features":[')
    for number, record in enumerate(records):
        file.write(b",\n" if number else b"\n")
        file.write(orjson.dumps(_feature(record, names)))
    file.write(b"\n]}\n")


def _feature(record: Mapping[str, Any], names: Names) -> dict[str, Any]:
    position = record["position"]
    kept = {name: value for name, value in record.items() if name not in ("id", "shift_id", "about_id", "position")}
    told = {heading.en: value for heading, value in zip(COLUMNS, row(record, names), strict=True)}
    words = {"code_name": told["Category or service"], "group_name": told["Group"], "place_name": told["Place"],
             "area_name": told["Area"]}  # fmt: skip
    source = {"position_source": position["source"], "accuracy_m": position["accuracy_m"]} if position else {}
    point = {"type": "Point", "coordinates": [position["lon"], position["lat"]]} if position else None
    return {"type": "Feature", "id": record["id"], "geometry": point, "properties": {**kept, **words, **source}}


Write = Callable[[IO[bytes], Records, Names], None]
#: format → (media type, how it is written, how many rows it may have)
FORMATS: Mapping[str, tuple[str, Write, int]] = {
    "geojson": ("application/geo+json", write_geojson, 200_000),
    "csv": ("text/csv; charset=utf-8", write_csv, 200_000),
    # Each cell is turned into XML by Python, so a sheet takes ten times as long as the same rows as CSV.
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx, 50_000),
}
