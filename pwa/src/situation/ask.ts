/** The week's questions to the server. */
import { api } from "../api/index";
import { pagesOf } from "../review/pages";
import * as answers from "./answers";

const withStop = (signal?: AbortSignal) => (signal ? { signal } : {});
const at = (week: string) => `/situation/weeks/${encodeURIComponent(week)}`;
const LISTED_MAX = 200;

export const ask = {
  week: (week: string, signal?: AbortSignal) => api.get(at(week), answers.week, withStop(signal)),

  write: (week: string, text: string, based_on: string | null) =>
    api.put(at(week), { text: text.trim() || null, based_on: based_on ?? "new" }, answers.said),

  freeze: (week: string, id: string, number: number, based_on: string | null) =>
    api.post(`${at(week)}/editions`, { id, number, based_on: based_on ?? "new" }, answers.frozen),

  edition: (id: string, signal?: AbortSignal) =>
    api.get(`/situation/editions/${encodeURIComponent(id)}`, answers.edition, withStop(signal)),

  /** So many pages of them. */
  records: (week: string, query: Record<string, string>, pages: number, signal: AbortSignal) =>
    pagesOf(
      (page) =>
        api.get(`${at(week)}/records`, answers.records, {
          query: { ...query, limit: LISTED_MAX, page },
          signal,
        }),
      LISTED_MAX,
      (page) => page >= pages,
    ),
};
