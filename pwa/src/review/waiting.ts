/** What waits in quarantine where no shift shows it, and that the server went back in time: asked, parsed, in words. */
import { type Taken, takeFile } from "../api/file";
import { api, nothing } from "../api/index";
import { flag, list, listOfGood, maybe, number, object, or, type Parser, text } from "../parse";
import { ty } from "../text/waiting";
import * as answers from "./answers";
import type { Entry } from "./types";

export const WAITING_SIZE = 50;
const LIST = "/reviews/quarantined";

type Told = Extract<Entry, { kind: "quarantined" }> & {
  /** Why what it says is not shown here. */
  withheld: string | null;
  stated_by_phone: boolean;
};

export type Waiting = Told & {
  v: number;
  is_call: boolean;
  phone: string | null;
  /** Of a shift that is known. */
  shift: string | null;
  /** What came first under the same id. */
  first: Told | null;
};

export interface SteppedBack {
  epoch: string;
  noticed_at: string;
  again_at: string;
  times: number;
  seen_seq: number | null;
  here_seq: number;
  phones: number;
  phones_heard: number;
  came_back: number;
}

const beside = object({
  withheld: or(maybe(text), null),
  stated_by_phone: or(flag, false),
});
const more = object({
  v: or(number, 0),
  is_call: or(flag, false),
  phone: or(maybe(text), null),
  shift: or(maybe(text), null),
});

/** Whatever kind the first of two was, it is shown as what came under that id. */
const told: Parser<Told> = (value, at) => {
  const entry = answers.entry(value, at);
  const read =
    entry.kind === "quarantined"
      ? entry
      : { ...entry, kind: "quarantined" as const, why: "", type: null, said: [] };
  return { ...read, ...beside(value, at) };
};
const waiting: Parser<Waiting> = (value, at) => ({
  ...told(value, at),
  ...more(value, at),
  first: or(object({ first: maybe(told) }), { first: null })(value, at).first,
});
const page = object({ items: listOfGood(waiting), total: number });
const count = object({ count: number, calls: number });
const file = object({
  count: number,
  next: or(maybe(number), null),
  ops: list(object({ body: maybe(text) })),
});
const epochs = object({
  stepped_back: maybe(
    object({
      epoch: text,
      noticed_at: text,
      again_at: text,
      times: number,
      seen_seq: maybe(number),
      here_seq: number,
      phones: number,
      phones_heard: number,
      came_back: number,
    }),
  ),
  acknowledged: listOfGood(object({ at: text, name: text, noticed_at: text })),
});

const signalled = (signal?: AbortSignal) => (signal ? { signal } : {});

export interface Saved {
  files: Taken[];
  count: number;
  /** Those whose contents this reader was not given. */
  without: number;
}

async function take(path: string): Promise<{ taken: Taken; read: ReturnType<typeof file> }> {
  const taken = await takeFile(path, null, () => undefined);
  return { taken, read: file(JSON.parse(await taken.content.text()), "") };
}

/** As many files as the server makes of it. */
async function takeAll(): Promise<Saved> {
  const saved: Saved = { files: [], count: 0, without: 0 };
  for (let after: number | null = 0; after !== null; ) {
    const { taken, read }: Awaited<ReturnType<typeof take>> = await take(`${LIST}/export?after=${after}`);
    saved.files.push(taken);
    saved.count += read.count;
    saved.without += read.ops.filter(({ body }) => body === null).length;
    after = read.next;
  }
  return saved;
}

export const askWaiting = {
  page: (at: number, signal?: AbortSignal) =>
    api.get(LIST, page, { query: { page: at, limit: WAITING_SIZE }, ...signalled(signal) }),
  count: (signal?: AbortSignal) => api.get(`${LIST}/count`, count, signalled(signal)),
  /** One, with everything that came under its id. */
  file: async (id: string): Promise<Taken> => (await take(`${LIST}/${encodeURIComponent(id)}/export`)).taken,
  all: takeAll,
  epochs: (signal?: AbortSignal) => api.get("/epochs", epochs, signalled(signal)),
  acknowledge: (epoch: string) => api.post(`/epochs/${encodeURIComponent(epoch)}/acknowledge`, {}, nothing),
};

const KINDS = [
  "shift_start",
  "shift_join",
  "shift_leave",
  "shift_end",
  "checkin_create",
  "observation_create",
  "observation_amend",
  "observation_retract",
  "escalation_create",
  "escalation_attempt",
  "escalation_close",
  "photo_attach",
  "alert_raise",
  "alert_acknowledge",
  "alert_clear",
  "comment_add",
  "review_approve",
  "review_return",
  "followup_answer",
  "handover_acknowledge",
  "briefing_acknowledge",
  "clock_step",
] as const;

export function kindWords({ type, v, why }: Pick<Waiting, "type" | "v" | "why">): string {
  if (why === "envelope") return ty("kind_unreadable");
  const known = KINDS.find((one) => one === type?.replace(".", "_"));
  return known ? ty(`kind_${known}`) : ty("kind_unknown", { type: type ?? "?", v });
}
