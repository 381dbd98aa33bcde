"""Old versions of a type are read as those of today: at a push, at a release, in a rebuild; their bytes stay."""

from dataclasses import replace
from typing import Any

import pytest

from app.journal import chain, rows
from app.journal.append import Journal
from app.journal.ops import Op, OpKind, Registry, Why
from app.journal.program import Act, write_once
from app.journal.read import Sender, read, seal, understand
from app.journal.rebuild import rebuild
from app.photo.named import NAMING
from app.sync.registry import JOBS, PROJECTIONS, REGISTRY
from tests.support.client import DEVICE, Outbox, new_id
from tests.support.factories import a_checkin, an_observation
from tests.support.tables import journalled, projected
from tests.support.world import CAST


def from_0(body: dict[str, Any]) -> dict[str, Any]:
    """No such version was ever released: a check-in in other words, and a comment in others again."""
    said = body["data"]
    renamed = {"word": "kind", "about": "target", "words": "text"}
    return body | {"data": {renamed.get(name, name): value for name, value in said.items()}}


def from_minus_1(body: dict[str, Any]) -> dict[str, Any]:
    """The word as a number."""
    return body | {"data": {"word": ["ok", "left"][body["data"]["number"]]}}


def older(kind: OpKind) -> OpKind:
    """With two versions before today's; numbers begin at 0, so today's counts as the third."""
    if kind.type == "checkin.create":
        return replace(kind, v=2, upcasts=(from_minus_1, from_0))
    return replace(kind, v=1, upcasts=(from_0,)) if kind.type == "comment.add" else kind


WITH_OLDER = Registry.of([older(kind) for job in JOBS for kind in job.OPS])


@pytest.fixture
def learned(journal: Journal) -> Journal:
    """The same database, by a server that reads those versions."""
    return Journal(journal.db, WITH_OLDER, journal.clock)


@pytest.fixture
def outbox() -> Outbox:
    return Outbox(author=CAST.alva.id)


def taken(outbox: Outbox, *ops: dict[str, Any], by: Registry = WITH_OLDER) -> list[Op]:
    return [read(op, by, Sender(outbox.install, DEVICE)) for op in ops]


def test_every_version_gives_the_same_row_and_keeps_its_bytes(learned: Journal, outbox: Outbox) -> None:
    ops = [
        outbox.seal("checkin.create", {"number": 1}, v=0),
        outbox.seal("checkin.create", {"word": "left"}, v=1),
        outbox.seal("checkin.create", a_checkin(kind="left"), v=2),
    ]
    assert [receipt.why for receipt in learned.append(taken(outbox, *ops))] == [None] * 3
    with learned.db.read() as conn:
        assert [row["kind"] for row in projected(conn)["checkin"]] == ["left"] * 3
        stored = [(row.v, bytes(row.body).decode()) for row in journalled(conn) if row.type == "checkin.create"]
    assert stored == [(op["v"], op["body"]) for op in ops]


def test_a_rebuild_reads_old_versions_as_a_push_did(learned: Journal, outbox: Outbox) -> None:
    learned.append(taken(outbox, outbox.seal("checkin.create", {"number": 0}, v=0),
                         outbox.seal("checkin.create", {"word": "left"}, v=1)))  # fmt: skip
    with learned.db.read() as conn:
        before = projected(conn)
    rebuild(learned.db, WITH_OLDER, PROJECTIONS)
    with learned.db.read() as conn:
        assert projected(conn) == before
        assert len(before["checkin"]) == 2


def test_an_old_version_that_waited_for_its_target_is_released_as_todays(learned: Journal, outbox: Outbox) -> None:
    seen = outbox.seal("observation.create", an_observation())
    said = outbox.seal("comment.add", {"about": seen["id"], "words": "Bra sett."}, v=0)
    (waits,) = learned.append(taken(outbox, said))
    assert waits.why == Why.TARGET
    learned.append(taken(outbox, seen))
    with learned.db.read() as conn:
        assert [row["text"] for row in projected(conn)["comment"]] == ["Bra sett."]


def test_a_server_that_learns_an_old_version_applies_what_waited_for_it(
    journal: Journal, learned: Journal, outbox: Outbox
) -> None:
    op = outbox.seal("checkin.create", {"word": "left"}, v=0)
    (waits,) = journal.append(taken(outbox, op, by=REGISTRY))
    assert waits.why == Why.VERSION
    checkin = replace(REGISTRY.kinds["checkin.create", 1], upcasts=(from_0,))
    later = Registry.of([checkin if kind.type == checkin.type else kind for kind in REGISTRY.kinds.values()])
    Journal(journal.db, later, journal.clock).wake_known()
    with learned.db.read() as conn:
        assert [row["kind"] for row in projected(conn)["checkin"]] == ["left"]


@pytest.mark.parametrize("data", [{"number": 7}, {"number": None}, {"number": [2**70]}, {}])
def test_an_old_body_that_never_fitted_waits_alone(learned: Journal, outbox: Outbox, data: dict[str, Any]) -> None:
    odd = outbox.seal("checkin.create", data, v=0)
    good = outbox.seal("checkin.create", a_checkin(), v=2)
    assert [receipt.why for receipt in learned.append(taken(outbox, odd, good))] == [Why.BODY, None]


def test_what_the_server_writes_itself_is_of_the_newest_version(learned: Journal) -> None:
    learned.write("checkin.create", a_checkin(), author=CAST.alva.id)
    with learned.db.read() as conn:
        assert [row.v for row in journalled(conn) if row.type == "checkin.create"] == [2]


def test_a_program_that_repeats_what_it_said_to_an_older_server_is_known(learned: Journal) -> None:
    """Its first went into the journal in the words of then."""
    act = Act(type="checkin.create", data={"kind": "left"}, author=CAST.alva.id, id=new_id())
    body = seal({"salt": "x", "at": {"wall": "2026-11-20T20:00:00Z"}, "data": {"word": "left"}})
    op = learned.make(act.type, act.data, author=act.author, id=act.id)
    learned.append([understand(op._replace(v=1, body=body, hash=chain.of(body)), WITH_OLDER, pushed=False)])
    again = write_once(learned, act)
    assert (again.id, again.is_new) == (act.id, False)
    with learned.db.read() as conn:
        assert [row.v for row in rows.copies(conn, op.id)] == [1]


def test_no_version_is_registered_twice() -> None:
    kind = REGISTRY.kinds["checkin.create", 1]
    with pytest.raises(ValueError, match="twice"):
        Registry.of([kind, replace(kind, v=2, upcasts=(from_0,))])


def test_what_names_photos_is_read_from_the_bytes_as_they_came() -> None:
    """`app.photo.named` looks into bodies without this table: a type that is named there must be lifted there too."""
    assert [op_type for op_type in NAMING if REGISTRY.kinds[op_type, REGISTRY.newest(op_type)].upcasts] == []
