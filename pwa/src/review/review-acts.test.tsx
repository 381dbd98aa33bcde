import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { bases } from "../map/bases";
import { me } from "../store/state";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";
import Desk from "./Desk";
import { deskServer } from "./desk-server";
import { aCompleteness, anObservation, aShift, at } from "./factory";
import { lastRead, readWhileSeen } from "./since";

const ONE = "/reviews/shifts/s1";
const SEAL = `${ONE}/seal`;
const ended = aShift({
  status: "ended",
  ended_at: at("23:30"),
  completeness: aCompleteness({ received: 3, expected: 3, complete: true }),
});
const log = (entries: unknown[], shift = ended, seq = 7) => ({ body: { shift, entries, seq } });
const first = anObservation({ id: "o1", stated: "20:14", seq: 5 });
const whole = { body: { ops: 3, broken: [] } };
const refused = (status: number, code: string) => ({ status, body: { type: `/problems/${code}`, status } });

function open() {
  go("#/pass/s1");
  return render(<Desk account={<p>Bo</p>} />);
}

beforeEach(() => {
  bases.value = [];
  now_ms.value = Date.parse(at("23:45"));
  me.value = { id: "bo", username: "bo", name: "Bo", role: "supervisor" };
  localStorage.clear();
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  me.value = null;
  await setLanguage("sv");
});

const verdict = (id: string, seq: number, what: string, note: string | null) => ({
  ...first,
  id,
  seq,
  changed_seq: seq,
  kind: "review",
  stated_at: at("23:40"),
  author: { id: "ada", name: "Ada" },
  value: { ...first, id, shift_id: "s1", author_id: "ada", install: null, target: "s1", verdict: what, note },
});

it("approves what was seen, once, and says who has", async () => {
  const server = deskServer({
    [ONE]: log([first]),
    [SEAL]: whole,
    [`${ONE}/approve`]: { body: { id: "r1" } },
  });
  const { container } = open();
  expect(await screen.findByText("Inte granskat än.")).toBeTruthy();
  server.answer(ONE, log([first, verdict("r1", 8, "approve", null)], ended, 8));
  fireEvent.click(screen.getByRole("button", { name: "Godkänn" }));
  expect(await screen.findByText(/Godkänt 23:40 av Ada\./)).toBeTruthy();
  expect(server.said(`${ONE}/approve`)).toEqual([expect.objectContaining({ seen_seq: 7 })]);
  const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
});

it("asks to read first what has come meanwhile", async () => {
  deskServer({ [ONE]: log([first]), [SEAL]: whole, [`${ONE}/approve`]: refused(409, "newer") });
  open();
  fireEvent.click(await screen.findByRole("button", { name: "Godkänn" }));
  expect(await screen.findByText(/Mer har kommit sedan du läste/)).toBeTruthy();
});

