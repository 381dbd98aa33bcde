// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

/** From the top; a folder may import its own files and any layer below, never one beside or above it. */
const LAYERS: readonly (readonly string[])[] = [
  ["main"],
  ["shell"],
  ["jobs", "sync"],
  ["outbox", "map"],
  ["api", "store"],
  ["ui"],
  ["device"],
  ["text"],
  ["parse"],
];
const HOST_JOBS = ["shift", "checkin", "observation", "escalation", "alert", "place", "photo", "guard"];
const DESK_JOBS = [
  "review",
  "find",
  "followup",
  "briefing",
  "situation",
  "measure",
  "disclosure",
  "retention",
  "admin",
  "plan",
];
const APART = ["sw", "styles"];

const src = resolve(import.meta.dirname);
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(
  (path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|\.d\.ts$|test-setup|schema\.gen/.test(path),
);

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
  dynamic: boolean;
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+\s+from\s+)?["'](\.[^"']+)["']|import\(\s*["'](\.[^"']+)["']\s*\)/g;

function importsOf(path: string): Import[] {
  const source = readFileSync(join(src, path), "utf8");
  return [...source.matchAll(IMPORT)].map(([, type, fixed, lazy]) => ({
    from: path,
    to: relative(src, resolve(src, dirname(path), fixed ?? lazy ?? "")),
    typeOnly: type !== undefined,
    dynamic: lazy !== undefined,
  }));
}

const folderOf = (path: string) => (path.split("/")[0] ?? "").replace(/\.tsx?$/, "");
const isJob = (folder: string) => HOST_JOBS.includes(folder) || DESK_JOBS.includes(folder);

function layerOf(path: string): number {
  const folder = folderOf(path);
  return LAYERS.findIndex((names) => names.includes(isJob(folder) ? "jobs" : folder));
}

const all = files.filter((path) => !APART.includes(folderOf(path))).flatMap(importsOf);
const shown = (found: readonly Import[]) => found.map(({ from, to }) => `${from} → ${to}`);

describe("import layers", () => {
  it("every folder has its layer", () => {
    const unknown = files.filter((path) => layerOf(path) < 0 && !APART.includes(folderOf(path)));
    expect(unknown).toEqual([]);
  });

  it("nothing imports a layer above", () => {
    expect(shown(all.filter(({ from, to }) => layerOf(to) >= 0 && layerOf(to) < layerOf(from)))).toEqual([]);
  });

  it("folders of one layer do not import each other, jobs apart", () => {
    const crossing = all.filter(
      ({ from, to }) =>
        folderOf(from) !== folderOf(to) &&
        layerOf(from) === layerOf(to) &&
        !(isJob(folderOf(from)) && isJob(folderOf(to))),
    );
    expect(shown(crossing)).toEqual([]);
  });

  it("host jobs never import sync, api or a desk job", () => {
    const closed = ["sync", "api", ...DESK_JOBS];
    const crossing = all.filter(
      ({ from, to }) => HOST_JOBS.includes(folderOf(from)) && closed.includes(folderOf(to)),
    );
    expect(shown(crossing)).toEqual([]);
  });

  it("the desk and the map are reached only by a lazy import", () => {
    const lazy = [...DESK_JOBS, "map"];
    const eager = all.filter(
      ({ from, to, dynamic, typeOnly }) =>
        lazy.includes(folderOf(to)) && !lazy.includes(folderOf(from)) && !dynamic && !typeOnly,
    );
    expect(shown(eager)).toEqual([]);
  });

  it("rules import types only", () => {
    const ruling = all.filter(
      ({ from, to, typeOnly }) => /(^|\/)rules\.ts$/.test(from) && !typeOnly && !isRules(to),
    );
    expect(shown(ruling)).toEqual([]);
  });
});

const isRules = (path: string) => /(^|\/)rules(\.ts)?$/.test(path);
