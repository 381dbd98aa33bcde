/** Facts of a shift in words: sentences are made here, so that components only lay them out. */
import type { Position } from "../store/types";
import { date, list, time, timeIn, timeNear } from "../text/index";
import { tr } from "../text/review";
import { type Missing, overdueMinutes, unsent, verdict } from "./completeness";
import { LATE_MS } from "./timeline";
import type { Completeness, Entry, Phone, ShiftRow } from "./types";

const phoneName = (label: string, alone: boolean) => (alone ? tr("the_phone") : label || tr("a_phone"));

/** One phrase for each phone, however many stretches it lacks. */
function missingWords(gaps: readonly Missing[]): string[] {
  const phones = new Map<string, string[]>();
  for (const { label, from, to } of gaps) {
    const numbers = phones.get(label) ?? [];
    phones.set(label, [...numbers, from === to ? String(from) : `${from}–${to}`]);
  }
  return [...phones].map(([label, numbers]) =>
    tr("missing_numbers", { numbers: list(numbers), phone: label || tr("a_phone") }),
  );
}

function heardWords(phone: Phone, now_ms: number): string {
  return phone.last_seen_at === null
    ? tr("never_heard")
    : tr("heard", { time: timeNear(phone.last_seen_at, now_ms) });
}

function leftWords(phone: Phone, alone: boolean, now_ms: number): string {
  const name = phoneName(phone.label, alone);
  const left =
    phone.pending === null
      ? tr("left_unknown", { phone: name })
      : phone.pending === 0
        ? tr("left_none", { phone: name })
        : tr("left_in", { n: phone.pending, phone: name });
  return `${left} (${heardWords(phone, now_ms)})`;
}

/** From two minutes on, as for a record's own time; below that a clock counts as right. */
export function clockWords({ skew_ms }: Phone): string | null {
  if (skew_ms === null || Math.abs(skew_ms) <= LATE_MS) return null;
  const time = offWords(Math.round(Math.abs(skew_ms) / 60_000));
  return skew_ms > 0 ? tr("clock_ahead", { time }) : tr("clock_behind", { time });
}

/** The two largest units: nobody reads 2668 minutes, nor the minutes of a clock that is days off. */
function offWords(minutes: number): string {
  const inHours = Math.round(minutes / 60);
  return minutes < 24 * 60
    ? both("off_hours", Math.floor(minutes / 60), "off_minutes", minutes % 60)
    : both("off_days", Math.floor(inHours / 24), "off_hours", inHours % 24);
}

type Off = "off_minutes" | "off_hours" | "off_days";

function both(larger: Off, more: number, smaller: Off, less: number): string {
  if (more === 0) return tr(smaller, { n: less });
  if (less === 0) return tr(larger, { n: more });
  return tr("off_both", { more: tr(larger, { n: more }), less: tr(smaller, { n: less }) });
}

/** What one phone has sent, still holds and since when, when it was heard, and which version it runs. */
export function phoneWords(phone: Phone, now_ms: number): string {
  const { received, expected, oldest_at, build, battery } = phone;
  const sent =
    expected === null ? tr("phone_received", { n: received }) : tr("received_of", { received, n: expected });
  const oldest = oldest_at === null ? [] : [tr("phone_oldest", { time: timeNear(oldest_at, now_ms) })];
  const version = build === null ? [] : [tr("phone_build", { build })];
  const isLow = battery !== null && battery <= BATTERY_LOW;
  const power = battery === null || isLow ? [] : [batteryWords(battery)];
  return [sent, unsentWords([phone]), ...oldest, heardWords(phone, now_ms), ...version, ...power].join(" · ");
}

/** Percent: what is left of a cold phone goes fast. */
const BATTERY_LOW = 20;

const batteryWords = (percent: number) => tr("phone_battery", { percent });

/** What may cost this phone's host words: a wrong clock, storage that may be cleared, and storage that was. */
export function phoneTroubles(phone: Phone, now_ms: number): string[] {
  const clock = clockWords(phone);
  return [
    ...(phone.emptied_at === null ? [] : [tr("phone_emptied", { time: timeNear(phone.emptied_at, now_ms) })]),
    ...(phone.persisted === false ? [tr("phone_not_kept")] : []),
    ...(clock === null ? [] : [clock]),
    ...(phone.battery !== null && phone.battery <= BATTERY_LOW ? [batteryWords(phone.battery)] : []),
  ];
}

/** Those that hold something are named; from three on, those that hold nothing are told together. */
function allLeftWords(phones: readonly Phone[], now_ms: number): string[] {
  const empty = phones.filter((phone) => phone.pending === 0 && phone.last_seen_at !== null);
  if (phones.length < 3 || empty.length < 2) {
    return phones.map((phone) => leftWords(phone, phones.length === 1, now_ms));
  }
  const earliest = empty.map((phone) => phone.last_seen_at ?? "").sort()[0] ?? "";
  return [
    ...phones.filter((phone) => !empty.includes(phone)).map((phone) => leftWords(phone, false, now_ms)),
    tr("left_none_in_all", { n: empty.length, time: timeNear(earliest, now_ms) }),
  ];
}

