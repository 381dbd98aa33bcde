"""A push: one answer per op, whoever made it, in whatever state it came (§4.1, §4.3)."""

import threading
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from app.access.context import Context
from app.journal.rows import EPOCH
from app.journal.verify import verify
from tests.conftest import PhoneOf
from tests.support.canary import CANARY, assert_problem, assert_silent, watched_logs
from tests.support.client import Phone, new_id, sealed, statuses
from tests.support.factories import a_checkin, a_shift, a_shift_end, an_amendment, an_observation
from tests.support.tables import journalled, projected
from tests.support.world import Cast


@pytest.fixture
def phone(phone_of: PhoneOf, cast: Cast) -> Phone:
    return phone_of(cast.alva)


def test_an_op_is_applied_once_and_then_a_duplicate(phone: Phone) -> None:
    op = phone.seal("checkin.create", a_checkin())
    (first,), (again,) = phone.send(op), phone.send(op, zipped=True)
    assert (first["status"], first["id"], first["hash"]) == ("applied", op["id"], op["hash"])
    assert again == first | {"status": "duplicate"}


def test_every_op_is_answered_in_the_order_sent(phone: Phone) -> None:
    good, other = (phone.seal("checkin.create", a_checkin(note=CANARY)) for _ in range(2))
    damaged = other | {"body": other["body"] + " "}
    unknown = phone.seal("later.invention", {"said": CANARY})
    with watched_logs():
        answer = phone.push([damaged, good, unknown, {"body": CANARY}, good, CANARY, other])
    assert_silent(answer)
    results = answer.json()["results"]
    assert statuses(results) == [
        ("retry", "hash"), ("applied", None), ("quarantined", "type"), ("retry", "frame"), ("duplicate", None),
        ("retry", "frame"), ("applied", None)]  # fmt: skip
    assert [r["id"] for r in results] == [other["id"], good["id"], unknown["id"], None, good["id"], None, other["id"]]


@pytest.mark.parametrize("change", [
    {"hash": "sha256:" + "0" * 64}, {"hash": "md5:1"}, {"hash": None}, {"hash": 7}, {"body": "{}"}, {"body": "\ud800"},
])  # fmt: skip
def test_what_was_damaged_on_the_way_is_asked_for_again_and_not_stored(
    phone: Phone, ctx: Context, change: dict[str, Any]
) -> None:
    op = phone.seal("checkin.create", a_checkin())
    assert statuses(phone.send(op | change)) == [("retry", "hash")]
    with ctx.db.read() as conn:
        assert op["id"] not in {row.op_id for row in journalled(conn)}
    assert statuses(phone.send(op)) == [("applied", None)]


@pytest.mark.parametrize("change", [{"id": "x"}, {"id": None}, {"id": 7}, {"body": None}, {"body": {}}])
def test_an_op_without_id_or_body_cannot_be_kept(phone: Phone, change: dict[str, Any]) -> None:
    assert statuses(phone.send(phone.seal("checkin.create", a_checkin()) | change)) == [("retry", "frame")]


@pytest.mark.parametrize("change", [
    {"seq": 0}, {"seq": "1"}, {"seq": 2**63}, {"seq": None}, {"seq": 1e300}, {"seq": [CANARY]}, {"v": "1"}, {"v": -1},
    {"v": 2**40}, {"type": ""}, {"type": "x" * 41}, {"type": "ö"}, {"type": "a\0b"}, {"type": None}, {"author": CANARY},
    {"author": None}, {"shift": CANARY}, {"shift": 7}, {"shift": "\ud800"}, {"seq": 0, "a\0b": 1},
    {"seq": 0, "\ud800": 1},
    {"seq": 0, CANARY * 50: 1}, {"seq": 0, "deep": [[[CANARY]]]}, {"seq": 10**400},
], ids=repr)  # fmt: skip
def test_an_envelope_that_does_not_fit_is_kept_and_stops_nobody(
    phone: Phone, ctx: Context, change: dict[str, Any]
) -> None:
    """Every framed op of a known phone is stored (I6), and one bad op blocks no other (I7)."""
    odd, good = phone.seal("checkin.create", a_checkin()) | change, phone.seal("checkin.create", a_checkin())
    assert statuses(phone.send(odd, good)) == [("quarantined", "envelope"), ("applied", None)]
    with ctx.db.read() as conn:
        (stored,) = [row for row in journalled(conn) if row.op_id == odd["id"]]
        assert bytes(stored.body).decode() == odd["body"]
        assert stored.envelope is not None
        assert verify(conn).ok


