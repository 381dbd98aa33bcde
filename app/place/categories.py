"""Categories as the desk edits them: shipped ones off and on, own ones added and named. Each change is an op."""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError
from sqlalchemy import Connection

from app.access.context import Context
from app.access.people import edits_of
from app.access.permission import Viewer
from app.core import errors
from app.core.errors import Problem
from app.journal.edit import edit
from app.journal.ops import Code
from app.place import own, queries, rules
from app.place.vocabulary import restricted_categories, shipped

TYPES = frozenset({"category.put"})
Version = Annotated[int, Field(ge=1, lt=2**63)]
#: What fits in a host's grid.
NAME_MAX = 60
#: What says which kind of category it is: a record keeps the meaning that it was written with.
FIXED = ("group", "protection")


def _name(value: str) -> str:
    cleaned = rules.clean_text(value)
    if not 1 <= len(cleaned) <= NAME_MAX:
        raise PydanticCustomError("name", "a name of 1 to 60 characters")
    return cleaned


Name = Annotated[str, AfterValidator(_name)]


class CategorySaid(BaseModel):
    """Of a shipped one nothing but `active` may be another than it is."""

    model_config = ConfigDict(extra="forbid")
    #: Null for a new one, and for a shipped one that nobody has switched yet.
    based_on: Version | None
    group: Code
    sv: Name
    en: Name
    protection: Annotated[int, Field(ge=0, le=own.RESTRICTED_PROTECTION)]
    photos: bool
    active: bool


class _Taken(Exception):
    """Somebody else's new one got the code meanwhile."""


def listed(conn: Connection) -> dict[str, Any]:
    """As they ship, the own ones last in their group; also those switched off."""
    rows = queries.categories(conn)
    changed = {row.id: row for row in rows}
    told = [_shipped_wire(one, changed.get(id_)) for id_, one in _by_id().items() if one["retired"] is None]
    told += [_own_wire(row) for row in sorted(rows, key=lambda row: own.in_order(row.code)) if own.is_own(row.code)]
    groups = [{"code": g["code"], "sv": g["sv"], "en": g["en"], "open": g["code"] != own.STAFF}
              for g in shipped()["groups"]]  # fmt: skip
    return {"groups": groups, "categories": told}


def put(ctx: Context, viewer: Viewer, category_id: str, said: CategorySaid) -> None:
    """What changes nothing is no op. Raises Problem: CHANGED, INVALID."""
    with ctx.db.read() as conn:
        there = _now(category_id, conn)
        known = listed(conn)["categories"]
    ships = _by_id().get(category_id)
    told = said.model_dump(exclude={"based_on"})
    if ships is not None:
        _check_shipped(ships, told)
        data = {"id": category_id, "code": ships["code"], "active": said.active}
        if said.active == (there is None or there[1]["active"]):
            return
        return _edit(ctx, viewer, data, said.based_on)
    _check_own(category_id, told, None if there is None else there[1], known)
    if there is None:
        return _add(ctx, viewer, {"id": category_id, **told}, said.based_on)
    if any(there[1][member] != value for member, value in told.items()):
        _edit(ctx, viewer, {"id": category_id, "code": there[1]["code"], **told}, said.based_on)
    return None


def history(conn: Connection, category_id: str) -> list[dict[str, Any]]:
    """Raises Problem(NOT_FOUND). A shipped one was in use before anybody touched it."""
    ships = category_id in _by_id()
    if not ships and _now(category_id, conn) is None:
        raise Problem(errors.NOT_FOUND)
    told = edits_of(conn, category_id, TYPES)
    if ships and told and told[-1]["is_first"]:
        changes = [{**c, "from": True} for c in told[-1]["changes"] if c["member"] == "active"]
        told[-1] |= {"is_first": False, "changes": changes}
    return told


def _edit(ctx: Context, viewer: Viewer, data: Mapping[str, Any], based_on: int | None, **rule: Any) -> None:
    op = ctx.journal.make("category.put", data, author=viewer.id)
    current = partial(_now, data["id"])
    edit(ctx.journal, op, about=data["id"], based_on=based_on, current=current, **rule)


def _add(ctx: Context, viewer: Viewer, data: Mapping[str, Any], based_on: int | None) -> None:
    while True:
        with ctx.db.read() as conn:
            code = own.next_code(data["group"], _codes(conn))
        if code is None:
            raise _wrong("/group", "full")
        try:
            return _edit(ctx, viewer, {**data, "code": code}, based_on, rule=partial(_check_free, code))
        except _Taken:
            continue


def _check_free(code: str, conn: Connection) -> None:
    if code in _codes(conn):
        raise _Taken


def _codes(conn: Connection) -> set[str]:
    return {row.code for row in queries.categories(conn)}


def _check_shipped(ships: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    is_so = {member: ships[member] for member in ("group", "sv", "en", "protection")}
    is_so["photos"] = own.takes_photos(ships)
    for member, value in is_so.items():
        if told[member] != value:
            raise _wrong(f"/{member}", "shipped")
    if ships["code"] in restricted_categories() and not told["active"]:
        raise _wrong("/active", "restricted")


def _check_own(category_id: str, told: Mapping[str, Any], there: Mapping[str, Any] | None,
               known: Sequence[Mapping[str, Any]]) -> None:  # fmt: skip
    if told["group"] not in {g["code"] for g in shipped()["groups"]} - {own.STAFF}:
        raise _wrong("/group", "group")
    if told["protection"] not in own.PROTECTIONS:
        raise _wrong("/protection", "protection")
    for member in FIXED if there is not None else ():
        if there is not None and there[member] != told[member]:
            raise _wrong(f"/{member}", "fixed")
    for member in ("sv", "en"):
        others = {one[member].casefold() for one in known if one["id"] != category_id}
        if told[member].casefold() in others:
            raise _wrong(f"/{member}", "same-name")


def _wrong(pointer: str, code: str) -> Problem:
    return Problem(errors.INVALID, errors=[{"pointer": pointer, "code": code}])


@cache
def _by_id() -> dict[str, dict[str, Any]]:
    return {rules.stable_id("category", c["code"]): c for c in shipped()["categories"]}


def _now(category_id: str, conn: Connection) -> tuple[int, dict[str, Any]] | None:
    row = queries.category(conn, category_id)
    if row is None:
        return None
    ships = _by_id().get(category_id)
    return row.changed_seq, _own_wire(row) if ships is None else _shipped_wire(ships, row)


def _shipped_wire(ships: Mapping[str, Any], row: Any | None) -> dict[str, Any]:
    told = {member: ships[member] for member in ("code", "group", "sv", "en", "protection")}
    is_locked = ships["code"] in restricted_categories()
    return {"id": rules.stable_id("category", ships["code"]), **told, "photos": own.takes_photos(ships),
            "active": is_locked or row is None or row.active, "own": False, "locked": is_locked,
            "version": None if row is None else row.changed_seq}  # fmt: skip


def _own_wire(row: Any) -> dict[str, Any]:
    told = {member: getattr(row, member) for member in ("id", "code", "group", "sv", "en", "protection", "photos")}
    return {**told, "active": row.active, "own": True, "locked": False, "version": row.changed_seq}
