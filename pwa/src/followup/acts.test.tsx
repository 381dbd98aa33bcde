import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import Desk from "../review/Desk";
import { deskServer, page } from "../review/desk-server";
import { anObservation, aShift, at } from "../review/factory";
import { go } from "../ui";
import { now_ms } from "../ui/now";

const FOLLOWUP = {
  version: "v1",
  observation_id: "o1",
  shift_id: "s1",
  status: "open",
  kind: "fault_report",
  owner_id: "bo",
  due: "2026-12-01",
  draft: "Vad: Klotter",
  stated_at: at("10:00"),
  changed_at: at("10:00"),
  record: { category: "S2", place_id: "p1", happened_from: at("09:00") },
};
/** Each test has its own: what is typed into one is kept in the browser. */
let id = "";
let made = 0;
const whole = (over: object = {}, more: object = {}) => ({
  body: { followup: { ...FOLLOWUP, id, ...over }, drafted: "Vad: Klotter", channels: ["webhook"], ...more },
});
const fact = (id: string, author_id: string, wall: string) => ({
  id,
  shift_id: "s1",
  author_id,
  category: "S2",
  happened_from: at(wall),
  place_id: null,
});
const PAIR = {
  one: fact("o1", "alva", "20:14"),
  other: fact("o2", "bo", "20:19"),
  is_same: true,
  author_id: "bo",
  stated_at: at("21:00"),
  version: "w1",
};
const pairs = (over: object) => ({ body: { hints: [], pairs: [{ ...PAIR, ...over }] } });
const clipboard = vi.fn<(text: string) => Promise<void>>();

function open(address: string, answers: Parameters<typeof deskServer>[0]) {
  const server = deskServer({ "/followups": page([]), ...answers });
  go(address);
  render(<Desk />);
  return server;
}
const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));

beforeEach(() => {
  localStorage.clear();
  id = `f${++made}`;
  now_ms.value = Date.parse(at("21:45"));
  clipboard.mockReset().mockResolvedValue(undefined);
  vi.spyOn(navigator, "clipboard", "get").mockReturnValue({ writeText: clipboard } as unknown as Clipboard);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("two reports that were said to be of one event", () => {
  const log = { body: { shift: aShift(), entries: [anObservation({ id: "o1", stated: "20:14" })] } };

  it("are taken apart, on the word that was seen, and linked again", async () => {
    const server = open("#/pass/s1", {
      "/reviews/shifts/s1": log,
      "/duplicates": pairs({}),
      "/duplicates/unlink": { body: { is_same: false, version: "w2" } },
      "/duplicates/link": { body: { is_same: true, version: "w3" } },
    });
    expect(await screen.findByText(/^Samma händelse som Bo 20:19/)).toBeTruthy();
    server.answer("/duplicates", pairs({ is_same: false, version: "w2" }));
    await press("Sära på dem");
    expect(await screen.findByText(/^Två händelser: Bo 20:19/)).toBeTruthy();
    expect(server.said("/duplicates/unlink")).toEqual([{ one: "o1", other: "o2", based_on: "w1" }]);
    expect(screen.queryByRole("button", { name: "Sära på dem" })).toBeNull();
    server.answer("/duplicates", pairs({ version: "w3" }));
    await press("Ångra");
    expect(await screen.findByText(/^Samma händelse som Bo 20:19/)).toBeTruthy();
    expect(server.said("/duplicates/link")).toEqual([{ one: "o1", other: "o2", based_on: "w2" }]);
  });

  it("stay linked when it could not be saved, and it says so", async () => {
    open("#/pass/s1", {
      "/reviews/shifts/s1": log,
      "/duplicates": pairs({}),
      "/duplicates/unlink": "offline",
    });
    await press("Sära på dem");
    expect(await screen.findByText("Det gick inte att spara. Läget är hämtat på nytt.")).toBeTruthy();
    expect(screen.getByText(/^Samma händelse som Bo 20:19/)).toBeTruthy();
  });
});

describe("a felanmälan", () => {
  it("is copied as it stands, typed words too", async () => {
    open(`#/uppfoljning/${id}`, { [`/followups/${id}`]: whole() });
    fireEvent.input(await screen.findByLabelText("Text till felanmälan"), {
      target: { value: "Vad: Klotter på norra väggen" },
    });
    await press("Kopiera");
    expect(await screen.findByText("Kopierat.")).toBeTruthy();
    expect(clipboard.mock.calls).toEqual([["Vad: Klotter på norra väggen"]]);
  });

  it("says how to copy it where the browser does not let us", async () => {
    clipboard.mockRejectedValue(new Error("NotAllowedError"));
    open(`#/uppfoljning/${id}`, { [`/followups/${id}`]: whole() });
    await press("Kopiera");
    expect(await screen.findByText("Gick inte att kopiera. Markera texten och kopiera själv.")).toBeTruthy();
    expect(screen.queryByText("Kopierat.")).toBeNull();
  });

  it("is sent to the department's own system on the version that was read, and says when", async () => {
    const server = open(`#/uppfoljning/${id}`, { [`/followups/${id}`]: whole() });
    const sent = [
      { id: "x", author_id: "bo", stated_at: at("21:11"), channel: "webhook", ok: true, why: null },
    ];
    server.answer(`/followups/${id}/send`, whole({ sent, version: "v2", changed_at: at("21:11") }));
    await press("Skicka till felanmälan");
    expect(await screen.findByText(/^Skickad till felanmälan .*21:11/)).toBeTruthy();
    expect(server.said(`/followups/${id}/send`)).toEqual([
      { id: expect.any(String), based_on: "v1", channel: "webhook" },
    ]);
  });

  it("is not offered to be sent where no system is set up, or before its words are saved", async () => {
    open(`#/uppfoljning/${id}`, { [`/followups/${id}`]: whole({}, { channels: [] }) });
    await screen.findByRole("button", { name: "Kopiera" });
    expect(screen.queryByRole("button", { name: "Skicka till felanmälan" })).toBeNull();
    cleanup();
    open(`#/uppfoljning/${id}`, { [`/followups/${id}`]: whole() });
    await screen.findByRole("button", { name: "Skicka till felanmälan" });
    fireEvent.input(screen.getByLabelText("Text till felanmälan"), { target: { value: "Annat" } });
    await waitFor(() => expect(screen.queryByRole("button", { name: "Skicka till felanmälan" })).toBeNull());
  });
});
