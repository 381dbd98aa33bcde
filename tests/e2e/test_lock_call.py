"""112 from a locked phone: the card needs no PIN, the question outlives the page, and one answer is one call."""

from playwright.sync_api import expect

from tests.e2e import held
from tests.e2e.calls import DIALLER
from tests.e2e.ledger import Ledger
from tests.e2e.phone import Phone
from tests.e2e.raw import RAW
from tests.e2e.test_lock import PIN, SOON_MS, choose_pin, is_locked, looked, unlock
from tests.e2e.town import Browse, Town
from tests.support import on_sqlite
from tests.support.world import CAST

SEEN = "Man har fallit ihop vid spåret"


def locked(browse: Browse) -> Phone:
    """In a shift, without coverage, put away behind its PIN."""
    phone = Phone(browse("alva"), Ledger())
    phone.switch_on(offline=False)
    phone.sign_in(CAST.alva)
    phone.kept_for_offline(CAST.cim)
    phone.wait_for_key()
    phone.browser.context.set_offline(True)
    phone.start_shift(CAST.alva, CAST.cim, "Norra Åsum")
    phone.go("#/falt/installningar")
    phone.button("Lås appen med PIN").click()
    choose_pin(phone, "Välj PIN", PIN)
    phone.button("Slå på låset").click()
    phone.button("Lås nu").click(timeout=SOON_MS)
    is_locked(phone)
    return phone


def rings_from_the_lock_screen(phone: Phone) -> None:
    phone.page.evaluate(DIALLER)
    phone.page.get_by_role("link", name="Ring 112").click()
    phone.page.get_by_label("Vad").fill(SEEN)
    looked(phone, "card")
    phone.page.get_by_role("link", name="Ring 112", exact=True).click()
    expect(phone.page.get_by_text("Ringde du 112?")).to_be_visible()
    phone.go("#/falt")
    is_locked(phone)


def is_asked(phone: Phone) -> None:
    """And nothing of what was written on the card is told."""
    expect(phone.page.get_by_text("Ringde du 112?")).to_be_visible()
    expect(phone.page.get_by_text(SEEN)).to_have_count(0)


@on_sqlite
def test_112_from_a_locked_phone_is_asked_about_until_answered_and_sent_once(town: Town, browse: Browse) -> None:
    phone = locked(browse)
    rings_from_the_lock_screen(phone)
    is_asked(phone)
    looked(phone, "asked")
    assert SEEN not in phone.page.evaluate(RAW)
    phone.dies()
    phone.switch_on(offline=True)
    is_locked(phone)
    expect(phone.page.get_by_text(SEEN)).to_have_count(0)
    unlock(phone, PIN)
    is_asked(phone)
    phone.unsent_is(1)
    phone.button("Ja").click()
    phone.button("Ambulans").click()
    expect(phone.page.get_by_role("heading", name="Ambulans", exact=True)).to_be_visible()
    expect(phone.page.get_by_text(SEEN)).to_be_visible()
    phone.unsent_is(3)
    phone.browser.context.set_offline(False)
    phone.go("#/logga-in")  # the browser was killed before it had written its cookies down
    phone.sign_in(CAST.alva)
    phone.unsent_is(0, SOON_MS)
    (call,) = held.records(town.database_url, "escalation").values()
    (tried,) = held.records(town.database_url, "escalation_attempt").values()
    (shift,) = phone.ledger.of("shift.start")
    assert (call["service"], call["cause"], call["shift_id"]) == ("AMB112", SEEN, shift.id)
    assert tried["escalation_id"] == call["id"]
    expect(phone.page.get_by_text("Ringde du 112?")).to_have_count(0)
