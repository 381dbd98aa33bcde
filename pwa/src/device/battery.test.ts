// @vitest-environment node
import { afterEach, expect, it, vi } from "vitest";
import { batteryLeft } from "./battery";

afterEach(() => vi.unstubAllGlobals());

it.each([
  ["says it in percent", { getBattery: async () => ({ level: 0.123 }) }, 12],
  ["is nothing that everybody has", {}, null],
  ["may be refused", { getBattery: () => Promise.reject(new Error("no")) }, null],
  ["may say what cannot be", { getBattery: async () => ({ level: 7 }) }, null],
  ["may never answer", { getBattery: () => new Promise(() => undefined) }, null],
])("a battery that %s", async (_, navigator, left) => {
  vi.stubGlobal("navigator", navigator);
  expect(await batteryLeft()).toBe(left);
});
