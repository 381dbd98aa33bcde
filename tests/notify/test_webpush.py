"""Push messages: what the push service gets, and what each of its answers comes to."""

import time
from dataclasses import replace

import pytest

from app.access import accounts
from app.access.context import Context
from app.alert.texts import report
from app.notify import pushkeys, send, sms, webpush
from app.notify.send import Sent, Why
from tests.conftest import PhoneOf
from tests.notify.conftest import HELP, REMINDER, Subscribe, set_to
from tests.support import on_sqlite
from tests.support.canary import watched_logs
from tests.support.client import Phone
from tests.support.pushservice import PushService
from tests.support.world import Cast, FakeClock

pytestmark = on_sqlite


def test_a_phone_is_told_in_words_that_only_it_can_read(
    ctx: Context, alva: Phone, subscribe: Subscribe, service: PushService, cast: Cast
) -> None:
    """VAPID signature, audience and expiry are checked by the service; so are length, topic and encoding."""
    browser = subscribe(alva)
    assert send.send(ctx, [cast.alva.id], HELP) == [Sent(cast.alva.id, "push", True, None)]
    assert service.refused == []
    assert browser.got == [{"kind": "help", "id": HELP.alert_id, "title": "Hjälplarm",
                            "body": "Öppna Lykta och kvittera.", "url": "#/larm/019a", "urgent": True}]  # fmt: skip
    headers = browser.headers[0]
    assert (headers["urgency"], headers["ttl"]) == ("high", "14400")
    assert HELP.alert_id not in str(headers)


def test_a_notice_says_whose_it_is(ctx: Context, alva: Phone, subscribe: Subscribe, cast: Cast) -> None:
    """Who works for two municipalities has two apps of one name."""
    browser = subscribe(alva)
    set_to(ctx, organisation="Lyckhamns kommun")
    send.send(ctx, [cast.alva.id], HELP)
    assert (browser.got[0]["title"], browser.got[0]["body"]) == ("Hjälplarm · Lyckhamns kommun", HELP.body)
    set_to(ctx, organisation="Ö" * 80)
    send.send(ctx, [cast.alva.id], replace(HELP, title="Ö" * 120, body="Ö" * 400, url="#/" + "ö" * 999))
    assert browser.got[1]["title"] == "Ö" * 119 + "…"
    assert len(set(browser.sizes)) == 1


def test_a_report_of_a_threat_waits_a_day_for_a_phone_that_is_off(
    ctx: Context, phone_of: PhoneOf, subscribe: Subscribe, cast: Cast
) -> None:
    """And fits whole into a text message, its link too."""
    browser, said = subscribe(phone_of(cast.bo)), report(HELP.alert_id)
    send.send(ctx, [cast.bo.id], said)
    assert (browser.headers[0]["urgency"], browser.headers[0]["ttl"]) == ("high", "86400")
    assert browser.got[0]["body"] == "Hot eller våld mot personal har rapporterats. Öppna Lykta."
    assert sms.text(said["sv"], "https://lykta.kommunens-egen-adress.example") == (
        "Läs utan dröjsmål. Hot eller våld mot personal har rapporterats. Öppna Lykta."
        " https://lykta.kommunens-egen-adress.example/#/saknas"
    )


def test_what_is_not_urgent_says_so_and_two_of_one_alert_have_one_topic(
    ctx: Context, alva: Phone, subscribe: Subscribe, cast: Cast
) -> None:
    browser = subscribe(alva)
    for notice in (REMINDER, HELP, replace(HELP, alert_id="another")):
        send.send(ctx, [cast.alva.id], notice)
    assert [h["urgency"] for h in browser.headers] == ["normal", "high", "high"]
    assert browser.headers[0]["ttl"] == "900"
    first, second, third = (h["topic"] for h in browser.headers)
    assert first == second != third


def test_all_messages_are_of_one_length_on_the_wire(
    ctx: Context, alva: Phone, subscribe: Subscribe, cast: Cast
) -> None:
    browser = subscribe(alva)
    for title in ("A", "Ö🙂\n" * 300):
        assert send.send(ctx, [cast.alva.id], replace(HELP, title=title, body=title, url="#/" + "ö" * 999))[0].ok
    assert len(set(browser.sizes)) == 1
    assert browser.got[1]["title"].endswith("…")


