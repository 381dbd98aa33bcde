import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { newId } from "../outbox";
import { drafts, draftsOf, loadDrafts, saveDraft } from "../outbox/drafts";
import { alva, freshPhone } from "../outbox/testing";
import { isReading, me } from "../store/state";
import { Frame } from "./Frame";
import { HomeScreen } from "./HomeScreen";
import { Screen } from "./HostApp";

vi.mock("../device/position", () => ({ currentPosition: async () => null }));

beforeEach(async () => {
  await freshPhone();
  me.value = alva;
});
afterEach(() => {
  cleanup();
  isReading.value = false;
});

it("says nothing of a shift or of what is sent before it has read the phone, and takes an observation", () => {
  isReading.value = true;
  render(
    <>
      <Frame />
      <HomeScreen />
    </>,
  );
  expect(screen.getByText("Läser det som ligger i telefonen. Du kan skriva redan nu.")).not.toBeNull();
  expect(screen.getAllByText("Läser in…")).toHaveLength(2);
  expect(screen.queryByText("Allt skickat")).toBeNull();
  expect(screen.queryByRole("button", { name: "Starta pass" })).toBeNull();
  expect(screen.getByRole("button", { name: "Observation" })).not.toBeNull();
});

const at = (...path: string[]) => render(<Screen path={path} query={new URLSearchParams()} />);
const EARLIER = "01900000-0000-7000-8000-000000000001";

it("a form from before begins only with its own words, when they have been read", async () => {
  const fields = { category: "S2", text: "tagg på väggen" };
  const begun = { id: EARLIER, form: "observation", author: alva.id, shift: null } as const;
  await saveDraft({ ...begun, at: "", updatedAt: "", fields });
  drafts.value = [];
  draftsOf.value = null;
  at("observation", EARLIER);
  expect(screen.getByText("Läser in…")).not.toBeNull();
  await loadDrafts();
  expect(await screen.findByDisplayValue("tagg på väggen")).not.toBeNull();
});

it.each([
  ["a new form", () => ["observation", newId()]],
  ["a call for help", () => ["ring", "kort", EARLIER]],
])("%s does not wait for what is being read", (_what, path) => {
  draftsOf.value = null;
  at(...path());
  expect(screen.queryByText("Läser in…")).toBeNull();
});
