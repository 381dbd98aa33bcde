"""An encrypted copy: opened by its key or refused whole, and carried by another phone only in its own name."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import ECKey

from app.access import accounts, copykeys
from app.access.context import Context
from app.core.db import Database
from app.core.errors import Problem
from app.journal import rows
from app.sync.importing import CARRIED_BYTES_MAX, UPLOAD_BYTES_MAX, import_carried, import_copy
from tests.conftest import PhoneOf
from tests.support import on_sqlite
from tests.support.canary import CANARY, assert_problem
from tests.support.client import Browser, Phone, new_id
from tests.support.copies import plain_copy, seal_copy
from tests.support.factories import a_checkin, an_observation
from tests.support.world import Cast

SENT = {"new": 1, "known": 0, "quarantined": 0, "damaged": 0}
AGAIN = {"new": 0, "known": 1, "quarantined": 0, "damaged": 0}


def told_by_hello(phone: Browser) -> tuple[dict[str, str], dict[str, str]]:
    hello = phone.get("/sync/hello").json()
    return hello["copy_key"], hello["copy_proof"]


def carried_copy(phone: Phone, *ops: dict[str, Any], **members: Any) -> bytes:
    key, proof = told_by_hello(phone)
    return seal_copy(key, plain_copy(phone.install, *ops, **proof | members))


def carry(phone: Browser, raw: bytes) -> Any:
    return phone.post("/sync/import/carried", content=raw, headers={"Content-Type": "application/jose"})


def status_of(ctx: Context, op: dict[str, Any]) -> str:
    with ctx.db.read() as conn:
        return str(rows.copies(conn, op["id"])[0].status)


def test_an_encrypted_copy_is_taken_in_like_a_plain_one(alva: Phone, bo: Browser) -> None:
    op = alva.seal("observation.create", an_observation())
    raw = carried_copy(alva, op)
    assert op["id"].encode() not in raw
    assert bo.post("/sync/import", content=raw).json() == SENT
    assert bo.post("/sync/import", content=raw).json() == AGAIN
    assert bo.post("/sync/import", content=plain_copy(alva.install, op)).json() == AGAIN
    assert bo.pulled("observation")[op["id"]]["text"] == "Klotter på norra väggen."


def test_a_colleagues_phone_hands_in_what_it_carried_and_cannot_read(alva: Phone, phone_of: PhoneOf, cast: Cast,
                                                                     ctx: Context) -> None:  # fmt: skip
    op = alva.seal("checkin.create", a_checkin(note=CANARY))
    raw, cim = carried_copy(alva, op), phone_of(cast.cim)
    assert carry(cim, raw).json() == SENT
    assert carry(cim, raw).json() == AGAIN
    with ctx.db.read() as conn:
        row = rows.copies(conn, op["id"])[0]
    assert (row.status, row.author, row.install) == ("applied", cast.alva.id, alva.install)
    assert [r["status"] for r in alva.send(op)] == ["duplicate"]


def test_an_expired_sign_in_carries_all_the_same(alva: Phone, phone_of: PhoneOf, cast: Cast) -> None:
    raw, cim = carried_copy(alva, alva.seal("checkin.create", a_checkin())), phone_of(cast.cim)
    cim.cookies.pop("lykta_session")
    assert carry(cim, raw).json() == SENT


def test_who_has_no_phone_carries_nothing(alva: Phone, stranger: Browser, bo: Browser) -> None:
    raw = carried_copy(alva, alva.seal("checkin.create", a_checkin()))
    assert_problem(carry(stranger, raw), 401, "device")
    assert_problem(carry(bo, raw), 401, "device")


def test_nobody_carries_in_anothers_name(alva: Phone, phone_of: PhoneOf, cast: Cast, ctx: Context) -> None:
    """Cim's phone knows the key, Alva's id and her phone's id, and all the same cannot write as Alva."""
    cim = phone_of(cast.cim)
    (key, proof), (_, of_cim) = told_by_hello(alva), told_by_hello(cim)
    forged = alva.seal("checkin.create", a_checkin())
    for device, shown in ((proof["device"], of_cim["proof"]), (proof["device"], None), (new_id(), proof["proof"])):
        raw = seal_copy(key, plain_copy(alva.install, forged, device=device, proof=shown))
        assert_problem(carry(cim, raw), 422, "copy-origin")
    with ctx.db.read() as conn:
        assert rows.copies(conn, forged["id"]) == []


def test_an_author_who_never_signed_in_on_the_origin_waits_until_they_do(alva: Phone, phone_of: PhoneOf, cast: Cast,
                                                                         ctx: Context) -> None:  # fmt: skip
    op = alva.seal("checkin.create", a_checkin(), author=cast.elin.id)
    told = carry(phone_of(cast.cim), carried_copy(alva, op)).json()
    assert told == SENT | {"quarantined": 1}
    assert status_of(ctx, op) == "quarantined"
    alva.sign_in(cast.elin, install=alva.install)
    assert status_of(ctx, op) == "applied"


def test_a_revoked_phones_copy_is_not_carried_but_can_be_handed_in(alva: Phone, phone_of: PhoneOf, cast: Cast,
                                                                   ctx: Context, bo: Browser) -> None:  # fmt: skip
    raw = carried_copy(alva, alva.seal("checkin.create", a_checkin()))
    accounts.revoke_device(ctx, told_by_hello(alva)[1]["device"])
    assert_problem(carry(phone_of(cast.cim), raw), 422, "copy-origin")
    assert bo.post("/sync/import", content=raw).json() == SENT


