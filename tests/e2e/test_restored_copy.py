"""The server's database is replaced by an older copy and goes on: what was lost comes back from the phone."""

import shutil
from pathlib import Path

from playwright.sync_api import expect
from sqlalchemy.engine import make_url

from app.core.db import Database
from app.journal.append import Journal
from app.sync.registry import REGISTRY
from tests.e2e import held
from tests.e2e.agree import receipts_agree, the_journal_is_whole, the_server_holds_what_was_said
from tests.e2e.browser import DESK
from tests.e2e.desk import Desk
from tests.e2e.ledger import Ledger
from tests.e2e.look import look
from tests.e2e.phone import Phone
from tests.e2e.town import Browse, Town
from tests.support import on_sqlite
from tests.support.world import CAST, hire


def database_file(town: Town) -> Path:
    name = make_url(town.database_url).database
    assert name is not None
    return Path(name)


def put_back(copy: Path, file: Path) -> None:
    """As somebody does by hand, without Lykta's own tool: nothing tells the server of it."""
    for beside in ("-wal", "-shm"):
        file.with_name(file.name + beside).unlink(missing_ok=True)
    shutil.copyfile(copy, file)


def go_on_without_the_phone(town: Town) -> None:
    """More news than the copy had lost, so that the phone's last seen number is taken by something else."""
    db = Database(town.database_url)
    try:
        journal = Journal(db, REGISTRY)
        for _ in range(3):
            hire(db, journal, *CAST.everybody)
    finally:
        db.close()


def sent(phone: Phone, whole: Ledger) -> None:
    """Coverage until everything has gone, then none: the screen's word for saved is that of a phone without it."""
    phone.browser.context.set_offline(False)
    phone.unsent_is(0, 30_000)
    phone.browser.context.set_offline(True)
    whole.said += phone.ledger.said
    phone.ledger.said.clear()


@on_sqlite
def test_what_an_older_copy_has_lost_comes_back_from_the_phone(town: Town, browse: Browse, tmp_path: Path) -> None:
    phone, whole = Phone(browse("phone"), Ledger()), Ledger()
    phone.switch_on(offline=False)
    phone.sign_in(CAST.alva)
    phone.kept_for_offline(CAST.cim)
    phone.browser.context.set_offline(True)
    phone.start_shift(CAST.alva, CAST.cim, "Norra Åsum")
    phone.observe("S2", 'Klotter på norra väggen, "DÖD ÅT" i rött.')
    sent(phone, whole)

    town.server.stop()
    file, copy = database_file(town), tmp_path / "yesterday.db"
    shutil.copyfile(file, copy)
    town.server.start()
    phone.observe("P1", "Lampan vid gångtunneln blinkar.")
    phone.check_in("round", "Rond", note="Lugnt vid stationen.")
    sent(phone, whole)

    town.server.stop()
    put_back(copy, file)
    go_on_without_the_phone(town)
    town.server.start()
    assert len(held.ops_of_phones(town.database_url)) == len(whole) - 2
    phone.observe("U1", "Sju, åtta ungdomar vid kiosken. Lugnt.")
    sent(phone, whole)

    phone.browser.context.set_offline(False)
    phone.go("#/telefonen")
    phone.button("Kontrollera mina uppgifter").click()
    expect(phone.page.get_by_text(f"{len(whole)} av {len(whole)} finns på servern.")).to_be_visible(timeout=30_000)
    phone.unsent_is(0)
    ops = held.ops_of_phones(town.database_url)
    the_server_holds_what_was_said(whole, ops, town)
    receipts_agree(phone, ops)
    the_journal_is_whole(town)
    the_desk_is_told(Desk(browse("bo", viewport=DESK)))


def the_desk_is_told(bo: Desk) -> None:
    """By whoever comes to it next, until somebody says that they look after it."""
    bo.sign_in(CAST.bo)
    told = bo.page.get_by_role("alert").filter(has_text="Servern har gått tillbaka i tiden")
    expect(told).to_contain_text("Kontrollera säkerhetskopian")
    expect(told).to_contain_text("1 av 1 telefon har hört av sig sedan dess.")
    expect(told).to_contain_text("uppgifter som skrevs tidigare har kommit in")
    look(bo.page, "stepped-back")
    told.get_by_role("button", name="Kvittera").click()
    expect(bo.page.get_by_text("av Bo Ängström")).to_be_visible()
    expect(told).to_have_count(0)


@on_sqlite
def test_a_check_without_coverage_says_what_still_holds(town: Town, browse: Browse) -> None:
    phone = Phone(browse("phone"), Ledger())
    phone.switch_on(offline=False)
    phone.sign_in(CAST.alva)
    phone.kept_for_offline(CAST.cim)
    town.net.cut()
    phone.start_shift(CAST.alva, CAST.cim, "Norra Åsum")
    phone.go("#/telefonen")
    phone.button("Kontrollera mina uppgifter").click()
    expect(phone.page.get_by_text("Allt du sparat ligger kvar i telefonen")).to_be_visible(timeout=30_000)
    town.net.up()
    phone.button("Kontrollera mina uppgifter").click()
    expect(phone.page.get_by_text("1 av 1 finns på servern.")).to_be_visible(timeout=30_000)
