"""Pure rules of corrections: which version is in force, whatever order they arrived in."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Version:
    id: str
    install: str | None
    client_seq: int | None
    is_original: bool


def in_order(versions: Sequence[Version]) -> list[Version]:
    """Oldest first. Ids carry the phone's clock; on one phone its own numbering is surer, so a clock that stepped

    back between two corrections does not let the older one win: each counts as no older than those before it there.
    """
    reach: dict[tuple[str, int], str] = {}
    highest: dict[str, str] = {}
    numbered = [v for v in versions if v.install is not None and v.client_seq is not None]
    for v in sorted(numbered, key=lambda v: (str(v.install), v.client_seq or 0, v.id)):
        highest[str(v.install)] = max(highest.get(str(v.install), ""), v.id)
        reach[str(v.install), v.client_seq or 0] = highest[str(v.install)]

    def age(v: Version) -> tuple[bool, str, str, int, str]:
        reached = reach.get((str(v.install), v.client_seq or 0), v.id) if v.client_seq is not None else v.id
        return (not v.is_original, reached, str(v.install), v.client_seq or 0, v.id)

    return sorted(versions, key=age)
