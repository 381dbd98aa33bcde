"""E-mail and text messages against real servers on loopback, and which channel is taken when."""

import ssl
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from app.access import contact
from app.access.context import Context
from app.notify import send, webpush
from app.notify.send import Sent, Why
from tests.notify.conftest import HELP, REMINDER, Subscribe, set_to
from tests.support import mailserver, on_sqlite, smsgateway
from tests.support.canary import watched_logs
from tests.support.client import Browser, Phone
from tests.support.world import Cast

pytestmark = on_sqlite
BASE_URL = "https://lykta.lyckhamn.example"
MAIL, MOBILE = "alva.ek@lyckhamn.example", "+46701234567"


def by_mail(ctx: Context, post: mailserver.Post, scheme: str, userinfo: str = "") -> None:
    set_to(ctx, smtp_url=f"{scheme}://{userinfo}127.0.0.1:{post.port}", smtp_from="lykta@lyckhamn.example",
           base_url=BASE_URL)  # fmt: skip


def by_sms(ctx: Context, gateway: smsgateway.Gateway, password: str = smsgateway.PASSWORD) -> None:
    userinfo = f"{smsgateway.USERNAME}:{quote(password, safe='')}@"
    set_to(ctx, sms_url=f"http://{userinfo}127.0.0.1:{gateway.port}{smsgateway.PATH}", base_url=BASE_URL)


@pytest.fixture
def reachable(ctx: Context, cast: Cast) -> str:
    contact.change(ctx, "alva", MAIL, "070-123 45 67")
    return cast.alva.id


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    return mailserver.certificate(tmp_path_factory.mktemp("tls"))


@pytest.mark.parametrize("scheme", ["smtps", "smtp"])
def test_mail_goes_encrypted_and_signed_in(
    ctx: Context, reachable: str, scheme: str, tls: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tls[0]))
    with mailserver.running(scheme, tls[1], with_password=True) as post:
        by_mail(ctx, post, scheme, f"{mailserver.USERNAME}:{quote(mailserver.PASSWORD, safe='')}@")
        assert send.send(ctx, [reachable], HELP) == [Sent(reachable, "email", True, None)]
    ((address, message),) = post.got
    assert (address, post.encrypted, post.signed_in) == (MAIL, [True], [mailserver.USERNAME])
    assert (message["Subject"], message["To"], message["From"]) == ("Hjälplarm", MAIL, "Lykta <lykta@lyckhamn.example>")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().replace("\r\n", "\n") == f"Öppna Lykta och kvittera.\n\n{BASE_URL}/#/larm/019a\n"


@pytest.mark.parametrize("scheme", ["smtps", "smtp"])
def test_a_mail_server_that_nobody_vouches_for_gets_nothing(
    ctx: Context, reachable: str, scheme: str, tls: tuple[Path, ssl.SSLContext]
) -> None:
    with mailserver.running(scheme, tls[1], with_password=True) as post:
        by_mail(ctx, post, scheme, f"{mailserver.USERNAME}:{quote(mailserver.PASSWORD, safe='')}@")
        assert send.send(ctx, [reachable], HELP) == [Sent(reachable, "email", False, Why.UNREACHABLE)]
    assert (post.got, post.signed_in) == ([], [])


def test_a_mail_server_that_does_not_encrypt_is_left(ctx: Context, reachable: str) -> None:
    with mailserver.running("smtp+plain") as post:
        by_mail(ctx, post, "smtp")
        assert send.send(ctx, [reachable], HELP) == [Sent(reachable, "email", False, Why.REFUSED)]
        by_mail(ctx, post, "smtp+plain")
        assert send.send(ctx, [reachable], HELP) == [Sent(reachable, "email", True, None)]
    assert len(post.got) == 1


@pytest.mark.parametrize(("answers", "why"), [
    ({"rcpt": "550 nobody here"}, Why.REFUSED), ({"rcpt": "451 greylisted"}, Why.SLOWED),
    ({"data": "552 too much"}, Why.REFUSED), ({"data": "451 later"}, Why.SLOWED),
])  # fmt: skip
def test_what_a_mail_server_answers(ctx: Context, reachable: str, answers: dict[str, str], why: str) -> None:
    with mailserver.running("smtp+plain") as post:
        post.answers = answers
        by_mail(ctx, post, "smtp+plain")
        assert send.send(ctx, [reachable], HELP) == [Sent(reachable, "email", False, why)]
    assert send.send(ctx, [reachable], HELP) == [Sent(reachable, "email", False, Why.UNREACHABLE)]


def test_no_line_of_a_notice_becomes_a_header(ctx: Context, reachable: str) -> None:
    with mailserver.running("smtp+plain") as post:
        by_mail(ctx, post, "smtp+plain")
        assert send.send(ctx, [reachable], replace(HELP, title="Larm\r\nBcc: någon@annan.example"))[0].ok
    assert [address for address, _ in post.got] == [MAIL]
    assert post.got[0][1]["Bcc"] is None


