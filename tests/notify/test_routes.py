"""One's own browsers: kept, moved to whoever is signed in, given up; and a notice to try."""

from typing import Any

import pytest
from sqlalchemy import select

from app.access.context import Context
from app.notify import pushkeys, subscriptions
from app.notify.send import send
from tests.conftest import PhoneOf
from tests.notify.conftest import HELP, Subscribe, set_to
from tests.support import on_sqlite
from tests.support.canary import assert_problem, watched_logs
from tests.support.client import Browser, Phone
from tests.support.pushservice import PushService
from tests.support.world import Cast, FakeClock


def rows(ctx: Context) -> list[Any]:
    with ctx.db.read() as conn:
        return list(conn.execute(select(subscriptions.SUBSCRIPTION).order_by(subscriptions.SUBSCRIPTION.c.seen_at)))


def test_a_subscription_is_kept_once_and_says_when_it_was_last_seen(
    ctx: Context, alva: Phone, subscribe: Subscribe, clock: FakeClock, cast: Cast
) -> None:
    browser = subscribe(alva)
    began = clock()
    clock.advance(hours=3)
    assert alva.request("PUT", "/push/subscription", json=browser.as_json()).json() == {
        "id": subscriptions.id_of(browser.endpoint), "state": "live",
    }  # fmt: skip
    (row,) = rows(ctx)
    assert (row.person_id, row.device_id) == (cast.alva.id, alva.get("/session").json()["device"]["id"])
    assert (row.created_at, row.seen_at, row.dead_at) == (began, clock(), None)


def test_a_phone_that_subscribed_anew_is_told_once(ctx: Context, alva: Phone, subscribe: Subscribe, cast: Cast) -> None:
    old, new = subscribe(alva), subscribe(alva)
    assert len(send(ctx, [cast.alva.id], HELP)) == 1
    assert (old.tries, new.tries) == (0, 1)


@on_sqlite
def test_only_ones_own_subscription_is_given_up(ctx: Context, alva: Phone, bo: Browser, subscribe: Subscribe) -> None:
    key = subscriptions.id_of(subscribe(alva).endpoint)
    assert bo.delete("/push/subscription", params={"id": key}).status_code == 204
    assert len(rows(ctx)) == 1
    for _ in range(2):
        assert alva.delete("/push/subscription", params={"id": key}).status_code == 204
    assert rows(ctx) == []


@on_sqlite
def test_a_person_has_ten_browsers_at_most(
    ctx: Context, phone_of: PhoneOf, subscribe: Subscribe, clock: FakeClock, cast: Cast
) -> None:
    made = []
    for _ in range(subscriptions.COUNT_MAX + 1):
        clock.advance(minutes=1)
        made.append(subscriptions.id_of(subscribe(phone_of(cast.bo)).endpoint))
    assert [row.id for row in rows(ctx)] == made[1:]


@on_sqlite
@pytest.mark.parametrize("endpoint", [
    "http://push.example.net/a", "ftp://push.example.net/a", "https://localhost/a", "https://10.0.0.1/a",
    "https://[::1]/a", "https://push.example.net:8443/a", "https://u:p@push.example.net/a", "https://2130706433/a",
    "https://0x7f.1/a", "https://push.example.net/a#b", "https://push.example.net/å", "https://push.example.net/a b",
    "//push.example.net/a", "https:///a", "https://[/a", "https://push.example.net:x/a", "https://127.0.0.1./a",
])  # fmt: skip
def test_an_address_that_no_push_service_has_is_refused(alva: Phone, service: PushService, endpoint: str) -> None:
    body = service.subscribe().as_json()
    with watched_logs():
        answer = alva.request("PUT", "/push/subscription", json=body | {"endpoint": endpoint + "kanarie"})
    assert_problem(answer, 422, "invalid")


@on_sqlite
def test_only_hosts_that_the_operator_named(ctx: Context, alva: Phone, service: PushService) -> None:
    set_to(ctx, push_hosts=("push.example.se", "127.0.0.1"))
    body = service.subscribe().as_json()
    for endpoint, status in (
        (body["endpoint"], 200), ("https://push.example.se/a", 200), ("https://eu.push.example.se:8443/a", 200),
        ("https://evilpush.example.se/a", 422), ("https://push.example.se.evil.example/a", 422),
        ("http://push.example.se/a", 422), ("https://push.example.net/a", 422),
    ):  # fmt: skip
        answer = alva.request("PUT", "/push/subscription", json=body | {"endpoint": endpoint})
        assert answer.status_code == status, endpoint


@on_sqlite
def test_push_can_be_switched_off(ctx: Context, alva: Phone, service: PushService) -> None:
    set_to(ctx, push="off")
    assert alva.get("/push/key").json() == {"key": None}
    assert alva.get("/notices/channels").json()["push"] is False
    answer = alva.request("PUT", "/push/subscription", json=service.subscribe().as_json())
    assert_problem(answer, 404, "not-found")


def test_one_key_is_made_at_first_use_and_lasts(ctx: Context, alva: Phone, bo: Browser) -> None:
    with ctx.db.read() as conn:
        assert pushkeys.every(conn) == []
    first = alva.get("/push/key").json()["key"]
    assert first == bo.get("/push/key").json()["key"]
    renewed = pushkeys.renew(ctx.db, ctx.journal.clock)
    assert alva.get("/push/key").json()["key"] == renewed.public != first


@on_sqlite
def test_a_notice_to_try_comes_and_not_at_any_pace(alva: Phone, subscribe: Subscribe) -> None:
    browser = subscribe(alva)
    sent = [{"channel": "push", "ok": True, "why": None}]
    for language in ("sv", "en", "sv", "en", "sv"):
        assert alva.post("/push/test", json={"language": language}).json() == {"sent": sent}
    assert [said["title"] for said in browser.got[:2]] == ["Prov från Lykta", "A test from Lykta"]
    answer = alva.post("/push/test", json={})
    assert_problem(answer, 429, "slowed")
    assert int(answer.headers["retry-after"]) > 0
    assert browser.tries == 5
