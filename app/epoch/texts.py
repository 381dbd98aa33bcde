"""The notice that the database went back in time, in both languages. Nothing of what it held."""

from app.access.speech import Language
from app.notify.send import Notice, Spoken

_WORDS: dict[Language, tuple[str, str]] = {
    "sv": ("Servern har gått tillbaka i tiden",
           "Telefonerna skickar om det som saknas. Öppna Lykta och kontrollera säkerhetskopian."),
    "en": ("The server went back in time",
           "Phones send again what is missing. Open Lykta and check the backup."),
}  # fmt: skip


def notice(epoch: str) -> Spoken:
    return {language: Notice("history", epoch, title, body, "#/ikvall", urgent=False)
            for language, (title, body) in _WORDS.items()}  # fmt: skip
