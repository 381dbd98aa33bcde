"""Tell people, by whatever reaches them: the one way in for those who have something to say."""

from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime

import structlog

from app.access import contact, queries, speech
from app.access.context import Context
from app.core.settings import Settings
from app.notify import mail, pushkeys, sms, subscriptions, webpush
from app.notify.notice import CHANNELS, Notice, Outcome, Sent, Spoken, Why

__all__ = ["Notice", "Sent", "Spoken", "Why", "send"]
log = structlog.get_logger("lykta.notify")
#: For all that is tried side by side; each attempt bounds itself below it.
STAGE_S = 12.0
AT_ONCE_MAX = 64


@dataclass(frozen=True, slots=True)
class _Way:
    """One attempt that can be made."""

    person_id: str
    channel: str
    attempt: Callable[[], Outcome]
    subscription: str | None = None


_Done = tuple[_Way, Outcome]
#: person → their channels, the first choice first, each with its ways; or why there are none.
_Ways = dict[str, list[list[_Way]] | str]


def send(
    ctx: Context, person_ids: Sequence[str], notice: Notice | Spoken, via: Collection[str] = CHANNELS
) -> list[Sent]:
    """Urgent notices and tests go by every channel at once, others by the first that takes them: push, e-mail, SMS.

    Channels that `via` does not name are kept for whom none of those that it names could reach.

    Each is told in their own language, where it is said in that. Never raises, and ends in bounded time whoever does
    not answer. Each person is in the answer at least once.
    """
    asked = list(dict.fromkeys(person_ids))
    spoken: Spoken = {speech.DEFAULT: notice} if isinstance(notice, Notice) else notice
    said = spoken[speech.DEFAULT]
    try:
        ways = _ways(ctx, asked, spoken)
    except Exception as error:  # a database that does not answer must not stop whoever calls for help
        log.error("notice", error=type(error).__name__)
        return [Sent(person_id, "none", False, Why.FAULT) for person_id in asked]
    done = _by_stages(ways, via, at_once=said.urgent or said.kind == "test")
    _note(ctx, done)
    sent = [Sent(person_id, "none", False, why) for person_id, why in ways.items() if isinstance(why, str)]
    sent += [Sent(way.person_id, way.channel, outcome.ok, outcome.why) for way, outcome in done]
    for one in sent:
        log.info("notice", kind=said.kind, channel=one.channel, ok=one.ok, why=one.why)
    order = {person_id: place for place, person_id in enumerate(asked)}
    return sorted(sent, key=lambda one: order[one.person_id])


def _ways(ctx: Context, person_ids: Sequence[str], spoken: Spoken) -> _Ways:
    settings, now = ctx.settings, ctx.journal.clock()
    with ctx.db.read() as conn:
        active = queries.active_among(conn, person_ids)
        addresses, languages = contact.of(conn, active), speech.of(conn, active)
        live = subscriptions.live_of(conn, sorted(active)) if settings.push == "on" else []
        keys = pushkeys.by_kid(conn) if live else {}
    found: _Ways = {}
    for person_id in person_ids:
        notice = next(
            (said for name, said in spoken.items() if name == languages.get(person_id)), spoken[speech.DEFAULT]
        )
        pushes = [_push(person_id, row.id, subscriptions.target(row), keys[row.kid], notice, settings, now)
                  for row in live if row.person_id == person_id and row.kid in keys]  # fmt: skip
        by_address = _by_address(person_id, addresses.get(person_id), notice, settings)
        ways = [ways for ways in (pushes, *by_address) if ways]
        found[person_id] = ways or (Why.NO_CHANNEL if person_id in active else Why.UNKNOWN)
    return found


def _push(
    person_id: str, key_of: str, to: webpush.Target, key: pushkeys.Key, notice: Notice, settings: Settings,
    now: datetime,
) -> _Way:  # fmt: skip
    return _Way(person_id, "push", lambda: webpush.send_push(to, key, notice, settings, now), key_of)


def _by_address(
    person_id: str, found: contact.Contact | None, notice: Notice, settings: Settings
) -> Iterable[list[_Way]]:
    if found is not None and (email := found.email) is not None and settings.smtp_url is not None:
        yield [_Way(person_id, "email", lambda: mail.send_mail(email, notice, settings))]
    if found is not None and (mobile := found.mobile) is not None and settings.sms_url is not None:
        yield [_Way(person_id, "sms", lambda: sms.send_sms(mobile, notice, settings))]


def _stages(found: list[list[_Way]], via: Collection[str], at_once: bool) -> list[list[_Way]]:
    """Of one person: what is tried side by side, in the order in which it is tried."""
    first = [ways for ways in found if ways[0].channel in via]
    after = [ways for ways in found if ways[0].channel not in via]
    if not at_once:
        return first + after
    return [side_by_side for part in (first, after) if (side_by_side := [way for ways in part for way in ways])]


def _by_stages(ways: _Ways, via: Collection[str], *, at_once: bool) -> list[_Done]:
    waiting = {person_id: _stages(found, via, at_once) for person_id, found in ways.items()
               if not isinstance(found, str)}  # fmt: skip
    done: list[_Done] = []
    while waiting:
        done += _side_by_side([way for found in waiting.values() for way in found[0]])
        told = {way.person_id for way, outcome in done if outcome.ok}
        waiting = {person_id: found[1:] for person_id, found in waiting.items()
                   if person_id not in told and len(found) > 1}  # fmt: skip
    return done


def _side_by_side(ways: Sequence[_Way]) -> list[_Done]:
    """What has not ended in time is told as late, though its thread may still wait for its own time to run out."""
    if not ways:
        return []
    pool = ThreadPoolExecutor(min(len(ways), AT_ONCE_MAX), thread_name_prefix="notify")
    running = [(way, pool.submit(_try, way)) for way in ways]
    wait([future for _, future in running], timeout=STAGE_S * -(-len(ways) // AT_ONCE_MAX))
    pool.shutdown(wait=False, cancel_futures=True)
    return [(way, future.result() if future.done() and not future.cancelled() else Outcome(False, Why.LATE))
            for way, future in running]  # fmt: skip


def _try(way: _Way) -> Outcome:
    try:
        return way.attempt()
    except Exception as error:  # told by its kind: its words may hold an address or a secret
        log.error("notice", channel=way.channel, error=type(error).__name__)
        return Outcome(False, Why.FAULT)


def _note(ctx: Context, done: Sequence[_Done]) -> None:
    """A subscription that is dead is not tried again, and its phone makes another."""
    told = {way.subscription for way, outcome in done if way.subscription and outcome.ok}
    dead = {way.subscription for way, outcome in done if way.subscription and outcome.why == Why.GONE}
    if not told and not dead:
        return
    try:
        with ctx.db.write() as conn:
            subscriptions.note(conn, told, dead, ctx.journal.clock())
    except Exception as error:  # the next notice finds it out again
        log.error("notice", error=type(error).__name__)
