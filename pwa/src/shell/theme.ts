/** Puts the chosen theme on the document; "system" follows the phone as it changes. */
import { effect } from "@preact/signals";
import { settings } from "../store/state";

const LIGHT = "(prefers-color-scheme: light)";

export type Theme = "dark" | "light" | "red";

export function resolveTheme(chosen: string, isLight: boolean): Theme {
  if (chosen === "dark" || chosen === "light" || chosen === "red") return chosen;
  return isLight ? "light" : "dark";
}

export function followTheme(): void {
  const system = globalThis.matchMedia?.(LIGHT);
  const apply = () => {
    const root = document.documentElement;
    root.dataset.theme = resolveTheme(settings.value.theme, system?.matches ?? false);
    // The phone's own bar above the app takes the ground colour, or a white strip blinds at night.
    const ground = getComputedStyle(root).getPropertyValue("--ground").trim();
    if (ground) document.querySelector('meta[name="theme-color"]')?.setAttribute("content", ground);
  };
  effect(apply);
  system?.addEventListener("change", apply);
}
