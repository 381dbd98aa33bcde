"""A supervisor's evening whole, on one desk, and one host's phone that hears of it: each test goes on from the last."""

import json
import re
from datetime import datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.e2e.desk import Desk
from tests.e2e.ledger import Said
from tests.e2e.supervisor.conftest import Look, Office
from tests.e2e.walk import STOCKHOLM
from tests.faults.host import Host
from tests.faults.site import phone_at
from tests.support.factories import an_observation, happened
from tests.support.world import CAST

PARK = "Skejtparken på Näset"
FOCUS = "Stanna till vid skejtparken, där lampan har varit trasig."
LAMP = "Lampan vid rampen är släckt. Halt i mörkret."
DONE = "Ny lampa på plats i morgon. Bra att ni såg det!"
ASKED = "Vilken av lamporna vid rampen?"
ANSWER = "Den norra lampan vid rampen är släckt. Halt i mörkret."


def section(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title, exact=True)


def reported(alva: Host) -> Said:
    return next(one for one in alva.ledger.of("observation.create") if one.data["text"] == LAMP)


def test_1_what_is_planned_at_the_desk_is_started_on_the_phone(office: Office, bo: Desk, look: Look) -> None:
    alva, page = office.alva, bo.page
    begins = datetime.now(STOCKHOLM)
    ends = begins + timedelta(hours=6)
    bo.go("#/planering")
    page.get_by_role("button", name="Planera pass").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Datum").fill(f"{begins:%Y-%m-%d}")
    sheet.get_by_label("Börjar").fill(f"{begins:%H:%M}")
    sheet.get_by_label("Slutar").fill(f"{ends:%H:%M}")
    sheet.get_by_label("Område").select_option(label="Norra Åsum")
    for host in (CAST.alva, CAST.cim):
        sheet.locator("label.chip").filter(has_text=host.name).click()
    look(page, "form")
    sheet.get_by_role("button", name="Planera", exact=True).click()
    expect(sheet).to_have_count(0)
    expect(page.locator(".plan-cell").filter(has_text=f"{begins:%H:%M}")).to_contain_text("Norra Åsum")
    look(page, "month")

    office.phone_is_taken_up()
    mine = section(alva.page, "Ditt pass")
    expect(mine).to_contain_text(f"{begins:%H:%M}–{ends:%H:%M}")
    expect(mine).to_contain_text("Norra Åsum · med Cim")
    look(alva.page, "offered")
    mine.get_by_role("button", name="Starta det här passet").click()
    expect(alva.chip("Jag går med", CAST.cim.name).get_by_role("checkbox")).to_be_checked()
    alva.button("Starta pass").click()
    expect(alva.button("Vi är ok")).to_be_visible()
    expect(section(alva.page, "Ditt pass")).to_have_count(0)
    alva.all_is_sent()
    (planned,), (shift,) = office.rows("planned_shift"), office.rows("shift")
    assert json.loads(str(shift["hosts"])) == [CAST.alva.id, CAST.cim.id]
    assert (shift["area_id"], shift["planned_end"]) == (planned["area_id"], planned["ends_at"])


def test_2_the_focus_is_read_and_the_desk_sees_by_whom(office: Office, bo: Desk, look: Look) -> None:
    alva, page = office.alva, bo.page
    now = datetime.now(STOCKHOLM)
    bo.go("#/fokus")
    page.get_by_role("link", name="Nytt fokus").click()
    page.get_by_label("Vad ska kvällens värdar tänka på?").fill(FOCUS)
    page.get_by_role("button", name="Lägg till plats").click()
    page.get_by_label("Plats 1", exact=True).select_option(label=PARK)
    page.get_by_label("Tid, till exempel 21–23").fill("21–23")
    for label, nth, at in (("Gäller från", 0, now), ("Gäller till", 1, now + timedelta(hours=8))):
        page.get_by_label(label).fill(f"{at:%Y-%m-%d}")
        page.get_by_label("klockan").nth(nth).fill(f"{at:%H:%M}")
    look(page, "written")
    page.get_by_role("button", name="Spara", exact=True).click()
    card = page.get_by_role("article").filter(has_text=FOCUS)
    expect(card).to_contain_text("Ingen har läst ännu.")

    office.phone_is_taken_up()
    told = section(alva.page, "I kväll")
    expect(told).to_contain_text(FOCUS)
    expect(told).to_contain_text(f"{PARK} 21–23")
    look(alva.page, "phone")
    told.get_by_role("button", name="Läst").click()
    expect(told).to_contain_text("✓ läst")
    alva.all_is_sent()
    expect(card).to_contain_text(re.compile(rf"Läst av {CAST.alva.name} (\d\d:\d\d|nyss)"))
    look(page, "read")
    (focus,), (reading,) = office.rows("briefing"), office.rows("briefing_reading")
    assert (reading["author_id"], reading["version"]) == (CAST.alva.id, focus["version"])