def test_unknown_members_of_an_op_are_let_through(phone: Phone) -> None:
    assert statuses(phone.send(phone.seal("checkin.create", a_checkin()) | {"mood": "blå"})) == [("applied", None)]


@pytest.mark.parametrize("given", [{"type": "later.invention"}, {"v": 99}, {"v": 0}])
def test_an_unknown_type_or_version_is_kept(phone: Phone, ctx: Context, given: dict[str, Any]) -> None:
    op = phone.seal("checkin.create", a_checkin()) | given
    why = "type" if "type" in given else "version"
    assert statuses(phone.send(op)) == [("quarantined", why)]
    with ctx.db.read() as conn:
        assert [bytes(r.body).decode() for r in journalled(conn) if r.op_id == op["id"]] == [op["body"]]


@pytest.mark.parametrize("body", ["", "null", "7", "[]", "{}", "{", "NaN", '{"salt":"x","at":{"wall":"now"},"data":{}}',
                                  '{"salt":"x"}', "[" * 10_000])  # fmt: skip
def test_a_body_that_cannot_be_read_is_kept(phone: Phone, ctx: Context, body: str) -> None:
    phone.seq += 1
    op = sealed(body, id=new_id(), seq=phone.seq, type="checkin.create", author=phone.author)
    assert statuses(phone.send(op)) == [("quarantined", "body")]
    with ctx.db.read() as conn:
        assert [bytes(r.body).decode() for r in journalled(conn) if r.op_id == op["id"]] == [body]


def test_same_id_with_other_bytes_is_kept_twice_and_seen(phone: Phone) -> None:
    one = phone.seal("observation.create", an_observation(text="Först"))
    other = phone.seal("observation.create", an_observation(text="Sedan"), id=one["id"], seq=one["seq"])
    assert statuses(phone.send(one)) == [("applied", None)]
    assert statuses(phone.send(other)) == [("quarantined", "conflict")]
    told = phone.get(f"/sync/receipts/{one['id']}").json()
    assert [(c["hash"], c["why"]) for c in (told, *told["conflicts"])] == [
        (one["hash"], None), (other["hash"], "conflict")]  # fmt: skip


# --- whose op it is ---


def test_an_author_who_never_signed_in_on_the_phone_waits_until_they_do(phone: Phone, cast: Cast) -> None:
    op = phone.seal("checkin.create", a_checkin(), author=cast.cim.id)
    assert statuses(phone.send(op)) == [("quarantined", "author")]
    assert phone.sign_in(cast.cim).status_code == 201
    assert statuses(phone.send(op)) == [("duplicate", None)]
    assert op["id"] in phone.pulled("checkin")


def test_a_sign_in_on_another_phone_releases_nothing(phone: Phone, phone_of: PhoneOf, cast: Cast) -> None:
    op = phone.seal("checkin.create", a_checkin(), author=cast.cim.id)
    phone.send(op)
    phone_of(cast.cim)
    assert statuses(phone.send(op)) == [("duplicate", "author")]


def test_an_op_released_by_its_author_has_its_estimate(phone: Phone, cast: Cast, ctx: Context) -> None:
    op = phone.seal("checkin.create", a_checkin(), author=cast.cim.id)
    phone.send(op)
    phone.sign_in(cast.cim)
    with ctx.db.read() as conn:
        assert projected(conn)["checkin"][0]["estimated_at"] is not None


def test_two_people_on_one_phone_keep_their_own_names(phone: Phone, cast: Cast, ctx: Context) -> None:
    first = phone.seal("checkin.create", a_checkin())
    phone.sign_in(cast.cim)
    second = phone.seal("checkin.create", a_checkin())
    assert statuses(phone.send(first, second)) == [("applied", None)] * 2
    with ctx.db.read() as conn:
        assert {c["id"]: c["author_id"] for c in projected(conn)["checkin"]} == {
            first["id"]: cast.alva.id, second["id"]: cast.cim.id}  # fmt: skip


def test_a_phone_still_pushes_when_the_sign_in_has_run_out(phone: Phone, ctx: Context, cast: Cast) -> None:
    """Sign-in trouble never strands a record (I16)."""
    op = phone.seal("checkin.create", a_checkin())
    ctx.journal.clock.advance(days=14)  # type: ignore[attr-defined]
    assert phone.get("/sync/pull").status_code == 401
    phone.forget_session()
    assert statuses(phone.send(op)) == [("applied", None)]
    assert cast


