/** How planning says days, times and people. */

import type { MemberWords } from "../admin/words";
import { attempt } from "../parse";
import { known } from "../review/desk-state";
import { date, list, time } from "../text";
import { language } from "../text/engine";
import { tp } from "../text/plan";
import { type Planned, type Rule, rule } from "./ask";

const DAYS = [
  () => tp("day_0"),
  () => tp("day_1"),
  () => tp("day_2"),
  () => tp("day_3"),
  () => tp("day_4"),
  () => tp("day_5"),
  () => tp("day_6"),
];

export const dayName = (weekday: number): string => DAYS[weekday]?.() ?? "";
export const dayWords = (day: string): string => date(`${day}T12:00:00Z`);
export const timesWords = ({ starts_at, ends_at }: Planned): string => `${time(starts_at)}–${time(ends_at)}`;

export function monthWords(month: string): string {
  const locale = language.value === "en" ? "en-GB" : "sv-SE";
  const at = new Date(`${month}-15T12:00:00Z`);
  return new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(at);
}

export function areaName(id: string | null): string {
  if (id === null) return tp("no_area");
  return known.value?.areas.find((area) => area.id === id)?.name ?? tp("no_area");
}

/** First names, as crews are told everywhere. */
export function hostNames(ids: readonly string[]): string {
  if (ids.length === 0) return tp("no_hosts");
  const people = new Map(known.value?.users.map(({ id, name }) => [id, name]));
  return list(ids.map((id) => people.get(id)?.split(" ")[0] ?? tp("unknown_host")));
}

export const statusWord = (status: string): string => tp(status === "cancelled" ? "cancelled" : "planned");

export function ruleWords({ first, until, weekdays, starts, ends }: Rule): string {
  if (weekdays.length === 0 || until === null) return tp("rule_once", { first, starts, ends });
  return tp("rule_weekly", { days: list(weekdays.map(dayName)), first, until, starts, ends });
}

const ids = (said: unknown) => (Array.isArray(said) ? said.map(String) : []);

export const PLAN_WORDS: MemberWords = {
  starts_at: { name: () => tp("starts"), value: (said) => time(String(said)) },
  ends_at: { name: () => tp("ends"), value: (said) => time(String(said)) },
  area_id: { name: () => tp("area"), value: (said) => areaName(typeof said === "string" ? said : null) },
  hosts: { name: () => tp("hosts"), value: (said) => hostNames(ids(said)) },
  status: { name: () => tp("member_status"), value: (said) => statusWord(String(said)) },
  rule: {
    name: () => tp("member_rule"),
    value: (said) => {
      const found = attempt(rule, said);
      return found === null ? "" : ruleWords(found);
    },
  },
};
