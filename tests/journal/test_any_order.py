"""Sync is a union of sets: whatever the order, the repeats and the cuts, the same evening comes out.

Hypothesis makes up evenings and ways in which a bad network may deliver them. The reference is the same evening handed
in act by act, in order.
"""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from app.core.db import Database
from app.journal.append import Journal
from app.sync.registry import REGISTRY
from tests.support import on_postgresql, on_sqlite
from tests.support.client import Outbox, new_salt
from tests.support.evening import Made, an_evening
from tests.support.factories import (
    a_checkin,
    a_close,
    a_comment,
    a_position,
    a_retraction,
    a_shift,
    a_shift_end,
    an_amendment,
    an_attempt,
    an_escalation,
    an_observation,
)
from tests.support.tables import Rows, domain, wipe
from tests.support.world import CAST, Cast, FakeClock

ACTS = ("checkin", "observe", "amend", "amend", "retract", "escalate", "attempt", "close", "comment", "join", "leave",
        "end", "step", "alarm", "seen", "seen", "over")  # fmt: skip
Act = tuple[str, int, int, int]


@dataclass
class _Night:
    """Two hosts and a supervisor, acting in turn; ids are made from the phones' clocks, which may step back."""

    random: random.Random
    phones: list[Outbox] = field(default_factory=lambda: [Outbox(author=p.id) for p in (CAST.alva, CAST.cim, CAST.bo)])
    made: Made = field(default_factory=list)
    observations: list[str] = field(default_factory=list)
    escalations: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    def begin(self) -> str:
        shift = self.add(self.phones[0], "shift.start", a_shift(CAST.alva, alone_reason="Cim kommer senare"), None)
        self.targets.append(shift)
        return shift

    def add(self, phone: Outbox, op_type: str, data: dict[str, Any], shift: str | None, number: int = 0) -> str:
        ms = int(phone.wall.timestamp() * 1000) + 1000
        op_id = f"{ms:012x}7{self.random.getrandbits(12):03x}8{self.random.getrandbits(60):015x}"
        made_id = "-".join((op_id[:8], op_id[8:12], op_id[12:16], op_id[16:20], op_id[20:]))
        # A correction may say by a point on the map where it was; elsewhere it is a position like any other.
        pin = a_position(lat=56 + number / 100, source="map") if number % 3 == 1 else None
        op = phone.seal(op_type, data, shift=shift, id=made_id, salt=new_salt(), position=pin)
        self.made.append((phone, op))
        return made_id

    def act(self, act: Act, shift: str) -> None:
        what, who, which, number = act
        phone = self.phones[who]
        if what == "step":
            phone.wait(minutes=-7 * number)
            return
        target = self._target(what, which)
        if target is None:
            return
        op_type, data = _made(what, target, number)
        op_id = self.add(phone, op_type, data, shift, number)
        found = {"observe": self.observations, "escalate": self.escalations, "alarm": self.alarms}.get(what)
        if found is not None:
            found.append(op_id)
        if what in ("observe", "escalate", "checkin", "comment"):
            self.targets.append(op_id)

    def _target(self, what: str, which: int) -> str | None:
        among = {"amend": self.observations, "retract": self.observations, "attempt": self.escalations,
                 "close": self.escalations, "comment": self.targets, "seen": self.alarms,
                 "over": self.alarms}.get(what)  # fmt: skip
        if among is None:
            return ""
        return among[which % len(among)] if among else None


def _made(what: str, target: str, number: int) -> tuple[str, dict[str, Any]]:
    makers: dict[str, Callable[[], tuple[str, dict[str, Any]]]] = {
        "checkin": lambda: ("checkin.create", a_checkin(note=f"nr {number}")),
        "observe": lambda: ("observation.create", an_observation(text=f"nr {number}")),
        "amend": lambda: ("observation.amend", an_amendment(target, text=f"rättad {number}", severity=1 + number % 4)),
        "retract": lambda: ("observation.retract", a_retraction(target, f"skäl {number}")),
        "escalate": lambda: ("escalation.create", an_escalation(cause=f"nr {number}")),
        "attempt": lambda: ("escalation.attempt", an_attempt(target, note=f"nr {number}")),
        "close": lambda: ("escalation.close", a_close(target, note=f"nr {number}")),
        "comment": lambda: ("comment.add", a_comment(target, f"nr {number}")),
        "join": lambda: ("shift.join", {}),
        "leave": lambda: ("shift.leave", {}),
        "alarm": lambda: ("alert.raise", {"kind": "help", "note": f"nr {number}"}),
        "seen": lambda: ("alert.acknowledge", {"target": target}),
        "over": lambda: ("alert.clear", {"target": target, "note": f"nr {number}"}),
        "end": lambda: ("shift.end", a_shift_end(number, summary=f"nr {number}")),
    }
    return makers[what]()


acts = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 2), st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=18
)


@contextmanager
def journal_on(db: Database) -> Iterator[Journal]:
    wipe(db)
    yield Journal(db, REGISTRY, FakeClock())


def in_order(db: Database, made: Made) -> Rows:
    with journal_on(db) as journal:
        for phone, op in made:
            journal.append(phone.read(op))
        with db.read() as conn:
            return domain(conn)


def jumbled(db: Database, made: Made, data: DataObject) -> Rows:
    """Shuffled, some twice or thrice, cut at random; in the end everything has come at least once."""
    shuffled = data.draw(st.permutations(range(len(made))), label="order")
    repeats = data.draw(st.lists(st.sampled_from(shuffled), max_size=8), label="repeats")
    coming = [*repeats[: len(repeats) // 2], *shuffled, *repeats[len(repeats) // 2 :]]
    with journal_on(db) as journal:
        while coming:
            size = data.draw(st.integers(1, len(coming)), label="cut")
            journal.append([op for i in coming[:size] for op in made[i][0].read(made[i][1])])
            coming = coming[size:]
        with db.read() as conn:
            return domain(conn)


def check(db: Database, night: list[Act], data: DataObject) -> None:
    made_up = _Night(random.Random(json.dumps(night)))
    shift = made_up.begin()
    for act in night:
        made_up.act(act, shift)
    assert jumbled(db, made_up.made, data) == in_order(db, made_up.made)


@on_sqlite
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(night=acts, data=st.data())
def test_any_order_gives_the_same_evening_on_sqlite(db: Database, cast: Cast, night: list[Act], data: Any) -> None:
    assert cast
    check(db, night, data)


@on_postgresql
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(night=acts, data=st.data())
def test_any_order_gives_the_same_evening_on_postgresql(db: Database, cast: Cast, night: list[Act], data: Any) -> None:
    assert cast
    check(db, night, data)


@on_sqlite
def test_both_databases_hold_the_same_evening(db: Database, cast: Cast, other_db: Database) -> None:
    assert cast
    made = an_evening()
    assert in_order(other_db, made) == in_order(db, list(reversed(made)))