# --- targets and permissions ---


def test_what_misses_its_target_is_released_when_it_arrives(phone: Phone) -> None:
    seen = phone.seal("observation.create", an_observation(text="Först"))
    mended = phone.seal("observation.amend", an_amendment(seen["id"], text="Rättat"))
    assert statuses(phone.send(mended)) == [("quarantined", "target")]
    assert statuses(phone.send(seen)) == [("applied", None)]
    assert phone.pulled("observation")[seen["id"]]["text"] == "Rättat"


def test_a_host_corrects_a_colleagues_record_only_once_they_are_on_the_shift(
    phone: Phone, phone_of: PhoneOf, cast: Cast
) -> None:
    elin = phone_of(cast.elin)
    shift = phone.start(a_shift(cast.alva, cast.cim))
    seen = phone.seal("observation.create", an_observation(text="Alvas"), shift=shift)
    phone.send(seen)
    mended = elin.seal("observation.amend", an_amendment(seen["id"], text="Elins"), shift=shift)
    taken = elin.seal("observation.retract", {"target": seen["id"], "reason": "x"}, shift=shift)
    assert statuses(elin.send(mended, taken)) == [("quarantined", "permission")] * 2
    assert phone.pulled("observation")[seen["id"]]["text"] == "Alvas"
    assert statuses(elin.send(elin.seal("shift.join", {}, shift=shift))) == [("applied", None)]
    now = phone.pulled("observation")[seen["id"]]
    assert (now["text"], now["status"]) == ("Elins", "retracted")


def test_a_shift_is_ended_by_its_crew_and_by_overseers(phone: Phone, phone_of: PhoneOf, cast: Cast) -> None:
    """Who ends it ends the watch over its check-ins, and says what it came to."""
    elin, bo = phone_of(cast.elin), phone_of(cast.bo)
    first, second = (phone.start(a_shift(cast.alva, cast.cim)) for _ in range(2))
    ended = elin.seal("shift.end", a_shift_end(1, summary="Elins ord", handover="Elins ord"), shift=first)
    assert statuses(elin.send(ended)) == [("quarantined", "permission")]
    told = phone.pulled("shift")[first]
    assert (told["status"], told["summary"], phone.pulled("handover")) == ("open", None, {})
    assert statuses(elin.send(elin.seal("shift.join", {}, shift=first))) == [("applied", None)]
    assert phone.pulled("shift")[first]["summary"] == "Elins ord"
    assert statuses(bo.send(bo.seal("shift.end", a_shift_end(1), shift=second))) == [("applied", None)]


def test_a_supervisor_corrects_what_any_host_wrote(phone: Phone, phone_of: PhoneOf, cast: Cast) -> None:
    seen = phone.seal("observation.create", an_observation())
    phone.send(seen)
    bo = phone_of(cast.bo)
    assert statuses(bo.send(bo.seal("observation.amend", an_amendment(seen["id"])))) == [("applied", None)]


def test_an_analyst_corrects_nothing(phone: Phone, phone_of: PhoneOf, cast: Cast) -> None:
    seen = phone.seal("observation.create", an_observation())
    phone.send(seen)
    dan = phone_of(cast.dan)
    assert statuses(dan.send(dan.seal("observation.amend", an_amendment(seen["id"])))) == [
        ("quarantined", "permission")
    ]


@pytest.mark.parametrize("verdict", ["review.approve", "review.return"])
def test_only_overseers_review(phone: Phone, phone_of: PhoneOf, cast: Cast, verdict: str) -> None:
    shift = phone.start(a_shift(cast.alva, cast.cim))
    bo, data = phone_of(cast.bo), {"target": shift, "note": "Bra."}
    assert statuses(phone.send(phone.seal(verdict, data))) == [("quarantined", "permission")]
    assert statuses(bo.send(bo.seal(verdict, data))) == [("applied", None)]
    assert len(phone.pulled("review")) == 1


# --- numbers ---


def test_holes_are_named_until_they_are_filled(phone: Phone) -> None:
    ops = [phone.seal("checkin.create", a_checkin()) for _ in range(9)]
    assert phone.push([ops[0], ops[3], ops[8]]).json()["gaps"] == [[2, 3], [5, 8]]
    assert phone.push([ops[1], ops[2], ops[5]]).json()["gaps"] == [[5, 5], [7, 8]]
    assert phone.push([ops[4], ops[6], ops[7]]).json()["gaps"] == []


