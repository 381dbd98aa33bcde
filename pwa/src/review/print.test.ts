// @vitest-environment node
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";

const css = readFileSync(resolve(import.meta.dirname, "print.css"), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
const [screen = "", print = ""] = css.split("@media print");

/** What is said of a selector, all its rules together. */
function said(part: string, selector: string): string {
  return [...part.matchAll(/([^{}]+)\{([^{}]*)\}/g)]
    .filter(([, selectors]) => selectors?.split(",").some((one) => one.trim() === selector))
    .map(([, , body]) => body)
    .join(" ");
}

it("unfolds on paper all that a reader may fold on a screen", () => {
  const folded = said(print, ".desk details::details-content");
  expect(folded).toContain("display: block");
  expect(folded).toContain("content-visibility: visible");
  expect(said(screen, ".on-paper")).toContain("display: none");
  expect(said(print, ".on-paper")).toContain("display: block");
});

it("leaves out what is there to be pressed, and alarms of other shifts", () => {
  for (const selector of [".desk-bar", ".alarm-bar", ".entry .row", ".entry-acts"])
    expect(said(print, selector)).toContain("display: none");
});
