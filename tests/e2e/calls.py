"""A host who calls for help, and logs each attempt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from playwright.sync_api import expect

from tests.e2e.ledger import Said
from tests.e2e.phone import Phone
from tests.e2e.walk import STOCKHOLM

#: In place of the dialler, which a browser without a screen asks about for ever: it takes the tap and comes back.
DIALLER = """() => document.addEventListener("click", event => {
  if (event.target.closest('a[href^="tel:"]')) event.preventDefault();
})"""
MOMENTS = {"attempted": "Ringde", "answered": "Fick svar", "arrived": "På plats", "left": "Lämnade"}


@dataclass(frozen=True)
class Attempt:
    """`now`: moments said by a tap; `about`: moments from memory, as a time."""

    outcome: str
    words: str
    now: Sequence[str] = ()
    about: tuple[str, datetime] | None = None
    reference: str = ""
    note: str = ""


def call_for_help(phone: Phone, code: str, service: str, cause: str) -> Said:
    """Ends on the screen of the call."""
    phone.go("#/ring")
    phone.button(f"Logga tillkallad hjälp: {service}").click()
    op = phone.new_id()
    phone.page.get_by_label("Varför").fill(cause)
    phone.feel_position()
    point, at = phone.here(), phone.now()
    phone.page.wait_for_timeout(1_000)  # the form asks for the position and does not say when it has it
    phone.button("Spara").click()
    expect(phone.page.get_by_role("heading", name=service)).to_be_visible()
    said = Said("escalation.create", at, {"service": code, "channel": "phone", "cause": cause}, op, point)
    return phone.keep(said, phone.page.locator("main"))


def attempt(phone: Phone, call: Said, made: Attempt) -> Said:
    """From the screen of the call, and back to it."""
    phone.button("Nytt kontaktförsök").click()
    expect(phone.page.get_by_label("Ärendenummer")).to_be_visible()
    op = phone.new_id()
    data: dict[str, Any] = {"target": call.id, "outcome": made.outcome, "note": made.note or None,
                            "reference": made.reference or None}  # fmt: skip
    for moment in made.now:
        phone.button(f"{MOMENTS[moment]}: Nu").click()
        data[moment] = {"kind": "point"}
    if made.about is not None:
        moment, when = made.about
        phone.button(f"{MOMENTS[moment]}: Nu").click()
        phone.page.get_by_label(MOMENTS[moment], exact=True).fill(f"{when.astimezone(STOCKHOLM):%H:%M}")
        phone.button(f"{MOMENTS[moment]}: Ca").click()
        data[moment] = {"kind": "about", "from": f"{when:%Y-%m-%dT%H:%M}:00.000Z"}
    phone.choose("Utfall", made.words)
    phone.page.get_by_label("Ärendenummer").fill(made.reference)
    phone.page.get_by_label("Anteckning").fill(made.note)
    at = phone.now()
    phone.button("Spara").click()
    shown = phone.page.locator("main").locator(".card").filter(has_text=made.words)
    expect(shown.last).to_contain_text(made.note)
    return phone.keep(Said("escalation.attempt", at, data, op), phone.page.locator("main"))


def close(phone: Phone, call: Said, outcome: str, words: str, note: str) -> Said:
    """The address does not tell the op's id: it is known by what it says."""
    phone.go(f"#/ring/{call.id}")
    phone.button("Avsluta ärendet").click()
    sheet = phone.page.get_by_role("dialog")
    sheet.locator("label.chip").filter(has_text=words).click()
    sheet.get_by_label("Anteckning").fill(note)
    at = phone.now()
    sheet.get_by_role("button", name="Avsluta ärendet").click()
    expect(phone.page.get_by_text(f"Avslutat: {words}").last).to_be_visible()
    said = Said("escalation.close", at, {"target": call.id, "outcome": outcome, "note": note})
    return phone.keep(said, phone.page.locator("main"))
