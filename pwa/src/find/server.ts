/** The search's questions to the server: all by a body, none by an address. */

import { takeFile } from "../api/file";
import { api } from "../api/index";
import { language } from "../text";
import { instantOf, wallOf } from "../text/clock";
import * as answers from "./answers";
import { type Asked, type Body, bodyOf } from "./rules";

const DAY_MS = 86_400_000;
export const PAGE = 50;
export const FORMATS = ["csv", "xlsx", "geojson"] as const;
export type Format = (typeof FORMATS)[number];

/** The date so many days later; at noon no clock change moves it. */
const daysFrom = (date: string, days: number) =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

const dayBegins = (date: string, days: number) =>
  new Date(instantOf({ date: daysFrom(date, days), time: "00:00" })).toISOString();

export const dateOf = (instant: string, days: number) => daysFrom(wallOf(Date.parse(instant)).date, days);

export const body = (asked: Asked): Body => bodyOf(asked, dayBegins);

export const server = {
  /** So many pages, one after the other; the count is that of the last. */
  find: async (asked: Asked, pages: number, signal: AbortSignal): Promise<answers.Found> => {
    const items: answers.Item[] = [];
    let cursor: string | null = null;
    for (let page = 1; ; page++) {
      const question: Body = { ...body(asked), limit: PAGE, ...(cursor === null ? {} : { cursor }) };
      const found: answers.Found = await api.post("/find", question, answers.found, { signal });
      items.push(...found.items);
      if (found.next === null || page >= pages) return { ...found, items };
      cursor = found.next;
    }
  },

  saved: (signal?: AbortSignal) => api.get("/find/saved", answers.saved, signal ? { signal } : {}),

  keep: (id: string, name: string, asked: Asked) =>
    api.put(`/find/saved/${id}`, { name, asked: body(asked) }, answers.savedOne),

  forget: (id: string) => api.delete(`/find/saved/${encodeURIComponent(id)}`, () => null),

  take: (
    asked: Asked,
    format: Format,
    restricted: boolean,
    onProgress: (got: number, all: number | null) => void,
  ) => takeFile("/exports", { ...body(asked), format, restricted, language: language.value }, onProgress),
};
