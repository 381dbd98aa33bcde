"""The services' phone list from a JSON or CSV file into the journal."""

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from app.access.context import Context
from app.core.errors import Refused
from app.place import jsonfile, queries, rules
from app.place.feature import NAME_MAX, optional_text
from app.place.importing import put_changed
from app.place.report import Finding, Report
from app.place.rules import Unfit
from app.place.vocabulary import shipped

ROWS_MAX = 1000
SERVICE_MAX, NUMBER_MAX = 40, 40
#: Member → what a column may be called.
COLUMNS = {
    "service": ("service", "tjänst"), "name": ("name", "namn"), "number": ("number", "nummer", "telefon"),
    "hours": ("hours", "tider", "öppettider"), "note": ("note", "anteckning"),
    "checked_on": ("checked_on", "kontrollerad"),
}  # fmt: skip
_NUMBER = re.compile(r"[+0-9][0-9 ()/-]{1,38}\Z")


def import_contacts(ctx: Context, path: Path, *, strict: bool = False) -> Report:
    """One contact per service and name; a repeat updates it. Raises Refused where the file cannot be read at all."""
    rows = _csv_rows(path) if path.suffix.lower() in (".csv", ".tsv", ".txt") else _json_rows(path)
    if len(rows) > ROWS_MAX:
        raise Refused(f"The file has more than {ROWS_MAX} contacts.")
    known_services = {service["code"] for service in shipped()["services"]}
    findings, wanted = [], {}
    for index, raw in enumerate(rows, start=1):
        contact, name, faults = _read(raw)
        if contact is not None and contact["id"] in wanted:
            faults = [*faults, "duplicate"]
        elif contact is not None:
            wanted[contact["id"]] = contact
            if contact["service"] not in known_services:
                faults = [*faults, "unknown-service"]
        findings += [Finding(index, name, code) for code in faults]
    with ctx.db.read() as conn:
        stored = {row.id: queries.contact_wire(row) for row in queries.contacts(conn)}
    return put_changed(ctx, [("contact.put", stored, wanted)], findings, strict=strict)


def _json_rows(path: Path) -> list[Any]:
    value = jsonfile.read_json(path)
    rows = value.get("contacts") if isinstance(value, dict) else value
    if not isinstance(rows, list):
        raise Refused("The file is neither a list of contacts nor an object with the member contacts.")
    return rows


def _csv_rows(path: Path) -> list[Any]:
    text = jsonfile.read_text(path)
    head = text.split("\n", 1)[0]
    # Swedish Excel writes semicolons; guessing from the whole text would be misled by commas in the hours.
    delimiter = max(";\t,", key=head.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter, strict=True) if any(row)]
    except csv.Error:
        raise Refused("The file is not CSV that can be read.") from None
    header = [rules.plain(column) for column in rows[0]] if rows else []
    if not {"service", "tjänst"} & set(header):
        raise Refused("The first line must name the columns: service, name, number, hours, note, checked_on.")
    return [dict(zip(header, row, strict=False)) for row in rows[1:]]


def _read(raw: Any) -> tuple[dict[str, Any] | None, str | None, list[str]]:
    if not isinstance(raw, dict):
        return None, None, ["row"]
    named = {rules.plain(str(key)): value for key, value in raw.items()}
    given = {member: next((named[c] for c in names if named.get(c) not in (None, "")), None)
             for member, names in COLUMNS.items()}  # fmt: skip
    faults: list[str] = []
    values: dict[str, Any] = {}
    for member, reader in READERS.items():
        try:
            values[member] = reader(given[member], given)
        except Unfit as fault:
            faults.append(fault.code)
    name = values.get("name")
    if faults:
        return None, name, faults
    return {"id": rules.stable_id("contact", values["service"], values["name"])} | values | {"active": True}, name, []


def _service(value: Any, _given: Mapping[str, Any]) -> str:
    service = optional_text(value, "service", SERVICE_MAX)
    if service is None:
        raise Unfit("service")
    return service


def _name(value: Any, given: Mapping[str, Any]) -> str:
    """Without a name the service's own."""
    names = {service["code"]: service["sv"] for service in shipped()["services"]}
    name = optional_text(value, "name", NAME_MAX) or names.get(str(given["service"]).strip())
    if name is None:
        raise Unfit("name")
    return name


def _number(value: Any, _given: Mapping[str, Any]) -> str | None:
    number = optional_text(str(value) if isinstance(value, int) else value, "number", NUMBER_MAX)
    if number is not None and not is_number(number):
        raise Unfit("number")
    return number


def is_number(said: str) -> bool:
    return _NUMBER.match(said) is not None


def _checked_on(value: Any, _given: Mapping[str, Any]) -> str | None:
    told = optional_text(value, "checked-on")
    if told is None:
        return None
    try:
        return date.fromisoformat(told).isoformat() if len(told) == 10 else _no_date()
    except ValueError:
        raise Unfit("checked-on") from None


def _no_date() -> str:
    raise Unfit("checked-on")


READERS: dict[str, Any] = {
    "service": _service,
    "name": _name,
    "number": _number,
    "hours": lambda value, _given: optional_text(value, "hours"),
    "note": lambda value, _given: optional_text(value, "note"),
    "checked_on": _checked_on,
}
