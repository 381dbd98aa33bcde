"""What a shift leaves to the next."""

from tests.conftest import PhoneOf
from tests.support import on_sqlite
from tests.support.client import Phone, new_id
from tests.support.factories import a_shift, a_shift_end
from tests.support.world import Cast

WORDS = "Grinden vid skolan går inte att låsa."


def _end(phone: Phone, cast: Cast, **members: object) -> str:
    shift = phone.start(a_shift(cast.alva))
    op = phone.seal("shift.end", a_shift_end(2, **members), shift=shift)
    assert phone.send(op)[0]["status"] == "applied"
    return str(op["id"])


def test_a_handover_reaches_hosts_of_other_shifts_and_tells_who_has_read_it(
    alva: Phone, phone_of: PhoneOf, cast: Cast
) -> None:
    left = _end(alva, cast, handover=WORDS)
    cim = phone_of(cast.cim)
    told = cim.pulled("handover")[left]
    assert (told["text"], told["author_id"], told["read_by"]) == (WORDS, cast.alva.id, [])
    cursor = alva.pull_all()[1]
    said = [cim.seal("handover.acknowledge", {"target": left}) for _ in range(2)]
    assert {r["status"] for r in cim.send(*said)} == {"applied"}
    changed = [c["value"] for c in alva.pull_all(cursor=cursor)[0] if c["kind"] == "handover"]
    assert [one["author_id"] for one in changed[0]["read_by"]] == [cast.cim.id]


@on_sqlite
def test_a_shift_that_leaves_nothing_hands_nothing_over(alva: Phone, cast: Cast) -> None:
    _end(alva, cast)
    assert alva.pulled("handover") == {}


def test_a_word_of_reading_before_the_handover_waits_for_it(alva: Phone, phone_of: PhoneOf, cast: Cast) -> None:
    cim, end_id = phone_of(cast.cim), new_id()
    assert cim.send(cim.seal("handover.acknowledge", {"target": end_id}))[0]["why"] == "target"
    shift = alva.start(a_shift(cast.alva))
    alva.send(alva.seal("shift.end", a_shift_end(2, handover=WORDS), shift=shift, id=end_id))
    assert [one["author_id"] for one in cim.pulled("handover")[end_id]["read_by"]] == [cast.cim.id]
