/** The desk's questions about follow-ups, and its words on them. */
import { api } from "../api/index";
import * as values from "../store/values";
import * as answers from "./answers";

export const PAGE_SIZE = 50;
const OF_SHIFT_MAX = 200;
export type Shown = "open" | "overdue" | "closed";
type Words = Record<string, string | null>;

const at = (id: string, what = "") => `/followups/${encodeURIComponent(id)}${what}`;
const given = (signal?: AbortSignal) => (signal ? { signal } : {});

export const ask = {
  list: (shown: Shown, page: number, signal?: AbortSignal) =>
    api.get("/followups", answers.followupPage, {
      query: {
        status: shown === "closed" ? "closed" : "open",
        due: shown === "overdue" ? "overdue" : null,
        page,
        limit: PAGE_SIZE,
      },
      ...given(signal),
    }),
  /** Of what was reported in a shift. */
  ofShift: (shift_id: string, signal?: AbortSignal) =>
    api.get("/followups", answers.followupPage, {
      query: { shift_id, status: "all", limit: OF_SHIFT_MAX },
      ...given(signal),
    }),
  counts: (signal?: AbortSignal) => api.get("/followups/counts", answers.counts, given(signal)),
  one: (id: string, signal?: AbortSignal) => api.get(at(id), answers.whole, given(signal)),
  observation: (id: string, signal?: AbortSignal) =>
    api.get(`/observations/${encodeURIComponent(id)}`, values.observation, given(signal)),

  begin: (said: Words) => api.post("/followups", said, answers.whole),
  change: (id: string, said: Words) => api.post(at(id, "/changes"), said, answers.whole),
  close: (id: string, said: Words) => api.post(at(id, "/close"), said, answers.whole),
  reopen: (id: string, said: Words) => api.post(at(id, "/reopen"), said, answers.whole),
  send: (id: string, said: Words) => api.post(at(id, "/send"), said, answers.whole),

  duplicates: (shift_id: string, signal?: AbortSignal) =>
    api.get("/duplicates", answers.duplicates, { query: { shift_id }, ...given(signal) }),
  link: (said: Words) => api.post("/duplicates/link", said, answers.paired),
  unlink: (said: Words) => api.post("/duplicates/unlink", said, answers.paired),

  missing: (signal?: AbortSignal) => api.get("/missing", answers.missing, given(signal)),
  dismiss: (said: Words) => api.post("/missing/dismiss", said, answers.line),
  restore: (said: Words) => api.post("/missing/restore", said, answers.line),
};
