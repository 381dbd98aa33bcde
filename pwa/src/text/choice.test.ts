import { expect, it, vi } from "vitest";
import { language, setLanguage } from "./index";

const words = vi.hoisted(() => ({ come: null as (() => void) | null }));
vi.mock("./en", async (original) => {
  await new Promise<void>((resolve) => {
    words.come = resolve;
  });
  return original();
});

it("stays with the language that was chosen last, though the words of another come later", async () => {
  const english = setLanguage("en");
  await setLanguage("sv");
  await vi.waitFor(() => expect(words.come).not.toBeNull());
  words.come?.();
  await english;
  expect([language.value, document.documentElement.lang]).toEqual(["sv", "sv"]);
});
