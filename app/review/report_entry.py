"""What a shift's report says of one entry of the log, in its language. Pure: JSON in, JSON out."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from app.observation.shown import was_restricted
from app.review.left_out import CLOSED
from app.review.report_words import REASONS, TYPES, Language
from app.review.sheet import Json, Sheet

LATE = timedelta(minutes=2)
STEPS = (("attempted", "called"), ("answered", "answered"), ("arrived", "on_site"), ("left", "gone"))
CHECKINS = {"ok": "ok", "arrived": "arrived", "left": "left_place", "round": "round", "pause": "pause"}
ALARMS = {"overdue": "alarm_overdue", "threat": "alarm_threat", "test": "alarm_test"}
TITLES = {"shift.start": "start", "shift.join": "join", "shift.leave": "leave", "shift.end": "end",
          "comment": "comment", CLOSED: "closed_record"}  # fmt: skip
#: What a person wrote in an op that could not be read as its kind.
WRITTEN = ("text", "note", "reason", "summary", "cause", "place_text")


class EntrySheet(Sheet):
    """`people`: names of those who are named in entries without having written any of them; None to name nobody.

    `crew`: ids in order, by which hosts are told apart where nobody is named.
    """

    def __init__(
        self, entries: Sequence[Json], language: Language, people: Mapping[str, str] | None, crew: Sequence[str] = (),
        vocabulary: Json | None = None,
    ) -> None:  # fmt: skip
        super().__init__(language, vocabulary)
        self.entries = entries
        self.is_named = people is not None
        authors = {entry["author"]["id"]: entry["author"]["name"] for entry in entries}
        hosts = {person: self.say("host_n", n=n) for n, person in enumerate(crew, start=1)}
        self.people = hosts if people is None else {**people, **authors}
        self.by_id = {entry["id"]: entry for entry in entries}
        self.places = {entry["place"]["id"]: entry["place"]["name"] for entry in entries if entry["place"]}

    def name(self, person: str | None) -> str:
        return self.people.get(person or "") or self.say("nobody" if self.is_named or person is None else "at_desk")

    def title_of(self, entry: Json) -> str:
        value, kind = entry["value"], entry["kind"]
        if kind == "observation":
            return self.code("categories", value["category"])
        if kind == "escalation":
            return self.code("services", value["service"])
        if kind == "checkin":
            return self.say(CHECKINS.get(value["kind"], "checkin"))
        if kind == "alert":
            return self.say(ALARMS.get(value["kind"], "alarm_help"))
        if kind == "review":
            return self.say(value["verdict"])
        if kind == "quarantined":
            known = TYPES.get(str(entry["type"]).split(".", 1)[0])
            return self.say(known) if known else str(entry["type"])
        return self.say(TITLES[kind]) if kind in TITLES else str(kind)

    def entry(self, entry: Json) -> Json:
        value, kind = entry["value"], entry["kind"]
        told: Json = {"title": self.title_of(entry), "facts": "", "said": [], "marks": [], "steps": [],
                      "corrections": [], "struck": False}  # fmt: skip
        told |= getattr(self, f"_of_{kind.replace('.', '_')}", lambda *_: {})(value, entry)
        place = self.places.get(entry["place"]["id"], "") if entry["place"] else value.get("place_text")
        # An alarm of a check-in that never came is raised by nobody's phone.
        author = self.say("server") if kind == "alert" and value["author_id"] is None else None
        return told | {
            "line": "entry", "time": self.time(entry["stated_at"]), "clocks": self._clocks(entry),
            "place": place or self._where(entry["position"]),
            "author": author or self.name(entry["author"]["id"]),
            "number": self.say("seq", seq=entry["seq"]), "said": [words for words in told["said"] if words],
            "hidden": [self.say("hidden")] if is_hidden(value) else [],
        }  # fmt: skip

    def _clocks(self, entry: Json) -> list[str]:
        """The other two, where they say something else."""
        stated, came, reckoned = (entry[name] for name in ("stated_at", "received_at", "estimated_at"))
        within = timedelta(milliseconds=entry["estimated_within_ms"] or 0)
        lines = [self.say("came", time=self.time(came))] if moment(came) - moment(stated) > LATE else []
        if reckoned is not None and abs(moment(reckoned) - moment(stated)) - within > LATE:
            lines.append(self.say("by_server", time=self.time(reckoned)))
        return lines

    def _where(self, position: Json | None) -> str:
        if position is None:
            return ""
        degrees = {"lat": f"{position['lat']:.4f}", "lon": f"{position['lon']:.4f}"}
        within = position["accuracy_m"]
        return self.say("position", **degrees) if within is None else self.say("position_within", m=round(within),
                                                                               **degrees)  # fmt: skip

    def _of_shift_end(self, value: Json, _entry: Json) -> Json:
        return {"said": [value["summary"]]}

    def _of_comment(self, value: Json, entry: Json) -> Json:
        about = self.by_id.get(value["target"])
        title = self.title_of(entry)
        if about is not None and about["kind"] != "shift.start":
            title = self.say("comment_on", what=self.title_of(about), time=self.time(about["stated_at"]))
        return {"title": title, "said": [value["text"]]}

    def _of_review(self, value: Json, _entry: Json) -> Json:
        return {"said": [value["note"]]}

    def _of_quarantined(self, value: Json, entry: Json) -> Json:
        known = REASONS.get(entry["why"])
        why = self.say(known) if known else self.say("why_other", why=entry["why"])
        return {"said": _words_in(value["data"]),
                "marks": [{"words": self.say("quarantined", why=why), "tone": "note"}]}  # fmt: skip

    def _of_checkin(self, value: Json, _entry: Json) -> Json:
        due = value["next_due"]
        return {"said": [value["note"]], "facts": "" if due is None else self.say("promised", time=self.time(due))}

    def _of_alert(self, value: Json, entry: Json) -> Json:
        """Raised, told to whom, acknowledged by whom, over: in the order in which it happened."""
        over, seen = value["cleared"], value["acknowledged"]
        raised = self.say("alarm_late" if value["kind"] == "overdue" else "alarm_by", name=self.name(value["host_id"]),
                          time=self.time(value["due_at"] or entry["stated_at"]))  # fmt: skip
        steps = [(one["at"], self._told(one)) for one in value["steps"]]
        steps += [(one["stated_at"], self._by("alarm_seen", one)) for one in seen]
        if over is not None:
            cause = over["cause"] if over["cause"] == "checkin" else "by" if over["author_id"] else "gone"
            note = self.say("alarm_note", said=over["note"]) if over["note"] else ""
            steps.append((over["stated_at"], self._by(f"alarm_over_{cause}", over) + note))
        lacking = [word for word, is_so in (("alarm_unseen", not seen), ("alarm_open", over is None)) if is_so]
        in_order = [words for _, words in sorted(steps, key=lambda step: moment(step[0]))]
        return {"facts": raised, "said": [value["note"]], "steps": [*in_order, *map(self.say, lacking)]}

    def _by(self, words: str, note: Json) -> str:
        return self.say(words, time=self.time(note["stated_at"]), name=self.name(note["author_id"]))

    def _told(self, step: Json) -> str:
        """Whom one telling reached, and whom it did not."""
        told, to = step["told"], step["to"]
        reached = {heard["person"] for heard in told or () if heard["ok"]}
        named = {"alarm_reached": [one for one in to if one in reached],
                 "alarm_lost": [one for one in to if one not in reached]}  # fmt: skip
        if not to:
            words = self.say("alarm_nobody")
        elif told is None:
            words = self.say("alarm_sent", names=self._names(to))
        else:
            words = ", ".join(self.say(word, names=self._names(whom)) for word, whom in named.items()
                              if whom)  # fmt: skip
        return self.say("alarm_step", time=self.time(step["at"]), said=words)

    def _names(self, people: Sequence[str]) -> str:
        return ", ".join(dict.fromkeys(map(self.name, people)))

    def _of_observation(self, value: Json, entry: Json) -> Json:
        marks = [{"words": self.say("severity", n=value["severity"]),
                  "tone": "danger" if value["severity"] >= 3 else "plain"}]  # fmt: skip
        versions = value["revisions"]
        if was_restricted(value):
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
        photos = self._photos([*(value["attachments"] or []), *entry.get("photos", [])])
        return {"said": [value["text"]], "marks": marks,
                "facts": " · ".join([*self.facts_of(value, entry["stated_at"]), *photos]), "corrections": corrections,
                "struck": gone is not None}  # fmt: skip

    def _photos(self, photos: Sequence[Json]) -> list[str]:
        """How many there are, how many of these never came, and what was written under them."""
        if not photos:
            return []
        lost = sum(1 for one in photos if one["missing"])
        count = self.say("one_photo") if len(photos) == 1 else self.say("n_photos", n=len(photos))
        captions = [self.say("caption", said=one["caption"]) for one in photos if one["caption"]]
        return [", ".join([count, *([self.say("photos_missing", n=lost)] if lost else []), *captions])]

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
        return {"said": [*cause, *note], "steps": [*steps, end]}

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


def is_hidden(value: Mapping[str, Any]) -> bool:
    return any(told.get("hidden") for told in (value, value.get("closed") or {}, value.get("cleared") or {}))


def moment(told: str) -> datetime:
    return datetime.fromisoformat(told)


def _words_in(data: Any) -> list[str]:
    if not isinstance(data, Mapping):
        return []
    own = [data[name] for name in WRITTEN if isinstance(data.get(name), str)]
    return own + _words_in(data.get("observation"))
