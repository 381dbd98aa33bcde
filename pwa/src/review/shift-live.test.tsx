/** The page of a shift and the live line: what it asks anew for, and what it leaves alone. */
import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { bases } from "../map/bases";
import { me } from "../store/state";
import { go } from "../ui";
import { now_ms } from "../ui/now";
import Desk from "./Desk";
import { deskServer } from "./desk-server";
import { aComment, anObservation, aShift, at } from "./factory";

const ONE = "/reviews/shifts/s1";
const log = (...entries: unknown[]) => ({ body: { shift: aShift(), entries, seq: 9 } });
const seen = anObservation({ id: "o1", stated: "20:14" });
const said = aComment({ id: "k1", stated: "21:00" }, "o1");

async function open() {
  const server = deskServer({ [ONE]: log(seen) });
  go("#/pass/s1");
  render(<Desk />);
  await screen.findByRole("button", { name: /^Klotter/ });
  server.say("open");
  const changes = (shifts: string[], kinds: string[]) =>
    server.say("change", JSON.stringify({ seq: 9, shifts, kinds }));
  const times = () => server.asked.filter((path) => path === ONE).length;
  return { server, changes, times };
}

/** Longer than the rest after which a change is asked for. */
const rested = () => new Promise((done) => setTimeout(done, 400));

beforeEach(() => {
  bases.value = [];
  now_ms.value = Date.parse(at("21:55"));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  me.value = null;
});

it("shows what is said of it in the same moment as another crew writes", async () => {
  const { server, changes } = await open();
  server.answer(ONE, log(seen, said));
  changes(["s1", "s2"], ["checkin", "comment"]);
  expect(await screen.findByText("Tack", {}, { timeout: 4000 })).toBeTruthy();
});

it("is not asked for again at what concerns other shifts, or none", async () => {
  const { changes, times } = await open();
  await rested();
  expect(times()).toBe(1);
  changes(["s2"], ["observation", "blob"]);
  changes([], ["briefing", "plan", "device"]);
  await rested();
  expect(times()).toBe(1);
});

it.each(["user", "place", "area"])(
  "is asked for again when the name of one may have changed: %s",
  async (kind) => {
    const { changes, times } = await open();
    changes(["s2"], ["checkin", kind]);
    await waitFor(() => expect(times()).toBe(2), { timeout: 4000 });
  },
);
