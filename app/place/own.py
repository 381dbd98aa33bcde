"""What an organisation makes of the shipped categories: some switched off, some of its own beside them. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

#: No shipped code has it: an own one can never come to mean another thing with a release.
PREFIX = "L-"
#: What may be chosen for an own one; 3 is the restricted circle, which the product alone draws.
PROTECTIONS = (1, 2)
RESTRICTED_PROTECTION = 3
#: Its records are of the restricted circle, and no own category is.
STAFF = "X"
#: Of one group. Bounded, so that all codes that there can be are known without asking the database.
OWN_MAX = 20
#: As an unknown one has it: it must not look like a mere note.
DEFAULT_SEVERITY = 2


def is_own(code: str) -> bool:
    return code.startswith(PREFIX)


def own_codes(group: str) -> tuple[str, ...]:
    """All that there can be in a group: a code says its group, which never changes."""
    return tuple(f"{PREFIX}{group}{number}" for number in range(1, OWN_MAX + 1))


def next_code(group: str, used: Iterable[str]) -> str | None:
    """None where the group is full. Codes are never used again, so one switched off takes its place."""
    taken = frozenset(used)
    return next((code for code in own_codes(group) if code not in taken), None)


def takes_photos(category: Mapping[str, Any]) -> bool:
    said = category.get("photos")
    return category["protection"] < RESTRICTED_PROTECTION if said is None else bool(said)


def merged(vocabulary: Mapping[str, Any], rows: Iterable[Any]) -> dict[str, Any]:
    """The vocabulary as phones and the desk read it. What is switched off is retired, and keeps its name."""
    changed = {row.code: row for row in rows}
    shipped = [_shipped(one, changed.get(one["code"])) for one in vocabulary["categories"]]
    own = [_own(row) for code, row in sorted(changed.items(), key=lambda item: in_order(item[0])) if is_own(code)]
    return {**vocabulary, "categories": [*shipped, *own]}


def in_order(code: str) -> tuple[int, str]:
    """L-S10 comes after L-S9."""
    return len(code), code


def _shipped(one: Mapping[str, Any], row: Any | None) -> dict[str, Any]:
    """A release may draw one into the restricted circle that was switched off before."""
    if row is None or row.active or one["protection"] >= RESTRICTED_PROTECTION:
        return dict(one)
    return {**one, "retired": one.get("retired") or row.retired}


def _own(row: Any) -> dict[str, Any]:
    return {"code": row.code, "group": row.group, "sv": row.sv, "en": row.en, "help_en": None, "est": None,
            "protection": row.protection, "default_severity": DEFAULT_SEVERITY, "photos": row.photos,
            "retired": row.retired}  # fmt: skip
