"""Which shifts a change names: its op's own, and those of what the op is about."""

from collections.abc import Callable
from typing import Any

import pytest

from app.access.permission import Role, Viewer
from app.core.db import Database
from app.journal import tail
from app.journal.about import ABOUT, BARE
from app.journal.append import Journal
from app.journal.ops import Id
from app.journal.read import Sender, read
from app.live import queries
from app.live.changes import Batch, Change, Mark, told
from app.photo.projector import Sha256
from app.sync.registry import REGISTRY
from tests.support.blobs import name_of, some_bytes
from tests.support.client import DEVICE, Outbox
from tests.support.factories import (
    a_checkin,
    a_close,
    a_comment,
    a_retraction,
    a_shift,
    a_shift_end,
    an_amendment,
    an_attempt,
    an_escalation,
    an_observation,
)
from tests.support.plans import read_whole, watched
from tests.support.world import CAST, Cast, Person

BO = Viewer(CAST.bo.id, CAST.bo.name, Role.SUPERVISOR)
DUE = "2026-12-01"
WRITTEN, ADDED = name_of(some_bytes(seed=1)), name_of(some_bytes(seed=2))
#: Ids in an op that name no record of a shift: people, reference data, plans, and words of a history.
OTHERS = frozenset({"id", "host", "owner", "place_id", "area_id", "based_on", "version", "run", "epoch"})


def photo(sha256: str) -> dict[str, Any]:
    return {"sha256": sha256, "size": 1, "mime": "image/jpeg", "caption": None}


class Evening:
    """One crew's shift with something of everything that others may be about; the op of each by its name."""

    def __init__(self, journal: Journal, *hosts: Person) -> None:
        self.journal = journal
        self.phone = Outbox(author=hosts[0].id)
        self.shift = self.made = self._says("shift.start", a_shift(*hosts))
        self.checkin = self._says("checkin.create", a_checkin())
        self.seen = self._says("observation.create", an_observation(category="H2", attachments=[photo(WRITTEN)]))
        self.call = self._says("escalation.create", an_escalation())
        self.alarm = self._says("alert.raise", {"kind": "help"})
        self.comment = self._says("comment.add", a_comment(self.seen))
        self._says("photo.attach", {"target": self.seen, **photo(ADDED)})
        self.step = self.desk("alert.step", a_step(self.alarm))
        self.told_of_report = self.desk("alert.step", a_step(self.seen))
        self.followup = self.desk("followup.create", a_followup(self.seen))
        self.sending = self.desk("followup.send", {"target": self.followup, "channel": "mail"})
        self.handover = self._says("shift.end", a_shift_end(handover="Lampan är trasig."))

    def _says(self, op_type: str, data: dict[str, Any]) -> str:
        op = self.phone.seal(op_type, data, shift=None if op_type == "shift.start" else self.shift)
        (receipt,) = self.journal.append(self.phone.read(op))
        assert receipt.status == "applied", receipt
        return str(op["id"])

    def desk(self, op_type: str, data: dict[str, Any], shift: str | None = None) -> str:
        return self.journal.write(op_type, data, author=CAST.bo.id, shift=shift).id


def a_step(target: str) -> dict[str, Any]:
    return {"target": target, "number": 0, "attempt": 1, "rung": "supervisors", "to": [CAST.bo.id]}


def a_followup(observation: str) -> dict[str, Any]:
    return {"observation": observation, "kind": "visit", "owner": CAST.bo.id, "due": DUE}


