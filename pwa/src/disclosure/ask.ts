/** The register's questions to the server: what is searched for goes by a body, never by an address. */
import { takeFile } from "../api/file";
import { api } from "../api/index";
import { refusedBy } from "../find/refuse";
import type { Body } from "../find/rules";
import type { KeptWords } from "../guard/useGuard";
import { language } from "../text";
import * as answers from "./answers";
import type { SentRecord, To } from "./rules";

const PAGE = 50;
const AT = "/disclosures";

export interface Said extends KeptWords {
  id: string;
  to: To;
  recipient: string | null;
  reference: string | null;
  decision: string;
  positions: boolean;
  records: SentRecord[];
}

export type Drafted =
  | { is: "found"; records: answers.DraftRecord[]; more: boolean }
  /** It looks like a search for a person. */
  | { is: "refused"; why: string };

export const ask = {
  draft: async (body: Body, signal: AbortSignal): Promise<Drafted> => {
    try {
      const found = await api.post(`${AT}/draft`, body, answers.drafted, { signal });
      return { is: "found", ...found };
    } catch (error) {
      const why = refusedBy(error);
      if (why === null) throw error;
      return { is: "refused", why };
    }
  },

  make: (said: Said) => api.post(AT, said, answers.written),

  /** So many pages. One that is made meanwhile moves the others: what is met twice is shown once. */
  list: async (pages: number, signal: AbortSignal): Promise<answers.Page> => {
    const items = new Map<string, answers.Head>();
    for (let page = 1; ; page++) {
      const query = { limit: PAGE, page };
      const found = await api.get(AT, answers.page, { query, signal });
      for (const head of found.items) items.set(head.id, head);
      const isLast = page >= pages || page * PAGE >= found.total;
      if (isLast) return { items: [...items.values()], total: found.total };
    }
  },

  one: (id: string, signal: AbortSignal) =>
    api.get(`${AT}/${encodeURIComponent(id)}`, answers.made, { signal }),

  extract: (id: string) =>
    takeFile(`${AT}/${encodeURIComponent(id)}/extract.pdf?language=${language.value}`, null, () => undefined),
};
