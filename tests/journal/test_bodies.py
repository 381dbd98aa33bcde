"""What a body may hold: the forms that the protocol allows, and what becomes of the rest."""

from typing import Any

import pytest

from app.journal.append import Journal
from app.journal.ops import Why
from tests.support.client import Outbox, new_id
from tests.support.factories import a_checkin, a_shift, an_attempt, an_escalation, an_observation
from tests.support.tables import projected
from tests.support.world import CAST

AT = "2026-11-20T20:05:00.000Z"


@pytest.mark.parametrize(("told", "stored"), [
    (AT, {"kind": "point", "from": AT}),
    ("2026-11-20T21:05:00+01:00", {"kind": "point", "from": AT}),
    ({"kind": "about", "from": AT}, {"kind": "about", "from": AT}),
    ({"from": AT}, {"kind": "point", "from": AT}),
])  # fmt: skip
def test_times_of_an_attempt_are_exact_or_about(journal: Journal, told: Any, stored: dict[str, str]) -> None:
    outbox = Outbox(author=CAST.alva.id)
    called = outbox.seal("escalation.create", an_escalation())
    tried = outbox.seal("escalation.attempt", an_attempt(called["id"], attempted=told, arrived=told))
    assert [r.why for r in journal.append(outbox.read(called, tried))] == [None, None]
    with journal.db.read() as conn:
        (row,) = projected(conn)["escalation_attempt"]
    assert (row["attempted"], row["arrived"], row["left"]) == (stored, stored, None)
    assert row["attempted_at"] == "2026-11-20T20:05:00+00:00"


@pytest.mark.parametrize("op_type", ["checkin.create", "observation.create"])
def test_unknown_codes_and_members_are_kept(journal: Journal, op_type: str) -> None:
    """A phone of a later release knows more words than this server."""
    later = (
        a_checkin(kind="teleported") if op_type == "checkin.create" else an_observation(category="Ö9", actions=["x"])
    )
    outbox = Outbox(author=CAST.alva.id)
    (receipt,) = journal.append(outbox.read(outbox.seal(op_type, later | {"mood": "blå"})))
    assert receipt.why is None


@pytest.mark.parametrize("data", [
    an_observation(severity=0), an_observation(severity=5), an_observation(severity="2"), an_observation(category=""),
    an_observation(happened={"kind": "point", "from": 1700000000}), an_observation(text="x" * 20_001),
    an_observation(happened={"kind": "point", "from": "2026-11-20T20:00:00"}), an_observation(actions=["x"] * 51),
    an_observation(attachments=[{"sha256": "a", "size": 2**70, "mime": "image/png"}]), {}, {"category": None},
])  # fmt: skip
def test_an_observation_that_does_not_fit_is_kept_in_quarantine(journal: Journal, data: dict[str, Any]) -> None:
    outbox = Outbox(author=CAST.alva.id)
    (receipt,) = journal.append(outbox.read(outbox.seal("observation.create", data)))
    assert receipt.why == Why.BODY


@pytest.mark.parametrize("data", [
    a_shift(CAST.cim), a_shift(CAST.alva, alone_reason=None), a_shift(CAST.alva, alone_reason="  "),
    a_shift(CAST.alva, CAST.alva), a_shift(), a_shift(CAST.alva, *[new_id() for _ in range(20)]),
])  # fmt: skip
def test_a_shift_has_its_author_among_its_hosts_and_a_reason_to_be_alone(
    journal: Journal, data: dict[str, Any]
) -> None:
    outbox = Outbox(author=CAST.alva.id)
    (receipt,) = journal.append(outbox.read(outbox.seal("shift.start", data)))
    assert receipt.why == Why.BODY


@pytest.mark.parametrize("position", [{"lat": 91, "lon": 0}, {"lat": 0, "lon": 181}, {"lat": "NaN", "lon": 0}, {}, 7])
def test_a_position_that_is_nowhere_is_kept_in_quarantine(journal: Journal, position: Any) -> None:
    outbox = Outbox(author=CAST.alva.id)
    (receipt,) = journal.append(outbox.read(outbox.seal("checkin.create", a_checkin(), position=position)))
    assert receipt.why == Why.BODY


@pytest.mark.parametrize("at", [
    {"mono": "soon"}, {"page": 7}, {"page": "x" * 501}, {"clock": {"offset_ms": None}}, {"clock": "fast"},
    {"mono": None, "page": None, "clock": None},
])  # fmt: skip
def test_clocks_that_cannot_be_read_are_left_out(journal: Journal, at: dict[str, Any]) -> None:
    outbox = Outbox(author=CAST.alva.id)
    (receipt,) = journal.append(outbox.read(outbox.seal("checkin.create", a_checkin(), at=at)))
    assert receipt.why is None
