"""A shift on paper, for somebody who was not there: nothing of it stands in codes, without its day or without place."""

from typing import Any

import pytest

from app.core.clock import stamp
from tests.conftest import SignIn
from tests.review.evening import overdue, raised, tells
from tests.review.test_report import paper
from tests.support import on_sqlite
from tests.support.client import Browser, Phone, new_id
from tests.support.factories import (
    a_checkin,
    a_comment,
    a_position,
    a_shift,
    a_shift_end,
    an_amendment,
    an_observation,
    happened,
)
from tests.support.world import EVENING, Cast, FakeClock

PHOTO = {"sha256": "a" * 64, "size": 1, "mime": "image/jpeg", "w": 1, "h": 1, "caption": None}


class Night:
    """The phone's clock and the server's go together."""

    def __init__(self, alva: Phone, clock: FakeClock, shift_id: str) -> None:
        self.alva, self.clock, self.at = alva, clock, {"shift": shift_id}

    def passes(self, minutes: float) -> None:
        self.alva.wait(minutes=minutes)
        self.clock.at = self.alva.wall

    def says(self, op_type: str, data: Any, **given: Any) -> str:
        op = self.alva.seal(op_type, data, **self.at, **given)
        self.alva.send(op)
        return str(op["id"])


@pytest.fixture
def shift_id(alva: Phone, cast: Cast) -> str:
    return alva.start(a_shift(cast.alva, cast.cim))


@pytest.fixture
def night(alva: Phone, clock: FakeClock, shift_id: str) -> Night:
    return Night(alva, clock, shift_id)


@pytest.fixture
def desk(sign_in: SignIn, cast: Cast) -> Browser:
    return sign_in(cast.bo)


@on_sqlite
def test_it_tells_silences_late_words_photos_places_and_that_all_has_come(
    desk: Browser, night: Night, alva: Phone, shift_id: str
) -> None:
    photos = [PHOTO, {**PHOTO, "sha256": "b" * 64, "caption": "Södra gaveln"}]
    night.says("observation.create", an_observation(place_text=None, attachments=photos), position=a_position())
    night.passes(45)
    unsent = alva.seal("checkin.create", a_checkin(), **night.at, position=a_position(accuracy_m=None))
    night.passes(29)
    alva.send(unsent)
    night.says("shift.end", a_shift_end(4))
    words = paper(desk, shift_id, names=True, restricted=True)[1]
    for said in ("Komplett: 4 av 4 mottagna", "Lucka 21:00–22:14: utan kontakt, 1 kom efteråt", "kom 22:14",
                 "2 foton, 2 saknas, ”Södra gaveln”", "Läge 56.1612 14.8654 (WGS 84, ±9 m)",
                 "Läge 56.1612 14.8654 (WGS 84)"):  # fmt: skip
        assert said in words, said
    assert "2 photos, 2 missing" in paper(desk, shift_id, "en")[1]


@on_sqlite
def test_it_tells_each_alarm_with_who_was_told_who_saw_it_and_how_it_ended(
    desk: Browser, night: Night, alva: Phone, journal: Any, shift_id: str, cast: Cast
) -> None:
    night.passes(10)
    help_id = raised(alva, shift_id, note="Vid kiosken")
    tells(journal, help_id, shift_id, cast.bo.id, cast.ada.id)
    night.passes(2)
    desk.post(f"/alerts/{help_id}/acknowledge")
    night.passes(3)
    desk.post(f"/alerts/{help_id}/clear", json={"note": "Alla mår bra."})
    night.passes(45)
    late = overdue(journal, shift_id, cast.cim.id)
    night.passes(45)
    journal.write("alert.settle", {"target": late, "cause": "checkin"}, author=None, shift=shift_id)
    night.says("shift.end", a_shift_end(3))
    words = paper(desk, shift_id, names=True, restricted=True)[1]
    bo, ada = cast.bo.name, cast.ada.name
    for said in ("Larm: hjälp", "Alva Ek larmade 21:10", "Vid kiosken •", f"21:10 nådde {bo}, nådde inte {ada}",
                 f"21:12 kvitterat av {bo}", f"21:15 faran över, {bo}: ”Alla mår bra.”",
                 "Utebliven incheckning", "Cim Öberg skulle ha checkat in 21:00", "Inte kvitterat.",
                 "22:45 incheckningen kom: avslutat", "servern", "Lucka 21:10–22:45: inget skrevs"):  # fmt: skip
        assert said in words, said
    assert words.index("Larm: hjälp") < words.index("Utebliven incheckning") < words.index("Pass avslutat")
    english = paper(desk, shift_id, "en")[1]
    for said in ("Alarm: help", "21:12 acknowledged by", "Missed check-in", "Not acknowledged."):
        assert said in english, said


@on_sqlite
def test_it_says_what_waits_and_what_a_comment_is_about_in_words(desk: Browser, night: Night, shift_id: str) -> None:
    seen = night.says("observation.create", an_observation())
    night.says("mood.note", {"mood": "Gott"})
    night.says("observation.amend", an_amendment(new_id(), text="Norra gaveln"))
    said = night.says("comment.add", a_comment(seen, "Vilken vägg?"))
    night.says("comment.add", a_comment(said, "Den norra."))
    night.says("comment.add", a_comment(shift_id, "Tack!"))
    words = paper(desk, shift_id, names=True, restricted=True)[1]
    for told in ("mood.note · I karantän: räknas inte (okänd sorts uppgift; appen är nyare än",
                 "Observation · I karantän: räknas inte (den post som det gäller har inte kommit än)", "Norra gaveln",
                 "Kommentar till Klotter 21:00 Vilken vägg?", "Kommentar till Kommentar 21:00 Den norra.",
                 "Kommentar Tack!"):  # fmt: skip
        assert told in words, told
    english = paper(desk, shift_id, "en")[1]
    for told in ("Comment on Graffiti 21:00", "the record that it is about has not come yet"):
        assert told in english, told


@on_sqlite
def test_a_time_outside_the_evening_has_its_day(
    sign_in: SignIn, night: Night, alva: Phone, shift_id: str, cast: Cast
) -> None:
    early = happened(EVENING.replace(hour=4))
    seen = night.says("observation.create", an_observation(happened=early))
    night.says("observation.amend", an_amendment(seen, "Samma kväll", happened=early))
    night.says("shift.end", a_shift_end(4))
    night.passes(8 * 60)
    night.says("observation.amend", an_amendment(seen, "Natt", happened=early))
    night.passes(6 * 60)
    night.says("observation.amend", an_amendment(seen, "Förmiddag", happened=early))
    night.passes(4 * 60)
    night.says("observation.amend", an_amendment(seen, "Eftermiddag", happened=early))
    words = paper(sign_in(cast.bo), shift_id, names=True)[1]
    assert stamp(alva.wall).startswith("2026-11-21T14:00")
    for said in ("Rättad 21:00 av Alva Ek: ”Samma kväll”", "Rättad 05:00 av Alva Ek: ”Natt”",
                 "Rättad 2026-11-21 11:00 av Alva Ek: ”Förmiddag”", "Rättad 2026-11-21 15:00 av Alva Ek: ”Eftermiddag”",
                 "hände 2026-11-20 05:00"):  # fmt: skip
        assert said in words, said
