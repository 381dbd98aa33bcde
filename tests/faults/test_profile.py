"""Rows 25, 32, 38 and 40: one phone's store in the hands of several tabs, builds, people and devices."""

from typing import Any

import orjson
import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.core.db import Database
from app.journal.rows import OP
from tests.e2e.ledger import Said
from tests.faults import faults
from tests.faults.host import KEPT, Host, agrees
from tests.faults.proxy import PUSH, Proxy
from tests.faults.site import Site
from tests.faults.street import Street
from tests.faults.wire import body_of
from tests.support.world import CAST

pytestmark = pytest.mark.e2e

#: A page of this origin without the app.
BARE = "/icons/lykta.svg"
ABSENT = "Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined })"
#: Everybody gets the lock, at once and for as long as they like.
GENEROUS = """LockManager.prototype.request = async function (name, options, work) {
  return await (work ?? options)({ name, mode: "exclusive" });
}"""


def test_row_25_two_tabs_that_send_at_once_do_no_harm(site: Site, air: Proxy, host: Host) -> None:
    """Neither knows of the other's requests, and ops are pushed by both. The worker only wakes them."""
    host.opens_another_page(ABSENT)
    first = host.page
    second = host.browser.context.new_page()
    second.add_init_script(GENEROUS)
    second.goto(f"{host.browser.base_url}/#/falt")
    expect(second.get_by_role("button", name="Observation", exact=True)).to_be_visible()
    host.browser.context.set_offline(True)
    host.write(2)
    host._page = second
    host.write(2)
    heard: list[bytes] = []
    air.spoil(faults.together(heard), times=2)
    host.browser.context.set_offline(False)
    host.all_is_sent()
    host._page = first
    host.all_is_sent()
    second.close()
    told = [(r["status"], r["id"], r["seq"]) for answer in heard for r in orjson.loads(body_of(answer))["results"]]
    assert {status for status, _, _ in told} == {"applied", "duplicate"}, "Only one tab has sent."
    assert len({(op, seq) for _, op, seq in told}) == len({op for _, op, _ in told}), "One op has two numbers."
    agrees(host, site)


RAISED = """async () => {
  const found = {};
  for (const name of ["lykta-core", "lykta-cache", "lykta-blobs"]) {
    const { version } = (await indexedDB.databases()).find((one) => one.name === name);
    const opening = indexedDB.open(name, version + 1);
    opening.onupgradeneeded = () => {
      const made = opening.result.createObjectStore("later", { keyPath: "id" });
      made.put({ id: "of a newer build", nobody: ["knows", "this"] });
      if (name === "lykta-core") opening.transaction.objectStore("meta").put({ all: "new" }, "later");
    };
    await new Promise((resolve, reject) => { opening.onsuccess = resolve; opening.onerror = reject; });
    found[name] = opening.result.version;
    opening.result.close();
  }
  return found;
}"""
FOUND = """async (names) => {
  const found = {};
  for (const name of names) {
    const opening = indexedDB.open(name);
    await new Promise((resolve, reject) => { opening.onsuccess = resolve; opening.onerror = reject; });
    const db = opening.result;
    const asked = db.transaction("later").objectStore("later").getAll();
    await new Promise((resolve) => { asked.onsuccess = resolve; });
    found[name] = [db.version, asked.result];
    db.close();
  }
  return found;
}"""
META = KEPT.replace('"ops"', '"meta"').replace("getAll()", "get('later')")


def test_row_32_an_older_app_works_in_a_newer_database_and_leaves_it_as_it_is(site: Site, host: Host) -> None:
    host.browser.context.set_offline(True)
    host.write(2)
    host.page.goto(host.browser.base_url + BARE)
    versions: dict[str, int] = host.page.evaluate(RAISED)
    host.opens_another_page()
    host.unsent_is(2)
    host.write()
    host.browser.context.set_offline(False)
    host.all_is_sent()
    agrees(host, site)
    later = [{"id": "of a newer build", "nobody": ["knows", "this"]}]
    assert host.page.evaluate(FOUND, list(versions)) == {name: [version, later] for name, version in versions.items()}
    assert host.page.evaluate(META) == {"all": "new"}


def authors(site: Site, *installs: str) -> dict[str, str]:
    db = Database(site.database_url)
    try:
        with db.read() as conn:
            asked = select(OP.c.op_id, OP.c.author).where(OP.c.install.in_(installs))
            return {row.op_id: row.author for row in conn.execute(asked)}
    finally:
        db.close()


def sign_out(host: Host) -> None:
    host.go("#/falt/installningar")
    host.button("Logga ut").click()
    host.page.get_by_role("dialog").get_by_role("button", name="Logga ut").click()
    expect(host.page.get_by_label("Lösenord", exact=True)).to_be_visible()


def test_row_38_another_person_signs_in_and_each_op_keeps_the_name_of_its_author(
    site: Site, air: Proxy, host: Host
) -> None:
    host.all_is_sent()
    rule = air.spoil(faults.drop_request, path=PUSH)
    host.write(2)
    alvas = [str(said.id) for said in host.ledger.said[-2:]]
    sign_out(host)
    host.sign_in(CAST.cim)
    host.home()
    expect(host.card(alvas[0])).to_have_count(0)
    host.write(2)
    cims = [str(said.id) for said in host.ledger.said[-2:]]
    assert rule.hits > 0
    air.heal()
    host.all_is_sent()
    agrees(host, site)
    told = authors(site, *{row["install"] for row in host.kept()})
    assert {told[key] for key in alvas} == {CAST.alva.id}
    assert {told[key] for key in cims} == {CAST.cim.id}
    sign_out(host)
    host.sign_in(CAST.alva)
    host.home()


def test_row_40_a_phone_and_its_copy_lose_nothing_and_become_two(site: Site, street: Street, host: Host) -> None:
    host.write()
    host.all_is_sent()
    before = len(host.kept())
    phones = (host, street.another(host))
    for phone in phones:
        phone.switch_on()
        phone.home()
        phone.browser.context.set_offline(True)
        phone.write(2)
        phone.lets_out()
    places = [[(row["install"], row["seq"]) for row in newest(phone, 2)] for phone in phones]
    assert places[0] == places[1], "It was no copy."
    for phone in phones:
        phone.browser.context.set_offline(False)
        phone.all_is_sent()
    for phone in phones:
        phone.write(2)
        phone.all_is_sent()
    kept = {row["id"]: row for phone in phones for row in phone.kept()}
    assert len(kept) == before + 8
    held = site.ops_of(*{row["install"] for row in kept.values()})
    assert {op["id"]: bytes(op["body"]) for op in held} == {key: row["body"].encode() for key, row in kept.items()}
    assert len(held) == len(kept)
    said: list[Said] = [said for phone in phones for said in phone.ledger.said]
    assert {one.id for one in said} <= {op["id"] for op in held if op["status"] == "applied"}
    last = [newest(phone, 1)[0]["install"] for phone in phones]
    assert last[0] != last[1], "Both go on under one name."
    assert site.is_whole()
    street.gives_up()


def newest(host: Host, count: int) -> list[dict[str, Any]]:
    """The ops that were saved last on a phone that has had one install until then."""
    ids = [said.id for said in host.ledger.said[-count:]]
    return [row for row in host.kept() if row["id"] in ids]
