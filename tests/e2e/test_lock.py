"""A locked phone: nothing on it can be read, help can be called for, and a forgotten PIN loses nothing."""

from playwright.sync_api import expect

from tests.e2e import held
from tests.e2e.axe import violations
from tests.e2e.ledger import Ledger
from tests.e2e.phone import Phone
from tests.e2e.raw import RAW
from tests.e2e.sizes import sizes
from tests.e2e.test_alarm import press
from tests.e2e.tour import put_on
from tests.e2e.town import RESULTS, Browse, Town
from tests.support import on_sqlite
from tests.support.world import CAST

WORDS = "Klotter bakom växelhuset"
BEGUN = "Krossad ruta vid entrén"
PIN, OTHER = "274913", "493172"
SOON_MS = 30_000
AUTHENTICATOR = {
    "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True, "hasPrf": True,
}  # fmt: skip


def looked(phone: Phone, name: str) -> None:
    for scheme in ("light", "red", "dark"):
        put_on(phone.page, scheme)
        phone.page.screenshot(path=RESULTS / "screens" / f"lock-{name}-{scheme}.png", full_page=True)
        assert violations(phone.page) == []
    assert {fault: found for fault, found in sizes(phone.page).items() if found} == {}


def choose_pin(phone: Phone, first: str, pin: str) -> None:
    phone.page.get_by_label(first, exact=True).fill(pin)
    phone.page.get_by_label("Samma PIN igen").fill(pin)


def unlock(phone: Phone, pin: str) -> None:
    phone.page.get_by_label("PIN", exact=True).fill(pin)
    phone.button("Lås upp").click()


def is_locked(phone: Phone) -> None:
    expect(phone.page.get_by_role("heading", name="Låst")).to_be_visible(timeout=SOON_MS)


@on_sqlite
def test_a_locked_phone_keeps_its_words_and_still_calls_for_help(town: Town, browse: Browse) -> None:
    phone = Phone(browse("alva"), Ledger())
    phone.switch_on(offline=False)
    phone.sign_in(CAST.alva)
    phone.kept_for_offline(CAST.cim)
    phone.wait_for_key()
    phone.browser.context.set_offline(True)
    shift = phone.start_shift(CAST.alva, CAST.cim, "Norra Åsum")
    first = phone.observe("S2", WORDS)
    begun = phone.begin_observation("S2")
    phone.page.get_by_label("Beskrivning").fill(BEGUN)
    phone.go("#/falt")  # leaving keeps the draft
    phone.wait_for(f"async () => {{ const raw = await ({RAW})(); "
                   f"return ['{WORDS}', '{BEGUN}'].every((one) => raw.includes(one)); }}")  # fmt: skip

    phone.go("#/falt/installningar")
    looked(phone, "settings")
    phone.button("Lås appen med PIN").click()
    choose_pin(phone, "Välj PIN", PIN)
    looked(phone, "choose")
    phone.button("Slå på låset").click()
    expect(phone.page.get_by_text("På. Det som skrivs ligger krypterat i telefonen.")).to_be_visible(timeout=SOON_MS)
    phone.home()
    second = phone.observe("S2", f"{WORDS} igen")
    raw = phone.page.evaluate(RAW)
    assert (WORDS in raw, BEGUN in raw, PIN in raw) == (False, False, False)

    phone.switch_off()
    phone.switch_on(offline=True)
    is_locked(phone)
    expect(phone.page.get_by_text("3 poster väntar på att skickas. Det sker utan PIN.")).to_be_visible()
    looked(phone, "locked")
    phone.go(f"#/logg/{first.id}")
    is_locked(phone)
    phone.page.get_by_role("link", name="Larma").click()
    looked(phone, "alarm")
    press(phone.page)
    expect(phone.page.get_by_text("Bara i telefonen. Ingen har fått larmet.")).to_be_visible(timeout=SOON_MS)
    phone.page.mouse.up()
    phone.browser.context.set_offline(False)
    phone.go("#/falt")
    expect(phone.page.get_by_text("Allt skrivet är skickat.")).to_be_visible(timeout=SOON_MS)
    ops = {op["op_id"]: op for op in held.ops_of_phones(town.database_url)}
    assert [ops[str(said.id)]["status"] for said in (first, second)] == ["applied", "applied"]
    assert [row["shift_id"] for row in held.records(town.database_url, "alert").values()] == [str(shift.id)]

    unlock(phone, OTHER)
    expect(phone.page.get_by_text("Fel PIN. Inget har raderats.")).to_be_visible(timeout=SOON_MS)
    unlock(phone, PIN)
    expect(phone.page.get_by_role("navigation", name="Delar av appen")).to_be_visible(timeout=SOON_MS)
    phone.go("#/logg")
    expect(phone.card(str(first.id))).to_contain_text(WORDS)

    by_passkey(phone)
    forgotten(phone)
    phone.go(f"#/observation/{begun.id}")
    expect(phone.page.get_by_label("Beskrivning")).to_have_value(BEGUN)


def by_passkey(phone: Phone) -> None:
    cdp = phone.browser.cdp(phone.page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    phone.go("#/falt/installningar")
    phone.button("Lås upp med telefonens nyckel").click()
    phone.page.get_by_label("Nuvarande PIN").fill(PIN)
    phone.button("Lägg till nyckel").click()
    expect(phone.page.get_by_text("Telefonens nyckel låser också upp.")).to_be_visible(timeout=SOON_MS)
    phone.button("Lås nu").click()
    is_locked(phone)
    phone.button("Lås upp med nyckel").click()
    expect(phone.button("Lås nu")).to_be_visible(timeout=SOON_MS)


def forgotten(phone: Phone) -> None:
    phone.button("Lås nu").click()
    phone.button("Glömt PIN").click()
    looked(phone, "forgotten")
    phone.page.get_by_label("Lösenord", exact=True).fill(CAST.alva.password)
    choose_pin(phone, "Ny PIN", OTHER)
    phone.button("Logga in och lås upp").click()
    expect(phone.button("Lås nu")).to_be_visible(timeout=SOON_MS)
    phone.button("Lås nu").click()
    unlock(phone, OTHER)
    expect(phone.button("Lås nu")).to_be_visible(timeout=SOON_MS)
