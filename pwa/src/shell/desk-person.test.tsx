/** What one person has begun at the desk is another's neither to read nor to write over, and is found again. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { drafts, loadDrafts } from "../outbox";
import { freshPhone } from "../outbox/testing";
import { deskServer } from "../review/desk-server";
import { aShift, at } from "../review/factory";
import { readDrafts } from "../store/drafts";
import { me } from "../store/state";
import type { User } from "../store/types";
import { go } from "../ui";
import { App } from "./App";

const bo: User = { id: "bo", username: "bo", name: "Bo", role: "supervisor" };
const ada: User = { id: "ada", username: "ada", name: "Ada", role: "supervisor" };
const FOLLOWUP = {
  ...{ id: "f1", version: "v1", observation_id: "o1", shift_id: "s1", status: "open", kind: "fault_report" },
  ...{ owner_id: "bo", due: "2026-11-27", note: null, draft: null, outcome: null, result: null },
  ...{ stated_at: at("10:00"), changed_at: at("10:00") },
  record: { category: "S2", place_id: "p1", happened_from: at("09:00") },
};
const OPEN = { timeout: 10_000 };
const note = () => screen.getByLabelText<HTMLTextAreaElement>("Anteckning");
function comment() {
  if (screen.queryByLabelText("Kommentar") === null)
    fireEvent.click(screen.getByRole("button", { name: "Kommentera …" }));
  return screen.getByLabelText<HTMLTextAreaElement>("Kommentar");
}

beforeEach(async () => {
  await freshPhone();
  deskServer({
    "/followups/f1": {
      body: { followup: FOLLOWUP, history: [], drafted: null, faults: [], held: null, channels: [] },
    },
    "/reviews/shifts/s1": { body: { shift: aShift(), entries: [], seq: 9 } },
  });
});
afterEach(() => {
  cleanup();
  me.value = null;
  vi.unstubAllGlobals();
});

/** As the start does at each change. */
async function signIn(user: User) {
  me.value = user;
  await loadDrafts();
}

async function countKept({ id }: User): Promise<number> {
  const beside = Object.keys(localStorage).filter((key) => key.startsWith(`lykta-begun ${id} `));
  return (await readDrafts(id)).length + beside.length;
}

it.each([
  ["a task's note", "#/uppfoljning/f1", note],
  ["a comment", "#/pass/s1", comment],
])(
  "keeps %s apart for each, though another tab changes who is signed in",
  async (_what, page, field) => {
    const says = (words: string) => waitFor(() => expect(field().value).toBe(words), OPEN);
    const type = (value: string) => fireEvent.input(field(), { target: { value } });
    const kept = (by: User) => waitFor(async () => expect(await countKept(by)).toBe(1), OPEN);
    await signIn(bo);
    go(page);
    render(<App />);
    await says("");
    type("Bos ord");
    await signIn(ada);
    await says("");
    await kept(bo);
    type("Adas ord");
    await kept(ada);
    await signIn(bo);
    await says("Bos ord");
    await signIn(ada);
    await says("Adas ord");
    expect(drafts.value.every(({ author }) => author === "ada")).toBe(true);
  },
  60_000,
);
