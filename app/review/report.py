"""A shift's log as the document that goes on paper: words in one language, in order. Pure: JSON in, JSON out."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from app.review.report_entry import LATE, EntrySheet, moment
from app.review.report_words import Language
from app.review.sheet import Json
from app.shift.rules import STOCKHOLM, day_begins

GAP = timedelta(minutes=30)
#: Written at a desk: they say nothing about where the crew was.
DESK = frozenset({"comment", "review"})


class Report(EntrySheet):
    """One document: what it says of each thing, in its language."""

    def __init__(
        self, found: Json, seal: Json, language: Language, people: Mapping[str, str] | None,
        vocabulary: Json | None = None,
    ) -> None:  # fmt: skip
        crew = {one["id"]: one["name"] for one in found["shift"]["crew"]}
        known = None if people is None else {**people, **crew}
        super().__init__(found["entries"], language, known, list(crew), vocabulary)
        self.shift, self.seal = found["shift"], seal
        day = date.fromisoformat(self.shift["shift_date"])
        self.evening = (day_begins(day), day_begins(day + timedelta(days=1)))

    def document(self, reader: str, made_at: datetime) -> Json:
        """`reader`: whoever takes it out; told only where people are named."""
        day, who = str(self.shift["shift_date"]), reader if self.is_named else self.say("at_desk")
        names = ("facts", "summary", "timeline", "clocks")
        columns = [self.say(name) for name in ("col_time", "col_what", "col_who")]
        return {
            "language": self.language, "title": self.say("title", date=day),
            "subtitle": self.say("subtitle", made=f"{made_at.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}", reader=who),
            "footer": self.say("page", date=day), "seal": self._seal(), "facts": self._facts(),
            "summary": self._summary(), "lines": self._lines(made_at),
            "words": {name: self.say(name) for name in names} | {"columns": columns},
        }  # fmt: skip

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
            self.name(one["id"]) if one["left_at"] is None
            else self.say("left", name=self.name(one["id"]), time=self.time(one["left_at"]))
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
            while waiting and waiting[0][0] < moment(entry["stated_at"]):
                lines.append(self._gap(*waiting.pop(0)))
            lines.append(self.entry(entry))
        return lines + [self._gap(*one) for one in waiting]

    def _gap(self, since: datetime, until: datetime | None, late: int) -> Json:
        span = {"from": self.clock(since), "to": self.say("now") if until is None else self.clock(until)}
        return {"line": "gap", "words": self.say("offline" if late else "quiet", n=late, **span)}


def gaps(entries: Iterable[Json], now: datetime | None) -> list[tuple[datetime, datetime | None, int]]:
    """(from, to, how many came after it) of each silence of more than half an hour, as the desk's page draws them."""
    field = [(moment(e["stated_at"]), moment(e["received_at"])) for e in entries if _is_of_field(e)]
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


def _is_of_field(entry: Json) -> bool:
    """Not what was written at a desk, nor what the server says of a check-in that never came."""
    kind = entry["kind"]
    return kind not in DESK and not (kind == "alert" and entry["value"]["author_id"] is None)


def _spans(times: Iterable[datetime]) -> list[tuple[datetime, datetime]]:
    ordered = sorted(times)
    return [(a, b) for a, b in zip(ordered, ordered[1:], strict=False) if b - a > GAP]
