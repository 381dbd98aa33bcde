import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { drafts, newId, saveDraft } from "../../outbox";
import { lockNow, turnOn, unlock } from "../../outbox/lock";
import { PIN, phoneOfOrganisation } from "../../outbox/lock-testing";
import { ownOps, vocabulary } from "../../store/state";
import { unlockForGood } from "../../store/vault";
import { go } from "../../ui";
import { ADVICE, HOME, speakingCard } from "../../ui/routes";
import { words } from "../testing/cast";
import { seen, tap, type } from "../testing/play";
import { LockedApp } from "./LockedApp";

vi.mock("../../device/position", () => ({ currentPosition: async () => null }));
vi.mock("../../store/keys", async (original) => {
  const real = await original<typeof import("../../store/keys")>();
  return {
    ...real,
    stretched: (pin: string, salt: Uint8Array<ArrayBuffer>) => real.stretched(pin, salt, 1000),
  };
});

const SAID = "Man har fallit ihop";

beforeEach(async () => {
  await phoneOfOrganisation();
  await turnOn(PIN, 15);
  vocabulary.value = words;
});
afterEach(() => {
  cleanup();
  unlockForGood();
});

const dial = () => {
  const link = screen.getByRole("link", { name: "Ring 112" });
  // happy-dom would follow it
  link.addEventListener("click", (event) => event.preventDefault());
  fireEvent.click(link);
};

it("asks on the lock screen whether anybody rang, and a yes is the call for help and its attempt", async () => {
  await lockNow();
  vocabulary.value = words;
  go(HOME);
  render(<LockedApp />);
  await tap("Ring 112", "link");
  await seen("Vad");
  type("Vad", SAID);
  dial();
  await seen("Ringde du 112?");
  go(HOME);
  await seen("Utan PIN");
  await seen("Ringde du 112?");
  expect(document.body.textContent).not.toContain(SAID);
  await tap("Ja");
  await tap("Ambulans");
  await waitFor(() => expect(ownOps.value).toHaveLength(2));
  const create = ownOps.value.find(({ type }) => type === "escalation.create");
  const attempt = ownOps.value.find(({ type }) => type === "escalation.attempt");
  expect(create).toMatchObject({
    type: "escalation.create",
    data: { service: "AMB112", cause: SAID },
  });
  expect(attempt).toMatchObject({ data: { target: create?.id, outcome: "OKAND" } });
  await waitFor(() => expect(screen.queryByText("Ringde du 112?")).toBeNull());
});

it("a no on the lock screen logs nothing", async () => {
  await lockNow();
  go(HOME);
  render(<LockedApp />);
  await tap("Ring 112", "link");
  await seen("Vad");
  dial();
  await seen("Ringde du 112?");
  go(HOME);
  await seen("Utan PIN");
  await tap("Nej");
  await waitFor(() => expect(screen.queryByText("Ringde du 112?")).toBeNull());
  expect([ownOps.value, drafts.value]).toEqual([[], []]);
});

it("writes nothing over a card that was open when the phone was locked", async () => {
  const [id, at] = [newId(), new Date().toISOString()];
  const fields = { number: "112", what: SAID, dialedAt: at };
  await saveDraft({ id, form: "dial", author: "u-alva", shift: null, at, updatedAt: at, fields });
  await lockNow();
  go(speakingCard(id, { service: "AMB112" }));
  render(<LockedApp />);
  await seen("Vad");
  expect(location.hash).toMatch(/^#\/ring\/kort\/[\w-]+\?tjanst=AMB112$/);
  expect(location.hash).not.toContain(id);
  dial();
  await waitFor(() => expect(drafts.value).toHaveLength(1));
  await unlock(PIN);
  expect(drafts.value.find((draft) => draft.id === id)?.fields).toMatchObject({ what: SAID, dialedAt: at });
});

it("has its advice without the PIN", async () => {
  await lockNow();
  go(ADVICE);
  render(<LockedApp />);
  await seen("Inga befogenheter");
});
