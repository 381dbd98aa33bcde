"""Scenarios 1 to 4, 7 and 9 of one evening, one after the other, on one phone and one desk.

Five, six and eight have files of their own.
"""

import re
from datetime import datetime, timedelta

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from app.situation.rules import week_of
from tests.e2e import held
from tests.e2e.axe import violations
from tests.e2e.before import LEFT, answers, reads_what_waits
from tests.e2e.ledger import Said
from tests.e2e.phone import Choice
from tests.e2e.scenarios.conftest import PARK, Evening, Picture
from tests.e2e.walk import STOCKHOLM
from tests.faults.host import Host
from tests.faults.site import phone_at
from tests.support.factories import an_observation, happened
from tests.support.world import CAST

#: All that the host need not write.
SUMMARY = (
    "2 värdar, 0 timmar till fots.",
    "Platser: Östra skolan, Norra skolan, Västra skolan och Skejtparken på Näset.",
    "Ronder utan anmärkning: 2.",
    "Händelser: 1. Åtgärder: 1.",
    "Västra skolan: Olåst/öppet i kommunal lokal → stängt eller låst.",
    "Positiva möten och kontakter: 1.",
)
#: The week's figures as the desk's own page gets them.
FIGURES = """async (week) => {
  const { figures } = await (await fetch(`/api/v1/situation/weeks/${week}`)).json();
  return {
    incidents: figures.incidents.now, meetings: figures.meetings.now, rounds: figures.rounds.now,
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


def begins_with_what_waits(alva: Host, picture: Picture) -> None:
    """The focus, what the last shift left, and, once out, whether a lamp is still dark."""
    expect(alva.page.get_by_role("region", name="I kväll")).to_contain_text(f"Stationen efter 21{PARK}")
    expect(alva.page.get_by_role("region", name="Från tidigare pass")).to_contain_text(LEFT)
    picture(alva.page, "focus")
    reads_what_waits(alva)
    alva.start_shift(CAST.alva, CAST.cim, "Norra Åsum")
    answers(alva, PARK, "Ja")
    picture(alva.page, "question")


def test_1_a_quiet_round_is_four_entries_and_a_summary_nearly_done(evening: Evening, picture: Picture) -> None:
    alva, desk = evening.alva, evening.desk()
    week = week_of(alva.now())
    before = desk.page.evaluate(FIGURES, week)
    begins_with_what_waits(alva, picture)
    began = alva.now()
    alva.observe("E2", "", place="Östra skolan")
    alva.observe("E2", "", place="Norra skolan")
    alva.observe("P3", "Ett fönster på glänt i gymnastiksalen. Vi stängde det.", place="Västra skolan", choices=[
        Choice("Vad vi gjorde", "Stängt eller låst", {"actions": ["closed_up"]})])  # fmt: skip
    alva.observe("K1", "", place=PARK, choices=[Choice("Antal personer", "6–10", {"count": "6-10"})])
    assert alva.now() - began < timedelta(minutes=2)
    picture(alva.page, "log")
    alva.button("Avsluta pass").click()
    expect(alva.page.get_by_label("Sammanfattning")).to_have_value("\n".join(SUMMARY))
    picture(alva.page, "summary")
    alva.button("Stäng").click()
    alva.home()
    alva.all_is_sent()
    after = desk.page.evaluate(FIGURES, week)
    assert {what: after[what] - before[what] for what in ("rounds", "incidents", "meetings")} == {
        "rounds": 2, "incidents": 1, "meetings": 1,
    }  # fmt: skip
    focus, left, said = evening.waiting.heard(evening.town, CAST.alva)
    assert (len(focus), len(left), said) == (1, 1, {PARK: ["yes"]})


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


def hand_out(page: Page, to: str, decision: str) -> str:
    """The number of what was handed out of the draft on the screen."""
    page.locator("label.chip").filter(has_text=to).click()
    page.get_by_label("Beslut").fill(decision)
    page.get_by_role("button", name="Lämna ut", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Lämna ut", exact=True).click()
    heading = page.get_by_role("heading", name=re.compile(r"^Utlämnande \d{4}:\d+$"))
    expect(heading).to_be_visible()
    return heading.inner_text().removeprefix("Utlämnande ")


def paper(page: Page) -> str:
    """What the PDF of the disclosure on the screen says."""
    with page.expect_download() as pressed:
        page.get_by_role("button", name="PDF").click()
    sheets = PdfReader(pressed.value.path()).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


def test_9_a_correction_has_a_reason_and_the_old_words_stay(evening: Evening, picture: Picture) -> None:
    """The week is counted anew; what was frozen of it, and what the police were given, says that it was corrected."""
    alva, desk = evening.alva, evening.desk()
    wrong = alva.observe("A3", "Affär ur bil ABC 123 i Järnvägsparken.", place="Järnvägsparken")
    alva.all_is_sent()
    desk.go("#/sok?ord=Affär")
    expect(desk.page.get_by_text("Affär ur bil ABC 123 i Järnvägsparken.")).to_be_visible()
    desk.page.get_by_role("link", name="Lämna ut …").click()
    expect(desk.page.get_by_role("button", name="ABC", exact=True)).to_have_attribute("aria-pressed", "true")
    picture(desk.page, "draft")
    first = hand_out(desk.page, "Polisen", "Lämnas ut enligt 10 kap. 24 § OSL.")
    expect(desk.page.get_by_text("Inget rättat sedan dess")).to_be_visible()
    week = week_of(wrong.at)
    desk.go(f"#/vecka/{week}")
    desk.page.get_by_role("button", name="Frys som utgåva 1").click()
    expect(desk.page.get_by_text("Inget rättat sedan dess")).to_be_visible()
    before = desk.page.evaluate(FIGURES, week)

    alva.until(alva.now() + timedelta(hours=18))
    corrected = alva.amend(wrong, "Det var tobak, i Skejtparken.", "Fel park, och det var tobak", code="A6", place=PARK)
    alva.all_is_sent()
    assert kept(evening, corrected)["target"] == wrong.id
    alva.go(f"#/logg/{wrong.id}")
    alva.page.locator("details summary").first.click()
    expect(alva.page.get_by_text("Affär ur bil ABC 123 i Järnvägsparken.")).to_be_visible()
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
    expect(desk.page.get_by_text("Affär ur bil ABC 123 i Järnvägsparken.").first).to_be_visible()
    picture(desk.page, "desk")

    desk.go("#/utlamnanden")
    expect(desk.page.get_by_role("row").filter(has_text=first)).to_contain_text("1 post rättad sedan dess")
    picture(desk.page, "register")
    desk.page.get_by_role("link", name=first).click()
    given = paper(desk.page)
    assert "Affär ur bil █████ i Järnvägsparken." in given
    assert "tobak" not in given, "what was handed out stays as it was"
    picture(desk.page, "police")
    desk.page.get_by_role("link", name="Lämna ut rättelsen").click()
    desk.page.get_by_label("Ta med tidigare lydelser").check()
    hand_out(desk.page, "Allmänhet eller press", "Båda lydelserna, fordonets nummer övertäckt.")
    picture(desk.page, "press")
    given = paper(desk.page)
    both = ("Tidigare lydelse", "Affär ur bil █████ i Järnvägsparken.", "Det var tobak, i Skejtparken.", "Fel park")
    for said in both:
        assert said in given, said
    for hidden in ("ABC 123", CAST.alva.name, CAST.bo.name, "Läge:"):
        assert hidden not in given, hidden
