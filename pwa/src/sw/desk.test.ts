// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from "vitest";
import { deskFile, forgetOldDesk, keepDesk, keepDeskIfOpened } from "./desk";

const ORIGIN = "https://lykta.example";
const DESK = "/assets/Desk-a1.js";
const WEEK = "/assets/Week-b2.js";
const STYLE = "/assets/Desk-c3.css";
const FILES = new Set([DESK, WEEK, STYLE]);

/** As much of the browser's caches as is used: name → path → what was kept. */
let kept: Map<string, Map<string, Response>>;
/** Path → what the server says; nothing where there is no network. */
let served: Map<string, () => Response>;
let asked: string[];

const script = () => new Response("export {}", { headers: { "Content-Type": "text/javascript" } });
const style = () => new Response("p{}", { headers: { "Content-Type": "text/css; charset=utf-8" } });
const pathOf = (request: string | Request) =>
  new URL(typeof request === "string" ? request : request.url, ORIGIN).pathname;

async function open(name: string) {
  const files = kept.get(name) ?? new Map<string, Response>();
  kept.set(name, files);
  return {
    match: async (request: string) => files.get(pathOf(request))?.clone(),
    put: async (request: string, answer: Response) => void files.set(pathOf(request), answer),
    keys: async () => [...files.keys()].map((path) => new Request(ORIGIN + path)),
    delete: async (request: Request) => files.delete(pathOf(request)),
  };
}

const paths = () => [...(kept.get("lykta-desk")?.keys() ?? [])];

beforeEach(() => {
  kept = new Map();
  asked = [];
  served = new Map([
    [DESK, script],
    [WEEK, script],
    [STYLE, style],
  ]);
  vi.stubGlobal("caches", { open, has: async (name: string) => kept.has(name) });
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const answer = served.get(path);
    if (!answer) throw new TypeError("Failed to fetch");
    return answer();
  });
});

describe("a file of the desk", () => {
  it("is fetched once, and then there without network", async () => {
    expect(await (await deskFile(DESK)).text()).toBe("export {}");
    served.clear();
    expect(await (await deskFile(DESK)).text()).toBe("export {}");
    expect(asked).toEqual([DESK]);
  });

  it("fails as a fetch does where it cannot be had, and can be had later", async () => {
    served.clear();
    await expect(deskFile(DESK)).rejects.toThrow("Failed to fetch");
    served.set(DESK, script);
    expect((await deskFile(DESK)).status).toBe(200);
  });

  it.each([
    ["an error", () => new Response("{}", { status: 404, headers: { "Content-Type": "text/javascript" } })],
    ["a page", () => new Response("<p>Logga in", { headers: { "Content-Type": "text/html" } })],
  ])("is handed on and never kept where %s stands in its place", async (_, answer) => {
    served.set(DESK, answer);
    expect((await deskFile(DESK)).headers.get("Content-Type")).toBe(answer().headers.get("Content-Type"));
    expect(paths()).toEqual([]);
    await expect(keepDesk(FILES)).rejects.toThrow(DESK);
    expect(paths()).toEqual([]);
  });

  it("is there where nothing can be kept", async () => {
    vi.stubGlobal("caches", { open: () => Promise.reject(new DOMException("", "QuotaExceededError")) });
    expect(await (await deskFile(DESK)).text()).toBe("export {}");
  });
});

describe("a desk that was opened", () => {
  it("is kept whole, and what is there already is not asked for again", async () => {
    await deskFile(WEEK);
    await keepDesk(FILES);
    expect(paths().sort()).toEqual([...FILES].sort());
    expect(asked).toEqual([WEEK, DESK, STYLE]);
    await keepDesk(FILES);
    expect(asked).toHaveLength(3);
  });

  it("goes on where the network was lost under it", async () => {
    served.delete(WEEK);
    await expect(keepDesk(FILES)).rejects.toThrow("Failed to fetch");
    served.set(WEEK, script);
    asked = [];
    await keepDesk(FILES);
    expect(asked).toEqual([WEEK, STYLE]);
  });
});

describe("a new version", () => {
  const NEXT = "/assets/Desk-d4.js";
  const next = new Set([NEXT, STYLE]);

  it("fetches nothing of the desk where it was never opened", async () => {
    await keepDeskIfOpened(next);
    await forgetOldDesk(next);
    expect([asked, kept.size]).toEqual([[], 0]);
  });

  it("fetches its own beside the old, which an open page still needs, and drops that when it takes over", async () => {
    await keepDesk(FILES);
    served = new Map([[NEXT, script]]);
    await keepDeskIfOpened(next);
    expect(paths().sort()).toEqual([...FILES, NEXT].sort());
    expect(asked.at(-1)).toBe(NEXT);
    await forgetOldDesk(next);
    expect(paths().sort()).toEqual([STYLE, NEXT].sort());
  });

  it("is not taken into use without its desk where the desk is used", async () => {
    await keepDesk(FILES);
    await expect(keepDeskIfOpened(next)).rejects.toThrow("Failed to fetch");
  });
});
