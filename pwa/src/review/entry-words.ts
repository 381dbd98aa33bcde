/** What an entry of the timeline says, in words. */
import type { AboutTime, AttemptValue, Happened, ObservationContent } from "../store/types";
import { tr } from "../text/review";
import type { Names } from "./names";
import type { Entry } from "./types";

const CHECKINS = ["ok", "arrived", "left", "round", "pause"] as const;
const CHANNELS = ["phone", "radio", "on_site", "other"] as const;

function checkinTitle(kind: string): string {
  const known = CHECKINS.find((one) => one === kind);
  return known ? tr(`checkin_${known}`) : tr("checkin_other", { kind });
}

const TYPES = [
  "shift",
  "checkin",
  "observation",
  "escalation",
  "comment",
  "review",
  "alert",
  "photo",
  "followup",
] as const;

/** "observation.create" → "observation"; a type that is not known is shown as it is. */
function typeWord(type: string): string {
  const known = TYPES.find((one) => type.startsWith(`${one}.`));
  return known ? tr(`type_${known}`) : type;
}

export function alarmTitle(kind: string): string {
  if (kind === "overdue" || kind === "threat" || kind === "test") return tr(`entry_alarm_${kind}`);
  return tr("entry_alarm_help");
}

export function title(entry: Entry, names: Names): string {
  switch (entry.kind) {
    case "shift.start":
      return tr("entry_start");
    case "shift.join":
      return tr("entry_join");
    case "shift.leave":
      return tr("entry_leave");
    case "shift.end":
      return tr("entry_end");
    case "checkin":
      return checkinTitle(entry.value.kind);
    case "observation":
      return names.category(entry.value.category);
    case "escalation":
      return names.service(entry.value.service);
    case "alert":
      return alarmTitle(entry.value.kind);
    case "comment":
      return tr("entry_comment");
    case "review":
      return tr(entry.value.verdict === "approve" ? "entry_approve" : "entry_return");
    case "quarantined":
      return entry.type === null
        ? tr("entry_quarantined")
        : `${tr("entry_quarantined")} · ${typeWord(entry.type)}`;
    case "unknown":
      return tr("entry_unknown", { of: entry.of });
  }
}

/** Who wrote it; what no phone raised is the server's. */
export function authorOf(entry: Entry): string {
  if (entry.kind === "alert" && entry.value.author_id === null) return tr("by_server");
  return entry.author.name || tr("unknown_person");
}

/** Where it was, in a word: the chosen place, or what the host wrote instead. */
export function placeOf(entry: Entry): string | null {
  if (entry.place) return entry.place.name;
  return entry.kind === "observation" ? entry.value.place_text : null;
}

/** Said only where it adds something to the time that the entry was written. */
function happenedWords(happened: Happened, stated_at: string | null, { time }: Names): string | null {
  const from = time(happened.from);
  if (happened.kind === "interval")
    return happened.to === null
      ? tr("happened_since", { from })
      : tr("happened_between", { from, to: time(happened.to) });
  if (happened.kind === "about") return tr("happened_about", { time: from });
  return stated_at !== null && time(stated_at) === from ? null : tr("happened_at", { time: from });
}

/** The structured part of an observation, in the order that people tell it. */
export function observationFacts(
  content: ObservationContent,
  stated_at: string | null,
  names: Names,
): string[] {
  const { happened, count, ages, certainty, ongoing, actions } = content;
  return [
    happenedWords(happened, stated_at, names),
    count === null ? null : tr("count", { count: names.count(count) }),
    ages === null ? null : tr("ages", { ages: names.ages(ages).toLowerCase() }),
    certainty === null ? null : names.certainty(certainty).toLowerCase(),
    ongoing === null ? null : tr(ongoing ? "ongoing_yes" : "ongoing_no"),
    actions.length === 0
      ? null
      : tr("actions", { actions: actions.map((code) => names.action(code).toLowerCase()).join(", ") }),
  ].filter((word) => word !== null);
}

export function channelWords(channel: string | null): string | null {
  const known = CHANNELS.find((one) => one === channel);
  return known ? tr(`channel_${known}`) : channel;
}

function aboutWords(at: AboutTime, { time }: Names): string {
  const at_time = time(at.from);
  return at.kind === "about" ? tr("about_time", { time: at_time }) : at_time;
}

export interface Step {
  at: string;
  words: string;
}

const STEPS = [
  ["attempted", "attempt_called"],
  ["answered", "attempt_answered"],
  ["arrived", "attempt_arrived"],
  ["left", "attempt_left"],
] as const;

/** Called, answered, arrived, left: those that are known. */
export function attemptSteps(attempt: Pick<AttemptValue, (typeof STEPS)[number][0]>, names: Names): Step[] {
  return STEPS.flatMap(([member, key]) => {
    const at = attempt[member];
    return at ? [{ at: at.from, words: tr(key, { time: aboutWords(at, names) }) }] : [];
  });
}
