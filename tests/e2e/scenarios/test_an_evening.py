"""Scenarios 1 to 4, 7 and 9 of one evening, one after the other, on one phone and one desk.

Five, six and eight have files of their own. What is released to others in 9 is not in the app yet; the week's frozen
edition stands for what had left the house.
"""

import re
from datetime import datetime, timedelta

from playwright.sync_api import expect

from app.situation.rules import week_of
from tests.e2e import held
from tests.e2e.axe import violations
from tests.e2e.ledger import Said
from tests.e2e.phone import Choice
from tests.e2e.scenarios.conftest import Evening, Picture
from tests.e2e.walk import STOCKHOLM
from tests.faults.host import Host
from tests.faults.site import phone_at
from tests.support.factories import an_observation, happened
from tests.support.world import CAST

PARK = "Skejtparken på Näset"
#: The week's figures as the desk's own page gets them.
FIGURES = """async (week) => {
  const { figures } = await (await fetch(`/api/v1/situation/weeks/${week}`)).json();
  return {
    incidents: figures.incidents.now,
    categories: Object.fromEntries(figures.categories.map(({ category, now }) => [category, now])),
    places: Object.fromEntries(figures.places.map(({ name, now }) => [name, now])),
  };
}"""


def coverage(alva: Host, *, is_there: bool) -> None:
    alva.browser.context.set_offline(not is_there)


def kept(evening: Evening, said: Said) -> dict[str, object]:
    """The one op that the server holds of it, and which took the time that the host saw."""
    (op,) = [op for op in held.ops_of_phones(evening.town.database_url) if op["id"] == said.id]
    assert abs((datetime.fromisoformat(op["at"]["wall"]) - said.at).total_seconds()) < 60
    data: dict[str, object] = op["data"]
    return data


def test_1_a_quiet_round_is_four_entries_and_a_summary_nearly_done(evening: Evening, picture: Picture) -> None:
    alva = evening.alva
    began = alva.now()
    alva.start_shift(CAST.alva, CAST.cim, "Norra Åsum")
    alva.check_in("round", "Rond", note="Runt Östra skolan, allt låst.")
    alva.observe("E2", "", place="Östra skolan")
    alva.observe("P3", "Ett fönster på glänt i gymnastiksalen. Vi stängde det.")
    alva.observe("K1", "", choices=[Choice("Antal personer", "6–10", {"count": "6-10"})])
    assert alva.now() - began < timedelta(minutes=2)
    picture(alva.page, "log")
    alva.button("Avsluta pass").click()
    summary = alva.page.get_by_label("Sammanfattning")
    expect(summary).to_have_value(re.compile("Östra skolan"))
    picture(alva.page, "summary")
    alva.button("Stäng").click()
    alva.home()
    alva.all_is_sent()


def test_2_what_was_written_in_a_garage_without_coverage_keeps_its_time(evening: Evening, picture: Picture) -> None:
    alva = evening.alva
    coverage(alva, is_there=False)
    alva.stands = None
    alva.feel_position()
    said = [alva.observe(code, text, place_text="Garage P2, plan −2") for code, text in
            (("U3", "Åtta ungdomar."), ("A4", "Röklukt."), ("P1", "Trasig lampa."))]  # fmt: skip
    assert alva.unsent() == 3
    picture(alva.page, "offline")
    alva.until(alva.now() + timedelta(minutes=25))
    coverage(alva, is_there=True)
    alva.all_is_sent()
    picture(alva.page, "sent")
    for one in said:
        assert kept(evening, one)["place_text"] == "Garage P2, plan −2"


def test_3_a_phone_that_dies_has_the_text_to_the_last_word(evening: Evening, picture: Picture) -> None:
    alva = evening.alva
    coverage(alva, is_there=False)
    said = alva.begin_observation("S2")
    begun = alva.now()
    half = "Klotter på bibliotekets gavel, stora röda bokstäver och"
    alva.page.get_by_label("Beskrivning").fill(half)
    alva.draft_is_kept(str(said.id), half)
    alva.dies()
    alva.switch_on(offline=True, ahead=alva.ahead + timedelta(minutes=40))
    card = alva.page.locator("a.card.begun")
    expect(card).to_contain_text("Påbörjad observation")
    picture(alva.page, "begun")
    alva.unsent_is(0)
    card.click()
    expect(alva.page.get_by_label("Beskrivning")).to_have_value(half)
    expect(alva.page.get_by_text("När du började", exact=False)).to_be_visible()
    picture(alva.page, "again")
    said.data["text"] = half
    alva.save_observation(said)
    coverage(alva, is_there=True)
    alva.go("#/logga-in")  # the browser was killed before it had written its cookies down
    alva.sign_in(CAST.alva)
    alva.home()
    alva.all_is_sent()
    when = kept(evening, said)["happened"]
    assert isinstance(when, dict)
    assert abs((datetime.fromisoformat(when["from"]) - begun).total_seconds()) < 60


