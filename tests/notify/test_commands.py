"""The operator's side: addresses, keys, a notice to try, and how each channel stands."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.access import contact, queries
from app.access.context import Context
from app.access.permission import Role, Viewer
from app.core.clock import now
from app.core.db import Database
from app.core.errors import Problem
from app.journal import epoch
from app.notify import pushkeys
from tests.support import mailserver, on_sqlite, smsgateway
from tests.support.lykta import Lykta
from tests.support.world import Cast


def test_addresses_are_set_told_and_taken_away(lykta: Lykta, cast: Cast, db: Database) -> None:
    said = lykta("user", "contact", "alva", "--email", " alva@lyckhamn.example ", "--mobile", "070-123 45 67", "--json")
    assert said.json == {"email": "alva@lyckhamn.example", "mobile": "+46701234567"}
    assert lykta("user", "contact", "alva", "--mobile", "").out == "alva@lyckhamn.example\n"
    assert lykta("user", "contact", "alva", "--email", "").out == "Neither e-mail nor mobile.\n"
    assert lykta("user", "contact", "alva", "--mobile", "0046 (70) 123–4567", "--json").json["mobile"] == "+46701234567"
    with db.read() as conn:
        count = conn.execute(text("SELECT count(*) FROM journal_op WHERE type = 'user.contact'")).scalar_one()
        assert contact.of(conn, [cast.alva.id])[cast.alva.id].mobile == "+46701234567"
    assert count == 4
    lykta("user", "contact", "alva")
    with db.read() as conn:
        assert conn.execute(text("SELECT count(*) FROM journal_op WHERE type = 'user.contact'")).scalar_one() == count


@on_sqlite
@pytest.mark.parametrize("words", [
    ("alva", "--email", "alva"), ("alva", "--email", "alva@lyckhamn.example\nBcc: x@y.example"),
    ("alva", "--mobile", "112x"), ("alva", "--mobile", "0"), ("alva", "--email", "a b@c.example"), ("ingen",),
])  # fmt: skip
def test_what_is_no_address_is_refused(lykta: Lykta, cast: Cast, words: tuple[str, ...]) -> None:
    assert cast
    said = lykta("user", "contact", *words)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)


@on_sqlite
def test_only_the_person_and_administrators_read_addresses(ctx: Context, cast: Cast) -> None:
    contact.change(ctx, "alva", "alva@lyckhamn.example", None)
    with ctx.db.read() as conn:
        for person in cast.everybody:
            viewer = queries.viewer_of(queries.person(conn, person.id))
            if person in (cast.alva, cast.ada):
                assert contact.read(conn, viewer, cast.alva.id).email == "alva@lyckhamn.example"
            else:
                with pytest.raises(Problem):
                    contact.read(conn, viewer, cast.alva.id)
        assert contact.read(conn, Viewer("x", "X", Role.ADMIN), cast.bo.id) == contact.NOBODYS


@on_sqlite
def test_keys_are_listed_and_renewed_and_no_private_half_is_said(lykta: Lykta, ctx: Context) -> None:
    assert lykta("key", "list", "--push", "--json").json == []
    first = pushkeys.ensure(ctx.db, ctx.journal.clock)
    second = lykta("key", "renew", "--push", "--json").json["kid"]
    said = lykta("key", "list", "--push")
    assert [line.split("\t")[0] for line in said.out.splitlines()] == [second, first.kid]
    with ctx.db.read() as conn:
        assert pushkeys.newest(conn) is not None
        halves = [json.loads(row.jwk)["d"] for row in pushkeys.every(conn)]
    assert len(set(halves)) == 2
    assert not any(half in said.out + said.err for half in halves)
    assert second not in lykta("key", "list").out


@on_sqlite
def test_a_notice_to_try(lykta: Lykta, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cast
    said = lykta("notify", "test", "alva")
    assert (said.code, said.out) == (1, "none\tno-channel\n")
    log, told = said.err.splitlines()
    assert (json.loads(log)["why"], told) == ("no-channel", "No channel took it.")
    lykta("user", "contact", "alva", "--email", "alva@lyckhamn.example", "--mobile", "0701234567")
    with mailserver.running("smtp+plain") as post, smsgateway.running() as gateway:
        monkeypatch.setenv("LYKTA_SMTP_URL", f"smtp+plain://127.0.0.1:{post.port}")
        monkeypatch.setenv("LYKTA_SMTP_FROM", "lykta@lyckhamn.example")
        monkeypatch.setenv("LYKTA_SMS_URL", f"http://u:p@127.0.0.1:{gateway.port}/a1/sms")
        said = lykta("notify", "test", "alva")
    assert (said.code, said.out) == (0, "email\tsent\nsms\trefused\n")
    assert lykta("notify", "test", "ingen").code == 1


@on_sqlite
def test_check_tells_how_everything_stands(lykta: Lykta, ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {line["name"]: line for line in lykta("check", "--json").json}
    assert list(found) == [
        "settings",
        "version",
        "database",
        "history",
        "disk",
        "photos",
        "ladders",
        "push",
        "email",
        "sms",
    ]
    assert all(line["ok"] for name, line in found.items() if name != "disk")
    assert (found["email"]["said"], found["sms"]["said"]) == ("not set up", "not set up")
    assert found["ladders"]["said"] == "missed check-ins as the settings say; calls for help as the settings say"
    rung = {"after_min": 0, "whom": ["supervisors"], "via": ["push"]}
    ctx.journal.write("ladder.put", {"kind": "help", "repeat_min": 5, "steps": [rung]}, author=None)
    assert "ladders\tmissed check-ins as the settings say; calls for help as put at the desk" in lykta("check").out
    monkeypatch.setenv("LYKTA_SMS_URL", "https://u4711:kanarie@sms.example/a1/sms")
    monkeypatch.setenv("LYKTA_SMTP_FROM", "lykta@lyckhamn.example")
    with mailserver.running("smtp+plain") as post:
        monkeypatch.setenv("LYKTA_SMTP_URL", f"smtp+plain://127.0.0.1:{post.port}")
        assert "email\t127.0.0.1:" in lykta("check").out
        assert post.got == []
    said = lykta("check")
    assert said.code == 1
    assert "TROUBLE\temail\t127.0.0.1:" in said.out
    assert "email" in said.err
    assert "sms.example" in said.out
    assert "kanarie" not in said.out + said.err


@on_sqlite
def test_check_says_until_somebody_knows_that_the_database_went_back_in_time(
    lykta: Lykta, ctx: Context, cast: Cast
) -> None:
    """For a month at most."""
    epoch.mint(ctx.db, now() - timedelta(days=31), epoch.STEPPED_BACK)
    epoch.mint(ctx.db, now(), "restored")
    assert "ok\thistory" in lykta("check").out
    back = epoch.mint(ctx.db, now() - timedelta(days=29), epoch.STEPPED_BACK)
    said = lykta("check")
    assert said.code == 1
    assert "TROUBLE\thistory\tthe database went back in time" in said.out
    ctx.journal.write("epoch.acknowledge", {"epoch": back}, author=cast.bo.id)
    assert "ok\thistory" in lykta("check").out


@on_sqlite
def test_check_does_not_migrate_and_says_so(lykta: Lykta, monkeypatch: pytest.MonkeyPatch, tmp_path: str) -> None:
    monkeypatch.setenv("LYKTA_DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    said = lykta("check")
    assert said.code == 1
    assert "TROUBLE\tdatabase\tits schema is old: run lykta migrate" in said.out


@on_sqlite
def test_push_without_a_contact_is_trouble_once_somebody_subscribes(
    lykta: Lykta, ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ctx.db.write() as conn:
        conn.execute(text(
            "INSERT INTO push_subscription (id, person_id, endpoint, p256dh, auth, kid, created_at, seen_at) "
            "VALUES ('a', 'b', 'https://push.example/kanarie', '', '', '', 0, 0)"
        ))  # fmt: skip
    said = lykta("check")
    assert "TROUBLE\tpush\t1 live subscriptions, 0 dead" in said.out
    assert "LYKTA_PUSH_CONTACT" in said.out
    assert "kanarie" not in said.out
    monkeypatch.setenv("LYKTA_PUSH_CONTACT", "mailto:drift@lyckhamn.example")
    assert "ok\tpush\t1 live" in lykta("check").out
