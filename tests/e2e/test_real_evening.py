"""An evening, end to end: phone → journal → supervisor, with the network gone, the browser and the server killed.

The ledger is the test's own list of what the screen called saved. In the end it, the server's tables, the receipts
and the supervisor's screen must tell the same, each thing once.
"""

import time
from collections.abc import Callable
from threading import Event

from playwright.sync_api import expect

from tests.e2e import held
from tests.e2e.agree import (
    receipts_agree,
    the_journal_is_whole,
    the_server_holds_what_was_said,
    the_supervisor_sees_all_of_it,
)
from tests.e2e.browser import DESK
from tests.e2e.calls import Attempt, attempt, call_for_help, close
from tests.e2e.desk import Desk
from tests.e2e.ledger import Ledger, Said
from tests.e2e.notices import notices
from tests.e2e.phone import ONLY_HERE, Choice, Phone
from tests.e2e.town import Browse, Town
from tests.e2e.walk import STOCKHOLM
from tests.support import on_both_at_length
from tests.support.world import CAST

SENT_MS = 90_000


@on_both_at_length
def test_a_real_evening(town: Town, browse: Browse) -> None:
    assert len(town.walk.gaps()) >= 3
    ledger = Ledger()
    phone = Phone(browse("phone"), ledger, town.walk, town.places)
    sign_in_at_the_office(phone)
    before_midnight(phone, town)
    dies_with_half_a_text(phone, town)
    shift = past_midnight(phone, town)
    comes_home(phone, town)
    ops = held.ops_of_phones(town.database_url)
    the_server_holds_what_was_said(ledger, ops, town)
    receipts_agree(phone, ops)
    phone.switch_off()
    the_supervisor_sees_all_of_it(Desk(browse("desk", viewport=DESK)), shift, ledger, ops)
    the_journal_is_whole(town)
    assert '"level": "error"' not in town.server.log.read_text("utf-8")


def sign_in_at_the_office(phone: Phone) -> None:
    """With network; then the phone is put away. The evening itself begins cold and offline."""
    phone.switch_on(offline=False)
    phone.sign_in(CAST.alva)
    phone.kept_for_offline(CAST.cim)
    phone.switch_off()


def before_midnight(phone: Phone, town: Town) -> None:
    town.net.cut()
    phone.switch_on(offline=True, ahead=town.walk.minute(1) - phone.now())
    texts = notices(11)
    phone.start_shift(CAST.alva, CAST.cim, "Norra Åsum")
    phone.until(town.walk.minute(5))
    phone.check_in("round", "Rond", note="Runt stationen, allt låst.")  # the receiver has found nothing yet
    phone.until(town.walk.minute(15))
    phone.check_in("arrived", "Framme", place="Stationen")
    phone.until(town.walk.minute(19))
    phone.observe("S2", texts[0], place="Stationen", choices=[Choice("Allvar", "Störande", {"severity": 2})])
    phone.until(town.walk.minute(25))
    wrong = phone.observe("A6", texts[1])
    phone.until(town.walk.minute(30))
    phone.say_ok()
    phone.until(town.walk.minute(35))
    phone.observe("U1", texts[2], place="Skejtparken på Näset", choices=[
        Choice("Antal personer", "6–10", {"count": "6-10"}), Choice("Ålder", "13–17", {"ages": "teen"}),
        Choice("Hur vet vi det?", "Sett själv", {"certainty": "seen"}),
        Choice("Vad vi gjorde", "Samtal", {"actions": ["talk"]}), Choice("Pågår det?", "Över", {"ongoing": False}),
    ])  # fmt: skip
    phone.until(town.walk.minute(55))
    phone.check_in("pause", "Paus", note="Fika på bron, ”utan att säga var”.", bare=True)
    phone.until(town.walk.minute(60))
    phone.observe("V1", texts[3], place_text="Bakom \"Grillen\", vid cykelställen", choices=[
        Choice("Allvar", "Allvarligt", {"severity": 3})])  # fmt: skip
    help_is_called(phone, town)
    phone.until(town.walk.minute(85))
    phone.observe("P1", texts[4], place="Garage Fyren, plan −2")  # in a gap: no position down there
    phone.until(town.walk.minute(100))
    phone.amend(wrong, f"{texts[1]}\nRättat: det var tobak.", "Fel park, och det var tobak")
    phone.observe("S1", texts[5])


def help_is_called(phone: Phone, town: Town) -> None:
    phone.until(town.walk.minute(62))
    call = call_for_help(phone, "POL114", "Polis ej akut, tips", "Bråk mellan två sällskap, ”lugnt” nu")
    phone.until(town.walk.minute(64))
    attempt(phone, call, Attempt("EJSVAR", "Inget svar, kö", now=["attempted"], note="Kö, tolv minuter."))
    phone.until(town.walk.minute(70))
    attempt(phone, call, Attempt("MOTT", "Mottaget", now=["attempted", "answered"], reference="K-1234567-26"))
    phone.until(town.walk.minute(80))
    rung = town.walk.minute(74)
    attempt(phone, call, Attempt("PLATS", "På plats, överlämnat", now=["arrived"], about=("attempted", rung),
                                 note="Två patruller, överlämnat på platsen."))  # fmt: skip
    phone.home()


