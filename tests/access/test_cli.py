"""The operator's commands: what they say, and their exit codes."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from app import cli
from app.access import copykeys
from app.core.db import Database
from tests.conftest import PhoneOf
from tests.support import on_sqlite
from tests.support.client import Browser, Outbox
from tests.support.copies import seal_copy
from tests.support.evening import an_evening
from tests.support.factories import a_checkin
from tests.support.lykta import Lykta
from tests.support.tables import projected
from tests.support.world import PASSWORD, Cast


def test_a_person_is_added_with_a_link_that_works_once(lykta: Lykta, stranger: Browser) -> None:
    said = lykta("user", "add", "eva", "--name", "Eva Åkesson", "--role", "host", "--json")
    assert said.code == 0
    code = said.json["link"].rsplit("/#/valkommen/", 1)[1]
    assert stranger.post("/invitations", json={"code": code, "password": "en lång natt"}).status_code == 204
    answer = stranger.post("/sessions", json={"username": "eva", "password": "en lång natt"})
    assert answer.json()["user"]["id"] == said.json["id"]


@on_sqlite
def test_a_password_may_come_from_standard_input(lykta: Lykta, stranger: Browser) -> None:
    words = ("user", "add", "Eva", "--name", "Eva", "--role", "admin", "--password-stdin")
    said = lykta(*words, stdin="en lång natt\n")
    assert (said.code, len(said.out.split())) == (0, 1)
    assert stranger.post("/sessions", json={"username": "eva", "password": "en lång natt"}).status_code == 201


@on_sqlite
@pytest.mark.parametrize(("words", "stdin", "code"), [
    (("user", "add", "alva", "--name", "A", "--role", "host"), "", 1),
    (("user", "add", "två ord", "--name", "A", "--role", "host"), "", 1),
    (("user", "add", "eva", "--name", "", "--role", "host"), "", 1),
    (("user", "add", "eva", "--name", "A", "--role", "host", "--password-stdin"), "kort\n", 1),
    (("user", "add", "eva", "--name", "A", "--role", "kung"), "", 2), (("user", "add", "eva"), "", 2),
    (("user", "reset", "ingen"), "", 1), (("user", "disable", "ingen"), "", 1), (("device", "revoke", "ingen"), "", 1),
    (("token", "revoke", "ingen"), "", 1), (("token", "add", "t"), "", 2),
    (("token", "add", "t", "--scope", "x"), "", 2),
    (("dansa",), "", 2), (("user", "list", "--yaml"), "", 2),
])  # fmt: skip
def test_a_refusal_is_one_sentence_and_a_code(
    lykta: Lykta, cast: Cast, words: tuple[str, ...], stdin: str, code: int
) -> None:
    assert cast
    said = lykta(*words, stdin=stdin)
    assert (said.code, said.out) == (code, "")
    assert said.err.strip()
    assert "Traceback" not in said.err
    if code == 1:
        assert said.err.count("\n") == 1


@on_sqlite
def test_people_are_listed(lykta: Lykta, cast: Cast) -> None:
    found = lykta("user", "list", "--json").json
    assert [p["username"] for p in found] == sorted(p.username for p in cast.everybody)
    assert found[0]["active"] is True
    lines = lykta("user", "list").out.splitlines()
    assert len(lines) == len(found)
    assert "Cim Öberg" in "".join(lines)


def test_a_disabled_person_cannot_sign_in_until_reset_and_enabled(lykta: Lykta, stranger: Browser, cast: Cast) -> None:
    assert lykta("user", "disable", "alva").code == 0
    assert stranger.sign_in(cast.alva).status_code == 401
    assert [p["active"] for p in lykta("user", "list", "--json").json if p["username"] == "alva"] == [False]


def test_a_reset_gives_a_new_link(lykta: Lykta, stranger: Browser, cast: Cast) -> None:
    link = lykta("user", "reset", "alva").out.strip()
    assert stranger.sign_in(cast.alva).status_code == 401
    code = link.rsplit("/", 1)[1]
    assert stranger.post("/invitations", json={"code": code, "password": PASSWORD}).status_code == 204
    assert stranger.sign_in(cast.alva).status_code == 201


def test_a_token_works_until_it_is_revoked(lykta: Lykta, api: TestClient) -> None:
    made = lykta("token", "add", "rapport", "--scope", "read", "--json").json
    program = Browser(api, token=made["token"])
    assert program.get("/reference").status_code == 200
    (listed,) = lykta("token", "list", "--json").json
    assert (listed["id"], listed["scopes"], listed["revoked"]) == (made["id"], ["read"], False)
    assert made["token"] not in lykta("token", "list").out
    assert lykta("token", "revoke", made["id"]).code == 0
    assert program.get("/reference").status_code == 401
    assert lykta("token", "revoke", made["id"]).code == 1


def test_a_phone_is_revoked(lykta: Lykta, phone_of: PhoneOf, cast: Cast) -> None:
    phone = phone_of(cast.alva)
    (listed,) = lykta("device", "list", "--json").json
    assert (listed["install"], listed["label"], listed["revoked"]) == (phone.install, "Alva Eks telefon", False)
    assert lykta("device", "revoke", listed["id"]).code == 0
    assert phone.get("/session").status_code == 403


def test_verify_tells_whether_the_journal_is_whole(lykta: Lykta, db: Database, cast: Cast) -> None:
    assert cast
    said = lykta("journal", "verify", "--json")
    assert (said.code, said.json["ok"], said.json["faults"]) == (0, True, [])
    assert "whole" in lykta("journal", "verify").out
    with db.write() as conn:
        conn.execute(text("DELETE FROM journal_op WHERE seq = 3"))
    said = lykta("journal", "verify", "--json")
    assert (said.code, said.json["faults"][0]) == (1, {"seq": 3, "what": "missing"})
    assert lykta("journal", "verify").code == 1


def test_rebuild_makes_the_same_rows(lykta: Lykta, db: Database, cast: Cast, journal: Any) -> None:
    assert cast
    for outbox, op in an_evening():
        assert isinstance(outbox, Outbox)
        journal.append(outbox.read(op))
    with db.read() as conn:
        before = projected(conn)
    assert lykta("journal", "rebuild", "--json").json["ops"] > 20
    with db.read() as conn:
        assert projected(conn) == before


def test_migrate_says_whether_there_was_anything_to_do(lykta: Lykta) -> None:
    assert lykta("migrate", "--json").json == {"changed": False}


@on_sqlite
def test_a_wrong_setting_stops_every_command(lykta: Lykta, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LYKTA_SESSION_HOURS", "många")
    said = lykta("user", "list")
    assert (said.code, said.out) == (1, "")
    assert "LYKTA_SESSION_HOURS" in said.err
    assert "många" not in said.err


@on_sqlite
def test_the_command_starts_as_a_process(db_url: str, tmp_path: Path) -> None:
    env = {"LYKTA_DATABASE_URL": db_url, "LYKTA_DATA_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
    words = [sys.executable, "-c", "from app.cli import main; main()", "journal", "verify", "--json"]
    root = Path(cli.__file__).parents[1]
    done = subprocess.run(words, capture_output=True, text=True, env=env, cwd=root, check=False)
    assert (done.returncode, json.loads(done.stdout)["ok"]) == (0, True)


def test_a_phones_copy_is_taken_in_once(
    lykta: Lykta, phone_of: PhoneOf, cast: Cast, db: Database, tmp_path: Path
) -> None:
    phone = phone_of(cast.alva)
    op = {"install": phone.install, **phone.seal("checkin.create", a_checkin())}
    file = tmp_path / "kopia.json"
    file.write_text(json.dumps({"format": "lykta-ops", "v": 1, "count": 1, "ops": [op]}), "utf-8")
    assert lykta("import", str(file), "--json").json == {"new": 1, "known": 0, "quarantined": 0, "damaged": 0}
    assert lykta("import", str(file)).out.strip() == "0 new (0 quarantined), 1 known, 0 damaged."
    with db.read() as conn:
        key = copykeys.newest(conn)
    assert key is not None
    renewed = lykta("key", "renew", "--json").json["kid"]
    assert [row["kid"] for row in lykta("key", "list", "--json").json] == [renewed, key.kid]
    sealed = tmp_path / "copy.jwe"
    sealed.write_bytes(seal_copy(key.public, file.read_bytes()))
    assert lykta("import", str(sealed)).out.strip() == "0 new (0 quarantined), 1 known, 0 damaged."
    sealed.write_bytes(seal_copy({**key.public, "kid": "another"}, file.read_bytes()))
    refused = lykta("import", str(sealed))
    assert (refused.code, refused.err.strip()) == (1, "The copy was made for a key that this server does not have.")
    file.write_text(file.read_text("utf-8")[:-9], "utf-8")
    cut = lykta("import", str(file))
    assert (cut.code, cut.err.strip()) == (1, "The copy is not whole; save it on the phone again.")
