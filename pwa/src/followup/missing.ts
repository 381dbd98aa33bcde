/** A line of what is missing: what it says, and where it is mended. */
import { known, minute_ms } from "../review/desk-state";
import { names } from "../review/names";
import { FIND, PLANNING, SETTINGS, shiftHref } from "../review/routes";
import { dateTime, list, time, timeNear } from "../text";
import { wallOf } from "../text/clock";
import { tw } from "../text/follow";
import type { MissingLine } from "./answers";

/** A planned shift has a time of its own; of the others it is told since when. */
function whenWords({ about, at }: MissingLine): string[] {
  const near = (iso: string) => timeNear(iso, minute_ms.value);
  if (about.ends_at) return [`${dateTime(at)}–${time(about.ends_at)}`];
  const end = about.planned_end ? tw("miss_to_be_over", { time: near(about.planned_end) }) : "";
  return [tw("miss_since", { time: near(at) }), end];
}

export function aboutWords(line: MissingLine): string {
  const { about } = line;
  const words = names(known.value, []);
  const when = whenWords(line);
  const what = [
    about.category ? words.category(about.category) : "",
    about.place_id ? words.place(about.place_id) : "",
    about.service ? words.service(about.service) : "",
    known.value?.areas.find(({ id }) => id === about.area_id)?.name ?? "",
    list(about.hosts.map(words.person)),
    about.person_id ? words.person(about.person_id) : "",
    about.label ?? "",
    about.pending ? tw("miss_pending", { n: about.pending }) : "",
    about.records ? tw("miss_records", { n: about.records }) : "",
  ];
  return [...(about.ends_at ? [...when, ...what] : [...what, ...when])].filter(Boolean).join(" · ");
}

/** Of these the line's own subject is an entry of the log. */
const ENTRIES = ["call_open", "return_unanswered"];

/** Null of a record that was written in no shift. */
export function whereMended({ kind, subject, at, shift_id, observation_id, about }: MissingLine) {
  if (kind === "shift_planned") {
    const month = about.day?.slice(0, 7);
    return { href: month ? `${PLANNING}?manad=${month}` : PLANNING, words: tw("miss_to_plans") };
  }
  if (kind === "shift_unknown") {
    const { date } = wallOf(Date.parse(at));
    return { href: `${FIND}?fran=${date}&till=${date}`, words: tw("miss_to_find") };
  }
  const entry = ENTRIES.includes(kind) ? subject : observation_id;
  if (shift_id !== null && entry !== null)
    return { href: shiftHref(shift_id, entry), words: tw("miss_to_entry") };
  if (shift_id !== null) return { href: shiftHref(shift_id), words: tw("miss_to_shift") };
  return kind === "phone_silent" ? { href: `${SETTINGS}/personer`, words: tw("miss_to_phones") } : null;
}
