/** The register's questions to the server: what is searched for goes by a body, never by an address. */
import { takeFile } from "../api/file";
import { api } from "../api/index";
import { refusedBy } from "../find/refuse";
import type { Body } from "../find/rules";
import type { KeptWords } from "../guard/useGuard";
import { pagesOf } from "../review/pages";
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

  /** So many pages of them. */
  list: (pages: number, signal: AbortSignal) =>
    pagesOf(
      (page) => api.get(AT, answers.page, { query: { limit: PAGE, page }, signal }),
      PAGE,
      (page) => page >= pages,
    ),

  one: (id: string, signal: AbortSignal) =>
    api.get(`${AT}/${encodeURIComponent(id)}`, answers.made, { signal }),

  extract: (id: string) =>
    takeFile(`${AT}/${encodeURIComponent(id)}/extract.pdf?language=${language.value}`, null, () => undefined),
};
