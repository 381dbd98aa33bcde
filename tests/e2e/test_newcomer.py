"""A newcomer: the operator's one-time link, a password of one's own, the first screen."""

import json

from playwright.sync_api import expect

from tests.e2e.ledger import Ledger
from tests.e2e.phone import Phone
from tests.e2e.town import Browse, Town
from tests.support import on_sqlite

PASSWORD = "lampa park åtta"


@on_sqlite
def test_a_newcomer_gets_in_by_a_link_and_the_link_is_used_up(town: Town, browse: Browse) -> None:
    added = town.server.command("user", "add", "örjan", "--name", "Örjan Åhl", "--role", "host", "--json")
    assert added.returncode == 0, added.stderr
    link = str(json.loads(added.stdout)["link"])
    fragment = "#" + link.partition("#")[2]
    phone = Phone(browse("phone"), Ledger())
    phone.switch_on(offline=False)
    phone.go(fragment)
    for label in ("Nytt lösenord", "Samma lösenord igen"):
        phone.page.get_by_label(label).fill(PASSWORD)
    phone.button("Spara lösenordet").click()
    expect(phone.page.get_by_text("Lösenordet är sparat. Logga in.")).to_be_visible()
    phone.page.get_by_role("link", name="Logga in").click()
    phone.page.get_by_label("Användarnamn").fill("Örjan")
    phone.page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    phone.button("Logga in").click()
    expect(phone.page.get_by_role("heading", name="Hej Örjan")).to_be_visible()
    code = fragment.rpartition("/")[2]
    assert not [url for url in phone.browser.asked if code in url]
    phone.go(fragment)
    for label in ("Nytt lösenord", "Samma lösenord igen"):
        phone.page.get_by_label(label).fill(PASSWORD)
    phone.button("Spara lösenordet").click()
    expect(phone.page.get_by_text("Länken är redan använd eller för gammal.")).to_be_visible()