it("keeps what was written for the hosts until the server has it", async () => {
  const server = deskServer({ [ONE]: log([first]), [SEAL]: whole, [`${ONE}/return`]: "offline" });
  open();
  fireEvent.click(await screen.findByRole("button", { name: "Skicka tillbaka …" }));
  const words = "Vilken vägg?";
  fireEvent.input(screen.getByLabelText("Vad ska förtydligas?"), { target: { value: words } });
  fireEvent.click(screen.getByRole("button", { name: "Skicka tillbaka" }));
  expect(await screen.findByText("Ingen kontakt med servern. Texten är kvar här.")).toBeTruthy();
  cleanup();
  open();
  fireEvent.click(await screen.findByRole("button", { name: "Skicka tillbaka …" }));
  expect(screen.getByLabelText<HTMLTextAreaElement>("Vad ska förtydligas?").value).toBe(words);
  server.answer(`${ONE}/return`, { body: { id: "r2" } });
  fireEvent.click(screen.getByRole("button", { name: "Skicka tillbaka" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(server.said(`${ONE}/return`).at(-1)).toMatchObject({ note: words, seen_seq: 7 });
  fireEvent.click(screen.getByRole("button", { name: "Skicka tillbaka …" }));
  expect(screen.getByLabelText<HTMLTextAreaElement>("Vad ska förtydligas?").value).toBe("");
});

it("does not judge a shift that is out, but takes a comment", async () => {
  const server = deskServer({
    [ONE]: log([first], aShift()),
    [SEAL]: whole,
    [`${ONE}/comments`]: { body: { id: "c1" } },
  });
  open();
  expect(await screen.findByText("Passet kan granskas när det är avslutat.")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Godkänn" })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Kommentera …" }));
  fireEvent.click(screen.getByRole("button", { name: "Spara kommentaren" }));
  expect(await screen.findByText("Skriv några ord först.")).toBeTruthy();
  fireEvent.input(screen.getByLabelText("Kommentar"), { target: { value: "Tack!" } });
  fireEvent.click(screen.getByRole("button", { name: "Spara kommentaren" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(server.said(`${ONE}/comments`)).toEqual([expect.objectContaining({ target: "s1", text: "Tack!" })]);
});

it("marks what has changed since one last read, and leads there", async () => {
  const second = anObservation({ id: "o2", stated: "20:30", seq: 6 });
  const server = deskServer({ [ONE]: log([first, second]), [SEAL]: whole });
  open();
  await screen.findAllByRole("button", { name: /^Klotter/ });
  expect(screen.queryByText(/sedan du läste passet/)).toBeNull();
  await waitFor(() => expect(localStorage.getItem("lykta-read")).toContain("s1"));
  cleanup();
  server.answer(
    ONE,
    log([first, anObservation({ id: "o2", stated: "20:30", seq: 6, changed: 9 })], ended, 9),
  );
  open();
  expect(await screen.findByText(/^1 post är ny eller ändrad sedan du läste passet/)).toBeTruthy();
  const rows = screen.getAllByRole("button", { name: /^Klotter/ });
  expect(within(rows[1]?.closest("li") ?? document.body).getByText("ny")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Nästa nya" }));
  expect(document.activeElement).toBe(rows[1]);
  expect(await screen.findByText(/^Inget nytt sedan du läste passet/)).toBeTruthy();
});

it("does not take as read what comes while nobody sees the page, until somebody does", async () => {
  const look = (state: DocumentVisibilityState) => {
    vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
    document.dispatchEvent(new Event("visibilitychange"));
  };
  const server = deskServer({ [ONE]: log([first]), [SEAL]: whole });
  open();
  await waitFor(() => expect(lastRead("bo", "s1")?.seq).toBe(7));
  server.say("open");
  look("hidden");
  server.answer(ONE, log([first, anObservation({ id: "o2", stated: "20:30", seq: 9 })], ended, 9));
  server.say("change", '{"seq":9,"shifts":["s1"],"kinds":["observation"]}');
  await waitFor(() => expect(screen.getAllByRole("button", { name: /^Klotter/ })).toHaveLength(2));
  cleanup();
  open();
  expect(await screen.findByText(/^1 post är ny eller ändrad sedan du läste passet/)).toBeTruthy();
  await new Promise((done) => setTimeout(done, 100));
  expect(lastRead("bo", "s1")?.seq).toBe(7);
  look("visible");
  expect(lastRead("bo", "s1")?.seq).toBe(9);
  cleanup();
  open();
  expect(await screen.findByText(/^Inget nytt sedan du läste passet/)).toBeTruthy();
});

it("does not forget in an older tab what another has shown", () => {
  readWhileSeen("bo", "s1", 9)();
  readWhileSeen("bo", "s1", 7)();
  expect(lastRead("bo", "s1")?.seq).toBe(9);
});

it("says whether the chain holds", async () => {
  deskServer({ [ONE]: log([first]), [SEAL]: whole });
  open();
  expect(await screen.findByText("kedjan verifierad")).toBeTruthy();
  cleanup();
  deskServer({ [ONE]: log([first]), [SEAL]: { body: { ops: 3, broken: [5, 7] } } });
  open();
  expect(await screen.findByText(/kedjan håller inte vid nr 5, 7/)).toBeTruthy();
  cleanup();
  deskServer({ [ONE]: log([first]), [SEAL]: "offline" });
  open();
  expect(await screen.findByText("kedjan kunde inte kontrolleras nu")).toBeTruthy();
});

it("is said in English too", async () => {
  await setLanguage("en");
  deskServer({ [ONE]: log([first]), [SEAL]: whole });
  open();
  expect(await screen.findByRole("button", { name: "Approve" })).toBeTruthy();
  expect(await screen.findByText("chain verified")).toBeTruthy();
});