def test_3_a_reported_fault_is_sent_on_and_the_host_hears_what_came_of_it(office: Office, bo: Desk, look: Look) -> None:
    alva, page = office.alva, bo.page
    lamp = alva.observe("P1", LAMP, place=PARK)
    alva.all_is_sent()
    (shift,) = office.rows("shift")
    bo.open_shift(str(shift["id"]))
    entry = page.locator("li.entry").filter(has=page.locator(f'[data-entry="{lamp.id}"]'))
    entry.get_by_role("link", name=re.compile("^Följ upp")).click()
    expect(page.get_by_label("Vad ska göras?")).to_have_value("fault_report")
    look(page, "begin")
    page.get_by_role("button", name="Börja uppföljning").click()
    page.get_by_role("button", name="Skriv förslag").click()
    draft = page.get_by_label("Text till felanmälan")
    expect(draft).to_have_value(re.compile(f"Var: {PARK}.*{LAMP}", re.DOTALL))
    text = draft.input_value()
    assert not [name for person in (CAST.alva, CAST.cim) for name in person.name.split() if name in text]
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("Sparat.", exact=True)).to_be_visible()
    # No channel is set up on this server: the words are carried by whoever wrote them.
    expect(page.get_by_role("button", name=re.compile("^Skicka"))).to_have_count(0)
    expect(page.get_by_role("link", name="Öppna i e-postprogram")).to_have_attribute("href", re.compile("^mailto:"))
    bo.browser.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopiera").click()
    expect(page.get_by_text("Kopierat.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == text
    look(page, "draft")
    page.get_by_label("Utfall").select_option(label="Åtgärdat")
    page.get_by_label("Till den som rapporterade").fill(DONE)
    page.get_by_role("button", name="Avsluta uppföljningen").click()
    expect(page.get_by_text(re.compile(r"^Klar .*: Åtgärdat$"))).to_be_visible()
    look(page, "closed")

    office.phone_is_taken_up()
    came = section(alva.page, "Vad det blev")
    expect(came).to_contain_text("Åtgärdat")
    expect(came).to_contain_text(DONE)
    look(alva.page, "phone")
    (work,) = office.rows("followup")
    assert (work["observation_id"], work["status"], work["draft"]) == (lamp.id, "closed", text)
    assert [step["what"] for step in office.rows("followup_step")] == ["create", "change", "close"]


def test_4_a_shift_is_given_back_answered_and_approved(office: Office, bo: Desk, look: Look) -> None:
    alva, page = office.alva, bo.page
    (shift,) = office.rows("shift")
    alva.home()
    alva.button("Avsluta pass").click()
    expect(alva.page.get_by_label("Sammanfattning")).to_have_value(re.compile(PARK))
    alva.button("Avsluta pass").click()
    expect(alva.page.get_by_role("heading", name="Passet är avslutat")).to_be_visible()
    alva.all_is_sent()
    look(alva.page, "ended")

    bo.open_shift(str(shift["id"]))
    page.get_by_role("button", name="Skicka tillbaka …").click()
    page.get_by_label("Vad ska förtydligas?").fill(ASKED)
    page.get_by_role("dialog").get_by_role("button", name="Skicka tillbaka").click()
    review = section(page, "Granskning")
    expect(review).to_contain_text(f"av {CAST.bo.name}.")
    expect(review).to_contain_text("Skickat tillbaka")

    office.phone_is_taken_up()
    back = section(alva.page, "Tillbaka till er")
    expect(back).to_contain_text(f"skickades tillbaka av {CAST.bo.name}")
    expect(back).to_contain_text(ASKED)
    look(alva.page, "given-back")
    back.get_by_role("link", name="Visa passet").click()
    expect(alva.page.get_by_text(f"Skickat tillbaka av arbetsledaren: {ASKED}")).to_be_visible()
    alva.amend(reported(alva), ANSWER, "Bo frågade vilken")
    alva.all_is_sent()

    expect(review).to_contain_text("1 post har kommit eller ändrats sedan dess.")
    expect(page.locator("ol.timeline")).to_contain_text(ANSWER)
    look(page, "answered")
    page.get_by_role("button", name="Godkänn").click()
    expect(review).to_contain_text(re.compile(rf"Godkänt .* av {CAST.bo.name}\."))
    look(page, "approved")
    office.phone_is_taken_up()
    expect(back).to_have_count(0)
    verdicts = [(row["target"], row["verdict"], row["note"]) for row in office.rows("review")]
    assert verdicts == [(shift["id"], "return", ASKED), (shift["id"], "approve", None)]


def test_5_what_is_missing_is_dismissed_with_a_reason_and_taken_back(office: Office, bo: Desk, look: Look) -> None:
    """Something serious of earlier in the evening comes late from the other phone; nobody called and nobody follows."""
    page = bo.page
    (shift,) = office.rows("shift")
    earlier = happened(datetime.now(STOCKHOLM) - timedelta(hours=3))
    with phone_at(office.town.server.port, CAST.cim) as cim:
        told = an_observation(category="A4", severity=3, happened=earlier)
        cim.send(cim.seal("observation.create", told, shift=shift["id"]))
    bo.go("#/saknas")
    title = page.get_by_role("heading", name="Allvarligt, utan tillkallad hjälp eller uppföljning")
    expect(title).to_be_visible()
    look(page, "missing")
    page.get_by_role("button", name=re.compile("^Avfärda: ")).click()
    page.get_by_label("Varför gör det inget?").fill("Räddningstjänsten var redan där.")
    look(page, "reason")
    page.get_by_role("button", name="Avfärda", exact=True).click()
    expect(page.get_by_text("Inget saknas", exact=True)).to_be_visible()
    dismissed = page.get_by_role("group").filter(has_text="1 avfärdad")
    dismissed.locator("summary").click()
    expect(dismissed).to_contain_text(re.compile(f"Avfärdad av {CAST.bo.name} .*: Räddningstjänsten var redan där."))
    look(page, "dismissed")
    dismissed.get_by_role("button", name="Ångra").click()
    expect(title).to_be_visible()
    expect(dismissed).to_have_count(0)
