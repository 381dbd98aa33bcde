/** Every page of the desk says whether it waits, failed, is empty or is old, and is tried again when asked. */
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bases } from "../map/bases";
import { drafts } from "../outbox";
import { me } from "../store/state";
import { setLanguage } from "../text";
import { go } from "../ui";
import { now_ms } from "../ui/now";
import Desk from "./Desk";
import { deskServer, page } from "./desk-server";
import { type Answers, LIST, STATES, type State } from "./desk-states";
import { aShift, at } from "./factory";

const BROKEN = { status: 500, body: { type: "/problems/internal", status: 500 } };
const FAILED = "Servern svarade inte som den ska. Försök igen om en stund.";
const OLD = /Läget är från .*\d\d:\d\d\. Det gick inte att hämta nyare\./;

function open({ address, path, beside }: State, first: Answers[string]) {
  const server = deskServer({ ...beside, [path]: first });
  go(address);
  render(<Desk />);
  return server;
}
const shown = () => within(screen.getByRole("main"));
const isRead = (words: string | RegExp) =>
  shown().queryAllByText(words).length + shown().queryAllByDisplayValue(words).length > 0;
const read = (words: string | RegExp) => waitFor(() => expect([words, isRead(words)]).toEqual([words, true]));
/** A page hears of changes once it has been drawn: Preact waits for a frame, or for 35 ms where none comes. */
async function drawn(): Promise<void> {
  for (const wait_ms of [100, 0, 0]) await new Promise((resolve) => setTimeout(resolve, wait_ms));
}
/** Beside these words, not beside others that may stand there. */
const tryAgain = (words: string | RegExp) => {
  const said = shown().getByText(words).closest<HTMLElement>(".banner");
  fireEvent.click(within(said as HTMLElement).getByRole("button", { name: "Försök igen" }));
};

beforeEach(() => {
  localStorage.clear();
  bases.value = [];
  drafts.value = [];
  me.value = { id: "bo", username: "bo", name: "Bo", role: "supervisor" };
  now_ms.value = Date.parse(at("21:45"));
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage("sv");
});

describe.each(Object.entries(STATES))("%s", (_name, state) => {
  const { path, answer, words, kinds, empty } = state;

  it("says that it is waited for", async () => {
    const server = open(state, "never");
    await waitFor(() => expect(server.asked.some((asked) => asked.split("?")[0] === path)).toBe(true));
    await drawn();
    expect(isRead("Hämtar …")).toBe(true);
    expect([isRead(words), isRead(empty?.words ?? words), isRead(FAILED)]).toEqual([false, false, false]);
  });

  it("says that the server failed, and is there once it is tried again", async () => {
    const server = open(state, BROKEN);
    await read(FAILED);
    expect([isRead(words), isRead(empty?.words ?? words)]).toEqual([false, false]);
    server.answer(path, answer);
    tryAgain(FAILED);
    await read(words);
    expect(isRead(FAILED)).toBe(false);
  });

  it("keeps what it had when the server fails later, says from when it is, and is new when tried again", async () => {
    const server = open(state, answer);
    await read(words);
    expect(isRead(OLD)).toBe(false);
    server.answer(path, BROKEN);
    await drawn();
    server.say("open");
    if (kinds) server.say("change", JSON.stringify({ seq: 9, shifts: ["s1"], kinds }));
    else server.say("reset");
    await read(OLD);
    expect(isRead(words)).toBe(true);
    server.answer(path, answer);
    tryAgain(OLD);
    await waitFor(() => expect(isRead(OLD)).toBe(false));
    expect(isRead(words)).toBe(true);
  });

  if (!empty) return;
  it("says that there is nothing, and no more than that", async () => {
    open(state, empty.answer);
    await read(empty.words);
    expect([isRead(OLD), isRead(FAILED)]).toEqual([false, false]);
  });
});

it("marks the cards of the evening themselves as old when the server fails", async () => {
  const server = deskServer({ [LIST]: page([aShift()]) });
  go("#/ikvall");
  const { container } = render(<Desk />);
  await screen.findByRole("article");
  await drawn();
  server.say("open");
  const isOld = () => container.querySelector(".board")?.classList.contains("old");
  expect(isOld()).toBe(false);
  server.answer(LIST, BROKEN);
  server.say("change", '{"seq":9,"shifts":["s1"],"kinds":["shift"]}');
  await read(OLD);
  expect([isOld(), screen.getAllByRole("article").length]).toEqual([true, 1]);
});
