/** The planning's questions to the server. */
import { api } from "../api/index";
import { pagesOf } from "../review/pages";
import { instantOf, wallOf } from "../text/clock";
import * as answers from "./answers";
import { type Fields, sentAs } from "./rules";

const withStop = (signal?: AbortSignal) => (signal ? { signal } : {});
const at = (id: string) => `/briefings/${encodeURIComponent(id)}`;
const EARLIER_MAX = 50;
/** More are no focus: all of them stand in the week. */
const QUESTIONS_MAX = 6;

export const ask = {
  coming: (signal?: AbortSignal) => api.get("/briefings", answers.briefings, withStop(signal)),

  /** The latest first, page by page until those are enough. */
  earlier: (isEnough: (page: number, items: readonly answers.Briefing[]) => boolean, signal: AbortSignal) =>
    pagesOf(
      (page) =>
        api.get("/briefings/earlier", answers.earlierPage, { query: { limit: EARLIER_MAX, page }, signal }),
      EARLIER_MAX,
      isEnough,
    ),

  put: (id: string, fields: Fields, based_on: string | null) =>
    api.put(
      at(id),
      { ...sentAs(fields, { wallOf, instantOf }), active: true, based_on: based_on ?? "new" },
      answers.briefing,
    ),

  withdraw: ({ id, text, places, area_id, valid_from, valid_to, version }: answers.Briefing) =>
    api.put(
      at(id),
      { text, places, area_id, valid_from, valid_to, active: false, based_on: version },
      answers.briefing,
    ),

  /** For an evening that is so many days from Monday. */
  proposal: (days: readonly number[], signal?: AbortSignal) =>
    api.get("/situation/focus", answers.proposal, {
      query: { days: days.join(","), limit: QUESTIONS_MAX },
      ...withStop(signal),
    }),
};
