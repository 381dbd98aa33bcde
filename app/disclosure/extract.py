"""A masked extract as the document that goes on paper: JSON in, JSON out. No host is named in it. Pure."""

from datetime import datetime

from app.review.report_words import Language
from app.review.sheet import Json, Sheet
from app.shift.rules import STOCKHOLM

WORDS: dict[Language, dict[str, str]] = {
    "sv": {
        "title": "Utlämnande {number}", "page": "Utlämnande {number}", "made": "Utlämnat {made} · Lykta",
        "to": "Till", "police": "Polisen", "authority": "Annan myndighet", "subject": "Den det gäller",
        "public": "Allmänhet eller press", "reference": "Diarienummer", "decision": "Beslut", "records": "Poster",
        "n_records": "{n} st", "mask": "Övertäckta ord är svarta: █. Vem som skrev och foton är inte med.",
        "masked": "övertäckt", "record": "Post {n}", "earlier": "Tidigare lydelse, skriven {time}",
        "corrected": "Rättad {time}", "written": "Skriven {time}", "why": "Skäl för rättelsen:",
        "where": "Plats: {place}", "position": "Läge: {lat} {lon} (WGS 84)",
        "erased": "Posten är gallrad.", "closed": "Posten är skyddad numera och visas inte här.",
        "all_hidden": "Orden är övertäckta i sin helhet.",
    },
    "en": {
        "title": "Disclosure {number}", "page": "Disclosure {number}", "made": "Handed out {made} · Lykta",
        "to": "To", "police": "The police", "authority": "Another authority", "subject": "The person concerned",
        "public": "Public or press", "reference": "Reference", "decision": "Decision", "records": "Records",
        "n_records": "{n}", "mask": "Masked words are black: █. Who wrote it, and photos, are not in it.",
        "masked": "masked", "record": "Record {n}", "earlier": "Earlier wording, written {time}",
        "corrected": "Corrected {time}", "written": "Written {time}", "why": "Reason for the correction:",
        "where": "Place: {place}", "position": "Position: {lat} {lon} (WGS 84)",
        "erased": "The record has been erased.", "closed": "The record is restricted by now and not shown here.",
        "all_hidden": "The words are masked whole.",
    },
}  # fmt: skip


class Extract(Sheet):
    def __init__(self, found: Json, language: Language, vocabulary: Json | None = None) -> None:
        super().__init__(language, vocabulary, WORDS[language])
        self.found, self.number = found, f"{found['year']}:{found['number']}"

    def document(self) -> Json:
        """When it was handed out, and not when it was printed: the same paper each time."""
        found = self.found
        made = datetime.fromisoformat(found["stated_at"]).astimezone(STOCKHOLM)
        to = self.words.get(found["to"], found["to"])
        facts = [("to", f"{to}: {found['recipient']}" if found["recipient"] else to),
                 ("reference", found["reference"]), ("records", self.say("n_records", n=len(found["items"]))),
                 ("decision", self.say("hidden") if found.get("hidden") else found["decision"])]  # fmt: skip
        return {
            "language": self.language, "title": self.say("title", number=self.number),
            "subtitle": self.say("made", made=f"{made:%Y-%m-%d %H:%M}"),
            "footer": self.say("page", number=self.number), "mask": self.say("mask"),
            "facts": [[self.say(name), words] for name, words in facts if words],
            "records_word": self.say("records"), "masked": self.say("masked"),
            "records": [self._record(n, item) for n, item in enumerate(found["items"], start=1)],
        }  # fmt: skip

    def _record(self, n: int, item: Json) -> Json:
        versions = item["versions"]
        told = [self._version(one, at, len(versions)) for at, one in enumerate(versions)]
        why = next((name for name in ("closed", "erased") if item[name]), None)
        return {"head": self.say("record", n=n), "versions": told, "note": self.say(why) if why else ""}

    def _version(self, one: Json, at: int, of: int) -> Json:
        kind = "earlier" if at < of - 1 else "corrected" if "reason" in one["fields"] else "written"
        fields, position = one["fields"], one["position"]
        where = [self.say("where", place=one["place"])] if one["place"] else []
        if position is not None:
            where.append(self.say("position", lat=f"{position['lat']:.5f}", lon=f"{position['lon']:.5f}"))
        severity = self.say("severity", n=one["severity"])
        return {
            "when": self.say(kind, time=self.time(one["stated_at"])), "is_earlier": kind == "earlier",
            "title": self.code("categories", one["category"]),
            "facts": " · ".join([*where, severity, *self.facts_of(one)]),
            "words": [fields[name] for name in ("place_text", "text") if name in fields],
            "why": {"head": self.say("why"), "said": fields["reason"]} if "reason" in fields else None,
            "hidden": self.say("all_hidden") if one["hidden"] else "",
        }  # fmt: skip
