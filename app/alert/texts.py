"""Notices of alarms, short, in both languages. No free text, no position."""

from datetime import datetime
from typing import NamedTuple

from app.access.speech import Language
from app.notify.send import Notice, Spoken
from app.shift.rules import STOCKHOLM


class _Words(NamedTuple):
    """Titles and sentences; `{who}` is a first name, `{when}` a clock."""

    somebody: str
    reminder: tuple[str, str]
    overdue: tuple[str, str]
    test: tuple[str, str]
    help: tuple[str, str]
    threat: tuple[str, str]
    report: tuple[str, str]


_WORDS: dict[Language, _Words] = {
    "sv": _Words(
        somebody="Någon",
        reminder=("Checka in", "Din incheckning skulle ha kommit {when}. Öppna Lykta och checka in."),
        overdue=("Utebliven incheckning", "{who} skulle ha checkat in {when}. Ta reda på hur det är."),
        test=("Testlarm", "{who} provade larmet {when}. Kvittera i Lykta."),
        help=("Larm: hjälp", "{who} larmade {when}. Öppna Lykta och kvittera."),
        threat=("Larm: hot", "{who} larmade {when}. Öppna Lykta och kvittera."),
        report=("Läs utan dröjsmål", "Hot eller våld mot personal har rapporterats. Öppna Lykta."),
    ),
    "en": _Words(
        somebody="Somebody",
        reminder=("Check in", "Your check-in was due at {when}. Open Lykta and check in."),
        overdue=("Missed check-in", "{who} was due to check in at {when}. Find out how they are."),
        test=("Test alarm", "{who} tried the alarm at {when}. Acknowledge it in Lykta."),
        help=("Alarm: help", "{who} called for help at {when}. Open Lykta and acknowledge."),
        threat=("Alarm: threat", "{who} called for help at {when}. Open Lykta and acknowledge."),
        report=("Read without delay", "A threat or violence against staff has been reported. Open Lykta."),
    ),
}


def notice(alert_id: str, kind: str, *, name: str, at: datetime, now: datetime, to_host: bool = False) -> Spoken:
    """`at`: when it was raised, or when the check-in was due. `name`: whom it is about, a first name or empty."""
    if kind == "overdue":
        told = "reminder" if to_host else "overdue"
    else:
        told = kind if kind in ("test", "threat") else "help"
    when = _when(at, now)
    return {language: _in(words, told, alert_id, name, when) for language, words in _WORDS.items()}


def report(observation_id: str) -> Spoken:
    """Of a threat against staff: a restricted record, so neither whose, nor when, nor where. Leads to what is missing,

    where it stands until somebody deals with it.
    """
    return {language: Notice("report", observation_id, *words.report, "#/saknas", urgent=True)
            for language, words in _WORDS.items()}  # fmt: skip


def _in(words: _Words, told: str, alert_id: str, name: str, when: str) -> Notice:
    title, body = getattr(words, told)
    said = body.format(who=name or words.somebody, when=when)
    return Notice(told, alert_id, title, said, f"#/larm/{alert_id}", urgent=told != "test")


def _when(at: datetime, now: datetime) -> str:
    """`21:40`, or with its day where that is not today."""
    here, today = at.astimezone(STOCKHOLM), now.astimezone(STOCKHOLM).date()
    clock = f"{here.hour:02}:{here.minute:02}"
    return clock if here.date() == today else f"{here.day}/{here.month} {clock}"