def dies_with_half_a_text(phone: Phone, town: Town) -> None:
    """Scenario 3: what was typed is there to the last word, is not sent by itself, and keeps the time begun."""
    phone.until(town.walk.minute(125))
    text = notices(11)[6]
    half = text[: len(text) // 2].rstrip() + " ochsåvar"
    said = phone.begin_observation("H1")
    field = phone.page.get_by_label("Beskrivning")
    field.fill(half[:-6])
    field.press_sequentially(half[-6:], delay=30)
    phone.page.wait_for_timeout(600)
    begun_at = phone.now()
    phone.dies()
    phone.switch_on(offline=True, ahead=town.walk.minute(140) - (phone.now() - phone.ahead))
    phone.unsent_is(len(phone.ledger))
    card = phone.page.locator("a.card.begun")
    expect(card).to_contain_text("Påbörjad observation")
    card.click()
    assert phone.new_id() == said.id
    expect(phone.page.get_by_label("Beskrivning")).to_have_value(half)
    phone.page.get_by_label("Beskrivning").fill(text)
    said.data |= {"text": text, "happened": {"kind": "point"}}
    said.position = phone.position_line()
    phone.save_observation(said)
    assert begun_at < said.at
    expect(phone.page.locator("a.card.begun")).to_have_count(0)


def past_midnight(phone: Phone, town: Town) -> Said:
    """The last two hours; ends the shift at a quarter past one."""
    texts, walk = notices(11)[7:], town.walk
    phone.until(walk.minute(155))
    phone.check_in("arrived", "Framme", place="Ångbåtskajen", note="Ångan är släckt.")
    phone.observe("P4", texts[0])
    phone.until(walk.minute(168))
    phone.observe("K1", texts[1], choices=[Choice("Ålder", "Blandat", {"ages": "mixed"})])
    phone.check_in("left", "Lämnat")
    phone.until(walk.minute(190))
    phone.observe("S3", texts[2], place="Björkhöjdens centrum")
    phone.until(walk.minute(200))
    phone.observe("E1", texts[3])
    call = phone.ledger.of("escalation.create")[0]
    close(phone, call, "PLATS", "På plats, överlämnat", "Avslutat av polisen på platsen.")
    phone.home()
    phone.until(walk.ends)
    shift = phone.ledger.of("shift.start")[0]
    assert len(phone.ledger.of("observation.create")) >= 10
    assert shift.at.astimezone(STOCKHOLM).date() < phone.now().astimezone(STOCKHOLM).date()
    phone.end_shift("Lugnt efter midnatt. Åter i garaget 01:10.")
    return shift


def comes_home(phone: Phone, town: Town) -> None:
    """A push is lost, then an answer; the server dies with a push in its hands; then coverage comes and goes."""
    net, server = town.net, town.server
    phone.until(phone.now() - phone.ahead)
    killed = Event()

    def _kill() -> None:
        server.kill()
        killed.set()

    net.lose_requests = 2  # Chromium itself sends a request again when a kept connection breaks under it
    net.lose_answers = 1
    net.at_push = _kill
    net.up()
    phone.browser.context.set_offline(False)
    until(lambda: net.lost_requests == 2, "the phone does not push")
    phone.page.wait_for_timeout(300)
    says_sent_only_what_is_held(phone, town)
    until(killed.is_set, "the phone does not push again")
    assert net.lost_answers == 1
    assert 0 < len(held.ops_of_phones(town.database_url)) < len(phone.ledger)
    says_sent_only_what_is_held(phone, town)
    server.start()
    for _ in range(4):
        net.cut()
        time.sleep(0.4)
        net.up()
        time.sleep(0.8)
        says_sent_only_what_is_held(phone, town)
    for _ in range(3):
        phone.browser.context.set_offline(True)
        time.sleep(0.3)
        phone.browser.context.set_offline(False)
        time.sleep(0.6)
    phone.go("#/telefonen")
    try_now(phone, lambda: phone.unsent() == 0, "something is never sent")
    phone.unsent_is(0, SENT_MS)
    phone.go("#/logg")
    expect(phone.page.locator("ol.log")).to_be_visible()
    expect(phone.page.get_by_text(ONLY_HERE)).to_have_count(0)
    assert server.starts == 2


def says_sent_only_what_is_held(phone: Phone, town: Town) -> None:
    """I1, I2: never does the screen call more sent than the server's tables hold at that moment."""
    sent = len(phone.ledger) - phone.unsent()
    assert sent <= len(held.ops_of_phones(town.database_url))


def try_now(phone: Phone, is_done: Callable[[], bool], otherwise: str) -> None:
    """A host who is waiting presses "Försök nu"; the app would try by itself, but later."""
    deadline = time.monotonic() + SENT_MS / 1000
    while not is_done() and time.monotonic() < deadline:
        again = phone.button("Försök nu")
        if again.count():
            again.click()
        phone.page.wait_for_timeout(1_500)
    assert is_done(), otherwise


def until(is_so: Callable[[], bool], otherwise: str, limit_s: float = 60) -> None:
    deadline = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)
