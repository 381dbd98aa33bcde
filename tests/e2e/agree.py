"""In the end tables, receipts and the supervisor's screen tell what the ledger says, each thing once."""

from datetime import datetime
from typing import Any

from playwright.sync_api import expect

from tests.e2e import held
from tests.e2e.desk import Desk, Row
from tests.e2e.ledger import Ledger, Said, differences
from tests.e2e.phone import Phone
from tests.e2e.town import Town
from tests.support.world import CAST

RECORDS = {"checkin.create": "checkin", "observation.create": "observation", "escalation.create": "escalation"}
#: What the phone itself keeps, read beside the app.
KEPT = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("lykta-core");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("ops").objectStore("ops").getAll();
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result.map(({ id, hash }) => ({ id, hash }))); };
  };
})"""
RECEIPTS = """ids => Promise.all(ids.map(async id => (await fetch(`/api/v1/sync/receipts/${id}`)).json()))"""
#: How often the tables are compared while the server writes beside it.
ROUNDS = 3


def the_server_holds_what_was_said(ledger: Ledger, ops: list[dict[str, Any]], town: Town) -> None:
    found = ledger.matched(ops)
    wrong = {f"{said.type} {said.at:%H:%M}": differences(said, op) for op in ops if (said := found[op["id"]])}
    assert {what: faults for what, faults in wrong.items() if faults} == {}
    assert {op["status"] for op in ops} == {"applied"}
    assert sorted(op["client_seq"] for op in ops) == list(range(1, len(ops) + 1))
    for op_type, table in RECORDS.items():
        rows = held.records(town.database_url, table)
        assert set(rows) == {op["id"] for op in ops if op["type"] == op_type}
    observations = held.records(town.database_url, "observation")
    said_last = {op["id"]: op["data"]["text"] for op in ops if op["type"] == "observation.create"}
    said_last |= {op["data"]["target"]: op["data"]["observation"]["text"] for op in ops
                  if op["type"] == "observation.amend"}  # fmt: skip
    assert {key: row["text"] for key, row in observations.items()} == said_last


def receipts_agree(phone: Phone, ops: list[dict[str, Any]]) -> None:
    """The server's word on each op, by the hash of the bytes that the phone itself keeps."""
    kept = phone.page.evaluate(KEPT)
    assert {row["id"]: row["hash"] for row in kept} == {op["id"]: op["hash"] for op in ops}
    told = phone.page.evaluate(RECEIPTS, [op["id"] for op in ops])
    assert [(r["status"], r["hash"], r["conflicts"]) for r in told] == [("applied", op["hash"], []) for op in ops]
    assert [r["seq"] for r in told] == [op["seq"] for op in ops]


def the_supervisor_sees_all_of_it(desk: Desk, shift: Said, ledger: Ledger, ops: list[dict[str, Any]]) -> None:
    desk.sign_in(CAST.bo)
    whole = f"Komplett · {len(ledger)} av {len(ledger)} mottagna"
    expect(desk.shift_row(str(shift.id))).to_contain_text(whole)
    desk.open_shift(str(shift.id))
    expect(desk.completeness()).to_contain_text(whole)
    rows = desk.rows()
    entries = [op for op in ops if op["type"] in {"shift.start", "shift.end", *RECORDS}]
    in_order = sorted(entries, key=lambda op: (datetime.fromisoformat(op["at"]["wall"]), op["seq"]))
    assert [row.id for row in rows if not row.is_alarm] == [op["id"] for op in in_order]
    by_id = {row.id: row for row in rows}
    amended = {one.data["target"]: one for one in ledger.of("observation.amend")}
    for said in ledger.of("observation.create"):
        row = by_id[str(said.id)]
        current = amended[str(said.id)].data["observation"]["text"] if said.id in amended else said.data["text"]
        assert row.texts == (current,)
    corrected = next(iter(amended.values()))
    assert f"”{corrected.data['reason']}”" in by_id[corrected.data["target"]].words
    the_call_is_told(by_id[str(ledger.of("escalation.create")[0].id)], ledger)


def the_call_is_told(row: Row, ledger: Ledger) -> None:
    for said in (*ledger.of("escalation.attempt"), *ledger.of("escalation.close")):
        assert (said.data.get("note") or "") in row.words
        assert (said.data.get("reference") or "") in row.words
    for outcome in ("Inget svar, kö", "Mottaget", "På plats, överlämnat"):
        assert outcome in row.words


def the_journal_is_whole(town: Town) -> None:
    """A server that is up may write meanwhile, as its timer does of a promise that nobody kept: then once more."""
    for _ in range(ROUNDS):
        head, before = held.head(town.database_url), held.projections(town.database_url)
        for act in ("verify", "rebuild"):
            done = town.server.command("journal", act)
            assert done.returncode == 0, done.stdout + done.stderr
        after = held.projections(town.database_url)
        if held.head(town.database_url) == head:
            break
    assert {table: (before[table], rows) for table, rows in after.items() if rows != before[table]} == {}