AFTERWARDS: dict[str, tuple[str, Callable[[Evening], dict[str, Any]]]] = {
    "a correction": ("observation.amend", lambda it: an_amendment(it.seen)),
    "a retraction": ("observation.retract", lambda it: a_retraction(it.seen)),
    "help called for a record": ("escalation.create", lambda it: an_escalation(observation_id=it.seen)),
    "an attempt": ("escalation.attempt", lambda it: an_attempt(it.call)),
    "how help ended": ("escalation.close", lambda it: a_close(it.call)),
    "a photo added": ("photo.attach", lambda it: {"target": it.seen, **photo(name_of(some_bytes(seed=3)))}),
    "a photo of a record here whole": ("blob.complete", lambda _: photo(WRITTEN)),
    "an added photo here whole": ("blob.complete", lambda _: photo(ADDED)),
    "a comment on the shift": ("comment.add", lambda it: a_comment(it.shift)),
    "a comment on a check-in": ("comment.add", lambda it: a_comment(it.checkin)),
    "a comment on a comment": ("comment.add", lambda it: a_comment(it.comment)),
    "an approval": ("review.approve", lambda it: {"target": it.shift}),
    "sent back": ("review.return", lambda it: {"target": it.shift, "note": "Var?"}),
    "an alarm acknowledged": ("alert.acknowledge", lambda it: {"target": it.alarm}),
    "an alarm cleared": ("alert.clear", lambda it: {"target": it.alarm}),
    "an alarm settled": ("alert.settle", lambda it: {"target": it.alarm, "cause": "checkin"}),
    "an alarm told of": ("alert.step", lambda it: a_step(it.alarm)),
    "whom an alarm reached": ("alert.notified", lambda it: {"target": it.step, "told": []}),
    "whom a report reached": ("alert.notified", lambda it: {"target": it.told_of_report, "told": []}),
    "a check-in that did not come": (
        "alert.overdue", lambda it: {"host": CAST.alva.id, "checkin": it.checkin, "due": "2026-11-20T20:00:00Z"},
    ),
    "a follow-up begun": ("followup.create", lambda it: a_followup(it.seen)),
    "a follow-up closed": (
        "followup.close", lambda it: {"target": it.followup, "based_on": it.followup, "outcome": "fixed"},
    ),
    "what came of sending": ("followup.sent", lambda it: {"target": it.sending, "ok": True}),
    "is it still there": ("followup.answer", lambda it: {"target": it.seen, "answer": "yes"}),
    "a talk afterwards": ("debrief.put", lambda it: {"target": it.seen, "status": "offered"}),
    "what is missing dismissed": (
        "missing.dismiss", lambda it: {"kind": "uncalled", "subject": it.seen, "reason": "Redan där."},
    ),
    "a handover read": ("handover.acknowledge", lambda it: {"target": it.handover}),
}  # fmt: skip


@pytest.fixture
def evening(journal: Journal, cast: Cast) -> Evening:
    return Evening(journal, cast.alva, cast.cim)


def head(db: Database) -> int:
    with db.read() as conn:
        return tail.position(conn)[1]


def since(db: Database, seq: int) -> list[Change]:
    with db.read() as conn:
        return queries.changes(conn, tail.since(conn, seq))


def test_a_change_names_the_shift_of_what_its_op_is_about(evening: Evening, db: Database) -> None:
    before = head(db)
    for op_type, data in AFTERWARDS.values():
        evening.desk(op_type, data(evening))
    named = dict(zip(AFTERWARDS, (change.shifts for change in since(db, before)), strict=True))
    assert named == {what: frozenset({evening.shift}) for what in AFTERWARDS}


def test_a_change_names_the_shifts_of_both_records_and_its_own(
    evening: Evening, journal: Journal, db: Database, cast: Cast
) -> None:
    other = Evening(journal, cast.elin)
    third = Evening(journal, cast.elin)
    before = head(db)
    evening.desk("duplicate.link", {"one": evening.seen, "other": other.seen}, shift=third.shift)
    (change,) = since(db, before)
    assert change.shifts == {evening.shift, other.shift, third.shift}


def test_the_shift_of_a_comment_is_named_beside_another_crews(
    evening: Evening, journal: Journal, db: Database, cast: Cast
) -> None:
    other = Evening(journal, cast.elin)
    before = head(db)
    journal.append([
        *other.phone.read(other.phone.seal("checkin.create", a_checkin(), shift=other.shift)),
        journal.make("comment.add", a_comment(evening.seen), author=cast.bo.id),
    ])  # fmt: skip
    changes = since(db, before)
    batch = Batch(Mark("epoch", changes[-1].seq), changes, {})
    change = told(batch, BO, Mark("epoch", before))
    assert change == {
        "seq": before + 2,
        "shifts": sorted([evening.shift, other.shift]),
        "kinds": ["checkin", "comment"],
    }


def test_an_op_that_was_let_in_later_names_it_then(evening: Evening, journal: Journal, db: Database) -> None:
    key = "author:somebody"
    waiting = Sender(evening.phone.install, DEVICE, awaits=lambda _: key)
    op = read(evening.phone.seal("comment.add", a_comment(evening.seen)), REGISTRY, waiting)
    assert journal.append([op])[0].status == "quarantined"
    before = head(db)
    journal.write("quarantine.release", {"keys": [key]}, author=CAST.bo.id)
    assert {change.kind: change.shifts for change in since(db, before)} == {
        "comment": {evening.shift}, "quarantine": frozenset(),
    }  # fmt: skip