def test_a_plain_copy_is_not_carried(alva: Phone) -> None:
    raw = plain_copy(alva.install, alva.seal("checkin.create", a_checkin()))
    assert_problem(carry(alva, raw), 422, "copy-plain")


def test_after_a_change_of_key_the_old_copies_still_open(alva: Phone, ctx: Context) -> None:
    old = carried_copy(alva, alva.seal("checkin.create", a_checkin()))
    renewed = copykeys.renew(ctx.db, ctx.journal.clock)
    assert told_by_hello(alva)[0]["kid"] == renewed.kid
    new = carried_copy(alva, alva.seal("checkin.create", a_checkin()))
    assert [carry(alva, raw).json() for raw in (old, new)] == [SENT, SENT]


def test_a_key_of_another_organisation_is_refused_with_its_reason(alva: Phone, bo: Browser) -> None:
    key, _ = told_by_hello(alva)
    other = {name: str(value) for name, value in ECKey.generate_key("P-256").as_dict().items()}
    raw = seal_copy({**other, "kid": "x" * 43}, plain_copy(alva.install))
    assert_problem(bo.post("/sync/import", content=raw), 422, "copy-key")
    posing = seal_copy({**other, "kid": key["kid"]}, plain_copy(alva.install))
    assert_problem(bo.post("/sync/import", content=posing), 422, "copy-spoilt")


@on_sqlite
def test_cut_or_altered_anywhere_it_is_refused_whole(ctx: Context) -> None:
    key = copykeys.ensure(ctx.db, ctx.journal.clock).public
    raw = seal_copy(key, plain_copy(new_id(), *({"id": new_id()} for _ in range(3))))
    refused = {"copy-cut", "copy-key", "copy-spoilt", "copy-foreign"}

    @given(st.integers(min_value=0, max_value=len(raw) - 1), st.sampled_from(b"ABz-_.!\x00\xff"), st.booleans())
    def spoilt(at: int, byte: int, cut: bool) -> None:
        other = raw[:at] if cut else raw[:at] + bytes([byte]) + raw[at + 1 :]
        ends_a_part = raw[at + 1 : at + 2] in (b".", b"")  # its last bits may mean nothing
        if other == raw or (ends_a_part and not cut):
            return
        with pytest.raises(Problem) as told:
            import_copy(ctx, other)
        assert told.value.kind.code in refused

    spoilt()
    assert import_copy(ctx, raw).damaged == 3


@on_sqlite
def test_only_the_one_way_of_encrypting_is_opened(ctx: Context) -> None:
    key = copykeys.ensure(ctx.db, ctx.journal.clock).public
    for raw in (seal_copy(key, b"{}", enc="A128GCM"), seal_copy(key, b"{}", cty="application/gzip", zipped=False)):
        with pytest.raises(Problem, match="copy-spoilt"):
            import_copy(ctx, raw)
    assert import_copy(ctx, seal_copy(key, plain_copy(new_id()), zipped=False)).new == 0


@on_sqlite
def test_what_is_too_large_is_refused_with_the_limit(alva: Phone, bo: Browser, ctx: Context) -> None:
    too_long = bo.post("/sync/import", content=b"x" * (UPLOAD_BYTES_MAX + 1))
    problem = assert_problem(too_long, 413, "too-large")
    assert ("32768 KiB" in problem["detail"], problem["max_bytes"]) == (True, UPLOAD_BYTES_MAX)
    parts = (b"x" * 65_536 for _ in range(CARRIED_BYTES_MAX // 65_536 + 1))
    assert "512 KiB" in assert_problem(carry(alva, parts), 413, "too-large")["detail"]  # type: ignore[arg-type]
    bomb = seal_copy(told_by_hello(alva)[0], b" " * (5 * 1024 * 1024))
    assert len(bomb) < 20_000
    with pytest.raises(Problem, match="too-large"):
        import_carried(ctx, bomb)


@on_sqlite
def test_more_than_two_mebibytes_may_be_handed_in(alva: Phone, bo: Browser) -> None:
    op = alva.seal("checkin.create", a_checkin())
    raw = plain_copy(alva.install, op, later=["x" * 1024] * 3 * 1024)
    assert bo.post("/sync/import", content=raw).json() == SENT


@on_sqlite
def test_the_key_is_made_once_and_its_private_half_stays_here(stranger: Browser, alva: Phone, ctx: Context) -> None:
    key, proof = told_by_hello(alva)
    assert set(key) == {"kid", "kty", "crv", "x", "y"}
    assert stranger.get("/sync/hello").json()["copy_proof"] is None
    assert copykeys.ensure(ctx.db, ctx.journal.clock).kid == key["kid"]
    with ctx.db.read() as conn:
        (row,) = copykeys.every(conn)
    said = json.dumps([key, proof])
    assert json.loads(row.jwk)["d"] not in said
    assert row.secret not in said


def test_a_new_database_file_is_its_owners_alone(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / 'new.db'}")
    with made.engine.begin() as conn:
        conn.exec_driver_sql("CREATE TABLE t (x)")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    made.close()
    assert modes == dict.fromkeys(modes, 0o600)
    assert {"new.db", "new.db-wal"} <= set(modes)
