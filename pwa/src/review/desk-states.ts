/** Made-up answers for every page of the desk: what it waits for, what it then says, and what it says of nothing. */
import type { deskServer } from "./desk-server";
import { page } from "./desk-server";
import { anObservation, aShift, at } from "./factory";

export type Answers = Parameters<typeof deskServer>[0];

export interface State {
  address: string;
  /** What the page waits for. */
  path: string;
  answer: { body: unknown };
  /** Read on the page once it has come. */
  words: string | RegExp;
  /** A change that makes the page ask again; others ask only where changes may have been missed. */
  kinds?: string[];
  empty?: { answer: { body: unknown }; words: string };
  beside?: Answers;
}

const none = { now: 0, mean: null, last_year: null };
const figures = {
  week: "2026-W47",
  from: "2026-11-16T05:00:00.000Z",
  to: "2026-11-23T05:00:00.000Z",
  as_of: "2026-11-20T20:00:00.000Z",
  weeks_compared: 0,
  last_year: null,
  incidents: none,
  meetings: none,
  rounds: none,
  hours: 0,
  trend: [],
  areas: [],
  places: [],
  groups: [],
  categories: [],
  met: [],
  cells: [],
  actions: [],
  calls: [],
  open: [],
  open_total: 0,
  followups: null,
};
const week = (over: object) => ({
  body: { figures: { ...figures, ...over }, said: null, editions: [], restricted: null },
});
const RECORD = {
  id: "o1",
  shift_id: "s1",
  category: "S2",
  status: "current",
  happened_from: at("20:14"),
  name: "Biblioteket",
  actions: [],
};
const FOLLOWUP = {
  id: "f1",
  version: "v1",
  observation_id: "o1",
  shift_id: null,
  status: "open",
  kind: "visit",
  owner_id: "bo",
  due: "2026-12-01",
  stated_at: at("10:00"),
  changed_at: at("10:00"),
  record: { category: "S2", place_id: "p1", happened_from: at("09:00") },
};
const BRIEFING = {
  id: "b1",
  author_id: "bo",
  stated_at: at("12:00"),
  text: "Var synliga.",
  places: [],
  area_id: null,
  valid_from: at("15:00"),
  valid_to: at("23:00"),
  active: true,
  version: "v1",
  read_by: [],
};
const PROPOSED = { place_id: "p1", name: "Biblioteket", count: 5, same_day: 3, from_hour: 21, to_hour: 23 };
const FOUND = {
  id: "o1",
  kind: "observation",
  status: "current",
  code: "S2",
  happened: { kind: "point", from: at("20:14"), to: null },
  text: "Klotter på norra väggen",
  restricted: false,
};
const found = (items: unknown[]) => ({ body: { items, next: null, count: items.length, count_max: 1000 } });
const PLACE = {
  id: "p1",
  name: "Torget",
  kind: "square",
  area_id: null,
  lon: 14.58,
  lat: 56.05,
  note: null,
  active: true,
  version: 3,
};
const ENTRY = anObservation({ id: "o1", stated: "20:14" });
const log = (entries: unknown[]) => ({ body: { shift: aShift(), entries } });
export const LIST = "/reviews/shifts";
const BRIEFINGS: Answers = {
  "/briefings": { body: [BRIEFING] },
  "/briefings/earlier": page([]),
  "/situation/focus": { body: { places: [], questions: [] } },
};

const WAITS = {
  kind: "quarantined",
  id: "q1",
  seq: 7,
  stated_at: at("20:14"),
  stated_by_phone: true,
  estimated_at: null,
  received_at: at("20:20"),
  author: { id: "alva", name: "Alva Ek" },
  type: "shift.start",
  v: 1,
  why: "body",
  value: { data: null },
};

