/** The desk's questions to the server. */
import { type Taken, takeFile } from "../api/file";
import { api } from "../api/index";
import { language } from "../text";
import * as answers from "./answers";
import type { Reference, RevokedPhone, Seal, ShiftLog, ShiftPage } from "./types";

export const PAGE_SIZE = 25;
/** More crews than this are never out at once where Lykta is used. */
const OUT_MAX = 200;
/** More open alarms than this are no longer read one by one. */
const ALERTS_MAX = 100;
const DAY_MS = 86_400_000;

export type Said = { id: string } & ({ seen_seq: number; note?: string } | { target: string; text: string });

export interface ShiftFilter {
  from: string | null;
  to: string | null;
  page: number;
}

export const ask = {
  shifts: ({ from, to, page }: ShiftFilter, signal?: AbortSignal): Promise<ShiftPage> =>
    api.get("/reviews/shifts", answers.shiftPage, {
      query: { from, to, page, limit: PAGE_SIZE },
      ...(signal ? { signal } : {}),
    }),

  /** Shifts that are out. One left open for more than a fortnight is found under Pass. */
  out: async (now_ms: number, signal?: AbortSignal) => {
    const from = new Date(now_ms - 14 * DAY_MS).toISOString().slice(0, 10);
    const page = await api.get("/reviews/shifts", answers.shiftPage, {
      query: { from, status: "open", limit: OUT_MAX },
      ...(signal ? { signal } : {}),
    });
    return page.items.filter((shift) => shift.status === "open");
  },

  /** Of these, the shifts that are out. */
  outOf: async (ids: readonly string[], signal?: AbortSignal) => {
    const page = await api.get("/reviews/shifts", answers.shiftPage, {
      query: { ids: ids.join(","), status: "open", limit: ids.length },
      ...(signal ? { signal } : {}),
    });
    return page.items.filter((shift) => shift.status === "open");
  },

  shift: (id: string, signal?: AbortSignal): Promise<ShiftLog> =>
    api.get(`/reviews/shifts/${encodeURIComponent(id)}`, answers.shiftLog, signal ? { signal } : {}),

  seal: (id: string, signal?: AbortSignal): Promise<Seal> =>
    api.get(`/reviews/shifts/${encodeURIComponent(id)}/seal`, answers.seal, signal ? { signal } : {}),

  /** The log as a PDF, in the reader's language. */
  report: (id: string, asked: { names: boolean; restricted: boolean }): Promise<Taken> => {
    const query = new URLSearchParams({ language: language.value });
    if (asked.names) query.set("names", "true");
    if (asked.restricted) query.set("restricted", "true");
    return takeFile(`/reviews/shifts/${encodeURIComponent(id)}/report.pdf?${query}`, null, () => undefined);
  },

  /** What a supervisor says of a shift; `said.id` is made here, so that asking again says nothing twice. */
  say: (shift: string, what: "approve" | "return" | "comments", said: Said): Promise<{ id: string }> =>
    api.post(`/reviews/shifts/${encodeURIComponent(shift)}/${what}`, said, answers.written),

  revoked: async (signal?: AbortSignal): Promise<RevokedPhone[]> =>
    (await api.get("/reviews/revoked", answers.revokedPhones, signal ? { signal } : {})).phones,

  /** Only up to what has been seen; 409 where more has come since. */
  takeIn: ({ device, seen_seq }: RevokedPhone): Promise<{ taken_in: number }> =>
    api.post(`/reviews/revoked/${encodeURIComponent(device)}/release`, { seen_seq }, answers.takenIn),

  /** Why it still waits; null where it counts now. */
  retry: (id: string): Promise<{ why: string | null }> =>
    api.post(`/reviews/quarantined/${encodeURIComponent(id)}/retry`, {}, answers.retried),

  alerts: async (signal?: AbortSignal) =>
    (
      await api.get("/alerts", answers.alertPage, {
        query: { limit: ALERTS_MAX },
        ...(signal ? { signal } : {}),
      })
    ).items,

  /** By the name of who is signed in. */
  acknowledge: (id: string) =>
    api.post(`/alerts/${encodeURIComponent(id)}/acknowledge`, {}, answers.alertValue),

  clear: (id: string) =>
    api.post(`/alerts/${encodeURIComponent(id)}/clear`, { note: null }, answers.alertValue),

  reference: (signal?: AbortSignal): Promise<Reference> =>
    api.get("/reference", answers.reference, signal ? { signal } : {}),
};
