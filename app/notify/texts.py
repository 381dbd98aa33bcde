"""The sentences of notices that come from here, in both languages."""

from app.access.speech import Language
from app.core.ids import uuid7
from app.notify.notice import Notice, Spoken

_TRIAL: dict[Language, tuple[str, str]] = {
    "sv": ("Prov från Lykta", "Så här kommer aviseringar till dig. Du behöver inte göra något."),
    "en": ("A test from Lykta", "This is how notices reach you. You need not do anything."),
}


def trial() -> Spoken:
    id_ = uuid7()
    return {language: Notice("test", id_, title, body, "#/telefonen/aviseringar", urgent=False)
            for language, (title, body) in _TRIAL.items()}  # fmt: skip
