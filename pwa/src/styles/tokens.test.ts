// @vitest-environment node
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Tokens = Record<string, string>;

const css = readFileSync("src/styles/tokens.css", "utf8");

function block(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(start, css.indexOf("\n}", start));
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1] ?? "", m[2] ?? ""]),
  );
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const THEMES = {
  dark: block(":root"),
  light: block(':root[data-theme="light"]'),
  red: block(':root[data-theme="red"]'),
};
/** Dark and red are read outdoors at night (AAA); light indoors, where AA is the bar. */
const READ_FROM: Record<keyof typeof THEMES, number> = { dark: 7, light: 4.5, red: 7 };
const READ_AS_TEXT = ["text", "quiet", "lantern", "danger", "calm", "note"];
const FILLS: [string, string][] = [
  ["on-lantern", "lantern"],
  ["on-danger", "danger"],
  ["on-mask", "mask"],
];

describe.each(["dark", "light", "red"] as const)("theme %s", (themeName) => {
  const theme = THEMES[themeName];
  const least = READ_FROM[themeName];
  const pair = (a: string, b: string) => contrast(theme[a] ?? "", theme[b] ?? "");

  it("defines the same colours as the others", () => {
    expect(Object.keys(theme).sort()).toEqual(Object.keys(THEMES.dark).sort());
  });

  it.each(READ_AS_TEXT)("reads %s as text on ground and raised", (name) => {
    expect(pair(name, "ground")).toBeGreaterThanOrEqual(least);
    expect(pair(name, "raised")).toBeGreaterThanOrEqual(least);
  });

  it.each(FILLS)("reads %s on a filled %s", (words, fill) => {
    expect(pair(words, fill)).toBeGreaterThanOrEqual(least);
  });

  it("shows the edge of a control on ground and raised (3:1)", () => {
    expect(pair("edge", "ground")).toBeGreaterThanOrEqual(3);
    expect(pair("edge", "raised")).toBeGreaterThanOrEqual(3);
  });
});
