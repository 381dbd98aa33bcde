/** Questions and words of retention. */
import { api, nothing } from "../api/index";
import type { KeptWords } from "../guard/useGuard";
import { pagesOf } from "../review/pages";
import * as answers from "./answers";

const AT = "/retention";
const PAGE = 50;
/** The whole journal is read for it. */
const LONG_MS = 120_000;
const enc = encodeURIComponent;

export interface Decided extends KeptWords {
  months: number | null;
  reference: string;
}

export interface Reasoned extends KeptWords {
  active: boolean;
  reason: string;
}

export const ask = {
  all: (signal: AbortSignal) => api.get(AT, answers.retention, { signal }),
  preview: (cls: answers.Cls, months: number | null) =>
    api.get(`${AT}/preview`, answers.preview, {
      query: months === null ? { cls } : { cls, months },
      timeoutMs: LONG_MS,
    }),
  decide: (cls: answers.Cls, based_on: number | null, said: Decided) =>
    api.put(`${AT}/rules/${enc(cls)}`, { based_on, ...said }, nothing),
  held: (shift: string, signal: AbortSignal) =>
    api.get(`${AT}/holds/${enc(shift)}`, answers.held, { signal }),
  hold: (shift: string, based_on: number | null, said: Reasoned) =>
    api.put(`${AT}/holds/${enc(shift)}`, { based_on, ...said }, nothing),
  runs: (pages: number, signal: AbortSignal) =>
    pagesOf(
      (page) => api.get(`${AT}/runs`, answers.runs, { query: { limit: PAGE, page }, signal }),
      PAGE,
      (page) => page >= pages,
    ),
  erase: (cls: answers.Cls, based_on: number) =>
    api.post(`${AT}/runs`, { cls, based_on }, answers.erased, { timeoutMs: LONG_MS }),
};
