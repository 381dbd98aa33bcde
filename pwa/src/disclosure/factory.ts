/** Disclosures for tests, and a server that answers with them. */
import { vi } from "vitest";
import { deskServer } from "../review/desk-server";

export const DRAFT = "/disclosures/draft";
export const ID = "0194fdc2-0000-7000-8000-000000000001";
export const OTHER = "0194fdc2-0000-7000-8000-000000000002";
export const ERASED = "019a0000-0000-7000-8000-0000000000e9";
const SAID = "😀 Ring 0701234567 nu";
export const NUMBER = [7, 17];

export const version = (id: string, said: string, found: unknown[] = [], more: object = {}) => ({
  id,
  stated_at: "2026-11-20T20:20:00.000Z",
  category: "S2",
  happened: { kind: "point", from: "2026-11-20T20:14:00.000Z", to: null },
  place_id: "p1",
  place: "Biblioteket",
  hidden: false,
  fields: { text: { said, found } },
  ...more,
});
export const ONE = { id: ID, shift_id: "s1", status: "current", versions: [version("v1", SAID, [NUMBER])] };
export const CORRECTED = {
  id: OTHER,
  shift_id: "s1",
  status: "amended",
  versions: [version("w1", "Fel park"), version("w2", "Rätt park")],
};
export const drafted = (records: unknown[] = [ONE, CORRECTED], more = false) => ({ body: { records, more } });

export const head = (over: object = {}) => ({
  id: "d1",
  year: 2026,
  number: 3,
  to: "police",
  recipient: "Polisområde Blekinge",
  reference: "2026/17",
  author: { id: "bo", name: "Bo" },
  stated_at: "2026-11-21T14:00:00.000Z",
  records: 2,
  corrected: 1,
  ...over,
});
export const MADE = {
  ...head(),
  decision: "Texten lämnas ut, telefonnummer är övertäckt.",
  positions: true,
  items: [
    {
      id: ID,
      shift_id: "s1",
      is_corrected: true,
      closed: false,
      versions: [
        {
          ...version("v1", ""),
          fields: { text: ["Ring ", null, " nu"] },
          position: { lon: 14.58, lat: 56.05 },
        },
      ],
    },
    { id: OTHER, shift_id: null, is_corrected: false, closed: true, versions: [] },
    { id: ERASED, shift_id: null, is_corrected: false, closed: false, erased: true, versions: [] },
  ],
};

/** What is posted as a disclosure, as far as the tests look. */
export interface Posted {
  id: string;
  to: string;
  recipient: string | null;
  positions: boolean;
  records: { id: string; versions: { id: string; masked: Record<string, number[][]> }[] }[];
}

export const posted = (server: ReturnType<typeof deskServer>) => server.said("/disclosures") as Posted[];
export const made = { status: 201, body: { ...MADE, id: "d1" } };
export const serverOf = (more: Parameters<typeof deskServer>[0] = {}) =>
  deskServer({ [DRAFT]: drafted(), "/disclosures": made, ...more });

/** What is handed out arrives when the test says so. */
export function slowServer() {
  const server = serverOf();
  let release = () => undefined as unknown;
  const released = new Promise((resolve) => {
    release = () => resolve(null);
  });
  const answer = globalThis.fetch;
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    if (String(input).endsWith("/disclosures")) await released;
    return answer(input, init);
  });
  return { server, release };
}
