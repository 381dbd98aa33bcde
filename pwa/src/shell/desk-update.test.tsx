import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { updateReady } from "../device/update";
import { drafts } from "../outbox";
import { freshPhone } from "../outbox/testing";
import { deskServer } from "../review/desk-server";
import { me } from "../store/state";
import { go } from "../ui";
import { App } from "./App";

const OFFER = "Ladda om nu";

beforeEach(async () => {
  await freshPhone();
  deskServer({});
  go("#/pass");
});
afterEach(() => {
  cleanup();
  updateReady.value = false;
  drafts.value = [];
  vi.unstubAllGlobals();
});

it("offers a new version at the desk, where a supervisor may stay all evening", async () => {
  me.value = { id: "bo", username: "bo", name: "Bo", role: "supervisor" };
  render(<App />);
  await screen.findByRole("navigation", { name: "Arbetsledning" }, { timeout: 15_000 });
  expect(screen.queryByRole("button", { name: OFFER })).toBeNull();
  updateReady.value = true;
  expect(await screen.findByRole("button", { name: OFFER })).not.toBeNull();
}, 30_000);