@pytest.mark.parametrize(("answers", "retry_after", "ok", "why", "tries"), [
    ([404], None, False, Why.GONE, 1), ([410], None, False, Why.GONE, 1),
    ([403], None, False, Why.REFUSED, 1), ([413], None, False, Why.REFUSED, 1), ([301], None, False, Why.REFUSED, 1),
    ([500], None, True, None, 2), ([500, 502], None, False, Why.FAILED, 2),
    ([429], "0", True, None, 2), ([429], "600", False, Why.SLOWED, 1), ([429, 429], "0", False, Why.SLOWED, 2),
    ([503], "Fri, 20 Nov 2026 20:00:00 GMT", True, None, 2),
])  # fmt: skip
def test_each_answer_of_the_push_service(
    ctx: Context, alva: Phone, subscribe: Subscribe, cast: Cast, monkeypatch: pytest.MonkeyPatch,
    answers: list[int], retry_after: str | None, ok: bool, why: str | None, tries: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(webpush, "PAUSE_S", 0.0)
    browser = subscribe(alva, answers=list(answers), retry_after=retry_after)
    assert send.send(ctx, [cast.alva.id], HELP) == [Sent(cast.alva.id, "push", ok, why)]
    assert browser.tries == tries


@pytest.mark.parametrize("status", [404, 410])
def test_row_63_a_dead_subscription_is_not_tried_again_and_its_phone_makes_another(
    ctx: Context, alva: Phone, subscribe: Subscribe, cast: Cast, status: int
) -> None:
    dead = subscribe(alva, answers=[status])
    assert send.send(ctx, [cast.alva.id], HELP)[0].why == Why.GONE
    assert send.send(ctx, [cast.alva.id], HELP) == [Sent(cast.alva.id, "none", False, Why.NO_CHANNEL)]
    assert dead.tries == 1
    # At its next start the phone says what it has, hears that it is dead, and subscribes anew.
    again = alva.request("PUT", "/push/subscription", json=dead.as_json())
    assert again.json()["state"] == "dead"
    fresh = subscribe(alva)
    assert send.send(ctx, [cast.alva.id], HELP) == [Sent(cast.alva.id, "push", True, None)]
    assert (dead.tries, len(fresh.got)) == (1, 1)


def test_a_service_that_hangs_costs_nobody_else_their_notice(
    ctx: Context, alva: Phone, phone_of: PhoneOf, subscribe: Subscribe, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webpush, "SECONDS_MAX", 1.0)
    silent, heard = subscribe(alva, hangs=True), subscribe(phone_of(cast.cim))
    began = time.monotonic()
    sent = send.send(ctx, [cast.alva.id, cast.cim.id], HELP)
    assert sent == [Sent(cast.alva.id, "push", False, Why.LATE), Sent(cast.cim.id, "push", True, None)]
    assert time.monotonic() - began < 8
    assert (silent.tries, len(heard.got)) == (1, 1)


def test_an_attempt_that_does_not_end_is_told_as_late(
    ctx: Context, alva: Phone, subscribe: Subscribe, cast: Cast, service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "STAGE_S", 0.3)
    subscribe(alva, hangs=True)
    began = time.monotonic()
    assert send.send(ctx, [cast.alva.id], HELP) == [Sent(cast.alva.id, "push", False, Why.LATE)]
    assert time.monotonic() - began < webpush.SECONDS_MAX - 2
    service.released.set()


def test_several_phones_and_several_people_at_once(
    ctx: Context, phone_of: PhoneOf, subscribe: Subscribe, cast: Cast
) -> None:
    browsers = [subscribe(phone_of(person)) for person in (cast.bo, cast.bo, cast.ada)]
    sent = send.send(ctx, [cast.ada.id, cast.bo.id, cast.ada.id, cast.dan.id, "nobody"], HELP)
    assert [(one.person_id, one.channel, one.ok) for one in sent] == [
        (cast.ada.id, "push", True), (cast.bo.id, "push", True), (cast.bo.id, "push", True),
        (cast.dan.id, "none", False), ("nobody", "none", False),
    ]  # fmt: skip
    assert [one.why for one in sent[3:]] == [Why.NO_CHANNEL, Why.UNKNOWN]
    assert all(len(browser.got) == 1 for browser in browsers)


def test_who_subscribed_before_the_key_was_renewed_is_still_told(
    ctx: Context, alva: Phone, phone_of: PhoneOf, subscribe: Subscribe, cast: Cast
) -> None:
    """The service refuses every key but that of the subscription."""
    before = subscribe(alva)
    pushkeys.renew(ctx.db, ctx.journal.clock)
    after = subscribe(phone_of(cast.alva))
    assert before.key != after.key
    # Whoever comes back with the old one is asked to make another, and is told by the old one until it has.
    assert alva.request("PUT", "/push/subscription", json=before.as_json()).json()["state"] == "dead"
    assert [one.ok for one in send.send(ctx, [cast.alva.id], HELP)] == [True, True]


def test_nobody_is_told_on_a_phone_that_is_not_theirs_any_more(
    ctx: Context, alva: Phone, phone_of: PhoneOf, subscribe: Subscribe, cast: Cast, clock: FakeClock
) -> None:
    lent, revoked = subscribe(alva), phone_of(cast.alva)
    subscribe(revoked)
    assert len(send.send(ctx, [cast.alva.id], HELP)) == 2
    accounts.revoke_device(ctx, revoked.get("/session").json()["device"]["id"])
    clock.advance(minutes=1)
    assert alva.sign_in(cast.cim).status_code == 201
    assert send.send(ctx, [cast.alva.id], HELP) == [Sent(cast.alva.id, "none", False, Why.NO_CHANNEL)]
    assert alva.request("PUT", "/push/subscription", json=lent.as_json()).json()["state"] == "live"
    assert send.send(ctx, [cast.cim.id], HELP) == [Sent(cast.cim.id, "push", True, None)]


def test_a_disabled_person_and_a_server_without_push_send_nothing(
    ctx: Context, alva: Phone, subscribe: Subscribe, cast: Cast
) -> None:
    browser = subscribe(alva)
    set_to(ctx, push="off")
    assert send.send(ctx, [cast.alva.id], HELP)[0].why == Why.NO_CHANNEL
    set_to(ctx, push="on")
    accounts.set_active(ctx, "alva", active=False)
    assert send.send(ctx, [cast.alva.id], HELP)[0].why == Why.UNKNOWN
    assert browser.tries == 0


def test_an_address_that_was_allowed_once_is_looked_at_again(
    ctx: Context, alva: Phone, subscribe: Subscribe, cast: Cast
) -> None:
    browser = subscribe(alva)
    set_to(ctx, push_hosts=("push.example.se",))
    assert send.send(ctx, [cast.alva.id], HELP) == [Sent(cast.alva.id, "push", False, Why.FORBIDDEN)]
    set_to(ctx, push_hosts=())
    assert send.send(ctx, [cast.alva.id], HELP) == [Sent(cast.alva.id, "push", False, Why.FORBIDDEN)]
    assert browser.tries == 0


def test_it_never_raises_and_logs_no_address(
    ctx: Context, alva: Phone, subscribe: Subscribe, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = subscribe(alva)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"kanariefågel-4711 at {browser.endpoint}")

    with watched_logs() as lines:
        with monkeypatch.context() as patch:
            patch.setattr(webpush, "encrypt", broken)
            assert send.send(ctx, [cast.alva.id], HELP) == [Sent(cast.alva.id, "push", False, Why.FAULT)]
        monkeypatch.setattr(send, "_ways", broken)
        assert send.send(ctx, [cast.alva.id], HELP) == [Sent(cast.alva.id, "none", False, Why.FAULT)]
    assert {"RuntimeError"} == {line["error"] for line in lines if line["log_level"] == "error"}
    assert browser.endpoint not in str(lines)
