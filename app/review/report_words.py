"""Words of a shift's report on paper, Swedish and English."""

from typing import Literal

Language = Literal["sv", "en"]

WORDS: dict[Language, dict[str, str]] = {
    "sv": {
        "title": "Passrapport {date}", "subtitle": "Gjord {made} av {reader} · Lykta", "page": "Passrapport {date}",
        "facts": "Passet", "crew": "Värdar", "left": "{name} (lämnade {time})", "area": "Område", "times": "Tid",
        "open": "pågår", "transport": "Färdsätt", "foot": "till fots", "bike": "cykel", "car": "bil",
        "alone": "Ensam därför att", "number": "Passets id", "summary": "Sammanfattning",
        "no_summary": "Ingen sammanfattning skriven.", "timeline": "Tidslinje",
        "clocks": "Tiden till vänster är när det skrevs, enligt telefonen. ”Kom” är när servern fick det. ”Servern” "
                  "är serverns egen beräkning, där telefonens klocka gick fel.",
        "col_time": "Tid", "col_what": "Vad", "col_who": "Vem", "came": "kom {time}", "server": "servern {time}",
        "quiet": "Lucka {from}–{to}: inget skrevs", "offline": "Lucka {from}–{to}: utan kontakt, {n} kom efteråt",
        "now": "nu", "whole": "Komplett: {received} av {expected} mottagna", "unwhole": "Inte komplett: {counts}",
        "received_of": "{received} av {expected} mottagna", "received": "{received} mottagna",
        "missing": "Saknas nr {numbers} från {phone}", "holds": "Kedjan verifierad: {ops} poster är som de skrevs.",
        "broken": "Kedjan håller inte vid nr {numbers}.", "photos": "{received} av {expected} foton mottagna",
        "severity": "allvar {n} av 4", "restricted": "skyddad", "quarantined": "I karantän: räknas inte ({why})",
        "hidden": "Text dold: den innehåller ett personnummer.", "start": "Pass startat", "join": "Gick med i passet",
        "leave": "Lämnade passet", "end": "Pass avslutat", "comment": "Kommentar", "approve": "Godkänt",
        "return": "Skickat tillbaka", "checkin": "Incheckning", "ok": "Vi är ok", "arrived": "Framme",
        "left_place": "Lämnade", "round": "Rond utan anmärkning", "pause": "Paus", "promised": "nästa lovad {time}",
        "about": "cirka {from}", "point": "hände {from}", "interval": "hände {from}–{to}", "since": "hände från {from}",
        "count": "antal {said}", "ages": "ålder {said}", "ongoing": "pågick än", "over": "var över",
        "actions": "åtgärd: {said}", "corrected": "Rättad {time} av {name}: ”{reason}”",
        "retracted": "Återtagen {time} av {name}: ”{reason}”", "until": "Tidigare lydelse: {said}",
        "cause": "orsak: {said}", "called": "ringt {time}", "answered": "svar {time}", "on_site": "på plats {time}",
        "gone": "lämnade {time}", "approx": "ca {time}", "reference": "ärende {said}", "no_attempts":
        "Inget kontaktförsök skrivet.", "closed": "avslutad {time} av {name}: {said}", "not_closed": "inte avslutad",
        "photo": "foto", "photo_missing": "foto saknas", "seq": "nr {seq}", "nobody": "okänd",
    },
    "en": {
        "title": "Shift report {date}", "subtitle": "Made {made} by {reader} · Lykta", "page": "Shift report {date}",
        "facts": "The shift", "crew": "Hosts", "left": "{name} (left {time})", "area": "Area", "times": "Time",
        "open": "still out", "transport": "By", "foot": "on foot", "bike": "bicycle", "car": "car",
        "alone": "Alone because", "number": "The shift's id", "summary": "Summary",
        "no_summary": "No summary written.", "timeline": "Timeline",
        "clocks": "The time to the left is when it was written, by the phone. “Came” is when the server got it. "
                  "“Server” is the server's own reckoning, where the phone's clock was wrong.",
        "col_time": "Time", "col_what": "What", "col_who": "Who", "came": "came {time}", "server": "server {time}",
        "quiet": "Gap {from}–{to}: nothing was written", "offline": "Gap {from}–{to}: no contact, {n} came afterwards",
        "now": "now", "whole": "Complete: {received} of {expected} received", "unwhole": "Not complete: {counts}",
        "received_of": "{received} of {expected} received", "received": "{received} received",
        "missing": "Missing no. {numbers} from {phone}", "holds": "Chain verified: {ops} records are as written.",
        "broken": "The chain does not hold at no. {numbers}.", "photos": "{received} of {expected} photos received",
        "severity": "severity {n} of 4", "restricted": "restricted",
        "quarantined": "In quarantine: not counted ({why})",
        "hidden": "Text hidden: it holds a personal identity number.", "start": "Shift started",
        "join": "Joined the shift", "leave": "Left the shift", "end": "Shift ended", "comment": "Comment",
        "approve": "Approved", "return": "Sent back", "checkin": "Check-in", "ok": "We are ok", "arrived": "Arrived",
        "left_place": "Left", "round": "Round, nothing to report", "pause": "Pause", "promised": "next promised {time}",
        "about": "about {from}", "point": "happened {from}", "interval": "happened {from}–{to}",
        "since": "happened from {from}", "count": "count {said}", "ages": "ages {said}", "ongoing": "still going on",
        "over": "was over", "actions": "done: {said}", "corrected": "Corrected {time} by {name}: “{reason}”",
        "retracted": "Retracted {time} by {name}: “{reason}”", "until": "Earlier wording: {said}",
        "cause": "cause: {said}", "called": "called {time}", "answered": "answered {time}", "on_site":
        "on site {time}", "gone": "left {time}", "approx": "about {time}", "reference": "case {said}", "no_attempts":
        "No attempt written.", "closed": "closed {time} by {name}: {said}", "not_closed": "not closed",
        "photo": "photo", "photo_missing": "photo missing", "seq": "no. {seq}", "nobody": "unknown",
    },
}  # fmt: skip
