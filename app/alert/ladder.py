"""The ladder that an organisation puts: what one may be, which one holds for an alarm. Pure.

A step says minutes after the alarm, whom, and by which ways. Until one was put, and after it was taken back, what the
settings say holds. An alarm goes by the ladder that held when it was raised: a change in the midst of one could
otherwise leave somebody out, or tell the same people again.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.alert.rules import OVERDUE, REPORT_REPEATS_MAX, REPORT_RUNGS, TEST_RUNGS, Ladder, Rung
from app.core.ids import is_uuid
from app.core.settings import Settings
from app.notify.notice import CHANNELS

#: A missed check-in; a call for help, and a threat.
KINDS = (OVERDUE, "help")
ROLES = ("supervisors", "admins")
WORDS = ("host", "partner", *ROLES)
#: All that must be told sooner or later, whatever else is: a duty, not a person who may be away.
NEEDED = "supervisors"
STEPS_MAX = 10
#: Of one step. The longest list of ids fits in what a step taken says of itself.
WHOM_MAX = 10
#: An alarm is told for a day; the last step must leave room for being told again.
AFTER_MIN_MAX = 12 * 60
#: Longer would be to switch the alarm off, which the server's settings may do: theirs may stay as it is.
GRACE_MIN_MAX = 120
REPEAT_MIN_MAX = 4 * 60
Step = Mapping[str, Any]
Fault = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Order:
    """How people are told of one kind of alarm. `steps` as the desk reads them."""

    is_own: bool
    grace_min: int | None
    repeat_min: int
    steps: Sequence[Step]


def ladder_kind(alert_kind: str) -> str:
    return OVERDUE if alert_kind == OVERDUE else "help"


def of_settings(settings: Settings, kind: str) -> Order:
    rungs = settings.overdue_ladder if kind == OVERDUE else settings.help_ladder
    steps = [{"after_min": after, "whom": list(whom), "via": list(CHANNELS)} for after, whom in rungs]
    return Order(False, settings.checkin_grace_min if kind == OVERDUE else None, settings.alert_repeat_min, steps)


def of_row(row: Any | None, kind: str, settings: Settings) -> Order:
    """`row`: the newest word of the organisation's, or None."""
    if row is None or not row.active:
        return of_settings(settings, kind)
    return Order(True, row.grace_min, row.repeat_min, row.steps)


def newest(rows: Iterable[Any], kind: str, before_seq: int | None = None) -> Any | None:
    """The word that held when the journal stood at `before_seq`; None: the last there is."""
    said = [row for row in rows if row.kind == kind and (before_seq is None or row.seq < before_seq)]
    return max(said, key=lambda row: row.seq, default=None)


def ladder(alert_kind: str, seq: int, rows: Collection[Any], settings: Settings) -> Ladder:
    """By which an alarm is told that was stored as `seq`."""
    if alert_kind == "test":
        return Ladder(TEST_RUNGS, timedelta(minutes=settings.alert_repeat_min), repeats_max=0)
    kind = ladder_kind(alert_kind)
    order = of_row(newest(rows, kind, seq), kind, settings)
    rungs = [Rung(step["after_min"], tuple(step["whom"]), tuple(step["via"])) for step in order.steps]
    return Ladder(rungs, timedelta(minutes=order.repeat_min))


def of_report(settings: Settings) -> Ladder:
    return Ladder(REPORT_RUNGS, timedelta(minutes=settings.alert_repeat_min), REPORT_REPEATS_MAX)


def grace(rows: Collection[Any], settings: Settings) -> timedelta:
    """After a promised time; whoever is late by today's measure is late."""
    order = of_row(newest(rows, OVERDUE), OVERDUE, settings)
    return timedelta(minutes=settings.checkin_grace_min if order.grace_min is None else order.grace_min)


def faults(kind: str, order: Order, people: Collection[str], grace_now_min: int | None = None) -> list[Fault]:
    """(JSON pointer, code) of whatever keeps a ladder from being put. `people`: those who can be named."""
    found = [*_bounds(kind, order, grace_now_min), *_ascent(order.steps)]
    for number, step in enumerate(order.steps):
        found += [(f"/steps/{number}/{member}", code) for member, code in _step(step, people)]
    if order.steps and not any(NEEDED in step["whom"] for step in order.steps):
        found.append(("/steps", "no-supervisors"))
    return found


def _bounds(kind: str, order: Order, grace_now_min: int | None) -> Iterable[Fault]:
    if (order.grace_min is None) is (kind == OVERDUE):
        yield "/grace_min", "grace"
    elif order.grace_min not in (None, grace_now_min) and not 0 <= order.grace_min <= GRACE_MIN_MAX:
        yield "/grace_min", "bounds"
    if not 1 <= order.repeat_min <= REPEAT_MIN_MAX:
        yield "/repeat_min", "bounds"
    if not order.steps:
        yield "/steps", "none"
    if len(order.steps) > STEPS_MAX:
        yield "/steps", "many"


def _ascent(steps: Sequence[Step]) -> Iterable[Fault]:
    """Two steps at the same minute are one."""
    for number, (earlier, later) in enumerate(zip(steps, steps[1:], strict=False), start=1):
        if later["after_min"] <= earlier["after_min"]:
            yield f"/steps/{number}/after_min", "ascending"


def _step(step: Step, people: Collection[str]) -> Iterable[Fault]:
    if not 0 <= step["after_min"] <= AFTER_MIN_MAX:
        yield "after_min", "bounds"
    if not step["whom"]:
        yield "whom", "nobody"
    elif len(step["whom"]) > WHOM_MAX or _repeats(step["whom"]):
        yield "whom", "twice" if _repeats(step["whom"]) else "many"
    elif not all(who in WORDS or who in people for who in step["whom"]):
        yield "whom", "unknown"
    if not step["via"]:
        yield "via", "none"
    elif not set(step["via"]) <= set(CHANNELS) or _repeats(step["via"]):
        yield "via", "unknown"


def _repeats(said: Sequence[str]) -> bool:
    return any(times > 1 for times in Counter(said).values())


def named(steps: Iterable[Step]) -> set[str]:
    """Ids of the people whom these steps name."""
    return {who for step in steps for who in step["whom"] if is_uuid(who)}