/** One line on whether all that was written has come. */
export function completenessWords(
  completeness: Completeness,
  status: "open" | "ended",
  now_ms: number,
): string {
  const found = verdict(completeness, status);
  if (found.is === "complete") return tr("received_of", { received: found.received, n: found.expected });
  if (found.is === "missing") {
    const parts = missingWords(found.gaps);
    if (found.unexplained > 0) parts.push(tr("missing_some", { n: found.unexplained }));
    const head = tr("received_of", { received: found.received, n: found.expected });
    return parts.length > 0 ? `${head}: ${list(parts)}` : head;
  }
  const said =
    found.is === "open"
      ? allLeftWords(found.phones, now_ms)
      : found.phones.map((phone) => {
          const name = phone.label || tr("a_phone");
          return `${tr("unstated", { phone: name })} (${heardWords(phone, now_ms)})`;
        });
  if (completeness.phones.length === 0) said.push(tr("no_phones"));
  return [tr("received", { n: found.received }), ...missingWords(found.gaps), ...said].join(", ");
}

/** "12 av 12 foton"; empty where no record names one. */
export function photoWords({ photos: { received, expected } }: Pick<ShiftRow, "photos">): string {
  return expected === 0 ? "" : tr("photos_of", { received, n: expected });
}

/** The same in a word, for a mark beside the line. */
export function completenessMark({ completeness, status, photos }: ShiftRow): {
  tone: "calm" | "note" | "danger";
  words: string;
} {
  const isTextWhole = completeness.complete && completeness.expected !== null;
  if (isTextWhole && photos.received >= photos.expected) return { tone: "calm", words: tr("all_here") };
  if (isTextWhole) return { tone: "note", words: tr("photos_missing") };
  return status === "open"
    ? { tone: "note", words: tr("still_open") }
    : { tone: "danger", words: tr("not_all_here") };
}

export function crewWords({ crew, shift_date }: Pick<ShiftRow, "crew" | "shift_date">): string {
  return list(
    crew.map(({ name, left_at }) =>
      left_at === null ? name : tr("hosts_left", { name, time: timeIn(left_at, shift_date) }),
    ),
  );
}

export function overdueWords(next_due: string | null, now_ms: number): string | null {
  const n = overdueMinutes(next_due, now_ms);
  return n === null ? null : tr("overdue", { n });
}

export function unsentWords(phones: readonly Phone[]): string {
  const n = unsent(phones);
  if (n === null) return tr("unsent_unknown");
  return n === 0 ? tr("unsent_none") : tr("unsent_some", { n });
}

export function countWords({ counts }: ShiftRow): string {
  const { observation, escalation, checkin, comment } = counts;
  const parts = [
    observation > 0 ? tr("count_observation", { n: observation }) : null,
    escalation > 0 ? tr("count_escalation", { n: escalation }) : null,
    checkin > 0 ? tr("count_checkin", { n: checkin }) : null,
    comment > 0 ? tr("count_comment", { n: comment }) : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(", ") : tr("no_records");
}

export function spanWords({ started_at, ended_at, shift_date }: ShiftRow): string {
  const from = time(started_at);
  return ended_at === null
    ? tr("times_open", { from })
    : tr("times_span", { from, to: timeIn(ended_at, shift_date) });
}

export function shiftTitle(shift: ShiftRow): string {
  // Midday, so that the date is the same whatever the zone of the reader's clock.
  return tr("shift_of", { date: date(`${shift.shift_date}T12:00:00Z`) });
}

/** A time that the server reckoned, with how far off it may be, rounded up. */
export function aboutWords(
  time: string,
  { estimated_within_ms: ms }: Pick<Entry, "estimated_within_ms">,
): string {
  if (ms === null) return tr("about_unsure", { time });
  const s = Math.ceil(ms / 1000);
  if (s < 120) return tr("about_s", { time, s });
  const min = Math.ceil(s / 60);
  return min < 120 ? tr("about_min", { time, min }) : tr("about_h", { time, h: Math.ceil(min / 60) });
}

export function positionWords(position: Position | null): string {
  if (position === null) return tr("no_position");
  if (position.source === "map") return tr("by_pin");
  if (position.source === "place") return tr("by_place");
  const accuracy =
    position.accuracy_m === null
      ? tr("accuracy_unknown")
      : tr("accuracy", { m: Math.round(position.accuracy_m) });
  const s = Math.round(position.age_ms / 1000);
  const age = s < 120 ? tr("age", { s }) : tr("age_minutes", { min: Math.round(s / 60) });
  return `${accuracy} · ${age}`;
}

const REASONS = [
  "author",
  "revoked",
  "conflict",
  "type",
  "version",
  "envelope",
  "body",
  "target",
  "permission",
  "projector",
] as const;

export function quarantineWords(why: string): string {
  const known = REASONS.find((reason) => why === reason);
  return known ? tr(`why_${known}`) : tr("why_other", { why });
}