def test_a_text_message_says_what_and_where(ctx: Context, reachable: str) -> None:
    with smsgateway.running() as gateway:
        by_sms(ctx, gateway)
        assert send.send(ctx, [reachable], HELP) == [Sent(reachable, "sms", True, None)]
        assert send.send(ctx, [reachable], replace(HELP, body="Ö" * 400))[0].ok
    text = f"Hjälplarm. Öppna Lykta och kvittera. {BASE_URL}/#/larm/019a"
    assert gateway.got[0] == {"from": "Lykta", "to": MOBILE, "message": text}
    assert len(gateway.got[1]["message"]) == 201
    assert gateway.got[1]["message"].endswith(f"… {BASE_URL}/#/larm/019a")


@pytest.mark.parametrize(("status", "why"), [
    (400, Why.REFUSED), (403, Why.REFUSED), (429, Why.SLOWED), (500, Why.FAILED), (302, Why.REFUSED),
])  # fmt: skip
def test_what_a_gateway_answers_and_no_text_is_sent_twice(ctx: Context, reachable: str, status: int, why: str) -> None:
    with smsgateway.running() as gateway:
        gateway.status = status
        by_sms(ctx, gateway)
        assert send.send(ctx, [reachable], HELP) == [Sent(reachable, "sms", False, why)]
    assert gateway.tries == 1
    assert send.send(ctx, [reachable], HELP) == [Sent(reachable, "sms", False, Why.UNREACHABLE)]


def test_no_secret_and_no_address_is_logged(ctx: Context, reachable: str) -> None:
    with smsgateway.running() as gateway, watched_logs() as lines:
        by_sms(ctx, gateway, "kanarie-4711")
        set_to(ctx, smtp_url="smtps://kanarie:kanarie@127.0.0.1:1", smtp_from="lykta@lyckhamn.example")
        sent = send.send(ctx, [reachable], HELP)
    assert {(one.channel, one.why) for one in sent} == {("email", Why.UNREACHABLE), ("sms", Why.REFUSED)}
    assert "kanarie" not in str(ctx.settings) + repr(ctx.settings)
    assert not any(secret in str(lines) for secret in (MAIL, MOBILE, "127.0.0.1", reachable))


def test_urgent_goes_every_way_at_once_and_else_the_first_that_takes_it(
    ctx: Context, reachable: str, alva: Phone, subscribe: Subscribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webpush, "PAUSE_S", 0.0)
    with mailserver.running("smtp+plain") as post, smsgateway.running() as gateway:
        browser = subscribe(alva)
        by_mail(ctx, post, "smtp+plain")
        by_sms(ctx, gateway)
        urgent = send.send(ctx, [reachable], HELP)
        assert [(one.channel, one.ok) for one in urgent] == [("push", True), ("email", True), ("sms", True)]
        assert send.send(ctx, [reachable], REMINDER) == [Sent(reachable, "push", True, None)]
        browser.answers = [500, 500]
        assert [(one.channel, one.why) for one in send.send(ctx, [reachable], REMINDER)] == [
            ("push", Why.FAILED), ("email", None),
        ]  # fmt: skip
        browser.answers, post.answers = [410], {"rcpt": "550 nobody here"}
        assert [(one.channel, one.why) for one in send.send(ctx, [reachable], REMINDER)] == [
            ("push", Why.GONE), ("email", Why.REFUSED), ("sms", None),
        ]  # fmt: skip
    assert (len(post.got), len(gateway.got), len(browser.got)) == (2, 2, 2)


def test_the_ways_that_were_chosen_come_first_and_the_others_for_whom_they_did_not_reach(
    ctx: Context, reachable: str, alva: Phone, subscribe: Subscribe
) -> None:
    with smsgateway.running() as gateway:
        subscribe(alva)
        by_sms(ctx, gateway)
        assert send.send(ctx, [reachable], HELP, ["sms"]) == [Sent(reachable, "sms", True, None)]
        assert send.send(ctx, [reachable], REMINDER, ["sms"]) == [Sent(reachable, "sms", True, None)]
        assert send.send(ctx, [reachable], HELP, ["email"]) == [
            Sent(reachable, "push", True, None), Sent(reachable, "sms", True, None),
        ]  # fmt: skip
        gateway.status = 500
        assert [(one.channel, one.ok) for one in send.send(ctx, [reachable], HELP, ["sms"])] == [
            ("sms", False), ("push", True),
        ]  # fmt: skip


def test_addresses_are_shown_to_their_owner_alone(ctx: Context, reachable: str, alva: Phone, bo: Browser) -> None:
    assert reachable
    set_to(ctx, sms_url="https://gateway.example/sms")
    assert alva.get("/notices/channels").json() == {
        "push": True, "email": MAIL, "mobile": MOBILE, "by_email": False, "by_sms": True,
    }  # fmt: skip
    assert bo.get("/notices/channels").json()["email"] is None
    seen = str([browser.pull_all() for browser in (alva, bo)]) + bo.get("/reference").text
    assert MAIL not in seen
    assert MOBILE not in seen
