"""A shift's log as the document that goes on paper: words in one language, in order. Pure: JSON in, JSON out."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from app.place.vocabulary import restricted_categories
from app.review.report_words import Language
from app.review.sheet import Json, Sheet, local
from app.shift.rules import STOCKHOLM

GAP, LATE = timedelta(minutes=30), timedelta(minutes=2)
#: Written at a desk: they say nothing about where the crew was.
DESK = frozenset({"comment", "review"})
STEPS = (("attempted", "called"), ("answered", "answered"), ("arrived", "on_site"), ("left", "gone"))
CHECKINS = {"ok": "ok", "arrived": "arrived", "left": "left_place", "round": "round", "pause": "pause"}


class Report(Sheet):
    """One document: what it says of each thing, in its language."""

    def __init__(
        self, found: Json, seal: Json, language: Language, people: Mapping[str, str], vocabulary: Json | None = None
    ) -> None:
        super().__init__(language, vocabulary)
        self.shift, self.entries, self.seal = found["shift"], found["entries"], seal
        crew = {one["id"]: one["name"] for one in self.shift["crew"]}
        authors = {entry["author"]["id"]: entry["author"]["name"] for entry in self.entries}
        self.people = {**people, **authors, **crew}
        self.places = {entry["place"]["id"]: entry["place"]["name"] for entry in self.entries if entry["place"]}
        self.day = local(self.shift["started_at"]).date()

    def document(self, reader: str, made_at: datetime) -> Json:
        date = str(self.shift["shift_date"])
        names = ("facts", "summary", "timeline", "clocks")
        columns = [self.say(name) for name in ("col_time", "col_what", "col_who")]
        return {
            "language": self.language, "title": self.say("title", date=date),
            "subtitle": self.say("subtitle", made=f"{made_at.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}", reader=reader),
            "footer": self.say("page", date=date), "seal": self._seal(), "facts": self._facts(),
            "summary": self._summary(), "lines": self._lines(made_at),
            "words": {name: self.say(name) for name in names} | {"columns": columns},
        }  # fmt: skip

    def name(self, person: str | None) -> str:
        return self.people.get(person or "") or self.say("nobody")

    def _seal(self) -> Json:
        whole, broken = self.shift["completeness"], self.seal["broken"]
        counts = self.say("received" if whole["expected"] is None else "received_of", received=whole["received"],
                          expected=whole["expected"])  # fmt: skip
        head = self.say("whole", **whole) if whole["complete"] else self.say("unwhole", counts=counts)
        lines = [
            self.say("missing", numbers=gap["from"] if gap["from"] == gap["to"] else f"{gap['from']}–{gap['to']}",
                     phone=gap["label"]) for gap in whole["gaps"]
        ]  # fmt: skip
        photos = self.shift["photos"]
        if photos["expected"]:
            lines.append(self.say("photos", **photos))
        lines.append(
            self.say("broken", numbers=", ".join(map(str, broken))) if broken else
            self.say("holds", ops=self.seal["ops"])
        )  # fmt: skip
        tone = "danger" if broken else "plain" if whole["complete"] else "note"
        return {"head": head, "lines": lines, "tone": tone}

    def _facts(self) -> list[list[str]]:
        shift = self.shift
        crew = ", ".join(
            one["name"] if one["left_at"] is None
            else self.say("left", name=one["name"], time=self.time(one["left_at"]))
            for one in shift["crew"]
        )  # fmt: skip
        until = self.say("open") if shift["status"] == "open" else self.time(shift["ended_at"])
        transport = shift["transport"]
        known = self.words.get(transport, transport) if transport else None
        told = [("crew", crew), ("area", shift["area_name"]), ("times", f"{self.time(shift['started_at'])}–{until}"),
                ("transport", known), ("alone", shift["alone_reason"]), ("number", shift["id"])]  # fmt: skip
        return [[self.say(name), words] for name, words in told if words]

    def _summary(self) -> str:
        if self.shift.get("summary"):
            return str(self.shift["summary"])
        return self.say("hidden" if self.shift.get("hidden") else "no_summary")

    def _lines(self, made_at: datetime) -> list[Json]:
        waiting = gaps(self.entries, made_at if self.shift["status"] == "open" else None)
        lines: list[Json] = []
        for entry in self.entries:
            while waiting and waiting[0][0] < _at(entry["stated_at"]):
                lines.append(self._gap(*waiting.pop(0)))
            lines.append(self._entry(entry))
        return lines + [self._gap(*one) for one in waiting]

    def _gap(self, since: datetime, until: datetime | None, late: int) -> Json:
        span = {"from": f"{since.astimezone(STOCKHOLM):%H:%M}",
                "to": self.say("now") if until is None else f"{until.astimezone(STOCKHOLM):%H:%M}"}  # fmt: skip
        return {"line": "gap", "words": self.say("offline" if late else "quiet", n=late, **span)}

    def _entry(self, entry: Json) -> Json:
        value, kind = entry["value"], entry["kind"]
        told: Json = {"title": kind, "facts": "", "said": [], "marks": [], "steps": [], "corrections": [],
                      "struck": False}  # fmt: skip
        told |= getattr(self, f"_of_{kind.replace('.', '_')}", lambda *_: {})(value, entry)
        place = self.places.get(entry["place"]["id"], "") if entry["place"] else value.get("place_text")
        return told | {
            "line": "entry", "time": self.time(entry["stated_at"]), "clocks": self._clocks(entry),
            "place": place or "", "author": entry["author"]["name"] or self.say("nobody"),
            "number": self.say("seq", seq=entry["seq"]), "said": [words for words in told["said"] if words],
            "hidden": [self.say("hidden")] if is_hidden(value) else [],
        }  # fmt: skip

    def _clocks(self, entry: Json) -> list[str]:
        """The other two, where they say something else."""
        stated, came, reckoned = (entry[name] for name in ("stated_at", "received_at", "estimated_at"))
        within = timedelta(milliseconds=entry["estimated_within_ms"] or 0)
        lines = [self.say("came", time=self.time(came))] if _at(came) - _at(stated) > LATE else []
        if reckoned is not None and abs(_at(reckoned) - _at(stated)) - within > LATE:
            lines.append(self.say("server", time=self.time(reckoned)))
        return lines

    def _of_shift_start(self, *_: Any) -> Json:
        return {"title": self.say("start")}

    def _of_shift_join(self, *_: Any) -> Json:
        return {"title": self.say("join")}

    def _of_shift_leave(self, *_: Any) -> Json:
        return {"title": self.say("leave")}

    def _of_shift_end(self, value: Json, _entry: Json) -> Json:
        return {"title": self.say("end"), "said": [value["summary"]]}

    def _of_comment(self, value: Json, _entry: Json) -> Json:
        return {"title": self.say("comment"), "said": [value["text"]]}

    def _of_review(self, value: Json, _entry: Json) -> Json:
        return {"title": self.say(value["verdict"]), "said": [value["note"]]}

    def _of_quarantined(self, _value: Json, entry: Json) -> Json:
        return {"title": str(entry["type"]),
                "marks": [{"words": self.say("quarantined", why=entry["why"]), "tone": "note"}]}  # fmt: skip

    def _of_checkin(self, value: Json, _entry: Json) -> Json:
        due = value["next_due"]
        return {"title": self.say(CHECKINS.get(value["kind"], "checkin")), "said": [value["note"]],
                "facts": "" if due is None else self.say("promised", time=self.time(due))}  # fmt: skip

    def _of_observation(self, value: Json, entry: Json) -> Json:
        marks = [{"words": self.say("severity", n=value["severity"]),
                  "tone": "danger" if value["severity"] >= 3 else "plain"}]  # fmt: skip
        versions = value["revisions"]
        ever = {value["category"], *(one["observation"]["category"] for one in versions)}
        if ever & set(restricted_categories()):
            marks.append({"words": self.say("restricted"), "tone": "danger"})
        corrections = [
            {"head": self.say("corrected", time=self.time(now["stated_at"]), name=self.name(now["author_id"]),
                              reason=self._words(now, "reason")),
             "before": [self.say("until", said=self._content(old["observation"], entry))]}
            for old, now in zip(versions, versions[1:], strict=False)
        ]  # fmt: skip
        gone = value["retracted"]
        if gone is not None:
            corrections.append({"head": self.say("retracted", time=self.time(gone["stated_at"]),
                                                 name=self.name(gone["author_id"]),
                                                 reason=self._words(gone, "reason")), "before": []})  # fmt: skip
        photos = [*(value["attachments"] or []), *entry.get("photos", [])]
        shown = [" – ".join(filter(None, (self.say("photo_missing" if one["missing"] else "photo"), one["caption"])))
                 for one in photos]  # fmt: skip
        return {"title": self.code("categories", value["category"]), "said": [value["text"]], "marks": marks,
                "facts": " · ".join([*self.facts_of(value, entry["stated_at"]), *shown]), "corrections": corrections,
                "struck": gone is not None}  # fmt: skip

    def _content(self, content: Json, entry: Json) -> str:
        words = self.say("hidden") if content.get("hidden") else content["text"]
        named = [self.code("categories", content["category"]), self.say("severity", n=content["severity"])]
        return " · ".join(
            filter(None, [*named, *self.facts_of(content, entry["stated_at"]), content["place_text"], words])
        )

    def _of_escalation(self, value: Json, _entry: Json) -> Json:
        closed = value["closed"]
        cause = [self.say("cause", said=value["cause"])] if value["cause"] else []
        steps = [self._attempt(one) for one in value["attempts"]] or [self.say("no_attempts")]
        end = self.say("not_closed") if closed is None else self.say(
            "closed", time=self.time(closed["stated_at"]), name=self.name(closed["author_id"]),
            said=self.code("outcomes", closed["outcome"]),
        )  # fmt: skip
        note = [] if closed is None else [closed["note"]]
        return {"title": self.code("services", value["service"]), "said": [*cause, *note], "steps": [*steps, end]}

    def _attempt(self, one: Json) -> str:
        steps = [self.say(word, time=self._about(one[member])) for member, word in STEPS if one[member]]
        reference = [self.say("reference", said=one["reference"])] if one["reference"] else []
        words = self.say("hidden") if one.get("hidden") else one["note"]
        outcome = self.code("outcomes", one["outcome"])
        return " · ".join(filter(None, [*steps, outcome, *reference, words, self.name(one["author_id"])]))

    def _about(self, at: Json) -> str:
        told = self.time(at["from"])
        return self.say("approx", time=told) if at["kind"] == "about" else told

    def _words(self, note: Json, member: str) -> str:
        return self.say("hidden") if note.get("hidden") else str(note[member])


def gaps(entries: Iterable[Json], now: datetime | None) -> list[tuple[datetime, datetime | None, int]]:
    """(from, to, how many came after it) of each silence of more than half an hour, as the desk's page draws them."""
    field = [(_at(e["stated_at"]), _at(e["received_at"])) for e in entries if e["kind"] not in DESK]
    found: list[tuple[datetime, datetime | None, int]] = []
    for since, until in _spans(received for _, received in field):
        late = sum(1 for stated, came in field if since < stated < until <= came and came - stated > LATE)
        if late:
            found.append((since, until, late))
    cut = [(since, until) for since, until, _ in found]
    quiet = _spans(stated for stated, _ in field)
    found += [(a, b, 0) for a, b in quiet if not any(s <= a and until and b <= until for s, until in cut)]
    last = max((came for _, came in field), default=None)
    if now is not None and last is not None and now - last > GAP:
        found.append((last, None, 0))
    return sorted(found, key=lambda gap: gap[0])


def is_hidden(value: Mapping[str, Any]) -> bool:
    closed = value.get("closed") or {}
    return bool(value.get("hidden") or closed.get("hidden"))


def _spans(times: Iterable[datetime]) -> list[tuple[datetime, datetime]]:
    ordered = sorted(times)
    return [(a, b) for a, b in zip(ordered, ordered[1:], strict=False) if b - a > GAP]


def _at(told: str) -> datetime:
    return datetime.fromisoformat(told)
