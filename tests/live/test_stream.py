"""GET /live over a real connection: who may, what is told, and going on after a break."""

import time

from app.core.db import Database
from app.journal import tail
from app.journal.append import Journal
from app.sync.registry import REGISTRY
from tests.live.conftest import Listen
from tests.live.reader import Reader, Served
from tests.support.client import Outbox
from tests.support.factories import a_checkin, a_comment, a_shift, an_escalation, an_observation
from tests.support.world import Cast, FakeClock, Person


def _start(journal: Journal, *hosts: Person) -> tuple[Outbox, str]:
    phone = Outbox(author=hosts[0].id)
    op = phone.seal("shift.start", a_shift(*hosts))
    journal.append(phone.read(op))
    return phone, str(op["id"])


def _check_in(journal: Journal, phone: Outbox, shift_id: str) -> None:
    journal.append(phone.read(phone.seal("checkin.create", a_checkin(), shift=shift_id)))


def test_a_stranger_is_told_nothing(server: Served) -> None:
    assert Reader(server.base, "").status == 401


def test_an_analyst_may_not_listen(listen: Listen, cast: Cast) -> None:
    assert listen(cast.dan).status == 403


def test_two_supervisors_hear_of_the_same_changes(listen: Listen, journal: Journal, cast: Cast) -> None:
    readers = [listen(cast.bo), listen(cast.ada)]
    phone, shift_id = _start(journal, cast.alva, cast.cim)
    for reader in readers:
        event = reader.next()
        assert event.name == "change"
        assert (event.data["shifts"], event.data["kinds"]) == ([shift_id], ["shift"])
    journal.append(phone.read(phone.seal("observation.create", an_observation(), shift=shift_id)))
    for reader in readers:
        assert reader.next().data["kinds"] == ["observation"]


def test_the_id_names_the_epoch_and_the_seq_told(listen: Listen, journal: Journal, db: Database, cast: Cast) -> None:
    reader = listen(cast.bo)
    _start(journal, cast.alva, cast.cim)
    event = reader.next()
    with db.read() as conn:
        epoch, seq = tail.position(conn)
    assert event.id == f"{epoch}:{seq}"
    assert event.data["seq"] == seq


def test_hosts_hear_only_of_their_own_shifts(listen: Listen, journal: Journal, cast: Cast) -> None:
    reader = listen(cast.elin)
    _start(journal, cast.alva, cast.cim)
    _, mine = _start(journal, cast.elin)
    assert reader.next().data["shifts"] == [mine]


def test_what_is_said_afterwards_is_told_of_the_shift_that_it_is_about(
    listen: Listen, journal: Journal, cast: Cast
) -> None:
    _, shift_id = _start(journal, cast.alva, cast.cim)
    readers = [listen(cast.bo), listen(cast.alva)]
    journal.write("comment.add", a_comment(shift_id), author=cast.bo.id)
    for reader in readers:
        event = reader.next()
        assert (event.data["shifts"], event.data["kinds"]) == ([shift_id], ["comment"])


def test_hosts_hear_of_no_other_shift_that_an_op_of_theirs_is_about(
    listen: Listen, journal: Journal, cast: Cast
) -> None:
    phone, theirs = _start(journal, cast.alva, cast.cim)
    seen = phone.seal("observation.create", an_observation(), shift=theirs)
    journal.append(phone.read(seen))
    mine_phone, mine = _start(journal, cast.elin)
    elin, alva, bo = listen(cast.elin), listen(cast.alva), listen(cast.bo)
    call = mine_phone.seal("escalation.create", an_escalation(observation_id=seen["id"]), shift=mine)
    journal.append(mine_phone.read(call))
    assert elin.next().data["shifts"] == [mine]
    assert alva.next().data["shifts"] == [theirs]
    assert bo.next().data["shifts"] == sorted([mine, theirs])


def test_hosts_hear_of_reference_data(listen: Listen, journal: Journal, cast: Cast) -> None:
    reader = listen(cast.elin)
    ada = cast.ada
    data = {"id": ada.id, "username": ada.username, "name": "Ada Ny", "role": ada.role.value, "active": True}
    journal.write("user.put", data, author=None)
    assert reader.next().data["kinds"] == ["user"]


def test_nothing_is_lost_between_two_connections(listen: Listen, journal: Journal, cast: Cast) -> None:
    first = listen(cast.bo)
    phone, shift_id = _start(journal, cast.alva, cast.cim)
    last_id = first.next().id
    first.close()
    _check_in(journal, phone, shift_id)
    event = listen(cast.bo, last_id).next()
    assert (event.data["shifts"], event.data["kinds"]) == ([shift_id], ["checkin"])


def test_what_breaks_before_its_first_change_resumes(listen: Listen, journal: Journal, cast: Cast) -> None:
    first = listen(cast.bo)
    last_id = first.last_id
    assert last_id
    first.close()
    _, shift_id = _start(journal, cast.alva, cast.cim)
    assert listen(cast.bo, last_id).next().data["shifts"] == [shift_id]


def test_an_id_of_another_epoch_asks_for_everything_again(listen: Listen, cast: Cast) -> None:
    assert listen(cast.bo, "00000000-0000-4000-8000-000000000000:3").next().name == "reset"


def test_an_id_that_nobody_gave_asks_for_everything_again(listen: Listen, cast: Cast) -> None:
    assert listen(cast.bo, "the day before yesterday").next().name == "reset"


def test_an_id_from_the_future_asks_for_everything_again(listen: Listen, cast: Cast) -> None:
    reader = listen(cast.bo)
    name, _, _ = reader.last_id.partition(":")
    assert listen(cast.bo, f"{name}:999999").next().name == "reset"


def test_the_commit_of_another_process_is_heard(listen: Listen, db_url: str, clock: FakeClock, cast: Cast) -> None:
    reader = listen(cast.bo)
    other = Database(db_url)
    try:
        _, shift_id = _start(Journal(other, REGISTRY, clock), cast.alva, cast.cim)
    finally:
        other.close()
    assert reader.next().data["shifts"] == [shift_id]


def test_a_change_is_told_within_a_second(listen: Listen, journal: Journal, cast: Cast) -> None:
    reader = listen(cast.bo)
    phone, shift_id = _start(journal, cast.alva, cast.cim)
    reader.next()
    began = time.monotonic()
    _check_in(journal, phone, shift_id)
    reader.next()
    assert time.monotonic() - began < 1.0
