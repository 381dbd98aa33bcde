/** Planning's questions and changes, their answers parsed at the border. */
import { api, nothing } from "../api/index";
import { flag, list, listOfGood, maybe, number, object, oneOf, or, text } from "../parse";

export const rule = object({
  first: text,
  until: maybe(text),
  /** 0 Monday … 6 Sunday; none: the first day alone. */
  weekdays: list(number),
  starts: text,
  ends: text,
});
export type Rule = ReturnType<typeof rule>;

export const shift = object({
  id: text,
  plan_id: text,
  day: text,
  starts_at: text,
  ends_at: text,
  area_id: maybe(text),
  hosts: list(text),
  status: oneOf("planned", "cancelled"),
  is_own: or(flag, false),
  version: number,
});
export type Planned = ReturnType<typeof shift>;

export const plan = object({
  id: text,
  rule,
  area_id: maybe(text),
  hosts: list(text),
  active: flag,
  version: number,
});
export type Plan = ReturnType<typeof plan>;

const plans = object({ shifts: listOfGood(shift), plans: listOfGood(plan) });
export type Plans = ReturnType<typeof plans>;

const calendar = object({ created_at: maybe(text), read_at: maybe(text) });
export type CalendarState = ReturnType<typeof calendar>;

export interface SeriesSaid {
  rule: Rule;
  area_id: string | null;
  hosts: string[];
}

export interface EveningSaid {
  starts: string;
  ends: string;
  area_id: string | null;
  hosts: string[];
  cancelled: boolean;
}

const enc = encodeURIComponent;

export const ask = {
  plans: (from: string, to: string, signal?: AbortSignal): Promise<Plans> =>
    api.get("/plans", plans, { query: { from, to }, ...(signal ? { signal } : {}) }),
  put: (id: string, based_on: number | null, said: SeriesSaid, active = true) =>
    api.put(`/plans/${enc(id)}`, { based_on, ...said, active }, nothing),
  change: (id: string, based_on: number | null, said: EveningSaid) =>
    api.put(`/planned/${enc(id)}`, { based_on, ...said }, nothing),
  calendar: (): Promise<CalendarState> => api.get("/calendar", calendar),
  makeCalendar: async () => (await api.post("/calendar", {}, object({ path: text }))).path,
  revokeCalendar: () => api.delete("/calendar", nothing),
};