export const STATES: Record<string, State> = {
  tonight: {
    address: "#/ikvall",
    path: LIST,
    answer: page([aShift()]),
    words: "1 pass ute",
    kinds: ["shift"],
    empty: { answer: page([]), words: "Ingen är ute" },
  },
  "what waits in quarantine": {
    address: "#/karantan",
    path: "/reviews/quarantined",
    answer: page([WAITS]),
    words: "Pass startat",
    kinds: ["shift"],
    empty: { answer: page([]), words: "Inget väntar" },
  },
  "the evening's map": {
    address: "#/karta",
    path: LIST,
    answer: page([aShift()]),
    words: /Klotter/,
    empty: { answer: page([]), words: "Inga poster i kväll med position eller plats." },
    beside: { [`${LIST}/s1`]: log([anObservation({ id: "o1", stated: "20:14" }, { place_id: "p1" })]) },
  },
  "the list of shifts": {
    address: "#/pass",
    path: LIST,
    answer: page([aShift({ status: "ended", ended_at: at("23:30") })]),
    words: "17:30–23:30",
    kinds: ["shift"],
    empty: { answer: page([]), words: "Inga pass än" },
  },
  "a shift's log": {
    address: "#/pass/s1",
    path: `${LIST}/s1`,
    answer: log([ENTRY]),
    words: "Klotter på norra väggen",
    kinds: ["observation"],
    empty: { answer: log([]), words: "Inget har kommit från passet än." },
  },
  "the search": {
    address: "#/sok?ord=klotter",
    path: "/find",
    answer: found([FOUND]),
    words: "Klotter på norra väggen",
    empty: { answer: found([]), words: "Inget stämmer med sökningen" },
    beside: { "/find/saved": { body: [] } },
  },
  "saved searches": {
    address: "#/sok",
    path: "/find/saved",
    answer: { body: [{ id: "q1", name: "Klotter i veckan", asked: { from: null, to: null } }] },
    words: "Klotter i veckan",
    empty: { answer: { body: [] }, words: "Inga än. Ställ in filtren och spara dem under ett namn." },
    beside: { "/find": found([FOUND]) },
  },
  "the list of follow-ups": {
    address: "#/uppfoljning",
    path: "/followups",
    answer: page([FOLLOWUP]),
    words: /Klotter · Biblioteket/,
    kinds: ["followup"],
    empty: { answer: page([]), words: "Inget att följa upp" },
  },
  "one follow-up": {
    address: "#/uppfoljning/f1",
    path: "/followups/f1",
    answer: { body: { followup: FOLLOWUP } },
    words: /Klotter · Biblioteket/,
    kinds: ["followup"],
  },
  "the beginning of a follow-up": {
    address: "#/uppfoljning/ny/o1",
    path: "/observations/o1",
    answer: { body: ENTRY.value },
    words: "Klotter på norra väggen",
  },
  "what is missing": {
    address: "#/saknas",
    path: "/missing",
    answer: {
      body: {
        lines: [
          {
            kind: "severe_unanswered",
            subject: "o9",
            at: at("18:00"),
            shift_id: "s1",
            observation_id: "o9",
            about: { category: "S2", place_id: "p1" },
          },
        ],
      },
    },
    words: /Klotter · Biblioteket · sedan 18:00/,
    kinds: ["observation"],
    empty: { answer: { body: { lines: [] } }, words: "Inget saknas" },
  },
  "the focus of coming evenings": {
    address: "#/fokus",
    path: "/briefings",
    answer: { body: [BRIEFING] },
    words: "Var synliga.",
    kinds: ["briefing"],
    empty: { answer: { body: [] }, words: "Inget fokus för de närmaste kvällarna" },
    beside: BRIEFINGS,
  },
  "earlier focuses": {
    address: "#/fokus",
    path: "/briefings/earlier",
    answer: page([{ ...BRIEFING, text: "Var ute sent." }]),
    words: "Var ute sent.",
    kinds: ["briefing"],
    empty: { answer: page([]), words: "Inga tidigare än." },
    beside: BRIEFINGS,
  },
  "the form of a focus": {
    address: "#/fokus/skriv/b1",
    path: "/briefings",
    answer: { body: [BRIEFING] },
    words: "Var synliga.",
    kinds: ["briefing"],
    beside: BRIEFINGS,
  },
  "what the figures point at": {
    address: "#/fokus/skriv/b1",
    path: "/situation/focus",
    answer: { body: { places: [{ ...PROPOSED, categories: ["S2"] }], questions: [] } },
    words: /5 händelser, 3 på samma veckodagar/,
    empty: {
      answer: { body: { places: [], questions: [] } },
      words: "För få händelser för att peka ut någon plats.",
    },
    beside: BRIEFINGS,
  },
  "a week": {
    address: "#/vecka/2026-W47",
    path: "/situation/weeks/2026-W47",
    answer: week({ cells: [{ day: 4, hour: 21, now: 3, hours: 2 }] }),
    words: /^Ingen utgåva än/,
    kinds: ["situation"],
    empty: { answer: week({}), words: "Inget har skrivits den här veckan" },
  },
  "the records behind a figure": {
    address: "#/vecka/2026-W47/poster?category=S2",
    path: "/situation/weeks/2026-W47/records",
    answer: { body: { items: [RECORD], total: 1 } },
    words: "Biblioteket",
    kinds: ["observation"],
    empty: { answer: { body: { items: [], total: 0 } }, words: "Inga poster." },
  },
  "an edition": {
    address: "#/vecka/2026-W47/utgava/e1",
    path: "/situation/editions/e1",
    answer: {
      body: {
        id: "e1",
        week: "2026-W47",
        number: 1,
        stated_at: at("19:30"),
        text: "Tre bråk.",
        figures,
        corrected: [],
        corrected_restricted: 0,
        late: 0,
      },
    },
    words: "Tre bråk.",
    kinds: ["observation"],
  },
  "places and areas": {
    address: "#/installningar/platser",
    path: "/places",
    answer: { body: { places: [PLACE], areas: [] } },
    words: "Torget",
    kinds: ["place"],
    empty: { answer: { body: { places: [], areas: [] } }, words: "Inga platser är inlagda än." },
  },
};
