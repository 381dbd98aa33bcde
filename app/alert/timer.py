"""The server's own clock: raises check-ins that did not come, and tells people of alarms, rung by rung.

Every process has one, and none is the leader: a step is taken by an op whose id is made of the alarm and the step, and
whoever stores it first tells. So a process that dies takes nothing with it, and one that starts goes on where others
left off.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from sqlalchemy import Connection

from app.access.context import Context
from app.alert import ladder, queries, rules
from app.alert.rules import Due, Open, Promise
from app.alert.texts import notice, report
from app.core.clock import stamp
from app.journal import rows
from app.journal.ops import Status
from app.notify.send import Sent, Spoken

log = structlog.get_logger("lykta.alert")
Job = Callable[[], None]
#: Whom, what, and by which ways first.
Sender = Callable[[Context, Sequence[str], Spoken, Sequence[str]], list[Sent]]


class _Stale(Exception):
    """Leaves the transaction: another process was here first, or somebody has answered meanwhile."""


def at_once(job: Job) -> None:
    job()


class Timer:
    """`tick()` looks once. `later` takes the jobs that wait for the world outside."""

    def __init__(self, ctx: Context, send: Sender, later: Callable[[Job], None] = at_once) -> None:
        self._ctx, self._send, self._later = ctx, send, later

    def tick(self) -> None:
        now = self._ctx.journal.clock()
        with self._ctx.db.read() as conn:
            alerts = queries.open_alerts(conn, now)
            promised = queries.promises(conn, now, {a.shift_id for _, a in alerts if a.shift_id is not None})
            known = queries.raised(conn, [p.checkin_id for p in promised.values()])
            grace = ladder.grace(queries.ladders(conn), self._ctx.settings)
        for _, alert in alerts:
            cause = rules.settled(alert, promised)
            if cause is not None:
                self._settle(alert, *cause)
        for promise in rules.overdue(promised.values(), known, now, grace):
            self._raise(promise)
        with self._ctx.db.read() as conn:
            alerts = queries.open_alerts(conn, now)
            ladders = queries.ladders(conn, [row.seq for row, _ in alerts]) if alerts else []
            reports = queries.reports(conn, now)
        for row, alert in alerts:
            own = ladder.ladder(alert.kind, row.seq, ladders, self._ctx.settings)
            for step in rules.due(alert, own, now):
                self._take(row, alert, step, now)
        for reported in reports:
            for step in rules.due(reported, ladder.of_report(self._ctx.settings), now):
                self._tell_of(reported, step)

    def _raise(self, promise: Promise) -> None:
        assert promise.due_at is not None
        data = {"host": promise.host_id, "checkin": promise.checkin_id, "due": stamp(promise.due_at)}
        self._write("alert.overdue", data, rules.op_id("overdue", promise.checkin_id), promise.shift_id)

    def _settle(self, alert: Open, cause: str, record: str | None) -> None:
        data = {"target": alert.id, "cause": cause, "record": record}
        self._write("alert.settle", data, rules.op_id("settle", alert.id), alert.shift_id)

    def _take(self, row: Any, alert: Open, step: Due, now: datetime) -> None:
        with self._ctx.db.read() as conn:
            told = queries.people(conn, alert, step.whom)
            name = queries.name(conn, alert.host_id)
        at = row.due_at or row.estimated_at or row.stated_at
        to_host = step.whom == ("host",)
        said = notice(alert.id, alert.kind, name=name, at=at, now=now, to_host=to_host)
        self._step(alert, step, told, said, partial(_still_wanted, alert.id))

    def _tell_of(self, reported: Open, step: Due) -> None:
        """A threat against staff; whoever wrote of it knows."""
        with self._ctx.db.read() as conn:
            told = [one for one in queries.people(conn, reported, step.whom) if one != reported.host_id]
        self._step(reported, step, told, report(reported.id))

    def _step(
        self, alert: Open, step: Due, told: Sequence[str], said: Spoken,
        holds: Callable[[Connection], bool] = lambda _: True,
    ) -> None:  # fmt: skip
        step_id = rules.op_id("step", alert.id, step.number, step.attempt)
        data = {"target": alert.id, "number": step.number, "attempt": step.attempt, "rung": step.rung, "to": told}
        if self._write("alert.step", data, step_id, alert.shift_id, holds):
            self._later(lambda: self._tell(step_id, alert, self._send(self._ctx, told, said, step.via) if told else []))

    def _tell(self, step_id: str, alert: Open, sent: Sequence[Sent]) -> None:
        told = [{"person": s.person_id, "channel": s.channel, "ok": s.ok, "why": s.why} for s in sent]
        self._write("alert.notified", {"target": step_id, "told": told}, rules.op_id("told", step_id), alert.shift_id)

    def _write(
        self, op_type: str, data: dict[str, Any], op_id: str, shift: str | None,
        holds: Callable[[Connection], bool] = lambda _: True,
    ) -> bool:  # fmt: skip
        """False where it was written before, or what it rests on no longer holds."""

        def _guard(conn: Connection) -> None:
            if rows.known(conn, [op_id]) or not holds(conn):
                raise _Stale

        op = self._ctx.journal.make(op_type, data, author=None, id=op_id, shift=shift)
        try:
            receipt = self._ctx.journal.hand_in([op], _guard).receipts[0]
        except _Stale:
            return False
        if receipt.status is not Status.APPLIED:
            log.error("not applied", op_type=op_type, op_id=op_id, why=receipt.why)
        return receipt.status is Status.APPLIED


def _still_wanted(alert_id: str, conn: Connection) -> bool:
    now = queries.still_open(conn, alert_id)
    return now is not None and not now.is_acknowledged
