"""The state machine: what may happen in an evening, and what must hold after each of it."""

import json
import random
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from app.journal import epoch as epochs
from app.journal.rows import head
from tests.machine.acts import CREATING, MAKERS, Act, acts, numbers
from tests.machine.handset import Handset
from tests.machine.judge import Judge
from tests.machine.ledger import ABOUT, Ledger
from tests.machine.past import Past, put_back, taken
from tests.machine.place import Place
from tests.machine.reader import Reader
from tests.support.client import Phone, new_id
from tests.support.factories import a_checkin, a_shift
from tests.support.world import CAST, EVENING, Person

FATES = ("answered", "answered", "answered", "answer lost", "cut", "damaged", "commit fails", "twice at once")
SOMETHING = ("read", "read", "copy", "copy", "restore", "restart", "clock", "rebuild", "compare", "sign in", "same id")
dice = st.integers(0, 2**32 - 1).map(random.Random)


class Evening(RuleBasedStateMachine):
    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        place.begin_anew()
        self.ledger = Ledger()
        self.judge = Judge(place.db, self.ledger)
        self.readers = [Reader(place.api, CAST.bo), Reader(place.api, CAST.cim)]
        self.handsets = [self.handset(CAST.alva), self.handset(CAST.cim, CAST.bo)]
        #: Type → ids that others may speak of; the last of each is not written yet.
        self.targets = {op_type: [new_id(EVENING)] for op_type in CREATING}
        self.copies: list[Past] = []
        self.count = 0

    def handset(self, *people: Person) -> Handset:
        phone = Phone(self.place.api)
        for person in people:
            assert phone.sign_in(person).status_code == 201
        self.ledger.authors[phone.install] = {person.id for person in people}
        return Handset(phone, *people)

    @initialize()
    def a_shift_begins(self) -> None:
        alva = self.handsets[0]
        op = alva.phone.seal("shift.start", a_shift(CAST.alva, CAST.cim), author=CAST.alva.id)
        self.shift = op["id"]
        self.keep(alva, op)
        self.targets["shift.start"] = [op["id"]]

    @rule(acts=st.lists(acts, min_size=4, max_size=8))
    def write(self, acts: list[Act]) -> None:
        """On either phone, about things that may be here, on the other phone, or not yet written."""
        for op_type, who, about, wall in acts:
            self.act(self.one_of(who), op_type, about, wall)

    @rule(who=numbers, odd=st.sampled_from(["type", "version", "body", "author", "number"]))
    def write_what_waits(self, who: int, odd: str) -> None:
        """Of a later release, unfit, by somebody who never signed in here, or with a number that was used before."""
        handset = self.one_of(who)
        given: dict[str, Any] = {"shift": self.shift, "author": handset.people[0].id}
        special: dict[str, dict[str, Any]] = {"version": {"v": 2}, "author": {"author": CAST.elin.id},
                                              "number": {"seq": max(1, handset.phone.seq)}}  # fmt: skip
        given |= special.get(odd, {})
        data = {"kind": 7} if odd == "body" else a_checkin(note=odd)
        op = handset.phone.seal("later.invention" if odd == "type" else "checkin.create", data, **given)
        if odd == "body":
            self.ledger.spoilt.add(op["id"])
        self.keep(handset, op)

    @rule(what=st.sampled_from(SOMETHING), which=numbers)
    def something_else(self, what: str, which: int) -> None:
        work: dict[str, Callable[[int], None]] = {
            "read": self.read, "copy": self.copy, "restart": self.restart, "clock": self.clock_is_set,
            "rebuild": self.rebuild, "compare": self.compare, "restore": self.restore, "sign in": self.sign_in_elin,
            "same id": self.write_the_same_id_again,
        }  # fmt: skip
        work[what](which)

    def write_the_same_id_again(self, who: int) -> None:
        """Other bytes under an id that the server has: handed in once, beside the phone's own program."""
        handset = self.one_of(who)
        given = {"id": new_id(EVENING), "author": handset.people[0].id, "shift": self.shift}
        first = handset.phone.seal("checkin.create", a_checkin(note="nr 1"), **given)
        other = handset.phone.seal("checkin.create", a_checkin(note="annat"), **given, seq=first["seq"])
        self.keep(handset, first)
        self.ledger.add(other, handset.install)
        self.answered(handset, [first])
        self.answered(handset, [other])

    def sign_in_elin(self, who: int) -> None:
        """What she wrote there is applied by that."""
        handset = self.one_of(who)
        if CAST.elin.id in self.ledger.authors[handset.install]:
            return
        assert handset.phone.sign_in(CAST.elin).status_code == 201
        self.ledger.authors[handset.install].add(CAST.elin.id)

    @rule(who=numbers, fate=st.sampled_from(FATES), by=dice, again=st.integers(0, 3))
    def push(self, who: int, fate: str, by: random.Random, again: int) -> None:
        """What is kept, some of the rest once more, in any order, some twice."""
        handset = self.one_of(who)
        ops = list(handset.kept.values())
        ops += by.sample(list(handset.written.values()), min(again, len(handset.written)))
        by.shuffle(ops)
        if fate == "damaged" and ops:
            spoilt = ops[0] | {"body": ops[0]["body"].replace("nr", "rn").replace("1", "2")}
            self.answered(handset, [spoilt, *ops[1:]])
        elif fate == "answer lost":
            self.handed_in(handset, handset.frame(ops))
        elif fate == "cut":
            self.cut(handset, handset.frame(ops), by)
        elif fate == "commit fails":
            self.not_committed(handset, handset.frame(ops))
        elif fate == "twice at once":
            self.at_once(handset, handset.frame(ops))
        else:
            self.answered(handset, ops)

    def compare(self, who: int) -> None:
        handset = self.one_of(who)
        missing = handset.compare()
        stored = self.judge.stored()
        assert missing == [key for key in handset.written if key not in stored.first]

    def read(self, which: int) -> None:
        self.readers[which % len(self.readers)].catch_up()

    def restart(self, _which: int) -> None:
        self.place.restart()

    def clock_is_set(self, which: int) -> None:
        """The server's, back and forth."""
        self.place.clock.at = EVENING + timedelta(hours=which % 7 - 3)

    def copy(self, _which: int) -> None:
        with self.place.db.read() as conn:
            self.copies.append(taken(conn))

    def restore(self, which: int) -> None:
        """An older copy; by the tool with a new epoch, by hand without. People's sign-ins are left alone."""
        if not self.copies:
            return
        with self.place.db.read() as conn:
            now = head(conn)
        past = self.copies[which % len(self.copies)]
        put_back(self.place.db, past, epoch=now.epoch)
        self.copies = [copy for copy in self.copies if copy is past]
        if which % 2:
            epochs.mint(self.place.db, self.place.clock(), "restore")
        else:  # nothing can tell a reader: docs/journal.md asks for the tool
            self.readers = [Reader(self.place.api, reader.person) for reader in self.readers]
        self.judge.forget()
        self.place.restart()

    def rebuild(self, _which: int) -> None:
        self.judge.rebuilt()

    @invariant()
    def the_journal_is_whole(self) -> None:
        self.judge.whole()

    def teardown(self) -> None:
        """Coverage, and time: in the end everything is there, once, and is what it must be."""
        if not hasattr(self, "shift"):
            return
        for handset in self.handsets:
            handset.compare()
            self.answered(handset, list(handset.kept.values()))
            handset.compare()
            assert handset.kept == {}, "Something is never received."
        self.judge.agrees([handset.written for handset in self.handsets])
        for reader in self.readers:
            reader.catch_up()
        self.judge.rebuilt()

    def act(self, handset: Handset, op_type: str, about: int, wall: datetime | None) -> None:
        self.count += 1
        among = [key for other in sorted(ABOUT.get(op_type, ())) for key in self.targets[other]] or [""]
        own = self.targets.get(op_type, [])
        op_id = own[-1] if own else new_id(EVENING)
        op = handset.phone.seal(
            op_type, MAKERS[op_type](among[about % len(among)], self.count), id=op_id, shift=self.shift,
            author=handset.people[about % len(handset.people)].id, **({} if wall is None else {"wall": wall}),
        )  # fmt: skip
        self.keep(handset, op)
        if own:
            own.append(new_id(EVENING))

    def one_of(self, which: int) -> Handset:
        return self.handsets[which % len(self.handsets)]

    def keep(self, handset: Handset, op: dict[str, Any]) -> None:
        self.ledger.add(op, handset.install)
        handset.keep(op)

    def handed_in(self, handset: Handset, frame: dict[str, Any]) -> dict[str, Any] | None:
        """The answer, held against the tables; None where the server is found to have gone back in time."""
        knows = self.judge.knows(frame["seen"])
        before = self.judge.stored()
        answer = handset.phone.push_bytes(json.dumps(frame).encode())
        if not knows:
            assert (answer.status_code, answer.json()["type"]) == (409, "/problems/epoch"), answer.text
            self.judge.minted(answer.json()["epoch"], frame["epoch"], before)
            return None
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        self.judge.answer(frame, told, before)
        return told

    def answered(self, handset: Handset, ops: list[Any]) -> None:
        told = self.handed_in(handset, handset.frame(ops))
        if told is None:
            handset.compare()
            told = self.handed_in(handset, handset.frame(ops))
            assert told is not None, "Compared, and still of another history."
        if handset.hear(told):
            handset.compare()

    def cut(self, handset: Handset, frame: dict[str, Any], by: random.Random) -> None:
        before, raw = self.judge.stored(), json.dumps(frame).encode()
        assert handset.phone.push_bytes(raw[: by.randrange(1, len(raw))]).status_code == 400
        assert self.judge.stored() == before

    def not_committed(self, handset: Handset, frame: dict[str, Any]) -> None:
        """I5: no receipt, and nothing half stored."""
        if not self.judge.knows(frame["seen"]):
            return
        before = self.judge.stored()

        def fail(_conn: Connection) -> None:
            raise OperationalError("COMMIT", None, Exception("disk I/O error"))

        event.listen(self.place.db.engine, "commit", fail)
        answer = handset.phone.push_bytes(json.dumps(frame).encode())
        event.remove(self.place.db.engine, "commit", fail)
        assert (answer.status_code, "retry-after" in answer.headers) == (503, True)
        assert self.judge.stored() == before

    def at_once(self, handset: Handset, frame: dict[str, Any]) -> None:
        """Two uploaders with the same ops (I18): each is told the same places in the journal."""
        if not self.judge.knows(frame["seen"]):
            return
        answers: list[Any] = []
        raw = json.dumps(frame).encode()
        threads = [threading.Thread(target=lambda: answers.append(handset.phone.push_bytes(raw))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        one, other = (answer.json()["results"] for answer in answers)
        assert [(r["id"], r["seq"], r["received_at"]) for r in one] == [
            (r["id"], r["seq"], r["received_at"]) for r in other
        ]
        known = self.judge.stored().rows
        assert all(known[r["id"], r["hash"]].seq == r["seq"] for r in one)