def test_4_two_hosts_report_one_event_and_both_reports_remain(evening: Evening, picture: Picture) -> None:
    """The desk is hinted, links them, and counts one event."""
    alva = evening.alva
    coverage(alva, is_there=False)
    mine = alva.observe("T1", "Två mopeder i hög fart på Storgatan.")
    picture(alva.page, "offline")
    shift = alva.ledger.of("shift.start")[0].id
    with phone_at(evening.town.server.port, CAST.cim) as cim:
        cim.wall = alva.now()
        told = an_observation(category="T1", text="Mopeder kör ikapp.", happened=happened(cim.wall))
        hers = cim.seal("observation.create", told, shift=shift)
        cim.send(hers)
    coverage(alva, is_there=True)
    alva.all_is_sent()
    desk = evening.desk()
    desk.open_shift(str(shift))
    expect(desk.page.locator(f'[data-entry="{hers["id"]}"]')).to_be_visible()
    texts = [text for row in desk.rows() for text in row.texts]
    assert {"Två mopeder i hög fart på Storgatan.", "Mopeder kör ikapp."} <= set(texts)
    week = week_of(mine.at)
    before = desk.page.evaluate(FIGURES, week)
    hinted = desk.page.locator("li.entry").filter(has=desk.page.locator(f'[data-entry="{hers["id"]}"]'))
    expect(hinted).to_contain_text("Kan vara samma händelse som Alva")
    hinted.scroll_into_view_if_needed()
    picture(desk.page, "hint")
    hinted.get_by_role("button", name="Samma händelse", exact=True).click()
    expect(hinted).to_contain_text("sagt av Bo")
    picture(desk.page, "desk")
    after = desk.page.evaluate(FIGURES, week)
    assert (before["categories"]["T1"], after["categories"]["T1"]) == (2, 1)
    assert after["incidents"] == before["incidents"] - 1
    assert kept(evening, mine)["text"] == "Två mopeder i hög fart på Storgatan."
    assert {str(mine.id), hers["id"]} <= {row.id for row in desk.rows()}


def test_7_advice_first_and_the_times_from_memory_afterwards(evening: Evening, picture: Picture) -> None:
    """And whoever was there is offered a talk."""
    alva, page = evening.alva, evening.alva.page
    coverage(alva, is_there=False)
    alva.button("Observation").click()
    said_id = alva.new_id()
    page.get_by_role("button", name="Suicidrisk", exact=True).first.click()
    expect(page.get_by_role("link", name="Ring 112")).to_be_visible()
    expect(page.get_by_label("Beskrivning")).to_have_count(0)
    picture(page, "guide")
    assert violations(page) == []
    alva.button("Anteckna").click()
    page.locator("button.choice-line").filter(has_text="Tid").click()
    alva.choose("Hur säker är tiden?", "Ungefär")
    began, ended = alva.now() - timedelta(minutes=50), alva.now()
    for label, at in (("Från", began), ("Till", ended)):
        page.get_by_label(label, exact=True).fill(f"{at.astimezone(STOCKHOLM):%H:%M}")
    picture(page, "form")
    said = alva.save_observation(Said("observation.create", alva.now(), {"category": "H2"}, said_id))
    coverage(alva, is_there=True)
    alva.all_is_sent()
    when = kept(evening, said)["happened"]
    assert isinstance(when, dict)
    assert when["kind"] == "about"
    assert when["to"] is not None
    with phone_at(evening.town.server.port, CAST.cim) as cim:
        assert str(said.id) not in cim.pulled("observation")
    desk = evening.desk()
    desk.open_shift(str(alva.ledger.of("shift.start")[0].id))
    desk.page.get_by_role("group", name="Avlastningssamtal").get_by_role("button", name="Erbjudet").click()
    expect(desk.page.get_by_text("Erbjudet · Bo")).to_be_visible()
    picture(desk.page, "talk")
    offered = page.get_by_text("Du erbjuds ett samtal", exact=False)
    alva.time_passes_until(offered.is_visible)
    expect(page.get_by_role("heading", name="Ett samtal efteråt")).to_be_visible()
    picture(page, "offered")


def test_9_a_correction_has_a_reason_and_the_old_words_stay(evening: Evening, picture: Picture) -> None:
    """The week is counted anew, and what was frozen of it before says that it was corrected since."""
    alva, desk = evening.alva, evening.desk()
    wrong = alva.observe("A3", "Affär i Järnvägsparken.", place="Järnvägsparken")
    alva.all_is_sent()
    week = week_of(wrong.at)
    desk.go(f"#/vecka/{week}")
    desk.page.get_by_role("button", name="Frys som utgåva 1").click()
    expect(desk.page.get_by_text("Inget rättat sedan dess")).to_be_visible()
    before = desk.page.evaluate(FIGURES, week)

    alva.amend(wrong, "Det var tobak, i Skejtparken.", "Fel park, och det var tobak", code="A6", place=PARK)
    alva.all_is_sent()
    alva.go(f"#/logg/{wrong.id}")
    alva.page.locator("details summary").first.click()
    expect(alva.page.get_by_text("Affär i Järnvägsparken.")).to_be_visible()
    picture(alva.page, "phone")
    alva.home()

    after = desk.page.evaluate(FIGURES, week)
    assert after["incidents"] == before["incidents"]
    for what, old, new in (("categories", "A3", "A6"), ("places", "Järnvägsparken", PARK)):
        assert before[what].get(old, 0) - after[what].get(old, 0) == 1, what
        assert after[what].get(new, 0) - before[what].get(new, 0) == 1, what
    desk.page.reload()
    expect(desk.page.get_by_text("1 post rättad sedan dess").first).to_be_visible()
    picture(desk.page, "edition")
    desk.open_shift(str(alva.ledger.of("shift.start")[0].id))
    entry = desk.page.locator("li.entry").filter(has=desk.page.locator(f'[data-entry="{wrong.id}"]'))
    expect(entry).to_contain_text("”Fel park, och det var tobak”")
    expect(entry).to_contain_text("Det var tobak, i Skejtparken.")
    entry.locator("details summary").first.click()
    expect(desk.page.get_by_text("Affär i Järnvägsparken.").first).to_be_visible()
    picture(desk.page, "desk")
