"""What every document on paper says of codes, times and facts, in its language. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.place.vocabulary import shipped
from app.review.report_words import WORDS, Language
from app.shift.rules import STOCKHOLM

Json = dict[str, Any]


class Sheet:
    def __init__(self, language: Language, vocabulary: Json | None = None, words: dict[str, str] | None = None) -> None:
        self.language, self.vocabulary = language, vocabulary or shipped()
        self.words = WORDS[language] | (words or {})
        #: Times from the first up to the last are told without their date.
        self.evening: tuple[datetime, datetime] | None = None

    def say(self, name: str, /, **said: Any) -> str:
        """Each member put in once: braces in what somebody wrote stay what they are."""
        return self.words[name].format_map({key: str(value) for key, value in said.items()})

    def time(self, at: str | None) -> str:
        return "" if at is None else self.clock(local(at))

    def clock(self, at: datetime) -> str:
        told = at.astimezone(STOCKHOLM)
        is_near = self.evening is not None and self.evening[0] <= told < self.evening[1]
        return f"{told:%H:%M}" if is_near else f"{told:%Y-%m-%d %H:%M}"

    def code(self, kind: str, code: Any) -> str:
        """An unknown code is shown as it is."""
        found = (one[self.language] for one in self.vocabulary[kind] if one["code"] == code)
        return str(next(found, code))

    def codes(self, kind: str, codes: Sequence[str]) -> str:
        return ", ".join(self.code(kind, code) for code in codes)

    def facts_of(self, content: Json, stated_at: str | None = None) -> list[str]:
        happened, ongoing = content["happened"], content["ongoing"]
        since, until = self.time(happened["from"]), self.time(happened["to"])
        kind = "since" if happened["kind"] == "interval" and not until else happened["kind"]
        told = [
            None if kind == "point" and since == self.time(stated_at) else
            self.say(kind, **{"from": since, "to": until}),
            content["count"] and self.say("count", said=self.code("count_bands", content["count"])),
            content["ages"] and self.say("ages", said=self.code("age_bands", content["ages"])),
            content["certainty"] and self.code("certainties", content["certainty"]),
            None if ongoing is None else self.say("ongoing" if ongoing else "over"),
            content["actions"] and self.say("actions", said=self.codes("actions", content["actions"])),
        ]  # fmt: skip
        return [words for words in told if words]


def local(told: str) -> datetime:
    return datetime.fromisoformat(told).astimezone(STOCKHOLM)
