"""Rows 2 to 12 as the server meets them: a Python phone that keeps what has no receipt, and a network that spoils."""

import orjson

from tests.faults import faults
from tests.faults.proxy import Proxy
from tests.faults.sender import Sender, agrees
from tests.faults.site import Site
from tests.faults.wire import body_of

OPS = 3
STEP = 97


def test_row_02_a_request_cut_anywhere_stores_nothing_by_halves(site: Site, proxy: Proxy, sender: Sender) -> None:
    sender.write(OPS)
    whole = 600 + sum(len(op["body"]) for op in sender.kept.values())
    for at in range(1, whole, STEP):
        proxy.spoil(faults.cut_up(at), times=1)
        assert sender.offer() == "no answer"
    assert len(proxy.pushes) == len(range(1, whole, STEP))
    assert len(site.ops_of(sender.phone.install)) in (0, OPS)
    proxy.heal()
    sender.offer_until_all_is_received()
    agrees(sender, site)


def test_row_03_committed_but_the_answer_is_lost(site: Site, proxy: Proxy, sender: Sender) -> None:
    sender.write(OPS)
    rule = proxy.spoil(faults.drop_answer, times=3)
    assert [sender.offer() for _ in range(3)] == ["no answer"] * 3
    stored = {op["id"]: op["seq"] for op in site.ops_of(sender.phone.install)}
    assert (rule.hits, len(stored)) == (3, OPS)
    assert sender.offer() == "answered"
    assert {told["status"] for told in sender.receipts.values()} == {"duplicate"}
    assert {key: told["seq"] for key, told in sender.receipts.items()} == stored
    agrees(sender, site)


def test_row_09_a_request_is_replayed_long_after(site: Site, proxy: Proxy, sender: Sender) -> None:
    sender.write(OPS)
    sender.offer()
    first = proxy.pushes[0]
    told = dict(sender.receipts)
    sender.write(OPS)
    sender.offer()
    again = orjson.loads(body_of(proxy.replay(first)))["results"]
    assert [(r["id"], r["status"], r["seq"], r["received_at"]) for r in again] == [
        (key, "duplicate", r["seq"], r["received_at"]) for key, r in told.items()
    ]
    agrees(sender, site)


def test_row_11_a_body_altered_on_the_way_up_is_not_stored(site: Site, proxy: Proxy, sender: Sender) -> None:
    sender.write(OPS)
    rule = proxy.spoil(faults.rewrite_request(lambda body: body.replace(b"Rond 1,", b"Rond 7,")), times=1)
    assert sender.offer() == "answered"
    assert (rule.hits, len(sender.kept), len(site.ops_of(sender.phone.install))) == (1, 1, OPS - 1)
    sender.offer_until_all_is_received()
    agrees(sender, site)


def test_row_12_flapping_neither_loses_nor_doubles(site: Site, proxy: Proxy, sender: Sender) -> None:
    """So fast that many a push is cut between its commit and its answer."""
    proxy.flap(up_s=0.006, down_s=0.003)
    for _ in range(60):
        sender.write()
        sender.offer()
    proxy.heal()
    sender.offer_until_all_is_received()
    agrees(sender, site)
