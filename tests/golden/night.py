"""Who is there in a story, and how an act is written down."""

from typing import Any

from app.core.clock import stamp
from app.journal import chain
from tests.support.client import Outbox, new_id, new_salt, sealed
from tests.support.factories import a_shift, an_observation
from tests.support.world import CAST, EVENING

Act = dict[str, Any]
PLACE, AREA = "019a0000-0000-7000-8000-0000000000b1", "019a0000-0000-7000-8000-0000000000b2"
PHOTO = "9f" * 32
SQUARE = {"type": "Polygon", "coordinates": [[[14.8, 56.1], [14.9, 56.1], [14.9, 56.2], [14.8, 56.1]]]}


class Night:
    """Alva's and Cim's phones, and the desk."""

    def __init__(self) -> None:
        self.alva, self.cim, self.bo = (Outbox(author=p.id) for p in (CAST.alva, CAST.cim, CAST.bo))
        self.shift = self.alva.seal("shift.start", a_shift(CAST.alva, CAST.cim))
        self.at = {"shift": self.shift["id"]}
        #: What happened before the word that a story is about.
        self.before: list[Act] = []

    def push(self, *ops: dict[str, Any], by: str = "alva") -> Act:
        return {"as": by, "push": getattr(self, by).frame(ops)}

    def begin(self) -> Act:
        return self.push(self.shift)

    def seen(self, **members: Any) -> dict[str, Any]:
        return self.alva.seal("observation.create", an_observation(**members), **self.at)


def by_server(op_type: str, data: dict[str, Any], author: str | None = None) -> Act:
    body = {"salt": new_salt(), "at": {"wall": stamp(EVENING), "mono": None, "page": None, "clock": None},
            "position": None, "data": data}  # fmt: skip
    op = sealed(body, id=new_id(EVENING), type=op_type, author=author)
    assert chain.parse(op["hash"]) is not None
    return {"server": op}
