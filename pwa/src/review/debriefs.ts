/** Talks afterwards: the desk's question and its word, parsed at the border. */
import { api } from "../api/index";
import { listOfGood, maybe, object, or, text } from "../parse";

const line = object({
  observation_id: text,
  happened_from: text,
  word: or(
    maybe(object({ status: text, author: object({ id: text, name: text }), stated_at: text, version: text })),
    null,
  ),
});
export type Line = ReturnType<typeof line>;
const lines = object({ debriefs: listOfGood(line) });

export const STATUSES = ["offered", "held", "not_needed"] as const;
export type Status = (typeof STATUSES)[number];

export const askDebriefs = async (shift_id: string, signal?: AbortSignal): Promise<readonly Line[]> =>
  (await api.get("/debriefs", lines, { query: { shift_id }, ...(signal ? { signal } : {}) })).debriefs;

/** `id` is made once for each word, so that asking again says nothing twice. */
export const sayDebrief = (of: Line, status: Status, id: string): Promise<Line> =>
  api.put(
    `/debriefs/${encodeURIComponent(of.observation_id)}`,
    { id, status, based_on: of.word?.version ?? null },
    line,
  );
