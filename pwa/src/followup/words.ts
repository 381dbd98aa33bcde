/** Codes of follow-ups as people say them; what is unknown is said to be unknown. */
import type { Names } from "../review/names";
import { date, timeNear } from "../text";
import { tw } from "../text/follow";
import type { Followup } from "./answers";

export const KINDS = ["fault_report", "concern_report", "contact", "visit", "other"] as const;
export const OUTCOMES = ["fixed", "reported", "planned", "gone", "nothing"] as const;

const isKind = (code: string): code is (typeof KINDS)[number] => (KINDS as readonly string[]).includes(code);
const isOutcome = (code: string): code is (typeof OUTCOMES)[number] =>
  (OUTCOMES as readonly string[]).includes(code);

export const kindWords = (code: string) => tw(isKind(code) ? code : "unknown_kind");
export const outcomeWords = (code: string | null) =>
  tw(code !== null && isOutcome(code) ? code : "unknown_outcome");
/** A day has no hour: noon is that day everywhere that Lykta is used. */
export const dayWords = (day: string) => date(`${day}T12:00:00Z`);

export function recordWords(record: { category: string; place_id: string | null }, names: Names): string {
  return [names.category(record.category), record.place_id ? names.place(record.place_id) : ""]
    .filter(Boolean)
    .join(" · ");
}

export function stillWords(answers: Followup["answers"], now_ms: number): string | null {
  const last = answers.at(-1);
  if (!last) return null;
  const params = { time: timeNear(last.stated_at, now_ms) };
  if (last.answer === "yes") return tw("still_yes", params);
  return last.answer === "no" ? tw("still_no", params) : tw("still_unseen", params);
}

export function sentWords(one: Followup["sent"][number], now_ms: number): string {
  const params = { time: timeNear(one.stated_at, now_ms) };
  if (one.ok === null) return tw("sending", params);
  if (!one.ok) return tw("sent_not", params);
  return one.channel === "email" ? tw("sent_email", params) : tw("sent_webhook", params);
}

const STEPS = ["create", "change", "close", "reopen", "send"] as const;

export function stepWords(what: string, name: string, stated_at: string, now_ms: number): string {
  const params = { name, time: timeNear(stated_at, now_ms) };
  const known = STEPS.find((step) => step === what);
  return known ? tw(`step_${known}`, params) : tw("step_other", params);
}
