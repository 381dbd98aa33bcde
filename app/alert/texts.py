"""Notices of alarms, short and in Swedish: the server knows nobody's language. No free text, no position."""

from datetime import datetime

from app.notify.send import Notice
from app.shift.rules import STOCKHOLM

ALARM = {"help": "Larm: hjälp", "threat": "Larm: hot"}


def notice(alert_id: str, kind: str, *, name: str, at: datetime, now: datetime, to_host: bool = False) -> Notice:
    """`at`: when it was raised, or when the check-in was due. `name`: whom it is about, a first name or empty."""
    who, when = name or "Någon", _when(at, now)
    if kind == "overdue" and to_host:
        told = ("reminder", "Checka in", f"Din incheckning skulle ha kommit {when}. Öppna Lykta och checka in.")
    elif kind == "overdue":
        told = ("overdue", "Utebliven incheckning", f"{who} skulle ha checkat in {when}. Ta reda på hur det är.")
    elif kind == "test":
        told = ("test", "Testlarm", f"{who} provade larmet {when}. Kvittera i Lykta.")
    else:
        title = ALARM.get(kind, ALARM["help"])
        told = ("threat" if kind == "threat" else "help", title, f"{who} larmade {when}. Öppna Lykta och kvittera.")
    return Notice(told[0], alert_id, told[1], told[2], f"#/larm/{alert_id}", urgent=told[0] != "test")


def _when(at: datetime, now: datetime) -> str:
    """`21:40`, or with its day where that is not today."""
    here, today = at.astimezone(STOCKHOLM), now.astimezone(STOCKHOLM).date()
    clock = f"{here.hour:02}:{here.minute:02}"
    return clock if here.date() == today else f"{here.day}/{here.month} {clock}"