def test_the_partner_is_not_told_that_a_restricted_record_is_there(evening: Evening, db: Database, cast: Cast) -> None:
    """Nor that something is said or done about one: the author is, and overseers."""
    before = head(db)
    closed = [
        evening._says("observation.create", an_observation(category="X1")),
        evening._says("comment.add", a_comment(evening.comment)),
        evening.desk("alert.step", a_step(evening.seen)),
        evening.desk("followup.send", {"target": evening.followup, "channel": "mail"}),
        evening.desk("observation.amend", an_amendment(evening.seen, "Annat")),
    ]
    changes = since(db, before)
    assert len(changes) == len(closed)
    crews = {evening.shift: frozenset({cast.alva.id, cast.cim.id})}
    batch, mark = Batch(Mark("epoch", changes[-1].seq), changes, crews), Mark("epoch", before)
    cim, alva = (Viewer(one.id, one.name, Role.HOST) for one in (cast.cim, cast.alva))
    assert told(batch, cim, mark) is None
    heard = {"seq": before + 5, "shifts": [evening.shift], "kinds": ["alert", "comment", "followup", "observation"]}
    assert told(batch, alva, mark) == told(batch, BO, mark) == heard
    evening._says("observation.create", an_observation(category="S2"))
    (open_one,) = since(db, before + 5)
    both = Batch(Mark("epoch", open_one.seq), [*changes, open_one], crews)
    assert told(both, cim, mark) == {"seq": before + 6, "shifts": [evening.shift], "kinds": ["observation"]}


@pytest.mark.parametrize("body", ["null", "[]", '{"data": 3}', '{"data": {"target": ["a"], "one": 7}}', "\ufffd{"])
def test_what_cannot_be_read_is_about_nothing(body: str, journal: Journal, db: Database, cast: Cast) -> None:
    before = head(db)
    op = journal.make("comment.add", {}, author=cast.bo.id)
    journal.append([op._replace(body=body.encode())])
    (change,) = since(db, before)
    assert change == Change(before + 1, "comment", frozenset())


def test_a_batch_costs_a_few_statements_more_and_reads_no_table_whole(
    evening: Evening, journal: Journal, db: Database
) -> None:
    def _asked(*ops: tuple[str, dict[str, Any]]) -> int:
        before = head(db)
        journal.append([journal.make(op_type, data, author=CAST.bo.id) for op_type, data in ops])
        with db.read() as conn:
            entries = tail.since(conn, before)
            with watched() as asked:
                queries.changes(conn, entries)
        assert read_whole(db, asked, in_order=True) == set()
        return len(asked)

    said = [(op_type, data(evening)) for op_type, data in AFTERWARDS.values()]
    assert _asked(*(("checkin.create", a_checkin()) for _ in range(40))) == 0
    assert _asked(*(("observation.create", an_observation()) for _ in range(40))) == 2
    # What is about a restricted record asks for its author, too; a word about a word about one is followed.
    assert _asked(said[0]) == 5
    assert _asked(*said) == 6
    assert _asked(*(("comment.add", a_comment(evening.seen)) for _ in range(queries.LOOKED_INTO_MAX + 1))) == 7


def test_every_id_in_an_op_is_known_to_name_a_record_or_not_to() -> None:
    """A new member that names a record, and is called something else, would be told to nobody."""
    patterns = {kind.__metadata__[0].metadata[0].pattern for kind in (Id, Sha256)}  # type: ignore[attr-defined]
    named = {
        op_type: {
            name
            for name, form in kind.body.model_fields["data"].annotation.model_json_schema()["properties"].items()  # type: ignore[union-attr]
            if patterns & {one.get("pattern") for one in (form, *form.get("anyOf", ()))}
        }
        for (op_type, _), kind in REGISTRY.kinds.items()
        if kind.body.model_fields["data"].annotation.model_fields  # type: ignore[union-attr]
    }
    assert set().union(*named.values()) - set(ABOUT) <= OTHERS
    assert set(ABOUT) <= set().union(*named.values())
    assert {op_type: named[op_type] & set(ABOUT) for op_type in BARE} == {op_type: set() for op_type in BARE}
