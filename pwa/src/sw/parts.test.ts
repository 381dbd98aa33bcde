// @vitest-environment node
import { describe, expect, it } from "vitest";
import { type Chunk, onlyThrough } from "./parts";

const DOOR = "/src/review/Desk.tsx";
const chunk = (more: Partial<Chunk> = {}): Chunk => ({
  isEntry: false,
  facadeModuleId: null,
  imports: [],
  dynamicImports: [],
  files: [],
  ...more,
});

const build = (more: Record<string, Chunk> = {}) =>
  new Map<string, Chunk>(
    Object.entries({
      "index.js": chunk({ isEntry: true, dynamicImports: ["Desk.js", "Map.js"], files: ["index.css"] }),
      "Map.js": chunk({
        imports: ["index.js", "kinds.js"],
        dynamicImports: ["mount.js"],
        files: ["map.css"],
      }),
      "mount.js": chunk({ files: ["worker.mjs"] }),
      "kinds.js": chunk(),
      "Desk.js": chunk({
        facadeModuleId: `/somewhere${DOOR}`,
        imports: ["index.js", "kinds.js", "words.js"],
        dynamicImports: ["Week.js", "Map.js"],
        files: ["Desk.css", "map.css"],
      }),
      "words.js": chunk(),
      "Week.js": chunk({ imports: ["Desk.js", "words.js"], dynamicImports: ["Chart.js"] }),
      "Chart.js": chunk({ files: ["Chart.css"] }),
      ...more,
    }),
  );

describe("whose a file of the build is", () => {
  it("is the desk's alone, with all that lies behind it, where no host can reach it", () => {
    const found = [...onlyThrough(DOOR, build())].sort();
    expect(found).toEqual(["Chart.css", "Chart.js", "Desk.css", "Desk.js", "Week.js", "words.js"]);
  });

  it("is a host's from the first way by which a host can reach it", () => {
    const host = chunk({ isEntry: true, dynamicImports: ["Desk.js", "Map.js", "Chart.js"] });
    const found = onlyThrough(DOOR, build({ "index.js": host }));
    expect(found.has("Chart.js") || found.has("Chart.css")).toBe(false);
    expect(found.has("Week.js")).toBe(true);
  });

  it("is not known where the desk has no chunk of its own, or the start holds it", () => {
    expect(() => onlyThrough(DOOR, build({ "Desk.js": chunk() }))).toThrow("no chunk");
    const held = chunk({ isEntry: true, imports: ["Desk.js"] });
    expect(() => onlyThrough(DOOR, build({ "index.js": held }))).toThrow("without its lazy import");
  });
});
