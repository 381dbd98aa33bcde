"""A felanmälan that leaves the unit: what it says, by which channel, and that it is sent once."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from app.access.context import Context
from app.core.errors import Refused
from app.core.settings import load
from app.followup.draft import Report, drafted, faults
from tests.followup.conftest import Json, begun, reported, said
from tests.notify.conftest import set_to
from tests.support import mailserver, on_sqlite
from tests.support.client import Browser, Phone, new_id
from tests.support.factories import an_amendment
from tests.support.world import Cast

SECRET = "gemensam-hemlighet-4711"
DRAFT = "Vad: Bristande belysning\nVar: Porten"
HOSTS = ("Alva Ek", "Cim Öberg")
REPORT = Report("Klotter", "Biblioteket", "norra väggen", 56.0499, 14.5812, datetime(2026, 11, 20, 20, tzinfo=UTC),
                "Stor tagg över dörren.", False)  # fmt: skip


def with_text(text: str, **members: Any) -> str:
    made = drafted(
        Report(**{name: getattr(REPORT, name) for name in REPORT.__slots__} | {"text": text} | members), HOSTS
    )
    assert made.text is not None
    assert made.left_out
    return made.text


def test_a_draft_tells_what_where_and_when() -> None:
    made = drafted(REPORT, HOSTS)
    assert not made.left_out
    assert made.text == (
        "Vad: Klotter\n"
        "Var: Biblioteket, norra väggen; 56,04990° N, 14,58120° Ö (WGS 84)\n"
        "När: 20 november 2026 klockan 21:00\n\n"
        "Stor tagg över dörren.\n\n"
        "Anmält av kommunens trygghetsvärdar."
    )


@pytest.mark.parametrize("text", ["Alva såg det.", "Enligt Öberg.", "18900101-9802 stod där", "Ring 070-174 06 05",
                                  "Bilen ABC 123", "Såg Anna Andersson"])  # fmt: skip
def test_words_that_may_name_somebody_are_left_out(text: str) -> None:
    assert text not in with_text(text)
    assert text not in with_text("Klotter.", place_text=text)


def test_of_a_restricted_record_nothing_is_drafted() -> None:
    made = drafted(Report("Hot", None, None, None, None, REPORT.happened_from, "Kniv", True), ())
    assert (made.text, made.left_out) == (None, True)


def test_faults_of_what_a_supervisor_wrote() -> None:
    assert faults("Lampan är trasig, hälsar Bo.", HOSTS) == []
    assert faults("Fråga Cim.", HOSTS) == ["host-name"]
    assert faults("Fråga Cim på 070-174 06 05.", HOSTS) == ["words", "host-name"]


@contextmanager
def a_system(status: int = 200) -> Iterator[tuple[int, list[tuple[Json, bytes]]]]:
    """(port, what came): a system that takes felanmälningar as JSON."""
    got: list[tuple[Json, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """It says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_port, got
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@on_sqlite
def test_it_is_sent_signed_and_once(ctx: Context, desk: Browser, report: str, cast: Cast) -> None:
    with a_system() as (port, got):
        set_to(ctx, fault_url=f"http://u:p@127.0.0.1:{port}/fel", fault_secret=SECRET)
        work, op_id = begun(desk, report, cast, draft=DRAFT), new_id()
        for _ in range(2):
            answer = said(desk, work, "send", id=op_id, channel="webhook")
            assert answer.status_code == 200, answer.text
    assert len(got) == 1
    headers, body = got[0]
    told = json.loads(body)
    assert (told["id"], told["text"], told["category"]) == (work["id"], DRAFT, "P1")
    assert not any(person.name in body.decode() or person.id in body.decode() for person in cast.everybody)
    at, made = (part.split("=", 1)[1] for part in headers["Lykta-Signature"].split(","))
    assert made == hmac.new(SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["Idempotency-Key"] == op_id
    sent = answer.json()["followup"]["sent"]
    assert [(one["channel"], one["ok"], one["author_id"]) for one in sent] == [("webhook", True, cast.bo.id)]


@on_sqlite
def test_a_refusal_is_told_as_one(ctx: Context, desk: Browser, report: str, cast: Cast, alva: Phone) -> None:
    with a_system(500) as (port, _):
        set_to(ctx, fault_url=f"http://127.0.0.1:{port}/", fault_secret=SECRET)
        work = begun(desk, report, cast, draft=DRAFT)
        sent = said(desk, work, "send", id=new_id(), channel="webhook").json()["followup"]["sent"]
    assert [(one["ok"], one["why"]) for one in sent] == [(False, "failed")]
    assert alva.pulled("followup")[work["id"]]["sent_at"] is None


@on_sqlite
def test_it_is_sent_by_e_mail(ctx: Context, desk: Browser, report: str, cast: Cast, alva: Phone) -> None:
    with mailserver.running("smtp+plain") as post:
        set_to(ctx, smtp_url=f"smtp+plain://127.0.0.1:{post.port}", smtp_from="lykta@lyckhamn.example",
               fault_email="fel@lyckhamn.example")  # fmt: skip
        work = begun(desk, report, cast, draft=DRAFT)
        assert said(desk, work, "send", id=new_id(), channel="email").status_code == 200
    (to, message), = post.got  # fmt: skip
    assert to == "fel@lyckhamn.example"
    assert message.get_content().replace("\r\n", "\n").strip() == DRAFT
    assert alva.pulled("followup")[work["id"]]["sent_at"] is not None


@on_sqlite
@pytest.mark.parametrize(
    ("draft", "code"), [("Fråga Alva.", "host-name"), ("Ring 070-174 06 05", "words"), ("  ", "missing")]
)
def test_what_must_not_leave_is_not_sent(
    ctx: Context, desk: Browser, report: str, cast: Cast, draft: str, code: str
) -> None:
    with a_system() as (port, got):
        set_to(ctx, fault_url=f"http://127.0.0.1:{port}/", fault_secret=SECRET)
        answer = said(desk, begun(desk, report, cast, draft=draft), "send", id=new_id(), channel="webhook")
    assert (answer.status_code, answer.json()["errors"]) == (422, [{"pointer": "/draft", "code": code}])
    assert got == []


@on_sqlite
def test_what_was_ever_restricted_is_not_sent(
    ctx: Context, desk: Browser, report: str, shift_id: str, cast: Cast, alva: Phone
) -> None:
    """Not even what was written before it became so, nor after it was corrected to something else."""
    with a_system() as (port, got):
        set_to(ctx, fault_url=f"http://127.0.0.1:{port}/", fault_secret=SECRET)
        work = begun(desk, report, cast, draft=DRAFT)
        for category in ("X1", "P1"):
            alva.send(alva.seal("observation.amend", an_amendment(report, category=category), shift=shift_id))
            answer = said(desk, work, "send", id=new_id(), channel="webhook")
            assert answer.json()["errors"] == [{"pointer": "/draft", "code": "restricted"}]
            assert desk.get(f"/followups/{work['id']}").json()["drafted"] is None
    assert got == []
    hot = reported(alva, shift_id, category="V5")
    body = {"observation": hot, "kind": "fault_report", "owner": cast.bo.id, "due": "2026-11-30", "draft": DRAFT}
    assert desk.post("/followups", json=body).json()["errors"] == [{"pointer": "/draft", "code": "restricted"}]


@on_sqlite
def test_only_the_draft_that_was_seen_is_sent(ctx: Context, desk: Browser, report: str, cast: Cast) -> None:
    with a_system() as (port, got):
        set_to(ctx, fault_url=f"http://127.0.0.1:{port}/", fault_secret=SECRET)
        work = begun(desk, report, cast, draft=DRAFT)
        said(desk, work, "changes", draft="Något annat")
        assert said(desk, work, "send", id=new_id(), channel="webhook").json()["members"] == ["draft"]
    assert got == []


@on_sqlite
def test_without_a_channel_it_can_only_be_copied(desk: Browser, report: str, cast: Cast) -> None:
    work = begun(desk, report, cast, draft=DRAFT)
    assert desk.get(f"/followups/{work['id']}").json()["channels"] == []
    answer = said(desk, work, "send", id=new_id(), channel="email")
    assert answer.json()["errors"] == [{"pointer": "/channel", "code": "not-set-up"}]


@pytest.mark.parametrize(("settings", "named"), [
    ({"LYKTA_FAULT_URL": "https://fel.example/"}, "LYKTA_FAULT_SECRET"),
    ({"LYKTA_FAULT_URL": "http://fel.example/", "LYKTA_FAULT_SECRET": SECRET}, "LYKTA_FAULT_URL"),
    ({"LYKTA_FAULT_SECRET": "kort"}, "LYKTA_FAULT_SECRET"), ({"LYKTA_FAULT_EMAIL": "fel"}, "LYKTA_FAULT_EMAIL"),
])  # fmt: skip
def test_a_wrong_setting_stops_the_start(monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], named: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Refused, match=named) as refusal:
        load()
    assert SECRET not in str(refusal.value)