def test_two_ops_with_one_number_are_both_kept_and_told_as_a_fork(phone: Phone) -> None:
    one, other = (phone.seal("checkin.create", a_checkin(), seq=1) for _ in range(2))
    assert phone.push([one]).json()["fork"] is False
    answer = phone.push([other]).json()
    assert (answer["fork"], statuses(answer["results"])) == (True, [("applied", None)])
    assert phone.push([]).json()["fork"] is True


def test_what_is_quarantined_leaves_no_hole(phone: Phone) -> None:
    ops = [phone.seal("later.invention", {}), phone.seal("shift.end", a_shift_end(1)), phone.seal("checkin.create", {})]
    assert phone.push(ops).json()["gaps"] == []


# --- history ---


def test_a_chain_that_the_server_has_is_no_reason_to_wonder(phone: Phone) -> None:
    head = phone.push([phone.seal("checkin.create", a_checkin())]).json()["head"]
    assert phone.push([], seen=head).status_code == 200
    assert phone.push([], seen={"seq": 0, "chain": "sha256:" + "0" * 64}).status_code == 200


@pytest.mark.parametrize("ahead", [0, 1000])
def test_a_chain_that_the_server_never_had_mints_one_epoch(phone: Phone, ctx: Context, ahead: int) -> None:
    """The database was restored behind the server's back: nothing is stored, and every phone comes to know."""
    first = phone.push([]).json()
    seen = {"seq": first["head"]["seq"] + ahead, "chain": "sha256:" + "7" * 64}
    op = phone.seal("checkin.create", a_checkin())
    with watched_logs() as logs:
        told = assert_problem(phone.push([op], seen=seen, epoch=first["epoch"]), 409, "epoch")["epoch"]
        again = assert_problem(phone.push([op], seen=seen, epoch=first["epoch"]), 409, "epoch")["epoch"]
    assert told != first["epoch"]
    assert again == told == phone.get("/sync/hello").json()["epoch"]
    assert [line["event"] for line in logs if line["log_level"] == "error"] == ["the database went back in time"]
    with ctx.db.read() as conn:
        causes = list(conn.execute(select(EPOCH.c.cause).order_by(EPOCH.c.began_at, EPOCH.c.cause)).scalars())
        assert causes == ["first", "stepped-back"]
        assert op["id"] not in {row.op_id for row in journalled(conn)}
    assert statuses(phone.send(op, epoch=told, seen=None)) == [("applied", None)]


# --- durability and concurrency ---


def test_the_answer_begins_only_after_the_commit(phone: Phone, ctx: Context) -> None:
    order: list[str] = []
    event.listen(ctx.db.engine, "commit", lambda _conn: order.append("commit"))
    assert isinstance(phone.api, TestClient)
    app = phone.api.app

    async def watched(scope: Any, receive: Any, send: Any) -> None:
        async def noting(message: Any) -> None:
            order.append(message["type"])
            await send(message)

        await app(scope, receive, noting)

    phone.api._transport.app = watched  # type: ignore[attr-defined]
    assert statuses(phone.send(phone.seal("checkin.create", a_checkin()))) == [("applied", None)]
    assert order[:2] == ["commit", "http.response.start"]


def test_a_commit_that_fails_is_no_receipt(phone: Phone, ctx: Context) -> None:
    def fail(_conn: Any) -> None:
        raise OperationalError("COMMIT", None, Exception("database or disk is full"))

    op = phone.seal("checkin.create", a_checkin())
    event.listen(ctx.db.engine, "commit", fail)
    answer = phone.push([op])
    event.remove(ctx.db.engine, "commit", fail)
    assert_problem(answer, 503, "busy")
    assert "retry-after" in answer.headers
    assert phone.get("/sync/pull").status_code == 200
    assert statuses(phone.send(op)) == [("applied", None)]


def test_identical_pushes_at_once_are_stored_once(phone: Phone, ctx: Context) -> None:
    ops = [phone.seal("checkin.create", a_checkin()) for _ in range(5)]
    answers: list[list[dict[str, Any]]] = []
    threads = [threading.Thread(target=lambda: answers.append(phone.send(*ops))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(r["status"] for results in answers for r in results) == ["applied"] * 5 + ["duplicate"] * 25
    with ctx.db.read() as conn:
        assert len(projected(conn)["checkin"]) == 5
        assert verify(conn).ok
