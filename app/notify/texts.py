"""The sentences of notices that come from here, in both languages."""

from typing import Literal

from app.core.ids import uuid7
from app.notify.notice import Notice

Language = Literal["sv", "en"]
_TRIAL = {
    "sv": ("Prov från Lykta", "Så här kommer aviseringar till dig. Du behöver inte göra något."),
    "en": ("A test from Lykta", "This is how notices reach you. You need not do anything."),
}


def trial(language: Language) -> Notice:
    title, body = _TRIAL[language]
    return Notice("test", uuid7(), title, body, "#/telefonen/aviseringar", urgent=False)
