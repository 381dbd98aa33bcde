"""The start view without coverage: what waits is read and answered by one tap each, and heard when coverage is back."""

from datetime import datetime, timedelta

from playwright.sync_api import expect

from tests.e2e.before import LEFT, answers, reads_what_waits, wait_for_a_crew
from tests.e2e.ledger import Ledger
from tests.e2e.phone import Phone
from tests.e2e.town import Browse, Town
from tests.support import on_sqlite
from tests.support.world import CAST

PARK, SCHOOL, GROVE = "Skejtparken på Näset", "Östra skolan", "Järnvägsparken"
FAULTS = {PARK: "P1", SCHOOL: "P2", GROVE: "P4"}
SAID = {PARK: ("Ja", "yes"), SCHOOL: ("Nej", "no"), GROVE: ("Ej sett", "not_visited")}
#: The focus, what was left, the shift itself, and each question.
OPS = 3 + len(FAULTS)


def dies_and_opens_cold(phone: Phone) -> None:
    phone.dies()
    phone.switch_on(offline=True, ahead=phone.ahead)


def shows_what_was_said(phone: Phone) -> None:
    page = phone.page
    expect(page.get_by_role("region", name="I kväll")).to_contain_text("✓ läst")
    expect(page.get_by_role("region", name="Från tidigare pass")).to_contain_text("1 läst överlämning")
    expect(page.get_by_role("button", name="Läst", exact=True)).to_have_count(0)
    for words, _ in SAID.values():
        expect(page.get_by_role("button", name=f"✓ {words}")).to_have_attribute("aria-pressed", "true")
    phone.unsent_is(OPS)


@on_sqlite
def test_what_waits_is_answered_offline_and_heard_later(town: Town, browse: Browse) -> None:
    phone = Phone(browse("phone"), Ledger())
    phone.switch_on(offline=False)
    waiting = wait_for_a_crew(town, phone.now(), {"Stationen": "efter 21"}, FAULTS)
    phone.sign_in(CAST.alva)
    phone.kept_for_offline(CAST.cim)
    expect(phone.page.get_by_role("region", name="I kväll")).to_contain_text("Stationen efter 21")
    expect(phone.page.get_by_text(LEFT)).to_be_visible()

    dies_and_opens_cold(phone)
    expect(phone.page.get_by_text("Ingen täckning. Allt sparas i telefonen.")).to_be_visible()
    read_at = phone.now()
    reads_what_waits(phone)
    phone.unsent_is(2)
    phone.button("Starta pass").click()
    phone.choose("Jag går med", CAST.cim.name)
    phone.button("Starta pass").click()
    for place, (words, _) in SAID.items():
        answers(phone, place, words)
    phone.unsent_is(OPS)
    dies_and_opens_cold(phone)
    shows_what_was_said(phone)

    phone.until(phone.now() + timedelta(minutes=25))
    phone.browser.context.set_offline(False)
    phone.go("#/logga-in")  # the browser was killed before it had written its cookies down
    phone.sign_in(CAST.alva)
    phone.unsent_is(0, 30_000)
    focus, left, said = waiting.heard(town, CAST.alva)
    assert said == {place: [answer] for place, (_, answer) in SAID.items()}
    for times in (focus, left):
        (at,) = times
        # When it was read, not when it was sent.
        assert abs((datetime.fromisoformat(at) - read_at).total_seconds()) < 60
